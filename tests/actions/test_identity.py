"""Codes, PINs, looks at identities, and visits that are sent twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.world import NOW, RESIDENT, World
from tracker.actions import codes, residents
from tracker.actions.codes import PIN_TRIES
from tracker.actions.residents import LOOKS_A_DAY
from tracker.errors import Forbidden, Invalid, NotFound, TooMany
from tracker.extensions import clock, db
from tracker.incoming.cases import RevealIn
from tracker.incoming.schema import read
from tracker.models import Case, Event, IdentityView, Note, TrackingCode, Visit
from tracker.queries import track
from tracker.queries.residents import identity_for

PHONE_END = RESIDENT["phone"][-4:]


# --- tracking codes
def _code(world: World, reference: str, *, by: str = "member") -> str:
    with world.writing():
        return codes.issue(world.case(reference), by=world.actor(by)).code.text


def _opens(world: World, text: str, *, late: timedelta = timedelta()) -> bool:
    with world.reading(), clock.at(NOW + late):
        try:
            track.find(text)
        except NotFound:
            return False
        return True


@pytest.mark.requirement("T10")
def test_a_new_code_kills_the_earlier_one(either: World) -> None:
    reference = either.raised()
    first, second = _code(either, reference), _code(either, reference, by="clerk")
    assert (_opens(either, first), _opens(either, second)) == (False, True)
    with either.reading():
        rows = db.session.scalars(select(TrackingCode)).all()
        assert [row.revoked_at is None for row in rows] == [False, True]
        stored = " ".join(f"{row.locator} {row.secret_hash}" for row in rows)
    assert first[4:20] not in stored and second[4:20] not in stored


def test_a_code_opens_one_case_and_ends_after_its_time(huiyin: World) -> None:
    code = _code(huiyin, huiyin.raised())
    assert _opens(huiyin, code, late=codes.VALID - timedelta(minutes=1))
    assert not _opens(huiyin, code, late=codes.VALID + timedelta(minutes=1))


@pytest.mark.parametrize("who", ["member2", "secretary", "dept", "leader", "auditor", "admin"])
def test_nobody_else_gives_a_code(huiyin: World, who: str) -> None:
    reference = huiyin.raised()
    with pytest.raises(Forbidden):
        _code(huiyin, reference, by=who)


def _try(world: World, reference: str, pin: str) -> bool:
    with world.writing():
        row = track.current_code(world.case(reference))
        assert row is not None
        return codes.try_pin(row, pin)


def test_five_wrong_pins_lock_the_letter_until_the_office_resets(either: World) -> None:
    reference = either.raised()
    _code(either, reference)
    assert _try(either, reference, PHONE_END)
    for _ in range(PIN_TRIES):
        assert not _try(either, reference, "0000")
    assert not _try(either, reference, PHONE_END)
    with either.writing():
        assert codes.issue_pin(either.case(reference), by=either.actor("clerk")) is None
    assert _try(either, reference, PHONE_END)


def test_a_right_pin_forgets_the_wrong_ones(huiyin: World) -> None:
    reference = huiyin.raised()
    _code(huiyin, reference)
    for _ in range(3):
        for _ in range(PIN_TRIES - 1):
            assert not _try(huiyin, reference, "0000")
        assert _try(huiyin, reference, PHONE_END)


def test_who_left_no_phone_gets_a_pin_from_the_office(huiyin: World) -> None:
    reference = huiyin.raised(resident={"name": "欧阳桂兰", "consent_process": True})
    _code(huiyin, reference)
    for guess in ("", "0000", "000000"):
        assert not _try(huiyin, reference, guess)
    with huiyin.writing():
        pin = codes.issue_pin(huiyin.case(reference), by=huiyin.actor("clerk"))
    assert pin is not None and len(pin) == 6
    assert _try(huiyin, reference, pin)
    with huiyin.writing():
        assert codes.issue_pin(huiyin.case(reference), by=huiyin.actor("clerk")) != pin
    assert not _try(huiyin, reference, pin)


def test_only_the_office_resets_the_lock(huiyin: World) -> None:
    reference = huiyin.raised()
    for who in ("member", "secretary", "dept", "leader"):
        with pytest.raises(Forbidden), huiyin.writing():
            codes.issue_pin(huiyin.case(reference), by=huiyin.actor(who))


# --- looks
def _look(world: World, reference: str, *, by: str = "clerk", at: timedelta = timedelta()) -> str:
    with world.writing(NOW + at):
        given = read(RevealIn, {"reason": "电话核实地址"})
        return residents.reveal(world.case(reference), given, by=world.actor(by)).identity.phone


@pytest.mark.requirement("T08")
def test_a_look_is_recorded_with_its_reason(either: World) -> None:
    reference = either.raised()
    assert _look(either, reference) == RESIDENT["phone"]
    with either.reading():
        view = db.session.scalars(select(IdentityView)).one()
        event = db.session.scalars(select(Event).where(Event.verb == "reveal")).one()
        note = db.session.scalars(select(Note).where(Note.event_id == event.id)).one()
        assert (view.reason, note.text, note.audience) == ("电话核实地址", "电话核实地址", "office")
        assert view.person_id == event.actor_id == either.actor("clerk").id


@pytest.mark.requirement("T08")
def test_the_fifty_first_look_of_a_day_is_refused_and_the_next_day_is_new(either: World) -> None:
    reference = either.raised()
    with either.writing():
        case, person = either.case(reference), either.actor("clerk").id
        for _ in range(LOOKS_A_DAY - 1):
            _remember(case, person)
    _look(either, reference)
    with pytest.raises(TooMany):
        _look(either, reference)
    assert _look(either, reference, by="director")
    with pytest.raises(TooMany):
        _look(either, reference, at=timedelta(hours=14, minutes=59))
    assert _look(either, reference, at=timedelta(hours=15))


def _remember(case: Case, person: int | None) -> None:
    db.session.add(
        IdentityView(
            committee_id=case.committee_id,
            person_id=person,
            resident_id=case.resident_id,
            case_id=case.id,
            reason="核实",
        )
    )


@pytest.mark.requirement("T08")
@pytest.mark.parametrize("reason", ["", "  ", "看", "看看"])
def test_a_look_needs_a_reason_of_some_substance(reason: str) -> None:
    with pytest.raises(Invalid):
        read(RevealIn, {"reason": reason})


@pytest.mark.requirement("T01")
@pytest.mark.parametrize("who", ["member2", "secretary", "dept", "leader", "auditor", "admin"])
def test_nobody_else_looks(huiyin: World, who: str) -> None:
    reference = huiyin.coordinated()
    with pytest.raises(Forbidden):
        _look(huiyin, reference, by=who)
    with huiyin.reading():
        assert not db.session.scalar(select(func.count()).select_from(IdentityView))


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("member", "欧阳桂兰"),
        ("clerk", "欧阳**"),
        ("director", "欧阳**"),
        ("leader", "欧阳**"),
        ("secretary", None),
        ("member2", None),
        ("dept", None),
        ("auditor", None),
        ("admin", None),
    ],
)
def test_who_sees_the_resident_in_clear_masked_or_not_at_all(
    huiyin: World, who: str, name: str | None
) -> None:
    reference = huiyin.coordinated()
    with huiyin.reading():
        seen = identity_for(huiyin.case(reference), huiyin.actor(who))
    assert (seen.name if seen else None) == name


# --- visits
def _visits(world: World) -> tuple[int, int]:
    with world.reading():
        count = select(func.count())
        return (
            db.session.scalar(count.select_from(Visit)) or 0,
            db.session.scalar(count.select_from(Case)) or 0,
        )


CONCERN = {"summary": "路灯不亮", "narrative": "北门三盏路灯不亮。", "area": "0101"}


@pytest.mark.requirement("T37")
def test_a_visit_sent_twice_under_one_client_id_is_one_visit(either: World) -> None:
    first = either.visited(client_id="phone-7", cases=[CONCERN, CONCERN])
    assert either.visited(client_id="phone-7", cases=[CONCERN, CONCERN]) == first
    assert _visits(either) == (1, 2)
    assert either.visited(client_id="phone-7", by="member2") != first
    assert either.visited() != either.visited()
    assert _visits(either) == (4, 2)


def test_a_visit_with_one_faulty_concern_stores_nothing(huiyin: World) -> None:
    with pytest.raises(Invalid) as refused:
        huiyin.visited(cases=[CONCERN, CONCERN | {"area": "9999"}])
    assert [error.field for error in refused.value.errors] == ["area"]
    assert _visits(huiyin) == (0, 0)


def test_a_visit_lies_not_in_the_future_and_names_its_circle_where_there_are_circles(huiyin: World) -> None:
    with pytest.raises(Invalid):
        huiyin.visited(visited_on="2026-11-24")
    huiyin.visited(circle=None)
    with pytest.raises(Invalid) as refused:
        World(huiyin.app, "dt").visited(circle=None)
    assert [error.field for error in refused.value.errors] == ["circle"]


@pytest.mark.parametrize("who", ["secretary", "clerk", "director", "dept", "leader", "auditor", "admin"])
def test_only_members_write_visits(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden):
        huiyin.visited(by=who)
