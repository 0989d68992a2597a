"""Writing a visit down: one form; if something needs doing, a second step proposes a case for each line."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import codes, visits
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import BadRequest, FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.schema import read
from tracker.incoming.visits import VisitIn
from tracker.models import Visit
from tracker.queries import contact_links, drives, people, reference, residents
from tracker.queries import visits as find
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import choices, faults, receipts, visit_lines, visit_photos, words
from tracker.web.visit_lines import Proposal

_CONSENTS = ("consent_process", "consent_forward", "consent_publish")
# Second-step fields and those that only steer this page; the rest is the visit.
_STEERING = frozenset({"cases", "confirmed", "back", "consent_forward", "consent_publish"})
_BODY = {"body": "consent_process"}
_PLACES = 6


def new() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "visit.create")
    return _form(_start(actor))


def create() -> ResponseReturnValue:
    actor = door.signed_in()
    given = sent()
    given |= {name: name in given for name in _CONSENTS}
    if (known := find.by_client_id(actor, given.get("client_id", ""))) is not None:
        flash(gettext("这次走访已经保存过了"))
        return redirect(url_for("visits.show", public_id=known.public_id))
    proposals = visit_lines.sent(given) if "confirmed" in given else visit_lines.proposed(given)
    try:
        # Photos stay although the form is refused: a file cannot be put back into its field.
        if kept := visit_photos.keep_for_later(actor):
            given["photos"] = [*given.get("photos", []), *kept]
            door.keep_refused()
        if "back" in given:
            return _form(given)
        if proposals and "confirmed" not in given:
            _check(given)
            return _confirm(proposals, given)
        return _save(_visit(given, proposals), actor)
    except faults.REDRAWN as refused:
        return _refused(refused, given, proposals)


def sent() -> dict[str, Any]:
    """The form as it came; what has shapes that our page never sends did not come from there."""
    given = forms.values(request.form)
    shapes = {"contact": dict, "client_id": str, "cases": list}
    fits = all(isinstance(given.get(name, kind()), kind) for name, kind in shapes.items())
    if not fits or not all(isinstance(row, dict) for row in given.get("cases", [])):
        raise BadRequest(N_("请求不是从本站页面发出的，请重新打开页面再办"))
    return given


def _save(given: VisitIn, actor: Actor) -> ResponseReturnValue:
    with door.attempt():
        visit, opened = visits.register(given, by=actor)
        slips = [(case, codes.issue(case, by=actor).code) for case in opened]
    if not slips:
        flash(gettext("已保存"))
        return redirect(url_for("visits.show", public_id=visit.public_id))
    title = gettext("走访已保存，登记了 %(n)s 件诉求", n=len(slips))
    return receipts.page(slips, actor, title=title, next_visit=url_for("visits.new", like=visit.public_id))


def _start(actor: Actor) -> dict[str, Any]:
    """Today, with the circle and channel of last time; the place too when it is the next door."""
    found: dict[str, Any] = {
        "visited_on": shanghai_date(clock()).isoformat(),
        "client_id": secrets.token_urlsafe(16),
        "persons_count": 1,
        "channel": "in_person",
        "contact": {"kind": "public_person"},
    }
    if (last := find.latest(actor)) is not None:
        found |= {"circle": last.circle, "channel": last.channel}
    if (like := request.args.get("like")) is not None:
        found |= _same_place(find.get(like, actor), actor)
    if (link := request.args.get("link")) is not None:
        counted = contact_links.get(link, actor).counts_as
        found |= {"link": link, "contact": {"kind": counted or "public_person"}}
    return found


def _same_place(visit: Visit, actor: Actor) -> dict[str, Any]:
    return {
        "circle": visit.circle,
        "channel": visit.channel,
        "drive": visit.drive,
        "visited_on": visit.visited_on.isoformat(),
        "area": visit.area.code if visit.area else "",
        "address": _address(visit, actor),
        "visitors": [went.person.public_id for went in visit.visitors],
    }


def _address(visit: Visit, actor: Actor) -> str:
    seen = residents.identity_for(visit, actor)
    return seen.address if seen and not seen.masked else ""


def _places(actor: Actor) -> list[dict[str, str]]:
    """Where one has been lately, each place once, to go there again without typing."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for visit in find.recent(actor):
        if visit.area is None:
            continue
        address = _address(visit, actor)
        place = {"like": visit.public_id, "area": visit.area.code, "name": visit.area.name}
        found.setdefault((visit.area.code, address), place | {"address": address})
    return list(found.values())[:_PLACES]


