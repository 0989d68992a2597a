"""The demonstration's meetings that take up cases: one that has decided, one that is to come."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from tracker.actions import agenda as acts
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock, db
from tracker.incoming.agenda import DecisionIn, MeetingIn, PutOnIn
from tracker.models import Case, Meeting
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

EACH: Final = 3
HELD: Final = timedelta(days=6)
ARRANGED: Final = timedelta(days=12)
AHEAD: Final = timedelta(days=9)
# What was decided, and what the departments are told of it.
DECISIONS: Final = (
    (
        "请主办单位牵头，会同有关单位到现场一次说清责任，两周内拿出整改方案；办公室跟踪落实，下次会议报告。",
        "主席会议议定：由你单位牵头到现场会商，两周内书面报送整改方案和完成日期。",
    ),
    (
        "同类诉求一个季度里反复出现，不再一件一件办；请主办单位提出长效管理办法，列入明年工作计划。",
        "主席会议议定：请在办好这一件的同时，提出同类问题的长效管理办法，月底前报送。",
    ),
)


def take_up(end: datetime, actor: Callable[[str], Actor]) -> None:
    """Inside a write transaction, when the cases are as far as they come."""
    for code in ("xs", "dt"):
        clerk, director = actor(f"{code}-clerk"), actor(f"{code}-director")
        longest = _longest_open(clerk, office_hours(end - ARRANGED))
        _held(longest[:EACH], end, clerk, director)
        _to_come(longest[EACH : 2 * EACH], end, clerk)


def _longest_open(clerk: Actor, before: datetime) -> Sequence[Case]:
    """With departments, for longest first."""
    return db.session.scalars(
        select(Case)
        .where(
            Case.committee_id == clerk.committee_id,
            Case.state == "coordinated",
            Case.route == "assign",
            Case.disposition.is_(None),
            Case.is_accusation.is_(False),
            Case.coordinated_at < before,
        )
        .order_by(Case.raised_at, Case.id)
        .limit(2 * EACH)
    ).all()


def _held(cases: Sequence[Case], end: datetime, clerk: Actor, director: Actor) -> None:
    """The last case is still without its decision, so that there is something to write down."""
    with clock.at(office_hours(end - ARRANGED)):
        meeting = _meeting("chair", office_hours(end - HELD), cases, clerk)
    with clock.at(office_hours(end - HELD)):
        for item, (decision, told) in zip(meeting.items, DECISIONS, strict=False):
            acts.decide(item, DecisionIn(decision=decision, told=told), by=director)


def _to_come(cases: Sequence[Case], end: datetime, clerk: Actor) -> None:
    with clock.at(office_hours(end - timedelta(days=1))):
        _meeting("standing", end + AHEAD, cases, clerk)


def _meeting(kind: str, day: datetime, cases: Sequence[Case], clerk: Actor) -> Meeting:
    given = {"kind": kind, "held_on": shanghai_date(day), "place": "政协机关三楼会议室"}
    meeting = acts.arrange(MeetingIn.model_validate(given), by=clerk)
    for case in cases:
        acts.put_on(case, PutOnIn(meeting=meeting.public_id), by=clerk)
    return meeting
