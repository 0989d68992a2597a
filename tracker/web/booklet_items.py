"""The items of a booklet in their order: read, reworded, moved, left out, confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import booklet_items as acts
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import FieldError, Invalid
from tracker.incoming.booklets import ConfirmIn, ItemEdit
from tracker.incoming.schema import read
from tracker.models import Booklet, BookletItem
from tracker.queries import booklets
from tracker.rules import permissions, redaction
from tracker.rules.words import N_
from tracker.web import faults, links

_PLACES = ("up", "down", "out", "in")
# Beyond any booklet; a longer number is somebody's joke.
_LONGEST = 4


@dataclass(frozen=True)
class Row:
    """``parts`` and ``title`` are the words in pieces, what would tell somebody marked with its kind."""

    public_id: str
    chapter: str
    title: list[tuple[str, str | None]]
    parts: list[tuple[str, str | None]]
    byline: str
    excluded: bool
    confirmed: str
    source: str
    fault: str


def page(public_id: str) -> str:
    return _draw(booklets.get(public_id, door.signed_in()))


def confirm(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    try:
        with door.attempt():
            wanted = read(ConfirmIn, {"items": request.form.getlist("ids")})
            chosen = [booklets.item(booklet, token) for token in wanted.items]
            acts.confirm(booklet, chosen, by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _draw(booklet, faults.told(refused)), faults.status(refused)
    flash(gettext("已确认 %(n)s 条。", n=len(chosen)), "ok")
    return redirect(_back(booklet))


def form(public_id: str, item: str) -> str:
    booklet = booklets.get(public_id, door.signed_in())
    policy.ask(booklet)
    return _form(booklet, booklets.item(booklet, item))


def save(public_id: str, item: str) -> ResponseReturnValue:
    """Save the words; then the next one that waits, so that a long list is one walk."""
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    found = booklets.item(booklet, item)
    given = forms.values(request.form)
    try:
        with door.attempt():
            acts.edit(booklet, found, read(ItemEdit, given), by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _form(booklet, found, given, faults.told(refused)), faults.status(refused)
    if not found.confirmed_at:
        flash(gettext("已保存，还没有确认。"), "warn")
        return redirect(_list(booklet))
    following = next(iter(booklets.items(booklet, 0, waiting=True)), None)
    if following is None:
        flash(gettext("全部条目都确认过了，可以送审。"), "ok")
        return redirect(url_for("booklets.show", public_id=public_id))
    flash(gettext("已确认。这是下一条。"), "ok")
    return redirect(url_for("booklets.item", public_id=public_id, item=following.public_id))


def place(public_id: str, item: str) -> ResponseReturnValue:
    """One place up or down, out of the booklet or back in."""
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    found, way = booklets.item(booklet, item), request.form.get("way", "")
    if way not in _PLACES:
        raise Invalid.one("way", N_("没有这个办理步骤"))
    expect = forms.version(request.form)
    if way == "up" or way == "down":
        acts.shift(booklet, found, "up" if way == "up" else "down", by=actor, expect=expect)
    else:
        acts.leave_out(booklet, found, out=way == "out", by=actor, expect=expect)
    return redirect(_back(booklet, f"item-{item}"))


def _draw(booklet: Booklet, errors: Sequence[FieldError] = ()) -> str:
    actor, first, waiting = door.signed_in(), _first(), _waiting()
    found = list(booklets.items(booklet, first, waiting=waiting))
    told = {error.field: error.message for error in errors}
    total = len([one for one in booklet.chosen if not one.confirmed_at] if waiting else booklet.items)
    return render_template(
        "booklets/items.html",
        booklet=booklet,
        rows=[_row(one, told.get(one.public_id, "")) for one in found],
        first=first,
        total=total,
        waiting=waiting,
        kept=_query(first),
        before=_list(booklet, max(first - booklets.PAGE, 0)) if first else "",
        after=_list(booklet, first + booklets.PAGE) if first + booklets.PAGE < total else "",
        may_edit=permissions.may(actor, "edit", booklet) and booklet.state != "published",
        kinds={kind: gettext(word) for kind, word in redaction.WORDS.items()},
        errors=[error for error in errors if error.field not in {one.public_id for one in found}]
        or [FieldError("", gettext("标出的条目还有能认出人的内容，请先修改")) for _ in list(told)[:1]],
    )


def _form(
    booklet: Booklet,
    item: BookletItem,
    typed: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    shown = typed or {name: getattr(item, name) for name in ("chapter", "title", "text", "byline")}
    text = str(shown.get("text", ""))
    hits = booklets.hits(item, text)
    return render_template(
        "booklets/item.html",
        booklet=booklet,
        item=item,
        given=shown,
        chapters=sorted({one.chapter for one in booklet.items}),
        parts=_parts(text, hits) if hits else [],
        kinds={kind: gettext(word) for kind, word in redaction.WORDS.items()},
        source=_source(item),
        errors=list(errors),
    )


def _row(item: BookletItem, fault: str) -> Row:
    return Row(
        item.public_id,
        item.chapter,
        _parts(item.title, booklets.hits(item, item.title)),
        _parts(item.text, booklets.hits(item, item.text)),
        item.byline,
        item.excluded,
        item.confirmed_by.name if item.confirmed_by and item.confirmed_at else "",
        _source(item),
        fault,
    )


def _parts(text: str, hits: Sequence[redaction.Hit]) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    position = 0
    for hit in hits:
        found += [(text[position : hit.start], None), (hit.text, hit.kind)]
        position = hit.end
    return [part for part in [*found, (text[position:], None)] if part[0]]


def _source(item: BookletItem) -> str:
    if item.visit is not None:
        return url_for("visits.show", public_id=item.visit.public_id)
    if item.submission is not None:
        return url_for("submissions.show", public_id=item.submission.public_id)
    return links.case(item.case.reference) if item.case is not None else ""


def _first() -> int:
    text = request.args.get("from", "")
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0


def _waiting() -> bool:
    return request.args.get("show") == "waiting"


def _back(booklet: Booklet, anchor: str = "") -> str:
    """Where one was; among those that wait the first again, because what was settled left their list."""
    return _list(booklet, 0 if _waiting() else _first(), anchor)


def _list(booklet: Booklet, first: int = 0, anchor: str = "") -> str:
    return url_for("booklets.items", public_id=booklet.public_id, _anchor=anchor or None, **_query(first))


def _query(first: int) -> dict[str, Any]:
    return {"show": "waiting" if _waiting() else None, "from": first or None}
