"""The figures of a digest, on both databases; at their edges the first and the last moment decide."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import accusing
from tests.queries.conftest import Filled, said
from tests.visiting import together
from tests.world import NOW, World
from tracker.actions import campaigns, exemplars
from tracker.actions import digests as sending
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Assignment, OrgUnit
from tracker.queries import digests, submissions
from tracker.queries.digests import DigestOf, Figures
from tracker.rules.spans import Period, span
from tracker.web.exemplars import panel

pytestmark = pytest.mark.requirement("S1-47")
WEEK = span("week", date(2026, 11, 23))
MONDAY = date(2026, 11, 16)
PAST = span("week", MONDAY)
LATER = datetime.fromisoformat("2026-12-01T09:00:00+08:00")


def test_a_week_is_counted_and_the_one_before_stands_beside(either: World) -> None:
    either.visited(visited_on="2026-11-23", persons_count=3, at=NOW)
    either.visited(visited_on="2026-11-22", persons_count=5)
    reference = either.fed_back()
    either.rated(reference, "satisfied")
    either.raised(by="member2")
    World(either.app, "dt").visited(visited_on="2026-11-23", circle="sector")
    with either.reading():
        found = digests.of(WEEK, either.actor("leader"), date(2026, 11, 23))
    now = found.now
    assert (now.visits, now.visitors, now.met, found.before.met) == (1, 1, 3, 5)
    assert (now.raised, now.handled, now.fed_back) == (2, 1, 1)
    assert (now.replied, now.on_time, now.rated, now.satisfied) == (1, 1, 1, 1)
    assert {line.name: line.visits for line in found.groups} == {"东亭街道工委会": 1, "教育界别组": 0}
    assert [line.name for line in found.behind] == ["教育界别组"]


def test_while_a_campaign_runs_those_who_owe_are_told_the_worst_first(either: World) -> None:
    either.visited(visited_on="2026-11-23")
    with either.writing():
        _open_campaign(either)
    with either.reading():
        found = digests.of(WEEK, either.actor("director"), date(2026, 11, 23))
    assert all(line.owing is not None for line in found.groups) and found.behind


def _open_campaign(world: World) -> None:
    spec = presets.load("xishan").campaigns[0]
    campaigns.open_from(spec, 2026, by=world.actor("clerk"))


@pytest.mark.parametrize(("who", "told"), [("leader", True), ("clerk", True), ("auditor", False)])
def test_what_an_exemplary_case_was_about_is_told_to_who_reads_stories(
    huiyin: World, who: str, told: bool
) -> None:
    reference = huiyin.fed_back()
    with huiyin.writing():
        exemplars.mark(huiyin.case(reference), "老人晚上敢出门了", by=huiyin.actor("clerk"))
    with huiyin.reading():
        found = digests.of(WEEK, huiyin.actor(who), date(2026, 11, 23))
        assert bool(found.exemplary) is told and found.now.exemplars == 1
        page = panel(huiyin.case(reference), huiyin.actor(who))
        assert bool(page.mark) is told


def test_an_accusation_is_in_no_figure(either: World) -> None:
    reference = either.fed_back()
    either.rated(reference, "satisfied")
    with either.writing():
        exemplars.mark(either.case(reference), "路灯亮了", by=either.actor("clerk"))
    either.raised()
    with either.writing():
        either.case(reference).is_accusation = True
    either.raised(is_accusation=True)
    accusing.carried_on(either, either.submitted(submitted_on="2026-11-23"))
    with either.reading():
        found = digests.of(WEEK, either.actor("leader"), date(2026, 11, 23))
    now = found.now
    assert now.raised == 1
    assert not any((now.handled, now.fed_back, now.replied, now.rated, now.exemplars, now.submissions))
    assert sum(line.raised for line in found.groups) == 1


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(f"2026-{moment}+08:00")


def _week(world: World, who: str = "leader", on: date = MONDAY) -> DigestOf:
    with world.reading():
        return digests.of(span("week", on), world.actor(who), LATER.date())


@pytest.mark.parametrize(
    ("moment", "now", "before"),
    [
        ("11-16T00:00:00", 1, 0),
        ("11-15T23:59:59", 0, 1),
        ("11-22T23:59:59", 1, 0),
        ("11-23T00:00:00", 0, 0),
        ("11-09T00:00:00", 0, 1),
        ("11-08T23:59:59", 0, 0),
    ],
)
def test_a_week_begins_and_ends_at_midnight_in_wuxi(
    moment: str, now: int, before: int, huiyin: World
) -> None:
    """What was raised, handled and told in one moment, and the resident's verdict."""
    reference = huiyin.fed_back(at=_at(moment))
    huiyin.rated(reference, "satisfied", by="resident", at=_at(moment))
    found = _week(huiyin)
    for figures, number in ((found.now, now), (found.before, before)):
        told = (figures.raised, figures.handled, figures.fed_back, figures.replied, figures.on_time)
        assert told == (number,) * 5 and (figures.rated, figures.satisfied) == (number, number)
    assert [line.raised for line in found.groups] == [now, 0]


