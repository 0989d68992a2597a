"""What was heard at an activity or on a reception day, and what came of it (S1-26, S1-31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Activity, Area, Case, ReceptionDay, Submission, Workstation
from tracker.queries import activities, scope
from tracker.rules import permissions, places
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# Fewer than this are not told of: a small number singles somebody out (T05).
FEWEST = 5
_MEETINGS = ("symposium", "proposal_meeting", "consultation", "sit_in", "review", "proposal_leads")


@dataclass(frozen=True)
class Place:
    """An activity, or a workstation's day; whoever may hear at ``thing`` writes down what was said."""

    activity: Activity | None = None
    day: ReceptionDay | None = None

    @property
    def thing(self) -> Activity | Workstation:
        return self.day.workstation if self.day else self._event

    @property
    def held_on(self) -> date:
        return self.day.held_on if self.day else self._event.held_on

    @property
    def title(self) -> str:
        return self.day.workstation.name if self.day else self._event.title

    @property
    def source(self) -> str:
        """How a case that comes from here says where it came from."""
        if self.day:
            return "reception"
        return "symposium" if self._event.kind in _MEETINGS else "other"

    @property
    def _event(self) -> Activity:
        assert self.activity is not None
        return self.activity


@dataclass(frozen=True)
class Heard:
    """What this actor may read of it, and how many more there are, where they are many."""

    cases: Sequence[Case] = ()
    briefs: Sequence[Submission] = ()
    others: int = 0


def place(actor: Actor, *, activity: str | None = None, day: str | None = None) -> Place | None:
    """The place these public ids name, None where there is neither; NotFound for what one may not know of."""
    if activity:
        return Place(activity=activities.event(activity, actor))
    return Place(day=reception_day(day, actor)) if day else None


def reception_day(public_id: str, actor: Actor) -> ReceptionDay:
    found = db.session.scalar(
        select(ReceptionDay)
        .join(Workstation, Workstation.id == ReceptionDay.workstation_id)
        .where(ReceptionDay.public_id == public_id, Workstation.committee_id == actor.committee_id)
        .where(~ReceptionDay.is_planned)
    )
    if found is None:
        raise NotFound(N_("没有这次接待"))
    return found


def place_of(found: Case | Submission, actor: Actor) -> Place | None:
    """Where this was heard, as far as the actor may open it."""
    if found.activity is None and found.reception_day is None:
        return None
    here = Place(found.activity, found.reception_day)
    return here if permissions.may(actor, "read", here.thing) else None


def at_activity(event: Activity, actor: Actor) -> Heard:
    return _heard(actor, Case.activity_id == event.id, Submission.activity_id == event.id)


def on_days(station: Workstation, actor: Actor) -> dict[int, Heard]:
    """What this actor may read of each day; here nothing is said of the rest, a day is too small for it."""
    days = [day.id for day in station.days]
    cases = _cases(actor, Case.reception_day_id.in_(days))
    briefs = _briefs(actor, Submission.reception_day_id.in_(days))
    return {
        day: Heard(
            [case for case in cases if case.reception_day_id == day],
            [brief for brief in briefs if brief.reception_day_id == day],
        )
        for day in days
    }


def area_of(here: Place, actor: Actor) -> str:
    """The code of the area that the place or the unit names, as exactly as they do; else nothing."""
    said = f"{here.thing.place} {here.title} {here.thing.unit.name}"
    query = select(Area).where(Area.committee_id == actor.committee_id).order_by(Area.code)
    found = places.named(said, db.session.scalars(query).all())
    return found.code if found else ""


def _heard(actor: Actor, of_case: ColumnElement[bool], of_brief: ColumnElement[bool]) -> Heard:
    cases, briefs = _cases(actor, of_case), _briefs(actor, of_brief)
    # An accusation is not even counted (Petition Regulation art. 30).
    seen = sum(not case.is_accusation for case in cases) + sum(not one.is_accusation for one in briefs)
    others = (
        _count(Case.id, of_case, ~Case.is_accusation)
        + _count(Submission.id, of_brief, ~scope.became_accusation())
        - seen
    )
    return Heard(cases, briefs, others if others >= FEWEST else 0)


def _cases(actor: Actor, which: ColumnElement[bool]) -> Sequence[Case]:
    query = select(Case).where(which, scope.cases(actor)).order_by(Case.id).limit(200)
    return db.session.scalars(query).all()


def _briefs(actor: Actor, which: ColumnElement[bool]) -> Sequence[Submission]:
    query = select(Submission).where(which, scope.submissions(actor)).order_by(Submission.id).limit(200)
    return db.session.scalars(query.options(joinedload(Submission.member))).all()


def _count(column: InstrumentedAttribute[int], *which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(column)).where(*which)) or 0
