"""Calls about what units held (单位活动)."""

from flask import Response, url_for

from tracker.actions import activities as acts
from tracker.api.answers.activities import ActivityAnswer, ActivityList, activity_answer
from tracker.api.calls import Sent, call, expected, respond
from tracker.door import signed_in
from tracker.incoming.activities import ActivityEdit, ActivityIn
from tracker.incoming.unit_lists import ActivityQuery
from tracker.models import Activity
from tracker.queries import activities
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@call("GET", "/activities", N_("单位活动列表"), asks=ActivityQuery, gives=ActivityList)
def list_activities(sent: Sent[ActivityQuery]) -> ActivityList:
    actor = signed_in()
    permissions.require_any(actor, "activity.read")
    page = activities.page(actor, **sent.read().model_dump())
    return ActivityList(items=[activity_answer(event) for event in page.items], next=page.next)


@call("POST", "/activities", N_("登记一次单位活动"), takes=ActivityIn, gives=ActivityAnswer, status=201)
def hold_activity(sent: Sent[ActivityIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "activity.edit")
    event = acts.hold(sent.read(), by=actor)
    where = url_for("api.show_activity", public_id=event.public_id)
    return respond(activity_answer(event), 201, where)


@call("GET", "/activities/{public_id}", N_("一次单位活动"), gives=ActivityAnswer)
def show_activity(public_id: str) -> ActivityAnswer:
    return activity_answer(_get(public_id, signed_in()))


@call(
    "PUT",
    "/activities/{public_id}",
    N_("改写一次单位活动"),
    takes=ActivityEdit,
    gives=ActivityAnswer,
    expects=True,
)
def edit_activity(sent: Sent[ActivityEdit], public_id: str) -> ActivityAnswer:
    actor = signed_in()
    event = _get(public_id, actor)
    permissions.require(actor, "edit", event)
    acts.edit_event(event, sent.read(), by=actor, expect=expected())
    return activity_answer(event)


@call("POST", "/activities/{public_id}/cancel", N_("撤销一次单位活动"), gives=ActivityAnswer, expects=True)
def cancel_activity(public_id: str) -> ActivityAnswer:
    actor = signed_in()
    event = _get(public_id, actor)
    acts.cancel_event(event, by=actor, expect=expected())
    return activity_answer(event)


def _get(public_id: str, actor: Actor) -> Activity:
    permissions.require_any(actor, "activity.read")
    return activities.event(public_id, actor)
