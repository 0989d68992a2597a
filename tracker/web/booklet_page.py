"""The page of one booklet: how far it is, what is to be done next, its cover, its files, what happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import booklets as acts
from tracker.door import forms, policy
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.errors import FieldError, Unavailable
from tracker.extensions import clock
from tracker.incoming.booklets import BookletEdit
from tracker.incoming.schema import read
from tracker.models import Booklet
from tracker.queries import booklets, events
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import faults, files, move_forms, timelines, words
from tracker.web.move_forms import Spec

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STEPS = (N_("汇总内容"), N_("排版"), N_("生成 Word 文件"))
# state → which of the four steps is being done; a published one has done them all
_STATIONS = (N_("编辑"), N_("初审"), N_("终审"), N_("发布"))
_AT = {"draft": 0, "submitted": 1, "approved_once": 2, "approved": 3, "published": 4}


def show(public_id: str) -> str:
    return draw(booklets.get(public_id, door.signed_in()))


def edit(public_id: str) -> ResponseReturnValue:
    """The cover; after an approval this starts the approvals anew."""
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    given = forms.values(request.form)
    try:
        with door.attempt():
            acts.edit(booklet, read(BookletEdit, given), by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return draw(booklet, "cover", given, faults.told(refused)), faults.status(refused)
    flash(gettext("已保存"))
    return redirect(address(booklet))


def move(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    name, given = request.form.get("move", ""), forms.values(request.form)
    try:
        with door.attempt():
            acts.move(booklet, name, by=actor, given=given, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return draw(booklet, name, given, faults.told(refused)), faults.status(refused)
    flash(gettext("已办理"))
    return redirect(address(booklet))


def make(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    try:
        with door.attempt():
            acts.make(booklet, by=actor)
    except faults.REDRAWN as refused:
        return draw(booklet, "make", errors=faults.told(refused)), faults.status(refused)
    return redirect(address(booklet, "files"))


def file(public_id: str, kind: str) -> Response:
    """The finished file as it was approved; while it is being made, nothing else in its place."""
    actor = door.signed_in()
    booklet = booklets.to_open(public_id, actor)
    policy.ask(booklet)
    found = booklets.file(booklet, kind)
    if found is None:
        raise Unavailable(N_("文件还没有生成好，请稍候"), retry_after=5)
    content = booklets.content(booklet, found)
    if kind == "pdf":
        response = files.pdf(content, booklet.title, etag=found.sha256)
    else:
        response = Response(content, content_type=WORD)
        response.headers["Content-Disposition"] = disposition("attachment", f"{booklet.title}.docx")
        response.set_etag(found.sha256)
    response.make_conditional(request)
    return response


def address(booklet: Booklet, anchor: str | None = None) -> str:
    return url_for("booklets.show", public_id=booklet.public_id, _anchor=anchor)


def draw(
    booklet: Booklet,
    opened: str = "",
    typed: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    actor, now = door.signed_in(), clock()
    making = booklets.making(booklet)
    waiting = [item for item in booklet.chosen if item.confirmed_at is None]
    return render_template(
        "booklets/show.html",
        booklet=booklet,
        sign=words.sign("booklet", booklet.state),
        stations=_stations(booklet),
        moves=move_forms.buttons(booklet, actor, typed or {}, opened, _FIELDS),
        may_edit=permissions.may(actor, "edit", booklet) and booklet.state != "published",
        may_export=permissions.may(actor, "export", booklet),
        counts=(len(booklet.chosen), len(waiting), len(booklet.items) - len(booklet.chosen)),
        chapters=_chapters(booklet),
        making=making,
        steps=[gettext(step) for step in _STEPS],
        rendering=making.state in ("queued", "working"),
        facts=_facts(booklet, now),
        timeline=timelines.unmarked(events.of_booklet(booklet, actor), now),
        opened=opened,
        typed=typed if opened == "cover" and typed else None,
        errors=list(errors),
    )


def _chapters(booklet: Booklet) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for item in booklet.chosen:
        found[item.chapter] = found.get(item.chapter, 0) + 1
    return list(found.items())


def _stations(booklet: Booklet) -> list[dict[str, str]]:
    """As parts/page.html draws steps."""
    here = _AT[booklet.state]
    return [
        {
            "label": gettext(label),
            "sub": "",
            "status": "done" if number < here else "now" if number == here else "todo",
        }
        for number, label in enumerate(_STATIONS)
    ]


def _facts(booklet: Booklet, now: datetime) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if booklet.campaign is not None:
        found.append((gettext("活动"), booklet.campaign.name))
    for label, person, at in (
        (gettext("初审"), booklet.checker, booklet.checked_at),
        (gettext("终审"), booklet.approver, booklet.approved_at),
    ):
        found.append((label, f"{person.name} {words.moment(at, now)}" if person else ""))
    if booklet.published_at is not None:
        found.append((gettext("发布"), words.moment(booklet.published_at, now)))
    return found


def _why(_thing: Any, _actor: Actor) -> tuple[Spec, ...]:
    return (Spec("reason", gettext("原因"), "textarea", True, rows=3, maxlength=1000),)


_FIELDS: move_forms.Fields = {("booklet", "return"): _why, ("booklet", "recall"): _why}
