"""Booklets of one's own committee, and how far the making of their files has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import (
    Booklet,
    BookletFile,
    BookletItem,
    Case,
    Committee,
    Conversion,
    Outbox,
    Submission,
    Visit,
    vault,
)
from tracker.queries import scope, waiting
from tracker.queries.paging import newest
from tracker.queries.redaction import find_of
from tracker.rules import permissions, publishing
from tracker.rules.actors import Actor
from tracker.rules.redaction import Hit
from tracker.rules.words import N_

PAGE = 20


@dataclass(frozen=True)
class Listed:
    """One booklet of a list; ``items`` counts what is printed."""

    booklet: Booklet
    items: int


def listing(actor: Actor, *, now: datetime, waits: str | None = None) -> list[Listed]:
    """The newest first; whoever has no part in the making finds the published ones.

    ``waits`` names a queue of queries.waiting.
    """
    printed = (
        select(func.count(BookletItem.id))
        .where(BookletItem.booklet_id == Booklet.id, BookletItem.excluded.is_(False))
        .correlate(Booklet)
        .scalar_subquery()
    )
    query = select(Booklet, printed).where(_readable(actor))
    if waits:
        query = query.where(waiting.condition(waiting.BOOKLETS, waits, actor, now))
    return [Listed(row, count) for row, count in db.session.execute(query.order_by(Booklet.id.desc()))]


def page(
    actor: Actor, *, state: str | None = None, limit: int = 50, after: str | None = None
) -> tuple[list[Listed], str | None]:
    """The same in pages, and the cursor of the next one."""
    query = select(Booklet).where(_readable(actor)).options(selectinload(Booklet.campaign))
    if state:
        query = query.where(Booklet.state == state)
    found = newest(query, Booklet, limit=limit, after=after)
    printed = select(BookletItem.booklet_id, func.count()).where(
        BookletItem.booklet_id.in_([row.id for row in found.items]), BookletItem.excluded.is_(False)
    )
    counted = {key: number for key, number in db.session.execute(printed.group_by(BookletItem.booklet_id))}
    return [Listed(row, counted.get(row.id, 0)) for row in found.items], found.next


def _readable(actor: Actor) -> ColumnElement[bool]:
    """What one makes, and what is published for those who may open it."""
    published = and_(scope.booklets(actor, "open"), Booklet.state == "published")
    return or_(scope.booklets(actor), published)


def get(public_id: str, actor: Actor) -> Booklet:
    """For those who make it, or NotFound."""
    found = _find(public_id, actor)
    if found is None or not permissions.may(actor, "read", found):
        raise NotFound(N_("没有这本汇编，或者您不能查看"))
    return found


def to_open(public_id: str, actor: Actor) -> Booklet:
    """For whoever may read its file: once published everybody, before that those who make it."""
    found = _find(public_id, actor)
    if found is not None:
        published = found.state == "published" and permissions.may(actor, "open", found)
        if published or permissions.may(actor, "read", found):
            return found
    raise NotFound(N_("没有这本汇编，或者您不能查看"))


def to_make(row_id: int) -> Booklet:
    """For the job that makes its files, with everything the pages tell of."""
    found = db.session.get_one(Booklet, row_id)
    ids = [item.id for item in found.items]
    for first in range(0, len(ids), 100):
        behind(ids[first : first + 100])
    return found


def behind(ids: Sequence[int]) -> None:
    """Load what these items are about in a few statements."""
    case = selectinload(BookletItem.case).options(
        selectinload(Case.ratings), selectinload(Case.visit), selectinload(Case.group)
    )
    visit = selectinload(BookletItem.visit).options(selectinload(Visit.group))
    one = selectinload(BookletItem.submission).options(
        selectinload(Submission.visit), selectinload(Submission.group)
    )
    db.session.scalars(select(BookletItem).where(BookletItem.id.in_(ids)).options(case, visit, one)).all()


def committee(booklet: Booklet) -> Committee:
    return db.session.get_one(Committee, booklet.committee_id)


def item(booklet: Booklet, public_id: str) -> BookletItem:
    found = db.session.scalar(
        select(BookletItem).where(BookletItem.booklet_id == booklet.id, BookletItem.public_id == public_id)
    )
    if found is None:
        raise NotFound(N_("汇编里没有这一条"))
    return found


def items(booklet: Booklet, first: int, *, waiting: bool = False) -> Sequence[BookletItem]:
    """A page of the items in their order; ``waiting`` keeps to those nobody has confirmed."""
    query = (
        select(BookletItem)
        .where(BookletItem.booklet_id == booklet.id)
        .options(
            selectinload(BookletItem.visit),
            selectinload(BookletItem.submission),
            selectinload(BookletItem.case),
        )
    )
    if waiting:
        query = query.where(BookletItem.confirmed_at.is_(None), BookletItem.excluded.is_(False))
    ordered = query.order_by(BookletItem.position, BookletItem.id)
    return db.session.scalars(ordered.offset(first).limit(PAGE)).all()


def accused(booklet: Booklet) -> Sequence[str]:
    """Titles of what would be printed although an accusation was raised of it after it was chosen."""
    cases = select(Case.id).where(Case.committee_id == booklet.committee_id, Case.is_accusation)
    visits = select(Case.visit_id).where(Case.id.in_(cases), Case.visit_id.is_not(None))
    carried_on = select(Conversion.submission_id).where(Conversion.case_id.in_(cases))
    query = (
        select(BookletItem.title)
        .outerjoin(Submission, Submission.id == BookletItem.submission_id)
        .where(
            BookletItem.booklet_id == booklet.id,
            BookletItem.excluded.is_(False),
            or_(
                BookletItem.case_id.in_(cases),
                BookletItem.visit_id.in_(visits),
                Submission.visit_id.in_(visits),
                BookletItem.submission_id.in_(carried_on.where(Conversion.submission_id.is_not(None))),
            ),
        )
    )
    return db.session.scalars(query.order_by(BookletItem.position)).all()


def hits(entry: BookletItem, text: str) -> list[Hit]:
    """What to mark for whoever confirms: what the detector finds, and what only reads like a name."""
    found = publishing.remaining(found_in(entry, text))
    known = [(hit.start, hit.end) for hit in found]
    guessed = [
        hit
        for hit in publishing.suspects(text)
        if not any(start < hit.end and hit.start < end for start, end in known)
    ]
    return sorted([*found, *guessed], key=lambda hit: hit.start)


def found_in(entry: BookletItem, text: str) -> list[Hit]:
    return find_of(_sources(entry), text)


def found_on_cover(booklet: Booklet, text: str) -> list[Hit]:
    """What would tell anybody the booklet speaks of; the office's own telephone may stand there."""
    if not text:
        return []
    sources = [thing for item in booklet.chosen for thing in _sources(item)]
    own = _digits(committee(booklet).office_phone)
    return [hit for hit in find_of(sources, text) if not own or _digits(hit.text) != own]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _sources(entry: BookletItem) -> list[Case | Visit]:
    """The records whose residents the item may speak of."""
    visit, case = entry.visit, entry.case
    if entry.submission is not None:
        visit = entry.submission.visit
        found: list[Case | Visit] = [visit, *visit.cases] if visit else []
        return found + [one.case for one in entry.submission.conversions if one.case is not None]
    if case is not None:
        return [case, *([case.visit] if case.visit else [])]
    return [visit, *visit.cases] if visit else []


