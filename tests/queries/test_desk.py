"""What waits: a count and the list it opens are the same rows, for everybody, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from tests.queries.stages import EVERYBODY, everything
from tests.world import NOW, REPLY, World
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Assignment, Case, FormImport
from tracker.queries import (
    activities,
    agenda,
    assignments,
    booklets,
    cases,
    desk,
    directory,
    form_imports,
    group_reports,
    letters,
    scope,
    submissions,
    waiting,
)
from tracker.queries.cases import CaseFilter
from tracker.queries.desk import Tray
from tracker.rules.actors import Actor


def listed(tray: Tray, actor: Actor) -> int:
    """How many rows the list behind a number has."""
    if tray.noun == "case":
        return len(cases.page(actor, CaseFilter(waiting=tray.name), limit=200, after=None, now=NOW).items)
    if tray.noun == "assignment":
        return len(assignments.page(actor, waits=tray.name, limit=200, now=NOW).items)
    if tray.noun == "letter":
        return len(letters.page(actor, waits=tray.name, limit=200, now=NOW).items)
    if tray.noun == "submission":
        return len(submissions.page(actor, waits=tray.name, limit=200, now=NOW).items)
    if tray.noun == "booklet":
        return len(booklets.listing(actor, waits=tray.name, now=NOW))
    if tray.noun == "import":
        return len(form_imports.page(actor, waits=tray.name, limit=200, now=NOW)[0])
    if tray.noun == "group_report":
        return len(group_reports.written(actor, waits=tray.name, now=NOW))
    if tray.noun == "meeting":
        return len(agenda.waits(actor, tray.name, NOW))
    if tray.noun == "activity":
        return len(activities.events(actor, waits=tray.name, now=NOW))
    return len(directory.people(actor, waits=tray.name, limit=200, now=NOW).items)


def test_every_number_has_exactly_the_rows_of_its_list(either: World) -> None:
    everything(either)
    seen = set()
    for who in EVERYBODY:
        with either.reading():
            actor = either.actor(who)
            numbers = desk.counts(actor, NOW)
            assert numbers, who
            assert numbers == {tray: listed(tray, actor) for tray in numbers}, who
            seen |= {(tray.noun, tray.name) for tray, number in numbers.items() if number}
    # The world above leaves out only what needs a signed letter, a second verdict or a day that is over.
    known = {(noun, name) for noun, queues in desk.QUEUES.items() for name in queues}
    assert known - seen <= {
        ("letter", "to_sign"),
        ("letter", "to_issue"),
        ("letter", "to_deliver"),
        ("case", "dissatisfied"),
        ("meeting", "meetings_to_record"),
        ("person", "invited"),
        ("person", "inactive"),
        # Their lists are filters; the desk counts only the first and the last of them.
        ("submission", "to_check"),
        ("submission", "to_send_up"),
    }


def test_the_queues_agree_with_the_properties_the_moves_need(huiyin: World) -> None:
    everything(huiyin)
    with huiyin.reading():
        clerk, director = huiyin.actor("clerk"), huiyin.actor("director")
        ready = cases.page(clerk, CaseFilter(waiting="to_handle"), limit=200, after=None, now=NOW).items
        for row in ready:
            case = huiyin.case(row.reference)
            assert case.has_outcome or case.route != "assign"
        first = assignments.page(clerk, waits="to_decide", limit=200, now=NOW).items
        second = assignments.page(director, waits="second_return", limit=200, now=NOW).items
        assert [huiyin.share(row.public_id).is_first_return for row in first] == [True]
        assert [huiyin.share(row.public_id).is_first_return for row in second] == [False, False]


def test_a_case_is_soon_due_until_the_evening_of_the_next_working_day(huiyin: World) -> None:
    with huiyin.reading():
        soon = waiting.Asking(huiyin.actor("clerk"), NOW).soon
    # NOW is a Monday morning in Wuxi: Tuesday, 17:30.
    assert soon == NOW.replace(hour=9, minute=30) + timedelta(days=1)


SECOND = timedelta(seconds=1)
TUESDAY = NOW.replace(hour=9, minute=30) + timedelta(days=1)


@pytest.mark.parametrize(
    ("due_at", "late", "soon"),
    [
        (NOW - SECOND, 1, 0),
        (NOW, 0, 1),
        (TUESDAY, 0, 1),
        (TUESDAY + SECOND, 0, 0),
        (None, 0, 0),
    ],
)
def test_at_the_very_moment_it_is_due_nothing_is_late_yet(
    due_at: datetime | None, late: int, soon: int, huiyin: World
) -> None:
    """A case and a share alike, in the number, in the list behind it and in the filter of that name."""
    reference = huiyin.coordinated()
    with huiyin.writing():
        case, (share,) = huiyin.case(reference), huiyin.case(reference).assignments
        case.due_at = share.due_at = due_at
    with huiyin.reading():
        clerk, dept = huiyin.actor("clerk"), huiyin.actor("dept")
        for actor, noun in ((clerk, "case"), (dept, "assignment")):
            numbers = {tray.name: number for tray, number in desk.counts(actor, NOW, noun=noun).items()}
            assert (numbers["overdue"], numbers["soon"]) == (late, soon), noun
            assert [listed(Tray(noun, name), actor) for name in ("overdue", "soon")] == [late, soon]
        wanted = CaseFilter(overdue=True)
        assert len(cases.page(clerk, wanted, limit=5, now=NOW).items) == late
        assert cases.count(clerk, wanted, NOW) == late
        assert len(assignments.page(dept, overdue=True, now=NOW).items) == late


def test_numbers_stop_where_nobody_counts_further(huiyin: World) -> None:
    for _ in range(4):
        huiyin.raised()
    with huiyin.reading():
        numbers = desk.counts(huiyin.actor("clerk"), NOW, cap=2)
    assert max(numbers.values()) == 3


def test_all_numbers_come_in_one_statement(huiyin: World) -> None:
    huiyin.raised()
    statements: list[str] = []
    with huiyin.reading():
        actor = huiyin.actor("clerk")
        # The calendar is looked up once and kept.
        desk.counts(actor, NOW)
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        desk.counts(actor, NOW, noun="letter")
    assert len(statements) == 1


@pytest.mark.parametrize("who", ["clerk", "member"])
def test_uploads_that_wait_are_counted_in_an_index_of_their_own(who: str, huiyin: World) -> None:
    with huiyin.reading():
        actor = huiyin.actor(who)
        where = waiting.IMPORTS["forms_to_confirm"].where(waiting.Asking(actor, NOW))
        query = select(FormImport.id).where(scope.imports(actor, "confirm"), where)
        asked = query.compile(db.engine, compile_kwargs={"literal_binds": False})
        plan = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {asked}", tuple(asked.params[name] for name in asked.positiontup or ())
        )
        assert "COVERING INDEX ix_form_import_ready" in str(plan.all())


def test_the_nearest_deadline_stands_first(huiyin: World) -> None:
    early = huiyin.raised(at=NOW - timedelta(days=9))
    late = huiyin.raised()
    with huiyin.reading():
        rows = desk.nearest(huiyin.actor("clerk"), NOW)
        assert [row.thing.reference for row in rows] == [early, late]
        assert [row.act for row in rows] == ["coordinate", "coordinate"]


@pytest.mark.parametrize(
    ("who", "act"), [("clerk", "approve_reply"), ("member", None), ("leader", None), ("auditor", None)]
)
def test_the_next_act_is_one_that_this_role_may_do(who: str, act: str | None, huiyin: World) -> None:
    huiyin.replied()
    with huiyin.reading():
        (row,) = desk.nearest(huiyin.actor(who), NOW)
        assert row.act == act
        assert isinstance(row.act_on, Assignment if act else Case)


def test_a_case_handled_but_not_told_wants_a_letter_until_somebody_drafts_it(huiyin: World) -> None:
    reference = huiyin.handled()
    with huiyin.reading():
        (row,) = desk.nearest(huiyin.actor("clerk"), NOW)
        assert row.act == "draft_letter"
    huiyin.letter(reference, "draft")
    with huiyin.reading():
        (row,) = desk.nearest(huiyin.actor("director"), NOW)
        assert row.act != "draft_letter"


def test_a_department_has_its_own_shares_on_the_desk_and_nothing_else(huiyin: World) -> None:
    huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    huiyin.coordinated()
    with huiyin.reading():
        rows = desk.nearest(huiyin.actor("dept2"), NOW)
        assert [row.thing.role for row in rows] == ["co"]
        assert rows[0].act == "accept"


def test_since_yesterday_each_case_is_told_once_with_its_last_event(huiyin: World) -> None:
    reference = huiyin.replied()
    huiyin.raised(at=NOW - timedelta(days=5))
    with huiyin.reading():
        rows = desk.recent(huiyin.actor("clerk"), NOW - timedelta(days=1))
        assert [(row.reference, row.verb, row.by_handler) for row in rows] == [(reference, "reply", True)]


def test_nobody_hears_of_accusations_or_of_other_committees(huiyin: World) -> None:
    huiyin.raised(is_accusation=True)
    huiyin.raised(by="dt-member")
    with huiyin.reading():
        for who in EVERYBODY:
            assert not desk.recent(huiyin.actor(who), NOW - timedelta(days=1)), who


def test_a_queue_nobody_knows_is_refused(huiyin: World) -> None:
    with huiyin.reading(), pytest.raises(Invalid):
        cases.count(huiyin.actor("clerk"), CaseFilter(waiting="nonsense"), NOW)


def test_after_a_reopening_the_answer_wants_a_letter_again(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.delivered(reference)
    huiyin.rated(reference, "dissatisfied")
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "reply", result_class="B", text=REPLY, contact_record="on_site")
    huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move(reference, "handle", at=NOW + timedelta(minutes=1))
    with huiyin.reading():
        (row,) = desk.nearest(huiyin.actor("clerk"), NOW)
        assert row.act == "draft_letter"
