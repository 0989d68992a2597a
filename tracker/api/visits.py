"""Calls about a visit."""

from flask import Response, url_for

from tracker.actions import codes
from tracker.actions import visits as acts
from tracker.api.answers.visits import (
    RaisedOnVisit,
    VisitAdded,
    VisitAnswer,
    VisitList,
    visit_answer,
    visit_row,
)
from tracker.api.calls import Sent, call, repeat_as, respond
from tracker.door import signed_in
from tracker.incoming.lists import VisitQuery
from tracker.incoming.visits import VisitIn
from tracker.models import Case
from tracker.queries import track, visits
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@call("POST", "/visits", N_("记一次走访，连同所反映的诉求"), takes=VisitIn, gives=VisitAdded, status=201)
def add_visit(sent: Sent[VisitIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "visit.create")
    visit, raised = acts.register(sent.read(), by=actor)
    answer = VisitAdded(
        id=visit.public_id, version=visit.version, cases=[_raised(case, actor) for case in raised]
    )
    repeat_as(answer.model_dump_json(exclude={"cases": {"__all__": {"tracking_code"}}}))
    return respond(answer, 201, url_for("api.show_visit", public_id=visit.public_id))


@call("GET", "/visits", N_("走访列表"), asks=VisitQuery, gives=VisitList)
def list_visits(sent: Sent[VisitQuery]) -> VisitList:
    actor = signed_in()
    permissions.require_any(actor, "visit.read")
    page = visits.page(actor, **sent.read().model_dump())
    gists = visits.gists(page, actor)
    return VisitList(items=[visit_row(row, gists[row.public_id]) for row in page.items], next=page.next)


@call("GET", "/visits/{public_id}", N_("一次走访"), gives=VisitAnswer)
def show_visit(public_id: str) -> VisitAnswer:
    actor = signed_in()
    return visit_answer(visits.get(public_id, actor), actor)


def _raised(case: Case, actor: Actor) -> RaisedOnVisit:
    """A visit sent a second time gives the same cases; their codes were shown the first time."""
    if track.current_code(case) is not None:
        return RaisedOnVisit(reference=case.reference, state=case.state)
    code = codes.issue(case, by=actor).code.display
    return RaisedOnVisit(reference=case.reference, state=case.state, tracking_code=code)
