"""会上听到的: a case that comes of an activity or of a reception day, and where one came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import codes
from tracker.actions import heard as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import NotFound
from tracker.extensions import clock
from tracker.incoming.cases import HeardCaseIn
from tracker.incoming.schema import read
from tracker.models import Case, Submission
from tracker.queries import heard, invitees
from tracker.queries.heard import Heard, Place
from tracker.rules import permissions, redaction
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import case_register, faults, links, receipts, words
from tracker.web.words import Sign

blueprint = Blueprint("heard", __name__, url_prefix="/heard/<place>/<public_id>")


@dataclass(frozen=True)
class Line:
    """One case or brief that came of it."""

    url: str
    title: str
    sign: Sign
    sub: str


@blueprint.get("/case")
def ask(place: str, public_id: str) -> str:
    actor = door.signed_in()
    here = _here(place, public_id, actor)
    permissions.require(actor, "hear", here.thing)
    known = {"source": here.source, "area": heard.area_of(here, actor)}
    return _form(here, known | said(request.args.get("said"), here, actor))


@blueprint.post("/case")
def register(place: str, public_id: str) -> ResponseReturnValue:
    by = door.signed_in()
    here = _here(place, public_id, by)
    permissions.require(by, "hear", here.thing)
    given = values(request.form)
    try:
        with door.attempt():
            case = acts.register(read(HeardCaseIn, given | _names(here)), by=by)
            code = codes.issue(case, by=by).code if permissions.may(by, "issue_code", case) else None
    except faults.REDRAWN as refused:
        return _form(here, given, faults.told(refused, case_register.GROUPS)), faults.status(refused)
    if code:
        return receipts.page([(case, code)], by, title=gettext("已登记"))
    sentence = gettext("%(number)s 已登记，由%(who)s跟进。", number=case.reference, who=case.raised_by.name)
    flash(sentence, "ok")
    return redirect(address(here))


def said(token: str | None, here: Place, actor: Actor, *, passed_on: bool = False) -> dict[str, Any]:
    """What an invited person said, as the beginning of a case or, without the name, of a brief."""
    if not token:
        return {}
    found = invitees.get(token, actor)
    if here.activity is None or found.activity_id != here.activity.id:
        raise NotFound(N_("没有这项邀请，或者您不能查看"))
    words_said = found.speech
    if passed_on:
        names = tuple(filter(None, [invitees.name(found)]))
        words_said = redaction.redact(words_said, redaction.find(words_said, own_names=names))
        return {"text": words_said}
    return {"narrative": words_said, "summary": words.shortened(words_said, 40)}


def address(here: Place) -> str:
    if here.day is not None:
        return url_for("workstations.show", public_id=here.day.workstation.public_id)
    return url_for("activities.show", public_id=here.thing.public_id)


def told(here: Place) -> str:
    """来自 2026年11月20日“…”"""
    return str(gettext("%(day)s“%(title)s”", day=words.full_day(here.held_on), title=here.title))


def origin(found: Case | Submission, actor: Actor) -> tuple[str, str] | None:
    """The address and the words of where it was heard, for whoever may open it."""
    here = heard.place_of(found, actor)
    return (address(here), told(here)) if here else None


def lines(found: Heard) -> list[Line]:
    cases = [
        Line(
            links.case(case.reference),
            case.summary,
            words.case_sign(case.state, case.disposition, case.closed_at),
            case.reference,
        )
        for case in found.cases
    ]
    briefs = [
        Line(links.submission(one.public_id), one.title, words.sign(one.life, one.state), one.member.name)
        for one in found.briefs
    ]
    return cases + briefs


def ways(here: Place, actor: Actor, token: str | None = None) -> tuple[str, str]:
    """Where a case and a brief are begun from here; empty where this actor does not, or not yet."""
    gone = here.activity is not None and here.activity.cancelled_at is not None
    if gone or here.held_on > shanghai_date(clock()) or not permissions.may(actor, "hear", here.thing):
        return "", ""
    kind, public_id = ("day", here.day.public_id) if here.day else ("activity", here.thing.public_id)
    case = url_for("heard.ask", place=kind, public_id=public_id, said=token)
    query: dict[str, Any] = {kind: public_id, "said": token}
    brief = url_for("submissions.new", **query)
    return case, brief if permissions.may_any(actor, "submission.create") else ""


def _here(place: str, public_id: str, actor: Actor) -> Place:
    found = heard.place(actor, **{place: public_id}) if place in ("activity", "day") else None
    if found is None:
        raise NotFound(N_("没有找到，或者您不能查看"))
    return found


def _names(here: Place) -> dict[str, str]:
    """What of the form is the address's, whatever was sent."""
    return {"reception_day": here.day.public_id} if here.day else {"activity": here.thing.public_id}


def _form(here: Place, given: Mapping[str, Any], errors: Sequence[Any] = ()) -> str:
    actor = door.signed_in()
    return case_register.form(
        dict(given),
        list(errors),
        action=request.path,
        back=address(here),
        heard=told(here),
        writers=case_register.writers(actor),
        needs_member=not permissions.may_any(actor, "case.create"),
    )
