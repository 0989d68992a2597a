"""联系对象: whom a member keeps in touch with, whom the committee still has to visit this year."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import contact_links as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.contact_links import ContactLinkIn
from tracker.incoming.schema import read
from tracker.queries import contact_links
from tracker.queries.contact_links import Kept
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import faults, words

blueprint = Blueprint("contact_links", __name__, url_prefix="/contact_links")


@dataclass(frozen=True)
class Row:
    """``visit_url`` and ``end_url`` are empty for whoever may not."""

    kind: str
    called: str
    person: str
    group: str
    since: str
    visits: int
    last: str
    visit_url: str
    end_url: str


@blueprint.get("")
def index() -> str:
    permissions.require_any(door.signed_in(), "contact_link.read")
    return _page()


@blueprint.post("")
def create() -> tuple[str, int] | Response:
    by = door.signed_in()
    permissions.require_any(by, "contact_link.create")
    given = values(request.form)
    try:
        with door.attempt():
            acts.register(read(ContactLinkIn, given | {"consent_process": "consent_process" in given}), by=by)
    except faults.REDRAWN as refused:
        return _page(given, faults.told(refused, {"body": "consent_process"})), faults.status(refused)
    flash(gettext("已记下。去走访时从这里点“去走访”，对象就不用再填。"), "ok")
    return make_response(redirect(url_for("contact_links.index")))


@blueprint.post("/<public_id>/end")
def end(public_id: str) -> Response:
    by = door.signed_in()
    acts.end(contact_links.get(public_id, by), by=by)
    flash(gettext("已结束联系，以前的走访照样统计。"), "ok")
    return make_response(redirect(url_for("contact_links.index")))


def _page(given: dict[str, object] | None = None, errors: list[FieldError] | None = None) -> str:
    actor, today = door.signed_in(), shanghai_date(clock())
    found = list(contact_links.listing(actor, since=today.replace(month=1, day=1)))
    rows = [_row(kept, actor) for kept in found]
    return render_template(
        "contact_links/index.html",
        rows=rows,
        unvisited=sum(row.visits == 0 for row in rows),
        others=any(kept.link.person_id != actor.person_id for kept in found),
        year=today.year,
        today=today.isoformat(),
        own=permissions.may_any(actor, "contact_link.create"),
        kinds=words.choices(words.LINK_KINDS),
        given=given or {"kind": "public_person", "since": today.isoformat()},
        errors=errors or [],
    )


def _row(kept: Kept, actor: Actor) -> Row:
    link = kept.link
    own = link.person_id == actor.person_id
    return Row(
        words.say(words.LINK_KINDS, link.kind),
        kept.called,
        kept.person,
        kept.group,
        words.full_day(link.since),
        kept.visits,
        words.full_day(kept.last) if kept.last else "",
        url_for("visits.new", link=link.public_id) if own else "",
        url_for("contact_links.end", public_id=link.public_id) if permissions.may(actor, "end", link) else "",
    )