def file(booklet: Booklet, kind: str) -> BookletFile | None:
    """The finished file of what the booklet says now."""
    return db.session.scalar(
        select(BookletFile).where(
            BookletFile.booklet_id == booklet.id,
            BookletFile.revision == booklet.revision,
            BookletFile.kind == kind,
        )
    )


def content(booklet: Booklet, found: BookletFile) -> bytes:
    row = f"{booklet.public_id}/{found.revision}"
    return vault.unseal("booklet_file", row, found.kind, found.content_sealed)


@dataclass(frozen=True)
class Making:
    """``state``: none, queued, working, failed or done; ``step`` of three while it works."""

    state: str
    step: int = 0


_STEPS = ("composing", "typesetting", "packing")


def making(booklet: Booklet) -> Making:
    if booklet.has_files:
        return Making("done", len(_STEPS))
    row = db.session.execute(
        select(Outbox.parked_at, Outbox.done_at).where(Outbox.effect_key == effect_key(booklet))
    ).first()
    if row is None or row.done_at is not None:
        return Making("none")
    if row.parked_at is not None:
        return Making("failed")
    if booklet.making in _STEPS:
        return Making("working", _STEPS.index(booklet.making))
    return Making("queued")


def effect_key(booklet: Booklet) -> str:
    """One job for each revision and each time it was asked for."""
    return f"booklet:{booklet.public_id}:{booklet.revision}:{booklet.file_round}"


def _find(public_id: str, actor: Actor) -> Booklet | None:
    return db.session.scalar(
        select(Booklet).where(Booklet.public_id == public_id, Booklet.committee_id == actor.committee_id)
    )
