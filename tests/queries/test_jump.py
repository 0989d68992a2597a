"""A number typed into the search field leads to the one thing that has it, if its reader may know of it."""

from collections.abc import Iterator

import pytest

from tests.queries.conftest import Filled
from tests.world import World
from tracker.models import Assignment, Case
from tracker.queries import jump


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["first"] = world.handled()
    known["letter"] = world.letter(known["first"], "issued")
    known["second"] = world.coordinated(by="member2", units=(("transport", "lead"), ("housing", "co")))
    known["accusation"] = world.raised(is_accusation=True)
    known["foreign"] = world.raised(by="dt-member")
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _target(filled: Filled, typed: str, who: str = "clerk") -> str | None:
    found = jump.target(typed, filled.world.actor(who))
    if isinstance(found, Assignment):
        return f"share of {found.unit.key}"
    key = found.reference if isinstance(found, Case) else found.public_id if found else None
    return filled.names([key])[0] if key else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("XS-2026-000001", "first"),
        ("  xs-2026-000001 ", "first"),
        ("ＸＳ－２０２６－０００００１", "first"),
        ("xs—2026—000002", "second"),
        ("锡政协办函〔2026〕1号", "letter"),
        ("锡政协办函[2026]1号", "letter"),
        ("锡政协办函（2026）1号", "letter"),
        ("XS-2026-000009", None),
        ("XS-2025-000001", None),
        ("锡政协办函〔2026〕2号", None),
        ("1", None),
        ("2026-000001", None),
        ("路灯", None),
        ("XS-2026-000001 路灯", None),
        ("", None),
        ("XS-2026-000001' OR '1'='1", None),
        ("DT-2026-000001", None),
        ("XS-2026-000003", None),
    ],
)
def test_a_number_leads_to_what_it_names_however_it_is_typed(
    typed: str, expected: str | None, reading: Filled
) -> None:
    assert _target(reading, typed) == expected


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "typed", "expected"),
    [
        ("member", "XS-2026-000001", "first"),
        ("member", "XS-2026-000002", None),
        ("secretary", "XS-2026-000002", None),
        ("auditor", "XS-2026-000002", "second"),
        ("director", "XS-2026-000003", "accusation"),
        ("member", "XS-2026-000003", "accusation"),
        ("dt-clerk", "DT-2026-000001", "foreign"),
        ("dt-clerk", "XS-2026-000001", None),
        ("admin", "XS-2026-000001", None),
        ("dept", "XS-2026-000001", "share of housing"),
        ("dept", "XS-2026-000002", "share of housing"),
        ("dept2", "XS-2026-000002", "share of transport"),
        ("dept2", "XS-2026-000001", None),
        ("dept", "锡政协办函〔2026〕1号", None),
        ("leader", "锡政协办函〔2026〕1号", None),
        ("member", "锡政协办函〔2026〕1号", "letter"),
        ("member2", "锡政协办函〔2026〕1号", None),
    ],
)
def test_a_number_leads_nobody_where_they_may_not_go(
    who: str, typed: str, expected: str | None, reading: Filled
) -> None:
    assert _target(reading, typed, who) == expected


def test_a_department_asked_twice_is_led_to_its_newest_share(either: World) -> None:
    reference = either.coordinated(units=(("housing", "separate"), ("transport", "separate")))
    old, _ = either.shares(reference)
    either.move_share(old, "revoke", by="director", reason="改期办理")
    new = either.drafted(reference, "housing", "separate")
    with either.reading():
        found = jump.target(reference, either.actor("dept"))
        assert isinstance(found, Assignment) and found.public_id == old
    either.move_share(new, "dispatch", by="clerk")
    with either.reading():
        found = jump.target(reference, either.actor("dept"))
        assert isinstance(found, Assignment) and found.public_id == new
