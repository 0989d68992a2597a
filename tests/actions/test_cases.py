"""A concern is registered, corrected and noted; every refusal leaves everything as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import cases
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.cases import NoteIn
from tracker.models import Case, Event, Note, Outbox
from tracker.queries import cases as stored
from tracker.queries.cases import CaseFilter


def events(verb: str) -> list[Event]:
    """Inside an open transaction."""
    return list(db.session.scalars(select(Event).where(Event.verb == verb).order_by(Event.id)))


def noted(world: World, reference: str, text: str, *, by: str, verb: str = "note") -> None:
    with world.writing():
        cases.note(world.case(reference), NoteIn(text=text), by=world.actor(by), verb=verb)


# --- registered
def test_a_case_begins_with_number_date_event_and_receipt(either: World) -> None:
    reference = either.raised()
    with either.reading():
        case = either.case(reference)
        assert (case.reference, case.state, case.raised_at) == ("XS-2026-000001", "raised", NOW)
        assert case.due_at == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
        (event,) = events("raise")
        assert (event.after, event.object_id, event.data) == ("raised", case.id, {})
        kinds = set(db.session.scalars(select(Outbox.kind)))
        assert kinds == {"notify", "receipt"}


def test_numbers_follow_each_other_in_each_committee_and_year(huiyin: World) -> None:
    other = World(huiyin.app, "dt")
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    made = [huiyin.raised(), other.raised(), huiyin.raised(), huiyin.raised(at=new_year)]
    assert made == ["XS-2026-000001", "DT-2026-000001", "XS-2026-000002", "XS-2027-000001"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"area": "99"}, "area"),
        ({"category": "Z9"}, "category"),
        ({"subject_unit": "nobody"}, "subject_unit"),
    ],
)
def test_what_is_not_in_our_lists_stores_nothing_and_takes_no_number(
    huiyin: World, change: dict[str, Any], field: str
) -> None:
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        huiyin.raised(**change)
    assert [fault.field for fault in refused.value.errors] == [field]
    assert everything(huiyin) == before
    assert huiyin.raised() == "XS-2026-000001"


@pytest.mark.parametrize("who", ["secretary", "dept", "leader", "auditor", "admin"])
def test_who_may_not_raise_leaves_no_trace(huiyin: World, who: str) -> None:
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        huiyin.raised(by=who)
    assert everything(huiyin) == before


@pytest.mark.parametrize(("who", "group"), [("member", "group"), ("member2", "group2"), ("clerk", None)])
def test_a_case_belongs_to_the_group_of_the_member_who_raised_it(
    huiyin: World, who: str, group: str | None
) -> None:
    reference = huiyin.raised(by=who)
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.group.key if case.group else None) == group
        assert case.raised_by.login == f"xs-{who}"


def test_the_visit_it_was_heard_on_is_remembered_and_must_be_ones_own(huiyin: World) -> None:
    visit = huiyin.visited()
    reference = huiyin.raised(visit=visit)
    with huiyin.reading():
        heard_on = huiyin.case(reference).visit
        assert heard_on is not None and heard_on.public_id == visit
    before = everything(huiyin)
    for unknown, who in ((visit, "member2"), ("nobody", "member")):
        with pytest.raises(Invalid) as refused:
            huiyin.raised(visit=unknown, by=who)
        assert [fault.field for fault in refused.value.errors] == ["visit"]
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    ("subject", "none", "key"), [(None, False, None), ("none", True, None), ("education", False, "education")]
)
def test_whose_conduct_is_complained_of_may_be_open_nobody_or_a_unit(
    huiyin: World, subject: str | None, none: bool, key: str | None
) -> None:
    reference = huiyin.raised(subject_unit=subject)
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.subject_none, case.subject_unit.key if case.subject_unit else None) == (none, key)
        assert case.subject_is_decided is (subject is not None)


def test_no_event_and_no_queued_effect_holds_a_word_of_the_story(huiyin: World) -> None:
    huiyin.raised(summary="独一无二的标题", narrative="独一无二的经过")
    stored = everything(huiyin)
    for table in ("event", "outbox", "note"):
        assert "独一无二" not in "".join(stored[table]), table


# --- corrected
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"area": "99"}, "area"),
        ({"category": "Z9"}, "category"),
        ({"subject_unit": "nobody"}, "subject_unit"),
        ({"summary": "好的标题", "area": "99"}, "area"),
    ],
)
def test_a_refused_edit_changes_nothing_not_even_the_good_part(
    huiyin: World, change: dict[str, Any], field: str
) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        huiyin.edited(reference, **change)
    assert [fault.field for fault in refused.value.errors] == [field]
    assert everything(huiyin) == before


def test_an_empty_category_takes_it_away(huiyin: World) -> None:
    reference = huiyin.raised(category="B01")
    huiyin.edited(reference, category="")
    with huiyin.reading():
        assert huiyin.case(reference).category is None
        assert events("edit")[0].data == {"fields": ["category"]}


@pytest.mark.parametrize(("first", "then"), [("education", "none"), ("none", "education")])
def test_the_subject_is_a_unit_or_nobody_never_both(huiyin: World, first: str, then: str) -> None:
    reference = huiyin.raised(subject_unit=first)
    huiyin.edited(reference, subject_unit=then)
    with huiyin.reading():
        case = huiyin.case(reference)
        assert case.subject_none is (then == "none")
        assert (case.subject_unit is None) is (then == "none")


def test_an_edit_after_the_start_leaves_the_date_of_coordination(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.reading():
        before = huiyin.case(reference).due_at
    huiyin.edited(reference, urgency="urgent", at=NOW + timedelta(days=1))
    with huiyin.reading():
        assert huiyin.case(reference).due_at == before


def test_each_edit_raises_the_version_by_one(either: World) -> None:
    reference = either.raised()
    for version in (1, 2, 3):
        with either.reading():
            assert either.case(reference).version == version
        either.edited(reference, summary=f"第{version}次改写")


def found(world: World, word: str) -> list[str]:
    with world.reading():
        page = stored.page(world.actor("clerk"), CaseFilter(q=word), limit=10, after=None, now=NOW)
        return [row.reference for row in page.items]


def test_a_corrected_word_is_what_is_found_afterwards(either: World) -> None:
    reference = either.raised(summary="路灯不亮", narrative="北门三盏路灯不亮")
    assert found(either, "路灯") == [reference]
    either.edited(reference, summary="井盖松动", narrative="东门井盖松动")
    assert (found(either, "路灯"), found(either, "井盖")) == ([], [reference])


@pytest.mark.parametrize("who", ["member2", "secretary", "leader", "auditor", "dept", "admin", "dt-clerk"])
def test_nobody_else_corrects_anything(huiyin: World, who: str) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        huiyin.edited(reference, by=who, summary="改写")
    assert everything(huiyin) == before


# --- noted
def test_a_note_is_the_offices_and_nobody_is_told(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.reading():
        queued = db.session.query(Outbox).count()
    noted(huiyin, reference, "已电话联系物业", by="clerk")
    with huiyin.reading():
        assert [(n.audience, n.text) for n in db.session.scalars(select(Note))] == [
            ("office", "已电话联系物业")
        ]
        assert db.session.query(Outbox).count() == queued


def test_an_instruction_of_the_leader_is_told(huiyin: World) -> None:
    reference = huiyin.raised()
    noted(huiyin, reference, "请一周内办结", by="leader", verb="instruct")
    with huiyin.reading():
        (event,) = events("instruct")
        assert db.session.scalars(select(Outbox).where(Outbox.effect_key == f"notify:{event.id}")).one()


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        ("leader", "note"),
        ("clerk", "instruct"),
        ("member", "note"),
        ("dept", "note"),
        ("auditor", "instruct"),
    ],
)
def test_notes_are_the_offices_and_instructions_the_leaders(huiyin: World, who: str, verb: str) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        noted(huiyin, reference, "一句话", by=who, verb=verb)
    assert everything(huiyin) == before


def test_a_note_moves_neither_state_nor_version(huiyin: World) -> None:
    reference = huiyin.raised()
    noted(huiyin, reference, "一句话", by="director")
    with huiyin.reading():
        case: Case = huiyin.case(reference)
        assert (case.state, case.version) == ("raised", 1)


# --- stages
def test_each_stage_keeps_the_moment_it_was_reached(huiyin: World) -> None:
    reference = huiyin.quick("quick", at=NOW)
    huiyin.move(reference, "handle", at=NOW + timedelta(days=1))
    huiyin.move(reference, "feed_back", at=NOW + timedelta(days=2), told="oral")
    with huiyin.reading():
        case = huiyin.case(reference)
        reached = (case.coordinated_at, case.handled_at, case.fed_back_at)
        assert reached == tuple(NOW + timedelta(days=days) for days in range(3))


def test_going_back_forgets_the_later_stages(huiyin: World) -> None:
    reference = huiyin.quick("quick")
    huiyin.move(reference, "handle")
    huiyin.move(reference, "rework", note="再核实一次", at=NOW + timedelta(days=1))
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.coordinated_at, case.handled_at, case.outcome_text) == (NOW, None, "")


def test_a_declined_case_never_pretends_to_have_been_handled(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="不属于受理范围")
    huiyin.move(reference, "feed_back", told="oral")
    with huiyin.reading():
        case = huiyin.case(reference)
        assert case.fed_back_at == NOW
        assert (case.coordinated_at, case.handled_at) == (None, None)


def test_a_conflict_names_the_version_the_row_has(huiyin: World) -> None:
    reference = huiyin.raised()
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "handle")
    assert refused.value.version == 1
