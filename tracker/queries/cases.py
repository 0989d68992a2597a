"""Cases, always on behalf of somebody."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import Area, Assignment, Case, Category, OrgUnit
from tracker.models.base import HIGHEST_ID
from tracker.queries import scope, search, waiting
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import midnight
from tracker.rules.words import N_


@dataclass(frozen=True)
class CaseFilter:
    """The filters of a list, as the address bar and the API name them.

    ``waiting`` names a queue of queries.waiting; ``only`` keeps to the references given. ``counted``
    (raised, handled, fed_back) keeps to what statistics count, by the day of that step.
    """

    state: str | None = None
    disposition: str | None = None
    category: str | None = None
    area: str | None = None
    unit: str | None = None
    group: str | None = None
    overdue: bool = False
    q: str | None = None
    from_: date | None = None
    to: date | None = None
    waiting: str | None = None
    counted: str | None = None
    only: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Listed:
    """A row of the list, as rules.permissions asks about it."""

    committee_id: int
    owner_id: int
    group_id: int | None
    is_accusation: bool
    state: str
    noun: str = "case"


@dataclass(frozen=True)
class Page:
    """Rows and the cursor of the next page (None = the last)."""

    items: Sequence[Row[*tuple[Any, ...]]]
    next: str | None


# Built once: putting such a statement together takes longer than running it.
_LEAD = (
    select(func.min(OrgUnit.name))
    .join(Assignment, Assignment.unit_id == OrgUnit.id)
    .where(
        Assignment.case_id == Case.id,
        Assignment.role.in_(("lead", "separate")),
        Assignment.state.not_in(("draft", "returned", "revoked")),
    )
    .correlate(Case)
    .scalar_subquery()
)
_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Case.id,
        Case.reference,
        Case.summary,
        Case.state,
        Case.disposition,
        Case.urgency,
        Case.is_petition,
        Case.is_accusation,
        Case.raised_at,
        Case.updated_at,
        Case.due_at,
        Case.closed_at,
        Case.version,
        Case.route,
        Case.raised_by_id,
        Case.group_id,
        Category.code.label("category_code"),
        Category.name.label("category"),
        Area.code.label("area_code"),
        Area.full_name.label("area"),
        _LEAD.label("department"),
    )
    .outerjoin(Category, Category.id == Case.category_id)
    .outerjoin(Area, Area.id == Case.area_id)
)


def get(reference: str, actor: Actor, verb: str = "read") -> Case:
    """The case, or NotFound when this actor may not know of it."""
    found = db.session.scalar(
        select(Case)
        .where(Case.reference == reference, scope.cases(actor, verb))
        .options(
            selectinload(Case.assignments).options(
                joinedload(Assignment.unit), selectinload(Assignment.replies)
            ),
            selectinload(Case.letters),
        )
    )
    if found is None:
        raise NotFound(N_("没有这件诉求，或者您不能查看"))
    return found


def page(
    actor: Actor,
    wanted: CaseFilter,
    *,
    limit: int,
    now: datetime,
    after: str | None = None,
    verb: str = "read",
) -> Page:
    """The newest cases that match, as plain columns; one statement, no total."""
    query = listing(actor, wanted, now, verb)
    newest = search.newest(wanted.q)
    if after:
        query = query.where(newest < read_cursor(after))
    rows = db.session.execute(query.order_by(newest.desc()).limit(limit + 1)).all()
    more = len(rows) > limit
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if more else None)


def listing(actor: Actor, wanted: CaseFilter, now: datetime, verb: str = "read") -> Select[*tuple[Any, ...]]:
    """The columns a list shows, joined and filtered."""
    query = _ROWS.where(scope.cases(actor, verb))
    if wanted.q:
        query = search.narrow(query, wanted.q, actor)
    return query.where(*_conditions(wanted, actor, now))


def count(actor: Actor, wanted: CaseFilter, now: datetime, cap: int = 1000) -> int:
    """How many match, at most ``cap + 1``."""
    query = listing(actor, wanted, now).with_only_columns(Case.id)
    return db.session.scalar(select(func.count()).select_from(query.limit(cap + 1).subquery())) or 0


def may_read_story(row: Row[*tuple[Any, ...]], actor: Actor) -> bool:
    """Whether a row of the list may be shown with more than what its actor knows of it anyway."""
    listed = Listed(actor.committee_id, row.raised_by_id, row.group_id, row.is_accusation, row.state)
    return permissions.may(actor, "read_story", listed)


def write_cursor(case_id: int) -> str:
    return base64.urlsafe_b64encode(str(case_id).encode()).decode().rstrip("=")


def read_cursor(text: str) -> int:
    try:
        position = int(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        position = 0
    if not 0 < position <= HIGHEST_ID:
        raise Invalid.one("after", N_("翻页位置无效，请从第一页开始"))
    return position


def _conditions(wanted: CaseFilter, actor: Actor, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state:
        found.append(Case.state == wanted.state)
    if wanted.disposition:
        found.append(Case.disposition == wanted.disposition)
    if wanted.overdue:
        found.append(waiting.condition(waiting.CASES, "overdue", actor, now))
    if wanted.waiting:
        found.append(waiting.condition(waiting.CASES, wanted.waiting, actor, now))
    if wanted.only is not None:
        found.append(Case.reference.in_(wanted.only))
    return found + _day_conditions(wanted) + _place_conditions(wanted, actor)


def _day_conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    step = getattr(Case, f"{wanted.counted or 'raised'}_at")
    found: list[ColumnElement[bool]] = []
    if wanted.counted:
        found += [step.is_not(None), Case.is_accusation.is_(False)]
    if wanted.from_:
        found.append(step >= midnight(wanted.from_))
    if wanted.to:
        found.append(step < midnight(wanted.to + timedelta(days=1)))
    return found


def _place_conditions(wanted: CaseFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.category:
        found.append(Case.category_id.in_(_branch(Category, wanted.category, actor)))
    if wanted.area:
        found.append(Case.area_id.in_(_branch(Area, wanted.area, actor)))
    if wanted.group:
        found.append(Case.group_id.in_(_units(wanted.group)))
    if wanted.unit:
        handled = Assignment.unit_id.in_(_units(wanted.unit))
        found.append(exists().where(Assignment.case_id == Case.id, handled, Assignment.state != "draft"))
    return found


def _branch(place: type[Area] | type[Category], code: str, actor: Actor) -> Select[int]:
    """One of the committee's and everything below it; a code need not begin like the one above."""
    top = select(place.id).where(place.committee_id == actor.committee_id, place.code == code)
    found = top.cte(f"{place.__tablename__}_branch", recursive=True)
    found = found.union_all(select(place.id).where(place.parent_id == found.c.id))
    return select(found.c.id)


def _units(token: str) -> Select[int]:
    return select(OrgUnit.id).where(or_(OrgUnit.public_id == token, OrgUnit.key == token))