@pytest.mark.parametrize(
    ("day", "now", "before"),
    [("11-16", 1, 0), ("11-22", 1, 0), ("11-15", 0, 1), ("11-23", 0, 0), ("11-09", 0, 1), ("11-08", 0, 0)],
)
def test_visits_and_what_was_handed_in_belong_to_the_week_of_their_day(
    day: str, now: int, before: int, huiyin: World
) -> None:
    """Not to the week in which somebody wrote them down."""
    together(huiyin, visited_on=f"2026-{day}", persons_count=4, at=LATER)
    huiyin.submitted(submitted_on=f"2026-{day}", at=LATER)
    found = _week(huiyin)
    for figures, number in ((found.now, now), (found.before, before)):
        assert (figures.visits, figures.met) == (number, 4 * number)
        assert (figures.visitors, figures.submissions) == (2 * number, number)
    assert [line.visits for line in found.groups] == [now, 0]


@pytest.mark.parametrize(("late", "on_time"), [(-1, 1), (0, 1), (1, 0), (None, 1)])
def test_an_answer_is_in_time_until_the_very_moment_it_is_due(
    late: int | None, on_time: int, huiyin: World
) -> None:
    reference = huiyin.replied(at=_at("11-18T10:00:00"))
    with huiyin.writing():
        (share,) = db.session.scalars(select(Assignment)).all()
        assert share.case.reference == reference and share.replied_at is not None
        share.due_at = None if late is None else share.replied_at - timedelta(seconds=late)
    figures = _week(huiyin).now
    assert (figures.replied, figures.on_time) == (1, on_time)


def test_somebody_who_went_twice_is_one_visitor_and_what_was_taken_back_is_nothing(huiyin: World) -> None:
    for _ in range(2):
        together(huiyin, visited_on="2026-11-18", persons_count=3)
    huiyin.submitted(submitted_on="2026-11-18")
    huiyin.move_submission(huiyin.submitted(submitted_on="2026-11-18"), "withdraw")
    figures = _week(huiyin).now
    assert (figures.visits, figures.visitors, figures.met, figures.submissions) == (2, 2, 6, 1)


@pytest.mark.parametrize("rating", ["basically", "dissatisfied"])
def test_only_satisfied_is_satisfied(rating: str, huiyin: World) -> None:
    huiyin.rated(huiyin.fed_back(at=_at("11-18T10:00:00")), rating, at=_at("11-18T11:00:00"))
    figures = _week(huiyin).now
    assert (figures.rated, figures.satisfied) == (1, 0)


