"""Ratings: who gives one, whose stands, and what the first 不满意 sets in motion."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, REPLY, World
from tracker.actions import ratings
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.incoming.cases import RatingIn
from tracker.models import Event, Rating


def _again(world: World, reference: str) -> None:
    """The departments answer once more, and the resident is told."""
    for share in world.shares(reference):
        world.move_share(share, "reply", result_class="B", text=REPLY, contact_record="on_site")
        world.move_share(share, "approve_reply", by="clerk")
    world.move(reference, "handle")
    world.move(reference, "feed_back", told="oral")


@pytest.mark.parametrize("by", ["member", "resident"])
def test_the_first_bad_verdict_reopens_once_and_the_second_is_only_recorded(either: World, by: str) -> None:
    reference = either.fed_back()
    either.rated(reference, "dissatisfied", by=by)
    assert either.state(reference) == "coordinated"
    _again(either, reference)
    either.rated(reference, "dissatisfied", by=by)
    assert either.state(reference) == "fed_back"
    with either.reading():
        given = db.session.execute(
            select(Rating.round, Rating.rating, Rating.by_kind).order_by(Rating.id)
        ).all()
    assert [tuple(row) for row in given] == [(1, "dissatisfied", by), (2, "dissatisfied", by)]


def test_told_once_is_not_told_again_after_a_reopening(huiyin: World) -> None:
    reference = huiyin.quick("refer")
    huiyin.move(reference, "handle")
    huiyin.move(reference, "feed_back", told="oral")
    huiyin.rated(reference, "dissatisfied")
    huiyin.move(reference, "handle", result="已改送信访局。")
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "feed_back")
    assert refused.value.missing == ["is_told"]


@pytest.mark.parametrize("rating", ["satisfied", "basically"])
def test_a_good_verdict_moves_nothing(huiyin: World, rating: str) -> None:
    reference = huiyin.fed_back()
    huiyin.rated(reference, rating)
    assert huiyin.state(reference) == "fed_back"


@pytest.mark.parametrize(
    ("resident", "member", "state"),
    [("satisfied", "dissatisfied", "fed_back"), ("dissatisfied", None, "coordinated")],
)
def test_the_residents_verdict_stands_above_the_members(
    huiyin: World, resident: str, member: str | None, state: str
) -> None:
    reference = huiyin.fed_back()
    huiyin.rated(reference, resident, by="resident")
    if member:
        huiyin.rated(reference, member)
    assert huiyin.state(reference) == state


def test_a_bad_verdict_of_the_resident_reopens_what_the_member_praised(huiyin: World) -> None:
    reference = huiyin.fed_back()
    huiyin.rated(reference, "satisfied")
    huiyin.rated(reference, "dissatisfied", by="resident")
    assert huiyin.state(reference) == "coordinated"


def test_a_round_is_rated_once_by_each(huiyin: World) -> None:
    reference = huiyin.fed_back()
    huiyin.rated(reference, "satisfied")
    huiyin.rated(reference, "satisfied", by="resident")
    for by in ("member", "resident"):
        with pytest.raises(Conflict) as refused:
            huiyin.rated(reference, "dissatisfied", by=by)
        assert refused.value.missing == ["not_rated"]


@pytest.mark.parametrize(
    "who", ["clerk", "director", "dept", "dept2", "leader", "auditor", "admin", "secretary", "member2"]
)
def test_nobody_else_ever_rates(huiyin: World, who: str) -> None:
    reference = huiyin.fed_back()
    with pytest.raises(Forbidden):
        huiyin.rated(reference, "satisfied", by=who)


def test_the_resident_of_another_case_cannot_rate_this_one(huiyin: World) -> None:
    reference, other = huiyin.fed_back(), huiyin.raised()
    with pytest.raises(Forbidden), huiyin.writing():
        ratings.rate(huiyin.case(reference), RatingIn(rating="satisfied"), by=huiyin.resident(other))


@pytest.mark.parametrize("far", ["raised", "coordinated", "handled"])
def test_there_is_no_verdict_before_the_answer(huiyin: World, far: str) -> None:
    with pytest.raises(Conflict) as refused:
        huiyin.rated(getattr(huiyin, far)(), "satisfied")
    assert refused.value.missing == ["is_fed_back"]


def test_there_is_none_after_the_closing(huiyin: World) -> None:
    reference = huiyin.fed_back()
    huiyin.move(reference, "close", by="director")
    with pytest.raises(Conflict):
        huiyin.rated(reference, "satisfied")


def test_a_bad_verdict_on_a_merged_or_declined_case_is_recorded_and_no_more(huiyin: World) -> None:
    declined = huiyin.raised()
    huiyin.move(declined, "decline", note="不属于受理范围")
    huiyin.move(declined, "feed_back", told="oral")
    child, master = huiyin.raised(), huiyin.quick()
    huiyin.move(child, "merge", into=master)
    huiyin.move(master, "handle")
    huiyin.move(child, "feed_back", told="oral")
    for reference in (declined, child):
        huiyin.rated(reference, "dissatisfied", by="resident")
        assert huiyin.state(reference) == "fed_back"
    with huiyin.reading():
        assert len(db.session.scalars(select(Rating)).all()) == 2


def test_the_departments_answer_again_and_may_be_sent_back_twice_in_the_new_round(huiyin: World) -> None:
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    for _ in range(2):
        huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
        huiyin.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
    _again(huiyin, reference)
    huiyin.rated(reference, "dissatisfied")
    with huiyin.reading():
        assert (huiyin.share(share).state, huiyin.share(share).reworks_are_left) == ("reworking", True)


@pytest.mark.parametrize("verdict, period", [("dissatisfied", "reopened"), ("", "rework")])
def test_what_is_answered_anew_is_no_longer_completed_and_counts_its_round(
    huiyin: World, verdict: str, period: str
) -> None:
    later = NOW + timedelta(days=1)
    reference = huiyin.fed_back() if verdict else huiyin.handled()
    share = huiyin.shares(reference)[0]
    if verdict:
        huiyin.rated(reference, verdict, at=later)
    else:
        huiyin.move(reference, "rework", at=later, note="答复没有回应第二个问题")
    with huiyin.reading():
        found = huiyin.share(share)
        assert (found.state, found.completed_at, found.updated_at) == ("reworking", None, later)
        assert found.rework_count == 1
        told = db.session.scalars(
            select(Event).where(Event.verb == "rework", Event.object_kind == "assignment")
        )
        assert [(event.actor_name, event.data) for event in told] == [("case", {"period": period})]


def test_the_rounds_of_an_earlier_verdict_are_forgotten_in_the_new_one(huiyin: World) -> None:
    """Two reworks before and two after the verdict: each round has its own."""
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    for _ in range(2):
        huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
        huiyin.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
    huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move(reference, "handle")
    huiyin.move(reference, "feed_back", told="oral")
    huiyin.rated(reference, "dissatisfied")
    with huiyin.reading():
        assert huiyin.share(share).rework_count == 1
    huiyin.move_share(share, "reply", result_class="B", text=REPLY, contact_record="on_site")
    huiyin.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
