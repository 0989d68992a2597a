"""One matter carried on as another thing: a case as a brief or a topic, a submission as a case (S2-06)."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.visiting import HEARD, together
from tests.world import MATTER, NARRATIVE, RESIDENT, World
from tracker.actions import conversions
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.schema import read
from tracker.incoming.submissions import CarryOnIn, FromCaseIn, ToCaseIn
from tracker.models import Case, Conversion, Event, Outbox, Submission, Visit

pytestmark = pytest.mark.requirement("S2-06")

TITLE = "老旧小区公共照明无人管养"
WORDS = "多个老旧小区公共照明权属不清、无人管养。建议由街道统筹，明确管养单位和维修资金来源。"
AS_CASE = {"summary": "充电桩不足", "narrative": MATTER, "area": "0101"}


def from_case(
    world: World, reference: str, into: str = "brief", *, by: str = "clerk", **changes: Any
) -> None:
    given = {"into": into, "title": TITLE, "text": WORDS} | changes
    with world.writing():
        conversions.from_case(world.case(reference), read(FromCaseIn, given), by=world.actor(by))


def into_case(world: World, public_id: str, *, by: str = "clerk", **changes: Any) -> str:
    with world.writing():
        found = world.submission(public_id)
        return conversions.into_case(found, read(ToCaseIn, AS_CASE | changes), by=world.actor(by)).reference


def carry_on(world: World, public_id: str, into: str = "research_topic") -> None:
    with world.writing():
        given = read(CarryOnIn, {"into": into, "title": TITLE})
        conversions.carry_on(world.submission(public_id), given, by=world.actor("clerk"))


# --- out of a case


@pytest.mark.parametrize("kind", ["brief", "suggestion"])
def test_a_case_becomes_a_paper_of_the_member_who_raised_it(either: World, kind: str) -> None:
    reference = either.raised()
    from_case(either, reference, kind)
    with either.reading():
        made, case = db.session.scalars(select(Submission)).one(), either.case(reference)
        assert (made.kind, made.state, made.title, made.text) == (kind, "submitted", TITLE, WORDS)
        assert (made.member_id, made.group_id) == (case.raised_by_id, case.group_id)
        assert made.handed_in_by_id == either.actor("clerk").id
        row = db.session.scalars(select(Conversion)).one()
        assert (row.into, row.title) == (kind, TITLE)
        assert (row.case_id, row.submission_id, row.made_by_id) == (case.id, made.id, made.handed_in_by_id)


@pytest.mark.parametrize("into", ["research_topic", "proposal_lead"])
def test_a_topic_is_only_a_line_beside_the_case(huiyin: World, into: str) -> None:
    reference = huiyin.raised()
    from_case(huiyin, reference, into, text="")
    with huiyin.reading():
        row = db.session.scalars(select(Conversion)).one()
        assert (row.into, row.case_id, row.submission_id) == (into, huiyin.case(reference).id, None)
        assert db.session.scalars(select(Submission)).first() is None


def test_the_case_goes_on_as_it_was_and_may_be_carried_on_again(huiyin: World) -> None:
    reference = huiyin.coordinated()
    with huiyin.reading():
        version = huiyin.case(reference).version
    from_case(huiyin, reference)
    from_case(huiyin, reference, "research_topic")
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.state, case.version) == ("coordinated", version)
        assert [row.into for row in db.session.query(Conversion).order_by(Conversion.id)] == [
            "brief",
            "research_topic",
        ]


def test_the_paper_remembers_the_visit_on_which_the_case_was_raised(huiyin: World) -> None:
    visit = huiyin.visited(cases=[HEARD])
    with huiyin.reading():
        reference = db.session.scalars(select(Case)).one().reference
    from_case(huiyin, reference)
    with huiyin.reading():
        made = db.session.scalars(select(Submission)).one()
        assert made.visit_id == db.session.scalars(select(Visit.id).where(Visit.public_id == visit)).one()


@pytest.mark.requirement("T03")
@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize("word", [RESIDENT["name"], "１３９-1234-２１８６"])
def test_no_word_of_it_tells_who_raised_the_case(huiyin: World, field: str, word: object) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        from_case(huiyin, reference, **{field: f"{WORDS[:20]}，联系{word}"})
    (fault,) = refused.value.errors
    assert fault.field == field and fault.params["what"]
    assert everything(huiyin) == before


@pytest.mark.parametrize("by", ["clerk", "director"])
def test_an_accusation_is_carried_on_as_nothing(huiyin: World, by: str) -> None:
    """Not even by the director, who reads it."""
    reference = huiyin.raised(is_accusation=True)
    before = everything(huiyin)
    with pytest.raises(Forbidden if by == "clerk" else Conflict):
        from_case(huiyin, reference, by=by)
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"text": ""}, "text"),
        ({"text": "长" * 1501}, "text"),
        ({"title": "短"}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"into": "poem"}, "into"),
        ({"into": "suggestion", "text": "短"}, "text"),
        ({"into": "suggestion", "text": "长" * 5001}, "text"),
    ],
)
def test_a_paper_out_of_a_case_is_measured_like_any_other(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(FromCaseIn, {"into": "brief", "title": TITLE, "text": WORDS} | changes)
    assert {fault.field for fault in refused.value.errors} == {field}


# --- into a case


def test_a_submission_becomes_a_case_of_its_writer(either: World) -> None:
    public_id = either.submitted("suggestion", by="member2")
    reference = into_case(either, public_id, category="B01")
    with either.reading():
        case, found = either.case(reference), either.submission(public_id)
        assert (case.raised_by_id, case.group_id) == (found.member_id, found.group_id)
        assert (case.source, case.summary, case.narrative) == ("other", AS_CASE["summary"], MATTER)
        assert case.category and case.category.code == "B01" and case.area and case.area.code == "0101"
        assert case.resident and case.resident.is_anonymous and case.visit is None
        row = db.session.scalars(select(Conversion)).one()
        assert (row.into, row.case_id, row.submission_id) == ("case", case.id, found.id)


def test_from_the_same_visit_it_is_a_case_of_that_visit(huiyin: World) -> None:
    visit = together(huiyin)
    reference = into_case(huiyin, huiyin.submitted("suggestion", visit=visit))
    with huiyin.reading():
        case = huiyin.case(reference)
        assert case.source == "visit" and case.visit and case.visit.public_id == visit


def test_the_writer_hears_of_the_case_and_sees_it(huiyin: World) -> None:
    reference = into_case(huiyin, huiyin.submitted("suggestion"))
    with huiyin.reading():
        case = huiyin.case(reference)
        queued = {(row.kind, row.payload["event"]) for row in db.session.scalars(select(Outbox))}
        (event,) = db.session.scalars(select(Event).where(Event.verb == "raise", Event.case_id == case.id))
        assert {("notify", event.id), ("receipt", event.id)} <= queued
        assert case.owner_id == huiyin.actor("member").id


def test_a_place_that_does_not_exist_stores_no_case_and_takes_no_number(huiyin: World) -> None:
    public_id = huiyin.submitted("suggestion")
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        into_case(huiyin, public_id, area="9999")
    assert [fault.field for fault in refused.value.errors] == ["area"] and everything(huiyin) == before


# --- on as a topic


@pytest.mark.parametrize("into", ["research_topic", "proposal_lead"])
def test_a_submission_is_carried_on_under_another_title(huiyin: World, into: str) -> None:
    public_id = huiyin.submitted()
    carry_on(huiyin, public_id, into)
    with huiyin.reading():
        row = db.session.scalars(select(Conversion)).one()
        found = huiyin.submission(public_id)
        assert (row.into, row.title, row.case_id, row.submission_id) == (into, TITLE, None, found.id)
        assert found.state == "submitted"


@pytest.mark.parametrize("convert", [into_case, carry_on])
@pytest.mark.parametrize("kind", ["brief", "suggestion", "investment_lead"])
def test_what_was_taken_back_is_carried_on_as_nothing(huiyin: World, convert: Any, kind: str) -> None:
    public_id = huiyin.submitted(kind)
    huiyin.move_submission(public_id, "withdraw", by="member")
    before = everything(huiyin)
    with pytest.raises(Conflict):
        convert(huiyin, public_id)
    assert everything(huiyin) == before


def test_no_event_of_a_conversion_holds_a_word_of_it(huiyin: World) -> None:
    reference, public_id = huiyin.raised(), huiyin.submitted()
    from_case(huiyin, reference)
    into_case(huiyin, public_id)
    carry_on(huiyin, public_id)
    with huiyin.reading():
        events = db.session.scalars(select(Event).where(Event.verb == "convert").order_by(Event.id)).all()
        assert [event.data for event in events] == [
            {"into": "brief"},
            {"into": "case"},
            {"into": "research_topic"},
        ]
        assert not any(word in str(event.data) for event in events for word in (TITLE, NARRATIVE[:8]))
