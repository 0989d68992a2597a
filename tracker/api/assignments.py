"""Calls about an assignment; for a department they are all there is."""

from flask import Response, url_for

from tracker.actions import assignments as acts
from tracker.api import moves
from tracker.api.answers.assignments import (
    AssignmentAnswer,
    AssignmentList,
    assignment_answer,
    assignment_row,
)
from tracker.api.calls import Sent, call, expected, respond
from tracker.door import signed_in
from tracker.extensions import clock
from tracker.incoming.assignments import AssignmentIn
from tracker.incoming.lists import AssignmentQuery
from tracker.queries import assignments, cases
from tracker.rules import permissions
from tracker.rules.words import N_


@call(
    "POST",
    "/cases/{reference}/assignments",
    N_("拟一个承办单位；协调时一并交办"),
    takes=AssignmentIn,
    gives=AssignmentAnswer,
    status=201,
    expects=True,
)
def draft_assignment(sent: Sent[AssignmentIn], reference: str) -> Response:
    actor = signed_in()
    case = cases.get(reference, actor)
    permissions.require(actor, "assign", case)
    share = acts.draft(case, sent.read(), by=actor, expect=expected())
    where = url_for("api.show_assignment", public_id=share.public_id)
    return respond(assignment_answer(share, actor), 201, where)


@call("GET", "/assignments", N_("交办列表"), asks=AssignmentQuery, gives=AssignmentList)
def list_assignments(sent: Sent[AssignmentQuery]) -> AssignmentList:
    actor = signed_in()
    permissions.require_any(actor, "assignment.read")
    page = assignments.page(actor, **sent.read().model_dump(), now=clock())
    return AssignmentList(items=[assignment_row(row, actor) for row in page.items], next=page.next)


@call("GET", "/assignments/{public_id}", N_("一件交办"), gives=AssignmentAnswer)
def show_assignment(public_id: str) -> AssignmentAnswer:
    actor = signed_in()
    return assignment_answer(assignments.get(public_id, actor), actor)


@call(
    "POST",
    "/assignments/{public_id}/moves",
    N_("办理交办的一步"),
    takes=moves.AssignmentMove,
    gives=AssignmentAnswer,
    expects=True,
)
def move_assignment(sent: Sent[moves.AssignmentMove], public_id: str) -> AssignmentAnswer:
    actor = signed_in()
    share = assignments.get(public_id, actor)
    name, given = sent.move()
    acts.move(share, name, by=actor, given=given, expect=expected())
    return assignment_answer(share, actor)
