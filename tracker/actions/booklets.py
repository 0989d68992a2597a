"""What can happen to a booklet: begun, edited, approved twice, made into files, published, taken back."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update

from tracker.actions import diary, outbox
from tracker.actions.base import action, apply, lock, session
from tracker.errors import Conflict, FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.booklets import BookletEdit, BookletIn, ReturnIn
from tracker.incoming.schema import Input, Nothing, read
from tracker.models import Booklet, BookletFile, Event, vault
from tracker.models.base import new_public_id
from tracker.queries import booklets, campaigns, moves
from tracker.rules import permissions, publishing, redaction
from tracker.rules.actors import Actor, system
from tracker.rules.redaction import Hit
from tracker.rules.words import N_
from workflows.booklet import BOOKLET

TAKES: dict[str, type[Input]] = {"return": ReturnIn, "recall": ReturnIn}
_FORWARD = ("submit", "check", "approve", "publish")
_COVER = ("title", "subtitle", "foreword")
_TELLS = N_("还有能认出人的内容（%(what)s），请改去再确认")
_UNFIT = N_("有条目不能编入汇编，请先去掉：%(what)s")
Step = Callable[[Booklet, Actor], None]


@dataclass(frozen=True)
class Made:
    """A finished file of one revision."""

    kind: str
    content: bytes
    pages: int | None = None


@action
def begin(given: BookletIn, *, by: Actor) -> Booklet:
    """An empty booklet; with a campaign it only takes what belongs to it."""
    permissions.require_any(by, "booklet.edit")
    campaign = campaigns.get(given.campaign, by) if given.campaign else None
    booklet = Booklet(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        campaign=campaign,
        title=given.title,
        subtitle=given.subtitle,
        foreword=given.foreword,
        chapter_by=given.chapter_by,
        state=BOOKLET.initial,
        revision=1,
        editor_ids=[by.id],
        updated_at=clock(),
    )
    session().add(booklet)
    _refuse_cover_that_tells(booklet)
    diary.write(booklet, "begin", by=by, after=booklet.state)
    return booklet


@action
def edit(booklet: Booklet, given: BookletEdit, *, by: Actor, expect: int | None = None) -> None:
    """The cover and the foreword."""
    open_to_change(booklet, by=by, expect=expect)
    booklet.title, booklet.subtitle, booklet.foreword = given.title, given.subtitle, given.foreword
    _refuse_cover_that_tells(booklet)
    changed(booklet, by=by, what="cover")


def telling(field: str, found: Iterable[Hit]) -> list[FieldError]:
    """The fault of a field that still says who somebody is; none where it does not."""
    known = publishing.refused(found)
    if not known:
        return []
    words = "、".join(dict.fromkeys(str(redaction.WORDS[hit.kind]) for hit in known))
    return [FieldError(field, _TELLS, {"what": words})]


def open_to_change(booklet: Booklet, *, by: Actor, expect: int | None = None) -> None:
    """The first half of every change of words: whoever may not, and a published booklet, are refused."""
    permissions.require(by, "edit", booklet)
    lock(booklet, expect)
    if booklet.state == "published":
        raise Conflict(
            N_("已经发布的汇编不能改，请先撤回发布"), missing=["is_draft"], version=booklet.version
        )


def changed(booklet: Booklet, *, by: Actor, what: str, data: Mapping[str, Any] | None = None) -> None:
    """The second half: a new revision, no approval left, and whoever did it may not approve it (T45)."""
    before = booklet.state
    booklet.revision += 1
    booklet.updated_at = clock()
    if by.id is not None and by.id not in booklet.editor_ids:
        booklet.editor_ids = [*booklet.editor_ids, by.id]
    if before != "draft":
        apply(booklet, "amend")
        _clear_approvals(booklet, by)
    facts = {"what": what, "revision": booklet.revision, **(data or {})}
    diary.write(booklet, "edit", by=by, before=before, after=booklet.state, data=facts)
    session().flush()


@action
def move(
    booklet: Booklet,
    name: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    expect: int | None = None,
) -> Event:
    """Make one move of the table; see actions.cases.move for the order of refusals."""
    if name not in BOOKLET.names or name == "amend":
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, booklet)
    value = read(TAKES.get(name, Nothing), given or {})
    lock(booklet, expect)
    # Whoever touched it a moment ago may not approve it either.
    permissions.require(by, name, booklet)
    moves.find(booklet, name)
    if name in _FORWARD and (told := booklets.accused(booklet)):
        raise Invalid.one("items", _UNFIT, what="、".join(told[:5]))
    if name == "submit":
        # Whoever was chosen since the cover was written may be named on it.
        _refuse_cover_that_tells(booklet)
    before = booklet.state
    apply(booklet, name)
    AFTER[name](booklet, by)
    return diary.write(
        booklet,
        name,
        by=by,
        before=before,
        after=booklet.state,
        data={"revision": booklet.revision, **_prints(booklet)},
        note=getattr(value, "reason", ""),
    )


@action
def make(booklet: Booklet, *, by: Actor) -> None:
    """Have the files made by the jobs, once for each revision; asked again after a failure, once more."""
    permissions.require(by, "edit", booklet)
    lock(booklet)
    if not booklet.has_items:
        raise Conflict(N_("先选入至少一条内容"), missing=["has_items"], version=booklet.version)
    if booklets.making(booklet).state in ("none", "failed"):
        _queue(booklet)
        diary.write(booklet, "make", by=by, data={"revision": booklet.revision})


@action
def progress(row_id: int, step: str) -> None:
    """How far the jobs have come; past the mapper, so that it raises no version."""
    session().execute(
        update(Booklet)
        .where(Booklet.id == row_id)
        .values(making=step)
        .execution_options(synchronize_session=False)
    )


@action
def keep(booklet: Booklet, revision: int, files: list[Made]) -> None:
    """Store the finished files, sealed; those of earlier revisions go. What was overtaken is thrown away."""
    lock(booklet)
    if booklet.revision != revision or booklet.has_files:
        return
    session().execute(delete(BookletFile).where(BookletFile.booklet_id == booklet.id))
    session().expire(booklet, ["files"])
    for one in files:
        booklet.files.append(_file(booklet, one))
    booklet.making = ""
    session().flush()
    jobs = system(booklet.committee_id, "jobs")
    diary.write(booklet, "freeze", by=jobs, data={"revision": revision, **_prints(booklet)})


def _refuse_cover_that_tells(booklet: Booklet) -> None:
    faults = [
        fault
        for field in _COVER
        for fault in telling(field, booklets.found_on_cover(booklet, getattr(booklet, field)))
    ]
    if faults:
        raise Invalid(faults)


def _file(booklet: Booklet, made: Made) -> BookletFile:
    row = f"{booklet.public_id}/{booklet.revision}"
    return BookletFile(
        revision=booklet.revision,
        kind=made.kind,
        content_sealed=vault.seal("booklet_file", row, made.kind, made.content),
        sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
        pages=made.pages,
    )


def _prints(booklet: Booklet) -> dict[str, str]:
    """The fingerprints of what is being approved or published."""
    return {file.kind: file.sha256 for file in booklet.current_files}


def _queue(booklet: Booklet) -> None:
    booklet.file_round += 1
    booklet.making = ""
    payload = {"booklet": booklet.id, "revision": booklet.revision}
    outbox.put("make_booklet", booklets.effect_key(booklet), payload, booklet.committee_id)


def _hand_over(booklet: Booklet, by: Actor) -> None:
    booklet.returned_at = None
    if not booklet.has_files and booklets.making(booklet).state in ("none", "failed"):
        _queue(booklet)


def _checked(booklet: Booklet, by: Actor) -> None:
    booklet.checker_id, booklet.checked_at = by.person_id, clock()


def _approved(booklet: Booklet, by: Actor) -> None:
    booklet.approver_id, booklet.approved_at = by.person_id, clock()


def _published(booklet: Booklet, by: Actor) -> None:
    booklet.published_at = clock()


def _clear_approvals(booklet: Booklet, by: Actor) -> None:
    booklet.checker_id = booklet.approver_id = None
    booklet.checked_at = booklet.approved_at = booklet.published_at = None


def _returned(booklet: Booklet, by: Actor) -> None:
    _clear_approvals(booklet, by)
    booklet.returned_at = clock()


AFTER: dict[str, Step] = {
    "submit": _hand_over,
    "check": _checked,
    "approve": _approved,
    "publish": _published,
    "return": _returned,
    "recall": _returned,
}
