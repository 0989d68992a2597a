"""Who is behind a case: in clear, masked, or nobody at all; and what of the story may be read."""

from collections.abc import Iterator

import pytest

from tests.queries.conftest import Filled
from tests.world import RESIDENT, World
from tracker.extensions import db
from tracker.models import Visit
from tracker.queries import redaction, residents
from tracker.queries.residents import Identity
from tracker.rules import masking

CLEAR = (RESIDENT["name"], RESIDENT["phone"], RESIDENT["address"])
MASKED = ("欧阳**", "139****2186", masking.mask_address(str(RESIDENT["address"])))
STORY = "欧阳桂兰说，云林苑12号楼3单元401室楼下路灯不亮，可打13912342186。"


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["case"] = world.raised(narrative=STORY)
    known["nobody"] = world.raised(resident={})
    known["named"] = world.raised(resident={"name": "李四", "consent_process": True, "consent_publish": True})
    known["accusation"] = world.raised(is_accusation=True, narrative=STORY)
    known["visit"] = world.visited(contact={"name": "张三", "phone": "051088201234"}, address="云林社区8号")
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _seen(filled: Filled, name: str, who: str) -> tuple[str, str, str] | None:
    found = residents.identity_for(filled.world.case(filled.known[name]), filled.world.actor(who))
    return (found.name, found.phone, found.address) if found else None


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("member", CLEAR),
        ("clerk", MASKED),
        ("director", MASKED),
        ("leader", MASKED),
        ("secretary", None),
        ("member2", None),
        ("auditor", None),
        ("dept", None),
        ("admin", None),
        ("dt-director", None),
    ],
)
def test_the_resident_is_shown_to_each_as_far_as_it_concerns_them(
    who: str, seen: tuple[str, str, str] | None, reading: Filled
) -> None:
    assert _seen(reading, "case", who) == seen


@pytest.mark.requirement("T06")
@pytest.mark.parametrize(
    ("who", "seen"), [("director", MASKED), ("member", CLEAR), ("clerk", None), ("leader", None)]
)
def test_whoever_accuses_is_shown_to_the_director_and_themselves(
    who: str, seen: tuple[str, str, str] | None, reading: Filled
) -> None:
    assert _seen(reading, "accusation", who) == seen


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", Identity("", "", "", False, False, False, True)),
        ("named", Identity("李四", "", "", False, False, True, False)),
    ],
)
def test_what_was_not_given_is_empty(name: str, expected: Identity, reading: Filled) -> None:
    assert residents.identity(reading.world.case(reading.known[name])) == expected


def test_masking_says_that_it_was_done_and_keeps_the_consents(reading: Filled) -> None:
    case = reading.world.case(reading.known["named"])
    found = residents.identity_for(case, reading.world.actor("clerk"))
    assert found == Identity("李*", "", masking.mask_address(""), True, False, True, False)


@pytest.mark.parametrize(("who", "name"), [("member", "张三"), ("clerk", "张*"), ("secretary", None)])
def test_the_person_visited_is_shown_by_the_same_rule(who: str, name: str | None, reading: Filled) -> None:
    visit = db.session.query(Visit).filter_by(public_id=reading.known["visit"]).one()
    found = residents.identity_for(visit, reading.world.actor(who))
    assert (found.name if found else None) == name


# --- in the words of the story
def _kinds(filled: Filled, text: str) -> set[str]:
    case = filled.world.case(filled.known["case"])
    return {hit.kind for hit in redaction.refused_in(case, text)}


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("欧阳桂兰反映路灯不亮", {"name"}),
        ("请打13912342186", {"phone"}),
        ("住云林苑12号楼3单元401室", {"address"}),
        ("小区北门三盏路灯半个月不亮", set()),
        ("", set()),
    ],
)
def test_what_would_tell_who_it_is_never_leaves_the_office(
    text: str, kinds: set[str], reading: Filled
) -> None:
    assert _kinds(reading, text) >= kinds and (kinds or not _kinds(reading, text))


def test_a_strangers_name_is_marked_only_where_the_record_knows_it(reading: Filled) -> None:
    own = redaction.refused_in(reading.world.case(reading.known["case"]), "桂兰嫂子家的灯，欧阳桂兰签字")
    other = redaction.refused_in(reading.world.case(reading.known["nobody"]), "北门的灯不亮")
    assert own and not other


def test_the_proposed_text_holds_no_trace_of_the_resident(reading: Filled) -> None:
    proposed = redaction.suggestion(reading.world.case(reading.known["case"]))
    assert "路灯不亮" in proposed
    assert not any(trace in proposed for trace in ("欧阳", "桂兰", "139", "401"))


@pytest.mark.parametrize(
    ("who", "name", "whole"),
    [
        ("member", "case", True),
        ("clerk", "case", True),
        ("director", "accusation", True),
        ("secretary", "case", False),
        ("leader", "case", False),
    ],
)
def test_the_story_is_read_as_told_or_without_the_person(
    who: str, name: str, whole: bool, reading: Filled
) -> None:
    told = redaction.story_for(reading.world.case(reading.known[name]), reading.world.actor(who))
    assert (told == STORY) is whole
    assert ("欧阳桂兰" in told) is whole


def test_erased_fields_are_empty_and_nobody_is_left(either: World) -> None:
    reference = either.raised()
    with either.writing():
        resident = either.case(reference).resident
        assert resident is not None
        resident.name_sealed = resident.phone_sealed = resident.address_sealed = None
        assert residents.identity(either.case(reference)) == Identity("", "", "", False, False, False, True)
