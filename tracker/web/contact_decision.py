"""向群众公布: what the office lets residents read, and the same as a notice to put up (S1-32)."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import contact_page as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import Conflict, FieldError
from tracker.extensions import clock
from tracker.incoming.contact_page import PublishIn
from tracker.incoming.schema import read
from tracker.outgoing.contact_poster import Poster, poster_html
from tracker.queries import contact_page, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import faults, files, words
from tracker.web.contact_page import address


def page(errors: Sequence[FieldError] = ()) -> str:
    """As it was decided, or as it was ticked when that was refused."""
    actor = door.signed_in()
    permissions.require_any(actor, "workstation.publish")
    committee = reference.committee(actor)
    stations = contact_page.in_use(committee)
    given: Mapping[str, Any] = values(request.form) if errors else committee.contact
    ticked = given.get("stations", []) if errors else [row.public_id for row in stations if row.is_published]
    return render_template(
        "workstations/public.html",
        given=given,
        errors=errors,
        rows=[(row, words.say(words.STATIONS, row.kind), row.public_id in ticked) for row in stations],
        seen=contact_page.fingerprint(committee, stations),
        address=address(committee.code),
        is_open=committee.contact.get("open", False),
    )


def decide() -> tuple[str, int] | Response:
    by = door.signed_in()
    permissions.require_any(by, "workstation.publish")
    try:
        with door.attempt():
            acts.decide(read(PublishIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return page(faults.told(refused)), faults.status(refused)
    flash(gettext("已保存。公布的网页几分钟内更新。"), "ok")
    return make_response(redirect(url_for("workstations.public")))


def public_address(actor: Actor) -> str:
    """Where residents read it; empty while the page is closed."""
    committee = reference.committee(actor)
    return address(committee.code) if committee.contact.get("open") else ""


def poster() -> Response:
    """For whoever keeps a workstation; it holds what the page holds."""
    actor = door.signed_in()
    permissions.require_any(actor, "workstation.edit")
    committee, today = reference.committee(actor), shanghai_date(clock())
    if not committee.contact.get("open"):
        raise Conflict(N_("联系页还没有开放，请先在“向群众公布”里开放"))
    found = contact_page.of(committee, today)
    paper = poster_html(Poster(found, address(committee.code), today, words.STATIONS))
    return files.pdf(files.render(paper), gettext("委员联系群众公示"))