def test_another_committees_week_is_its_own(huiyin: World) -> None:
    dongtai = World(huiyin.app, "dt")
    reference = dongtai.fed_back(at=_at("11-18T10:00:00"))
    dongtai.rated(reference, "satisfied", at=_at("11-18T11:00:00"))
    dongtai.visited(visited_on="2026-11-18", circle="living")
    dongtai.submitted(submitted_on="2026-11-18")
    with huiyin.writing(_at("11-18T12:00:00")):
        by = huiyin.actor("dt-clerk")
        exemplars.mark(huiyin.case(reference), "办得快", by=by)
    found = _week(huiyin)
    assert found.now == found.before == Figures(*(0,) * 12) and found.exemplary == ()
    assert {line.raised + line.visits for line in found.groups} == {0}
    theirs = _week(huiyin, "dt-leader").now
    assert (theirs.visits, theirs.submissions, theirs.raised, theirs.rated, theirs.exemplars) == (1,) * 5


def test_a_group_out_of_use_has_no_line_and_who_did_nothing_is_named(huiyin: World) -> None:
    huiyin.visited(visited_on="2026-11-18")
    assert [line.name for line in _week(huiyin).behind] == ["教育界别组"]
    with huiyin.writing():
        db.session.query(OrgUnit).filter_by(key="group2", committee_id=1).one().is_active = False
    found = _week(huiyin)
    assert [line.name for line in found.groups] == ["东亭街道工委会"] and found.behind == ()
    assert all(line.owing is None for line in found.groups)


@pytest.mark.requirement("S1-49")
def test_marks_are_told_by_kind_until_they_end(huiyin: World) -> None:
    reference, brief = huiyin.fed_back(), huiyin.submitted(title="增设充电桩")
    with huiyin.writing(_at("11-18T12:00:00")):
        by = huiyin.actor("clerk")
        exemplars.mark(huiyin.case(reference), "办得快", by=by)
        gone = exemplars.mark(submissions.get(brief, by), "写得好", by=by)
    found = _week(huiyin)
    assert found.now.exemplars == 2
    assert [(one.kind, one.ident, one.reason, one.group) for one in found.exemplary] == [
        ("case", reference, "办得快", "东亭街道工委会"),
        ("submission", brief, "写得好", "东亭街道工委会"),
    ]
    with huiyin.writing():
        exemplars.end(db.session.merge(gone), by=huiyin.actor("clerk"))
    found = _week(huiyin)
    assert found.now.exemplars == 1 and [one.kind for one in found.exemplary] == ["case"]


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world = filling.world
    spans: tuple[tuple[Period, date], ...] = (
        ("week", MONDAY),
        ("month", MONDAY),
        ("week", date(2026, 11, 9)),
    )
    for period, on in spans:
        with world.writing(LATER):
            sending.send(span(period, on), by=world.actor("clerk"), again=True)
    with world.writing(LATER):
        sending.send(PAST, by=world.actor("dt-clerk"), again=True)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[World]:
    with filled.world.reading():
        yield filled.world


@pytest.mark.parametrize(
    ("who", "asked", "expected"),
    [
        ("clerk", {}, ["week 11-09", "month 11-01", "week 11-16"]),
        ("clerk", {"period": "week"}, ["week 11-09", "week 11-16"]),
        ("clerk", {"period": "quarter"}, []),
        ("clerk", {"limit": 1}, ["week 11-09"]),
        ("dt-clerk", {}, ["week 11-16"]),
    ],
    ids=said,
)
def test_those_that_were_sent_are_listed_the_last_first(
    who: str, asked: dict[str, Any], expected: list[str], reading: World
) -> None:
    rows = digests.sent_page(reading.actor(who), **asked)
    assert [f"{row.period} {row.starts_on:%m-%d}" for row in rows.items] == expected
    assert (rows.next is None) is ("limit" not in asked)


def test_one_that_was_sent_is_known_by_committee_period_and_day(reading: World) -> None:
    own, theirs = reading.actor("clerk").committee_id, reading.actor("dt-clerk").committee_id
    assert digests.sent(PAST, own) is not None and digests.sent(PAST, theirs) is not None
    for unknown in (span("week", date(2026, 11, 2)), span("quarter", MONDAY)):
        assert digests.sent(unknown, own) is None
    assert digests.sent(span("month", MONDAY), theirs) is None
