"""Marking a visit, a submission or a case as exemplary, from its own page."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import exemplars as acts
from tracker.door import forms
from tracker.door.language import gettext
from tracker.incoming.booklets import ExemplarIn
from tracker.incoming.schema import read
from tracker.models import Case, Exemplar
from tracker.queries import exemplars
from tracker.queries.exemplars import Markable, MarkOf
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links

blueprint = Blueprint("exemplars", __name__, url_prefix="/exemplars")


@dataclass(frozen=True)
class Panel:
    """What parts/exemplar.html draws: the mark, or the form to set one."""

    kind: str
    ident: str
    mark: Exemplar | None
    may_mark: bool


@blueprint.post("")
def mark() -> ResponseReturnValue:
    by = door.signed_in()
    permissions.require_any(by, "exemplar.mark")
    given = read(ExemplarIn, forms.values(request.form))
    thing = exemplars.thing(given.kind, given.ident, by)
    acts.mark(thing, given.reason, by=by)
    flash(gettext("已树为典型，汇编和定期汇总里会找到它。"), "ok")
    return redirect(_page(thing))


@blueprint.post("/<public_id>/end")
def end(public_id: str) -> ResponseReturnValue:
    by = door.signed_in()
    found = exemplars.get(public_id, by)
    acts.end(found, by=by)
    flash(gettext("已取消典型"))
    thing = found.visit or found.submission or found.case
    assert thing is not None
    return redirect(_page(thing))


def panel(thing: Markable, actor: Actor) -> Panel:
    """For the page of that thing."""
    may = permissions.may(actor, "mark", MarkOf(thing)) and not thing.is_accusation
    told = not isinstance(thing, Case) or permissions.may(actor, "read_story", thing)
    return Panel(thing.noun, _ident(thing), exemplars.of(thing) if told else None, may)


def _ident(thing: Markable) -> str:
    return thing.reference if isinstance(thing, Case) else thing.public_id


def _page(thing: Markable) -> str:
    if isinstance(thing, Case):
        return links.case(thing.reference)
    return url_for(f"{thing.noun}s.show", public_id=thing.public_id)


@blueprint.app_context_processor
def offer() -> dict[str, Any]:
    """For templates: ``exemplar(thing)`` answers what its panel shows to whoever is at the door."""
    return {"exemplar": lambda thing: panel(thing, door.signed_in())}
