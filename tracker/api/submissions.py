"""Calls about what members hand in (三个一)."""

from flask import Response, url_for

from tracker.actions import submissions as acts
from tracker.api import moves
from tracker.api.answers.submissions import (
    SubmissionAnswer,
    SubmissionList,
    submission_answer,
    submission_row,
)
from tracker.api.calls import Sent, call, expected, respond
from tracker.door import signed_in
from tracker.extensions import clock
from tracker.incoming.lists import SubmissionQuery
from tracker.incoming.submissions import SubmissionIn
from tracker.queries import submissions
from tracker.rules import permissions
from tracker.rules.words import N_


@call(
    "POST", "/submissions", N_("报送一条“三个一”成果"), takes=SubmissionIn, gives=SubmissionAnswer, status=201
)
def hand_in(sent: Sent[SubmissionIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "submission.create")
    found = acts.submit(sent.read(), by=actor)
    where = url_for("api.show_submission", public_id=found.public_id)
    return respond(submission_answer(found, actor), 201, where)


@call("GET", "/submissions", N_("“三个一”成果列表"), asks=SubmissionQuery, gives=SubmissionList)
def list_submissions(sent: Sent[SubmissionQuery]) -> SubmissionList:
    actor = signed_in()
    permissions.require_any(actor, "submission.read")
    page = submissions.page(actor, now=clock(), **sent.read().model_dump())
    return SubmissionList(items=[submission_row(row) for row in page.items], next=page.next)


@call("GET", "/submissions/{public_id}", N_("一条“三个一”成果"), gives=SubmissionAnswer)
def show_submission(public_id: str) -> SubmissionAnswer:
    actor = signed_in()
    return submission_answer(submissions.get(public_id, actor), actor)


@call(
    "POST",
    "/submissions/{public_id}/moves",
    N_("办理“三个一”成果的一步"),
    takes=moves.SubmissionMove,
    gives=SubmissionAnswer,
    expects=True,
)
def move_submission(sent: Sent[moves.SubmissionMove], public_id: str) -> SubmissionAnswer:
    actor = signed_in()
    found = submissions.get(public_id, actor)
    name, given = sent.move()
    acts.move(found, name, by=actor, given=given, expect=expected())
    return submission_answer(found, actor)
