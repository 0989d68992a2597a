"""Several people at the same row at the same moment: one wins, the others are told so (R2, R3, T36)."""

import os
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.counted import Counted
from tests.together import together
from tests.world import REPLY, RESIDENT, World
from tracker.actions import assignments, cases, codes, exemplars, letters, residents
from tracker.actions.codes import PIN_TRIES
from tracker.actions.residents import LOOKS_A_DAY
from tracker.errors import Conflict, HuiyinError, Invalid
from tracker.extensions import db
from tracker.incoming.cases import CaseEdit, NoteIn, RevealIn
from tracker.models import Assignment, Case, ChainHead, Event, IdentityView, Letter, TrackingCode, Visit
from tracker.queries import cases as case_queries
from tracker.queries import track, visits

GATE = os.environ.get("HUIYIN_TIER") == "gate"
# A thousand rounds of clients at the door are in tests/api/test_races.py.
ROUNDS = 200 if GATE else 15
CLIENTS = 8
DONE = "done"


def _version(world: World, reference: str) -> int:
    with world.reading():
        return world.case(reference).version


def _events(world: World, reference: str, verb: str) -> int:
    with world.reading():
        case = world.case(reference)
        return len(
            db.session.scalars(select(Event.id).where(Event.case_id == case.id, Event.verb == verb)).all()
        )


def _one_won(world: World, reference: str, verb: str, results: list[object]) -> None:
    """One did it, the others were told the version it has now, and it is in the diary once."""
    lost = [result for result in results if isinstance(result, Conflict)]
    assert (results.count(DONE), len(lost)) == (1, len(results) - 1), results
    assert {conflict.version for conflict in lost} == {_version(world, reference)}
    assert _events(world, reference, verb) == 1


def _edits(world: World, reference: str) -> list[object]:
    """Everybody looked at the same version; an edit stays possible, so only the version can refuse it."""
    version = _version(world, reference)

    def deed(number: int) -> Callable[[], str]:
        def run() -> str:
            world.edited(reference, by="clerk", expect=version, summary=f"第{number}次修改")
            return DONE

        return run

    return together(*(deed(number) for number in range(CLIENTS)))


def _race_of_versions(world: World) -> None:
    reference = world.raised()
    results = _edits(world, reference)
    _one_won(world, reference, "edit", results)
    with world.reading():
        assert world.case(reference).summary == f"第{results.index(DONE)}次修改"


def _race_of_states(world: World) -> None:
    """Nobody names a version; the move itself is possible once."""
    reference = world.raised()

    def run() -> str:
        world.move(reference, "coordinate", route="quick", result="已电话告知")
        return DONE

    _one_won(world, reference, "coordinate", together(*[run] * CLIENTS))


def _race_of_kept_states(world: World) -> None:
    """The move leaves the state as it was; what it changes must still bar the second."""
    reference = world.raised()

    def run() -> str:
        world.move(reference, "decline", note="不属于受理范围")
        return DONE

    _one_won(world, reference, "decline", together(*[run] * CLIENTS))


@pytest.mark.gate(seconds=30)
@pytest.mark.timeout(3_600 if GATE else 180)
@pytest.mark.requirement("R2")
@pytest.mark.parametrize("race", [_race_of_versions, _race_of_states, _race_of_kept_states])
def test_one_of_eight_wins_and_the_others_learn_the_version(
    either: World, race: Callable[[World], None], counted: Counted
) -> None:
    for _ in range(ROUNDS):
        race(either)
    counted(f"{ROUNDS} rounds of {CLIENTS}, one winner in each")