def _check(given: Mapping[str, Any]) -> None:
    read(VisitIn, _plain(given))
    if not given.get("area"):
        raise Invalid.one("area", N_("有要办的事，请选是哪个镇街或社区的"))


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in _STEERING}


def _visit(given: Mapping[str, Any], proposals: Sequence[Proposal]) -> VisitIn:
    contact = given.get("contact", {})
    person = {name: contact[name] for name in ("name", "phone") if name in contact}
    person |= {"address": given.get("address", "")} | {name: given[name] for name in _CONSENTS}
    shared = {"area": given.get("area", ""), "source": "visit", "resident": person}
    opened = [
        shared
        | {"summary": p.summary, "narrative": p.narrative, "origin": p.origin}
        | ({"category": p.category} if p.category else {})
        for p in proposals
        if p.include
    ]
    return read(VisitIn, _plain(given) | {"cases": opened})


def _refused(refused: Any, given: Mapping[str, Any], proposals: Sequence[Proposal]) -> ResponseReturnValue:
    """Back to the step whose field is wrong."""
    errors = faults.told(refused, _BODY)
    if any(error.field.startswith("cases.") for error in errors):
        return _confirm(proposals, given, _renumbered(errors, proposals)), faults.status(refused)
    return _form(given, errors), faults.status(refused)


def _renumbered(errors: Sequence[FieldError], proposals: Sequence[Proposal]) -> list[FieldError]:
    """Only ticked lines were sent on, so their places in the form differ."""
    ticked = [proposal.number for proposal in proposals if proposal.include]
    found = []
    for error in errors:
        group, _, rest = error.field.partition(".")
        place, _, field = rest.partition(".")
        named = group == "cases" and place.isdecimal()
        found.append(
            FieldError(
                f"cases.{ticked[int(place)]}.{field}" if named else error.field, error.message, error.params
            )
        )
    return found


def options(actor: Actor, visit: Visit | None = None) -> dict[str, Any]:
    """Who writes, and what the form lets one choose from; what a ``visit`` has stays to be chosen."""
    today = shanghai_date(clock())
    within = drives.on(visit.visited_on if visit else today, actor)
    if visit and visit.drive and visit.drive not in within:
        within.append(visit.drive)
    return {
        "drives": [(name, name) for name in within],
        "writer": people.public_id(actor),
        "circles": words.choices(words.CIRCLES) if reference.committee(actor).has_circles else [],
        "channels": words.choices(words.CHANNELS),
        "kinds": words.choices(words.CONTACT_KINDS),
        "areas": choices.areas(actor),
        "companions": choices.companions(actor),
        "today": today.isoformat(),
        "numbering": visit_lines.NUMBERING,
        "nothing": visit_lines.NOTHING,
    }


def _form(given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    actor = door.signed_in()
    link = contact_links.own(str(given.get("link", "")), actor)
    return render_template(
        "visits/new.html",
        given=given,
        errors=list(errors),
        places=_places(actor),
        linked=contact_links.called(link, actor) if link else "",
        **options(actor),
    )


def _confirm(
    proposals: Sequence[Proposal], given: Mapping[str, Any], errors: Sequence[FieldError] = ()
) -> str:
    skip = {"csrf_token", "idempotency_key", "confirmed", "photos[]"}
    carried = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in skip and not name.startswith("cases.")
    ]
    carried += [("photos[]", photo) for photo in given.get("photos", [])]
    return render_template(
        "visits/confirm.html",
        proposals=proposals,
        carried=carried,
        errors=list(errors),
        origins=dict(words.choices(words.ORIGINS)),
        categories=choices.categories(door.signed_in()),
    )
