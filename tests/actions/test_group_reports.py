"""A group's row of annex 3: corrected beside what was counted, confirmed, received, reopened."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests import campaigning
from tests.campaigning import begun, moved
from tests.world import NOW, World
from tracker.actions import group_reports as acts
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn, StoryIn
from tracker.models import Event, GroupReport, Membership, Note
from tracker.queries import summaries
from tracker.queries.summaries import GroupRow


@pytest.fixture
def running(huiyin: World) -> World:
    begun(huiyin)
    huiyin.visited(circle="living", persons_count=2)
    return huiyin


def row(world: World) -> GroupRow:
    with world.reading():
        return summaries.of_group(campaigning.report(world))


def corrected(world: World, *, by: str = "secretary", **given: Any) -> None:
    values: dict[str, Any] = {"figure": "living", "value": 5, "reason": "三户没有登记"} | given
    with world.writing():
        acts.correct(campaigning.report(world, by), CorrectionIn(**values), by=world.actor(by))


def state(world: World) -> str:
    with world.reading():
        return campaigning.report(world).state


@pytest.mark.requirement("S2-26")
def test_a_group_confirms_and_the_office_receives(either: World) -> None:
    begun(either)
    running = either
    moved(running, "confirm", by="secretary")
    moved(running, "receive", by="clerk")
    with running.reading():
        found = campaigning.report(running)
        assert found.state == "office_received"
        assert (found.confirmed_at, found.received_at) == (NOW, NOW)
        assert found.confirmed_by and found.confirmed_by.name == "许建国"
        assert found.received_by and found.received_by.name == "周文博"
        verbs = db.session.scalars(select(Event.verb).where(Event.object_kind == "group_report"))
        assert list(verbs) == ["confirm", "receive"]


@pytest.mark.requirement("S2-26")
def test_what_was_confirmed_stays_beside_what_goes_on(running: World) -> None:
    moved(running, "confirm", by="secretary")
    assert row(running).differences == []
    running.visited(circle="living", persons_count=3)
    assert row(running).differences == [("living", 2, 5)]
    assert row(running).figures.living == 5


def test_a_report_is_reopened_with_a_reason(running: World) -> None:
    moved(running, "confirm", by="secretary")
    with pytest.raises(Invalid):
        moved(running, "reopen", by="secretary")
    moved(running, "reopen", by="secretary", reason="漏了一次走访")
    assert state(running) == "draft"
    with running.reading():
        assert db.session.scalars(select(Note.text)).one() == "漏了一次走访"


def test_only_the_office_reopens_what_it_received(running: World) -> None:
    moved(running, "confirm", by="secretary")
    moved(running, "receive", by="clerk")
    with pytest.raises(Forbidden):
        moved(running, "reopen", by="secretary", reason="漏了一次走访")
    moved(running, "reopen", by="director", reason="数字有误")
    assert state(running) == "draft"


@pytest.mark.parametrize(
    "name, who",
    [("confirm", "clerk"), ("confirm", "leader"), ("receive", "secretary"), ("receive", "auditor")],
)
def test_each_step_is_somebodys(name: str, who: str, huiyin: World) -> None:
    begun(huiyin)
    with pytest.raises(Forbidden):
        moved(huiyin, name, by=who)


def test_a_step_out_of_turn_is_refused(huiyin: World) -> None:
    begun(huiyin)
    with pytest.raises(Conflict):
        moved(huiyin, "receive", by="clerk")
    with pytest.raises(Invalid):
        moved(huiyin, "nonsense", by="clerk")


@pytest.mark.parametrize("who", ["member", "dept", "admin", "dt-clerk"])
def test_others_do_not_know_of_a_group(who: str, huiyin: World) -> None:
    begun(huiyin)
    with huiyin.reading(), pytest.raises(NotFound):
        found = campaigning.campaign(huiyin)
        campaigning.reports.get(found, campaigning.group_id(huiyin), huiyin.actor(who))


def test_a_secretary_does_not_see_the_other_group(huiyin: World) -> None:
    begun(huiyin)
    with huiyin.reading(), pytest.raises(NotFound):
        campaigning.report(huiyin, "secretary", "group2")


@pytest.mark.requirement("S2-20")
def test_a_corrected_figure_stands_beside_the_counted_one(running: World) -> None:
    corrected(running)
    found = row(running)
    assert (found.figures.living, found.counted.living) == (5, 2)
    assert list(found.corrections) == ["living"]
    with running.reading():
        (made,) = campaigning.report(running).corrections
        assert (made.counted, made.reason) == (2, "三户没有登记")
        summary = summaries.of(campaigning.campaign(running), running.actor("clerk"))
        assert summary.total.living == 5


def test_a_second_correction_ends_the_first_and_an_ended_one_shows_the_count(running: World) -> None:
    corrected(running)
    corrected(running, value=4)
    found = row(running)
    assert found.figures.living == 4 and list(found.corrections) == ["living"]
    with running.writing():
        made = campaigning.report(running)
        for one in made.corrections:
            acts.end_correction(made, one.public_id, by=running.actor("clerk"))
    assert row(running).figures.living == 2


def test_a_correction_needs_a_difference_a_draft_and_the_right(huiyin: World) -> None:
    begun(huiyin)
    with pytest.raises(Invalid):
        corrected(huiyin, value=0)
    with pytest.raises(Forbidden):
        corrected(huiyin, by="director")
    moved(huiyin, "confirm", by="secretary")
    with pytest.raises(Conflict):
        corrected(huiyin)


@pytest.mark.requirement("S2-20")
@pytest.mark.parametrize("figure, value, said", [("participants", 2, "只有"), ("living", 21, "超过它的")])
def test_a_figure_that_can_hardly_be_waits_for_a_second_look(
    running: World, figure: str, value: int, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        corrected(running, figure=figure, value=value)
    (fault,) = refused.value.errors
    assert fault.field == "sure" and said in fault.message
    corrected(running, figure=figure, value=value, sure=True)
    found = row(running)
    assert getattr(found.figures, figure) == value != getattr(found.counted, figure)


def test_who_went_for_the_group_and_left_it_could_have_gone(either: World) -> None:
    begun(either)
    either.visited(circle="living", persons_count=2)
    with either.writing():
        assert summaries.members_of(campaigning.report(either)) == 1
        db.session.delete(db.session.scalars(select(Membership).where(Membership.role == "member")).first())
        db.session.flush()
        assert summaries.members_of(campaigning.report(either)) == 1


def test_what_was_confirmed_includes_the_corrections(running: World) -> None:
    corrected(running)
    moved(running, "confirm", by="secretary")
    confirmed = row(running).confirmed
    assert confirmed is not None and confirmed.living == 5


@pytest.mark.requirement("S2-19")
def test_whoever_looks_after_a_group_sees_it_and_writes_down_what_they_find(running: World) -> None:
    with running.writing():
        key = campaigning.group_id(running, "group2")
        found = campaigning.report(running, key="group2")
        assert key == found.group.public_id
        acts.liaise(found, DutyIn(unit=campaigning.group_id(running)), by=running.actor("clerk"))
    with running.writing():
        found = campaigning.report(running, "secretary", "group2")
        given = FindingIn(found_on=date(2026, 11, 20), finding="两位委员还没有走访", action="月底前补齐")
        acts.supervise(found, given, by=running.actor("secretary"))
        with pytest.raises(Forbidden):
            acts.write_story(found, StoryIn(story="不是本组的事"), by=running.actor("secretary"))
    with running.writing():
        found = campaigning.report(running, key="group2")
        assert [one.finding for one in found.findings] == ["两位委员还没有走访"]
        acts.end_duty(found, found.duties[0].public_id, by=running.actor("clerk"))
    with running.reading(), pytest.raises(NotFound):
        campaigning.report(running, "secretary", "group2")


def test_a_duty_is_an_offices_or_a_committees_and_stands_once(huiyin: World) -> None:
    begun(huiyin)
    with huiyin.writing():
        clerk, found = huiyin.actor("clerk"), campaigning.report(huiyin)
        for key in ("housing", "group"):
            with pytest.raises(Invalid):
                acts.liaise(found, DutyIn(unit=campaigning.group_id(huiyin, key)), by=clerk)
        office = DutyIn(unit=campaigning.group_id(huiyin, "office"))
        acts.liaise(found, office, by=clerk)
        with pytest.raises(Invalid):
            acts.liaise(campaigning.report(huiyin), office, by=clerk)


def test_a_finding_of_tomorrow_is_refused(huiyin: World) -> None:
    begun(huiyin)
    with huiyin.writing(), pytest.raises(Invalid):
        given = FindingIn(found_on=date(2026, 11, 24), finding="还没有发生")
        acts.supervise(campaigning.report(huiyin), given, by=huiyin.actor("clerk"))


@pytest.mark.requirement("S2-21")
def test_a_group_tells_how_it_went(running: World) -> None:
    with running.writing():
        found = campaigning.report(running, "secretary")
        acts.write_story(found, StoryIn(story="走访了三十户。"), by=running.actor("secretary"))
    with running.reading():
        assert campaigning.report(running).story == "走访了三十户。"
        assert len(db.session.scalars(select(GroupReport)).all()) == 1


def test_of_two_writers_the_slower_is_told(huiyin: World) -> None:
    begun(huiyin)
    with huiyin.writing():
        found = campaigning.report(huiyin, "secretary")
        acts.write_story(found, StoryIn(story="第一稿"), by=huiyin.actor("secretary"))
        seen = found.version
        acts.write_story(found, StoryIn(story="第二稿"), by=huiyin.actor("secretary"), expect=seen)
    with huiyin.writing(), pytest.raises(Conflict):
        found = campaigning.report(huiyin, "secretary")
        acts.write_story(found, StoryIn(story="第三稿"), by=huiyin.actor("secretary"), expect=seen)


def test_what_was_received_is_received_no_more_once_it_is_reopened(running: World) -> None:
    moved(running, "confirm", by="secretary")
    moved(running, "receive", by="clerk")
    moved(running, "reopen", by="clerk", reason="数字有误")
    with running.reading():
        found = campaigning.report(running)
        assert (found.received_at, found.received_by_id) == (None, None)
        assert found.confirmed_at == NOW and found.confirmed and found.confirmed["living"] == 2


@pytest.mark.parametrize("step", ["correct", "end_correction"])
def test_a_confirmed_figure_is_corrected_only_after_it_came_back(running: World, step: str) -> None:
    corrected(running)
    moved(running, "confirm", by="secretary")
    with running.writing(), pytest.raises(Conflict):
        found, by = campaigning.report(running), running.actor("secretary")
        if step == "correct":
            acts.correct(found, CorrectionIn(figure="living", value=7, reason="又漏了两户"), by=by)
        else:
            acts.end_correction(found, found.corrections[0].public_id, by=by)
    assert row(running).figures.living == 5


def test_who_writes_a_finding_does_so_for_their_unit(running: World) -> None:
    given = FindingIn(found_on=date(2026, 11, 20), finding="两位委员还没有走访")
    with running.writing():
        by = running.actor("clerk")
        one = acts.supervise(campaigning.report(running), given, by=by)
        assert (one.unit_id, one.written_by_id) == (by.posts[0].unit_id, by.id)


@pytest.mark.parametrize("act", [acts.end_correction, acts.end_duty])
def test_a_line_that_is_not_there_is_not_found(running: World, act: Any) -> None:
    corrected(running)
    with running.writing(), pytest.raises(NotFound):
        act(campaigning.report(running), "no-such-line", by=running.actor("clerk"))


def test_what_has_ended_ends_once(running: World) -> None:
    corrected(running)
    with running.writing():
        office = DutyIn(unit=campaigning.group_id(running, "office"))
        acts.liaise(campaigning.report(running), office, by=running.actor("clerk"))
    for _ in range(2):
        with running.writing():
            found, by = campaigning.report(running), running.actor("clerk")
            acts.end_correction(found, found.corrections[0].public_id, by=by)
            acts.end_duty(found, found.duties[0].public_id, by=by)
    with running.reading():
        verbs = list(db.session.scalars(select(Event.verb).where(Event.verb.like("end_%"))))
        assert sorted(verbs) == ["end_correction", "end_duty"]