@pytest.mark.requirement("R2")
def test_without_the_check_of_the_version_more_than_one_would_win(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps the race above honest."""
    monkeypatch.setattr(cases, "lock", lambda thing, expect=None: None)
    assert _edits(huiyin, huiyin.raised()).count(DONE) == CLIENTS


def test_eight_departments_steps_at_once_are_one_step(either: World) -> None:
    reference = either.coordinated()
    share = either.shares(reference)[0]

    def run() -> str:
        either.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
        return DONE

    results = together(*[run] * CLIENTS)
    assert results.count(DONE) == 1 and all(isinstance(r, Conflict) for r in results if r != DONE), results
    with either.reading():
        assert len(either.share(share).replies) == 1


# --- numbers
def _numbers(world: World, letter_ids: list[str]) -> list[int | None]:
    with world.reading():
        query = select(Letter.number_seq).where(Letter.public_id.in_(letter_ids)).order_by(Letter.number_seq)
        return list(db.session.scalars(query))


@pytest.mark.requirement("R5")
def test_letter_numbers_have_no_gap_and_no_double_although_some_are_refused(either: World) -> None:
    ids = [either.letter(either.handled(), "approved") for _ in range(CLIENTS)]

    def deed(public_id: str, *, fails: bool) -> Callable[[], str]:
        def run() -> str:
            with either.writing():
                letter = db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one()
                letters.move(letter, "issue", by=either.actor("clerk"))
                if fails:
                    raise RuntimeError("the server died after the number was taken")
            return DONE

        return run

    results = together(*(deed(public_id, fails=place % 3 == 0) for place, public_id in enumerate(ids)))
    failed = sum(isinstance(result, RuntimeError) for result in results)
    assert (results.count(DONE), failed) == (5, 3), results
    for place in range(0, CLIENTS, 3):
        assert together(deed(ids[place], fails=False)) == [DONE]
    assert _numbers(either, ids) == list(range(1, CLIENTS + 1))


def test_case_numbers_have_no_gap_and_no_double(either: World) -> None:
    dongtai = World(either.app, "dt")

    def deed(world: World) -> Callable[[], object]:
        return lambda: [world.raised() for _ in range(3)]

    results = together(*(deed(world) for world in (either, dongtai) * 4))
    assert all(isinstance(result, list) for result in results), results
    for prefix in ("XS", "DT"):
        with either.reading():
            found = sorted(
                db.session.scalars(select(Case.reference).where(Case.reference.startswith(prefix)))
            )
        assert found == [f"{prefix}-2026-{number:06}" for number in range(1, 13)]


# --- what is counted
def test_of_eight_new_codes_at_once_one_lives(either: World) -> None:
    reference = either.raised()

    def run() -> str:
        with either.writing():
            codes.issue(either.case(reference), by=either.actor("clerk"))
        return DONE

    assert together(*[run] * CLIENTS) == [DONE] * CLIENTS
    with either.reading():
        alive = select(func.count()).select_from(TrackingCode).where(TrackingCode.revoked_at.is_(None))
        assert db.session.scalar(alive) == 1


def test_wrong_pins_at_once_are_all_counted(either: World) -> None:
    reference = either.raised()
    with either.writing():
        codes.issue(either.case(reference), by=either.actor("clerk"))

    def run(pin: str = "0000") -> bool:
        with either.writing():
            row = track.current_code(either.case(reference))
            assert row is not None
            return codes.try_pin(row, pin)

    assert together(*[run] * CLIENTS) == [False] * CLIENTS
    assert run(RESIDENT["phone"][-4:]) is False
    with either.reading():
        row = db.session.scalars(select(TrackingCode)).one()
        assert (row.pin_failures, row.letter_locked_at is not None) == (PIN_TRIES, True)


@pytest.mark.requirement("T08")
def test_the_cap_on_looks_holds_when_they_come_at_once(either: World) -> None:
    reference = either.raised()
    with either.writing():
        case, person = either.case(reference), either.actor("clerk").id
        row = {"committee_id": case.committee_id, "case_id": case.id, "resident_id": case.resident_id}
        db.session.add_all(
            IdentityView(**row, person_id=person, reason="核实") for _ in range(LOOKS_A_DAY - 2)
        )

    def run() -> str:
        with either.writing():
            residents.reveal(
                either.case(reference), RevealIn(reason="电话核实地址"), by=either.actor("clerk")
            )
        return DONE

    assert together(*[run] * CLIENTS).count(DONE) == 2


@pytest.mark.requirement("T37")
def test_a_visit_sent_eight_times_at_once_is_one_visit(either: World) -> None:
    concern = {"summary": "路灯不亮", "narrative": "北门三盏路灯不亮。", "area": "0101"}
    results = together(*[lambda: either.visited(client_id="phone-7", cases=[concern])] * CLIENTS)
    assert len({str(result) for result in results}) == 1, results
    with either.reading():
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 1
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1


@pytest.mark.requirement("S1-49")
def test_what_is_put_forward_eight_times_at_once_is_one_example(either: World) -> None:
    visit = either.visited()

    def run() -> str:
        with either.writing():
            clerk = either.actor("clerk")
            exemplars.mark(visits.get(visit, clerk), "走得勤", by=clerk)
        return DONE

    assert together(*[run] * CLIENTS).count(DONE) == 1


# --- what was read before the lock (PostgreSQL; SQLite lets nobody in between)
def test_a_case_is_not_handled_on_replies_that_went_back_meanwhile(postgres_app: Flask) -> None:
    world = World(postgres_app)
    reference = world.replied()
    share = world.shares(reference)[0]
    world.move_share(share, "approve_reply", by="clerk")
    with world.writing():
        case = case_queries.get(reference, world.actor("clerk"))
        assert case.has_outcome
        meanwhile = together(
            lambda: world.move_share(share, "rework", by="clerk2", reason="没有写明责任单位")
        )
        assert meanwhile == [None]
        with pytest.raises(Conflict) as refused:
            cases.move(case, "handle", by=world.actor("clerk"))
        assert refused.value.missing == ["has_outcome"]


def test_a_child_hung_under_a_case_while_it_is_handled_is_handled_with_it(postgres_app: Flask) -> None:
    world = World(postgres_app)
    master, child = world.quick(), world.raised()
    other = threading.Thread(target=lambda: world.move(master, "handle"))
    with world.writing():
        cases.move(world.case(child), "merge", by=world.actor("clerk"), given={"into": master})
        other.start()
        other.join(0.5)
        assert other.is_alive(), "handling does not wait for the merge"
    other.join()
    assert (world.state(master), world.state(child)) == ("handled", "handled")


@pytest.mark.timeout(180)
def test_two_cases_merged_into_each_other_at_once_end_as_one(either: World) -> None:
    for _ in range(ROUNDS):
        pair = either.raised(), either.raised()
        deeds = [partial(either.move, one, "merge", into=other) for one, other in (pair, pair[::-1])]
        results = together(*deeds)
        assert results.count(None) == 1, results
        assert sum(isinstance(refused, Conflict | Invalid) for refused in results) == 1, results
        with either.reading():
            masters = [case.master.reference for case in map(either.case, pair) if case.master]
        assert len(masters) == 1


@pytest.mark.timeout(180)
def test_a_child_sent_again_while_its_master_is_handled_holds_nobody_up(either: World) -> None:
    for _ in range(ROUNDS):
        child, master = either.raised(), either.quick()
        either.move(child, "merge", into=master)
        merge = partial(either.move, child, "merge", into=master)
        again, handled = together(merge, partial(either.move, master, "handle"))
        assert handled is None and isinstance(again, Conflict | Invalid), (again, handled)
        assert (either.state(master), either.state(child)) == ("handled", "handled")


def test_the_first_events_of_a_committee_at_once_begin_one_chain(either: World) -> None:
    results = together(*[either.visited] * CLIENTS)
    assert all(isinstance(result, str) for result in results), results
    with either.reading():
        events = db.session.scalars(select(Event).order_by(Event.seq)).all()
        assert [event.seq for event in events] == list(range(1, CLIENTS + 1))
        assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(events))
        assert db.session.query(ChainHead).one().hash == events[-1].hash


# --- everything at once
def _storm(world: World, reference: str, share: str) -> list[Callable[[], object]]:
    """Things different people do to one case, in any order."""

    def note() -> None:
        with world.writing():
            cases.note(world.case(reference), NoteIn(text="已电话核实"), by=world.actor("director"))

    def edit() -> None:
        with world.writing():
            given = CaseEdit(urgency="urgent")  # type: ignore[call-arg]
            cases.edit(world.case(reference), given, by=world.actor("clerk"))

    def code() -> None:
        with world.writing():
            codes.issue(world.case(reference), by=world.actor("member"))

    def look() -> None:
        with world.writing():
            residents.reveal(world.case(reference), RevealIn(reason="电话核实"), by=world.actor("clerk2"))

    def accept() -> None:
        with world.writing():
            row = db.session.scalars(select(Assignment).where(Assignment.public_id == share)).one()
            assignments.move(row, "accept", by=world.actor("dept"))

    def child() -> None:
        world.move(world.raised(by="member2"), "merge", into=reference)

    def apart() -> None:
        with world.reading():
            found = [c.reference for c in world.case(reference).children]
        if found:
            world.move(found[0], "unmerge", by="clerk2")

    def answer() -> None:
        world.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
        world.move_share(share, "approve_reply", by="clerk")
        world.move(reference, "handle")

    return [note, edit, code, look, accept, child, apart, answer]


@pytest.mark.gate(seconds=60)
@pytest.mark.timeout(3_600 if GATE else 180)
@pytest.mark.requirement("R3")
def test_a_storm_on_two_cases_ends_without_deadlock_and_with_a_whole_diary(
    either: World, counted: Counted
) -> None:
    rounds, outcomes = (100 if GATE else 5), Counter[str]()
    for _ in range(rounds):
        pair = [either.coordinated(), either.coordinated()]
        deeds = [
            deed for reference in pair for deed in _storm(either, reference, either.shares(reference)[0])
        ]
        results = together(*deeds)
        broken = [r for r in results if isinstance(r, Exception) and not isinstance(r, HuiyinError)]
        assert broken == []
        outcomes.update(type(r).__name__ for r in results)
        _whole(either, pair)
    counted(f"{rounds} storms of {len(deeds)}: {dict(outcomes)}")
    assert outcomes["NoneType"] >= rounds * 10


def _whole(world: World, pair: list[str]) -> None:
    with world.reading():
        events = db.session.scalars(select(Event).where(Event.committee_id == 1).order_by(Event.seq)).all()
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(events))
        for reference in pair:
            case = world.case(reference)
            assert case.state in ("coordinated", "handled")
            assert all(child.state == "handled" for child in case.children if case.state == "handled")
            assert case.state == "coordinated" or case.assignments[0].state == "completed"
