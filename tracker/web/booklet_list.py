"""The booklets there are, and the form that begins one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import booklets as acts
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.booklets import BookletIn
from tracker.incoming.list_pages import BookletPage, read_query
from tracker.incoming.schema import read
from tracker.queries import booklets, campaigns, reference
from tracker.queries.booklets import Listed
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import faults, listing, words
from tracker.web.words import Sign

CHAPTERS = {"circle": N_("圈子"), "kind": N_("内容种类"), "group": N_("小组")}


@dataclass(frozen=True)
class Row:
    url: str
    title: str
    subtitle: str
    items: int
    changed: str
    sign: Sign


def page(given: Mapping[str, Any] | None = None, errors: Sequence[FieldError] = ()) -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "booklet.open")
    makes = permissions.may_any(actor, "booklet.read")
    may_begin = permissions.may_any(actor, "booklet.edit")
    waits = read_query(BookletPage, request.args).waiting
    return render_template(
        "booklets/index.html",
        rows=[_row(found, makes) for found in booklets.listing(actor, now=clock(), waits=waits)],
        waits=listing.waits("booklet", waits),
        makes=makes,
        may_begin=may_begin,
        campaigns=[(row.public_id, row.name) for row in campaigns.listing(actor)] if may_begin else [],
        chapters=_chapters(actor),
        given=given or {"campaign": request.args.get("campaign", "")},
        errors=errors,
    )


def _chapters(actor: Actor) -> list[tuple[str, str]]:
    """The usual one first; by circles only where there are any."""
    by_circle = reference.committee(actor).has_circles
    return [(key, label) for key, label in words.choices(CHAPTERS) if by_circle or key != "circle"]


def create() -> ResponseReturnValue:
    by = door.signed_in()
    permissions.require_any(by, "booklet.edit")
    given = forms.values(request.form)
    try:
        with door.attempt():
            booklet = acts.begin(read(BookletIn, given), by=by)
    except faults.REDRAWN as refused:
        return page(given, faults.told(refused)), faults.status(refused)
    flash(gettext("汇编已建好，下一步：选入内容。"), "ok")
    return redirect(url_for("booklets.choose", public_id=booklet.public_id))


def _row(found: Listed, makes: bool) -> Row:
    """Whoever has no part in the making is led to the finished file."""
    booklet = found.booklet
    endpoint = "booklets.show" if makes else "booklets.pdf"
    return Row(
        url_for(endpoint, public_id=booklet.public_id),
        booklet.title,
        booklet.subtitle,
        found.items,
        words.full_day(shanghai_date(booklet.published_at or booklet.updated_at)),
        words.sign("booklet", booklet.state),
    )
