"""Visits, always on behalf of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Campaign, Case, OrgUnit, Person, Visit, Visitor
from tracker.queries import redaction, scope, visit_lateness
from tracker.queries.cases import Page, read_cursor, write_cursor
from tracker.rules.actors import Actor
from tracker.rules.lateness import Lateness
from tracker.rules.words import N_


def get(public_id: str, actor: Actor) -> Visit:
    found = db.session.scalar(select(Visit).where(Visit.public_id == public_id, scope.visits(actor)))
    if found is None:
        raise NotFound(N_("没有这次走访，或者您不能查看"))
    return found


def by_client_id(actor: Actor, client_id: str) -> Visit | None:
    """The visit this member already sent under that id."""
    return db.session.scalar(select(Visit).where(Visit.member_id == actor.id, Visit.client_id == client_id))


def latest(actor: Actor) -> Visit | None:
    """This member's last visit, from which the next form takes its circle and channel."""
    return db.session.scalar(
        select(Visit).where(Visit.member_id == actor.id).order_by(Visit.id.desc()).limit(1)
    )


def recent(actor: Actor, limit: int = 30) -> Sequence[Visit]:
    """This member's last visits that had a place."""
    query = select(Visit).where(Visit.member_id == actor.id, Visit.area_id.is_not(None))
    return db.session.scalars(query.order_by(Visit.id.desc()).limit(limit)).all()


@dataclass(frozen=True)
class VisitFilter:
    """The filters of a list, as the address bar and the API name them."""

    circle: str | None = None
    campaign: str | None = None
    from_: date | None = None
    to: date | None = None
    group: str | None = None
    member: str | None = None
    contact: str | None = None
    went: str | None = None
    drive: str | None = None
    visitor: str | None = None
    reported: Lateness | None = None
    only: tuple[str, ...] | None = None


def page(
    actor: Actor, *, limit: int = 50, after: str | None = None, verb: str = "read", **wanted: Any
) -> Page:
    """The newest visits that match; ``wanted`` are the fields of VisitFilter."""
    query = _listing(actor, verb).where(*_conditions(VisitFilter(**wanted), actor))
    if after:
        query = query.where(Visit.id < read_cursor(after))
    rows = db.session.execute(query.order_by(Visit.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def gists(page: Page, actor: Actor) -> dict[str, str]:
    """What was said on each visit of a page, as this actor may read it, by public id."""
    query = select(Visit).where(Visit.id.in_([row.id for row in page.items]))
    found = db.session.scalars(query.options(joinedload(Visit.resident), selectinload(Visit.cases)))
    return {visit.public_id: redaction.heard_for(visit, visit.reported, actor) for visit in found}


def chosen(actor: Actor, **wanted: Any) -> Select[Visit]:
    """The whole rows of a list under its filters, to be taken along."""
    return (
        select(Visit)
        .join(Person, Person.id == Visit.member_id)
        .outerjoin(OrgUnit, OrgUnit.id == Visit.group_id)
        .where(scope.visits(actor, "export"), *_conditions(VisitFilter(**wanted), actor))
    )


def _listing(actor: Actor, verb: str) -> Select[*tuple[Any, ...]]:
    opened = select(func.count()).where(Case.visit_id == Visit.id, scope.cases(actor))
    return (
        select(
            Visit.id,
            Visit.public_id,
            Visit.visited_on,
            Visit.circle,
            Visit.channel,
            Visit.persons_count,
            Visit.reported,
            Visit.drive,
            Visit.created_at,
            Visit.version,
            Person.name.label("member"),
            Person.public_id.label("member_id"),
            OrgUnit.name.label("group"),
            Campaign.ends_on.label("campaign_ends_on"),
            Campaign.report_within,
            opened.correlate(Visit).scalar_subquery().label("cases"),
        )
        .join(Person, Person.id == Visit.member_id)
        .outerjoin(OrgUnit, OrgUnit.id == Visit.group_id)
        .outerjoin(Campaign, Campaign.id == Visit.campaign_id)
        .where(scope.visits(actor, verb))
    )


def _conditions(wanted: VisitFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.circle:
        found.append(Visit.circle == wanted.circle)
    if wanted.campaign:
        campaign = select(Campaign.id).where(Campaign.public_id == wanted.campaign).correlate(None)
        found.append(Visit.campaign_id.in_(campaign))
    if wanted.from_:
        found.append(Visit.visited_on >= wanted.from_)
    if wanted.to:
        found.append(Visit.visited_on <= wanted.to)
    if wanted.group:
        found.append(or_(OrgUnit.public_id == wanted.group, OrgUnit.key == wanted.group))
    if wanted.member:
        found.append(Person.public_id == wanted.member)
    if wanted.contact:
        found.append(Visit.contact_kind == wanted.contact)
    if wanted.went:
        found.append(Visit.visitors.any(Visitor.group_id.in_(_units_called(wanted.went))))
    if wanted.drive:
        found.append(Visit.drive == wanted.drive)
    if wanted.visitor:
        found.append(Visit.visitors.any(Visitor.person_id.in_(_people_called(wanted.visitor))))
    if wanted.reported:
        found.append(visit_lateness.reported(actor.committee_id, wanted.reported))
    if wanted.only is not None:
        found.append(Visit.public_id.in_(wanted.only))
    return found


def _units_called(token: str) -> Select[int]:
    called = or_(OrgUnit.public_id == token, OrgUnit.key == token)
    return select(OrgUnit.id).where(called).correlate(None)


def _people_called(token: str) -> Select[int]:
    return select(Person.id).where(Person.public_id == token).correlate(None)
