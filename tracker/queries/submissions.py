"""Submissions, always on behalf of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import Adoption, Campaign, Case, Conversion, Membership, OrgUnit, Person, Submission
from tracker.queries import scope, waiting
from tracker.queries.cases import Page, read_cursor, write_cursor
from tracker.rules import permissions, scoring
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def get(public_id: str, actor: Actor) -> Submission:
    """With whoever had to do with it, or NotFound when this actor may not know of it."""
    found = db.session.scalar(
        select(Submission)
        .where(Submission.public_id == public_id, scope.submissions(actor))
        .options(joinedload(Submission.member), joinedload(Submission.group))
    )
    if found is None:
        raise NotFound(N_("没有这条成果，或者您不能查看"))
    return found


def by_client_id(member_id: int, client_id: str) -> Submission | None:
    """What this member already handed in, or somebody for them, under that id."""
    return db.session.scalar(
        select(Submission).where(Submission.member_id == member_id, Submission.client_id == client_id)
    )


def member(token: str, actor: Actor, field: str = "member") -> Person:
    """A member of my committee by public id; Invalid naming the field when there is none."""
    found = db.session.scalar(
        select(Person)
        .where(
            Person.public_id == token,
            Person.committee_id == actor.committee_id,
            Person.is_active,
            Person.posts.any(Membership.role == "member"),
        )
        .options(selectinload(Person.posts))
    )
    if found is None:
        raise Invalid.one(field, N_("没有这位委员，请从列表中选"))
    return found


def writers(actor: Actor) -> Sequence[tuple[Person, OrgUnit]]:
    """The members this actor may hand something in for, group by group."""
    granted = permissions.grants(actor, "submission.create")
    query = (
        select(Person, OrgUnit)
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgUnit, OrgUnit.id == Membership.unit_id)
        .where(Person.committee_id == actor.committee_id, Membership.role == "member", Person.is_active)
        .order_by(OrgUnit.path, Person.name)
    )
    if not any("committee" in relations for relations in granted.values()):
        query = query.where(Membership.unit_id.in_(actor.units("secretary")))
    return [(person, unit) for person, unit in db.session.execute(query)]


@dataclass(frozen=True)
class SubmissionFilter:
    """The filters of a list, as the address bar names them. ``kind`` may also be ``lead``: both of them."""

    kind: str | None = None
    state: str | None = None
    campaign: str | None = None
    adopted: str | None = None
    group: str | None = None
    member: str | None = None
    from_: date | None = None
    to: date | None = None
    only: tuple[str, ...] | None = None


def page(
    actor: Actor,
    *,
    now: datetime,
    waits: str | None = None,
    limit: int = 50,
    after: str | None = None,
    verb: str = "read",
    **wanted: Any,
) -> Page:
    """The newest that match; ``wanted`` are the fields of SubmissionFilter, ``waits`` names a queue."""
    query = _listing(actor, verb).where(*_conditions(SubmissionFilter(**wanted)))
    if waits:
        query = query.where(waiting.condition(waiting.SUBMISSIONS, waits, actor, now))
    if after:
        query = query.where(Submission.id < read_cursor(after))
    rows = db.session.execute(query.order_by(Submission.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def of_visit(visit_id: int, actor: Actor) -> Sequence[Submission]:
    """What came of a visit, as far as this actor may read it."""
    query = select(Submission).where(Submission.visit_id == visit_id, scope.submissions(actor))
    return db.session.scalars(query.order_by(Submission.id)).all()


def of_case(case: Case) -> Sequence[Conversion]:
    """Where a case was carried on, and what it came from."""
    query = select(Conversion).where(Conversion.case_id == case.id)
    query = query.options(joinedload(Conversion.submission))
    return db.session.scalars(query.order_by(Conversion.id)).all()


@dataclass(frozen=True)
class Register:
    """Conversions and the cursor of the next page (None = the last)."""

    items: Sequence[Conversion]
    next: str | None


def register(actor: Actor, *, limit: int = 50, after: str | None = None) -> Register:
    """Everything that was carried on, the newest first; what became an accusation only for its few."""
    permissions.require_any(actor, "submission.convert")
    readable = select(Case.id).where(scope.cases(actor))
    query = select(Conversion).where(
        Conversion.committee_id == actor.committee_id,
        or_(Conversion.case_id.is_(None), Conversion.case_id.in_(readable)),
    )
    query = query.options(joinedload(Conversion.case), joinedload(Conversion.submission))
    if after:
        query = query.where(Conversion.id < read_cursor(after))
    rows = db.session.scalars(query.order_by(Conversion.id.desc()).limit(limit + 1)).all()
    return Register(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def _listing(actor: Actor, verb: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Submission.id,
            Submission.public_id,
            Submission.kind,
            Submission.state,
            Submission.title,
            Submission.submitted_on,
            Submission.version,
            Submission.created_at,
            Person.name.label("member"),
            Person.public_id.label("member_id"),
            OrgUnit.name.label("group"),
        )
        .join(Person, Person.id == Submission.member_id)
        .outerjoin(OrgUnit, OrgUnit.id == Submission.group_id)
        .where(scope.submissions(actor, verb))
    )


def _conditions(wanted: SubmissionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        leads = ("investment_lead", "talent_lead")
        found.append(Submission.kind.in_(leads if wanted.kind == "lead" else (wanted.kind,)))
    if wanted.state:
        found.append(Submission.state == wanted.state)
    if wanted.campaign:
        campaign = select(Campaign.id).where(Campaign.public_id == wanted.campaign)
        found.append(Submission.campaign_id.in_(campaign))
    if wanted.adopted:
        above = scoring.LEVELS[scoring.LEVELS.index(wanted.adopted) + 1 :]
        found.append(Submission.adoptions.any(Adoption.level == wanted.adopted))
        found.append(~Submission.adoptions.any(Adoption.level.in_(above)))
    if wanted.group:
        found.append(or_(OrgUnit.public_id == wanted.group, OrgUnit.key == wanted.group))
    if wanted.member:
        found.append(Person.public_id == wanted.member)
    if wanted.from_:
        found.append(Submission.submitted_on >= wanted.from_)
    if wanted.to:
        found.append(Submission.submitted_on <= wanted.to)
    if wanted.only is not None:
        found.append(Submission.public_id.in_(wanted.only))
    return found
