"""通知: what happened that this person should know of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import bell
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.outgoing import notices as sentences
from tracker.queries import notices
from tracker.web import words
from tracker.web.targets import inside

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@dataclass(frozen=True)
class Row:
    """One line: a sentence, the number of the case, when."""

    id: int
    text: str
    reference: str
    when: str
    iso: str
    target: str
    unread: bool


@blueprint.get("")
def index() -> str:
    actor, now = door.signed_in(), clock()
    found = notices.page(actor, after=request.args.get("after"))
    return render_template(
        "notices/index.html",
        rows=[_row(row, now) for row in found.items],
        next_url=url_for("notices.index", after=found.next) if found.next else "",
    )


@blueprint.post("/<number>")
def read(number: str) -> Response:
    """Mark it read and open what it is about."""
    by = door.signed_in()
    bell.read(notices.get(number, by), by=by)
    return make_response(redirect(inside(request.form.get("next"), url_for("notices.index"))))


@blueprint.post("/all")
def read_all() -> Response:
    bell.read_all(by=door.signed_in())
    return make_response(redirect(url_for("notices.index")))


def _row(row: Any, now: datetime) -> Row:
    sentence = sentences.template(row.template)
    target = sentences.link(
        "",
        assignment=row.share,
        letter=row.letter,
        submission=row.submission,
        campaign=row.campaign,
        booklet=row.booklet,
        activity=row.activity,
        workstation=row.workstation,
        case=row.reference,
    )
    return Row(
        row.id,
        gettext(sentence.text) if sentence else gettext("有新的进展"),
        row.reference or "",
        words.recently(row.created_at, now),
        words.iso(row.created_at),
        target,
        row.read_at is None,
    )
