"""Calls about member studios and other workstations (工作室)."""

from flask import Response, url_for

from tracker.actions import activities as acts
from tracker.api.answers.activities import WorkstationAnswer, WorkstationList, workstation_answer
from tracker.api.calls import Sent, call, expected, respond
from tracker.door import signed_in
from tracker.incoming.activities import ClosingIn, ReceptionIn, WorkstationEdit, WorkstationIn
from tracker.incoming.unit_lists import WorkstationQuery
from tracker.models import Workstation
from tracker.queries import activities
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@call("GET", "/workstations", N_("工作室列表"), asks=WorkstationQuery, gives=WorkstationList)
def list_workstations(sent: Sent[WorkstationQuery]) -> WorkstationList:
    actor = signed_in()
    permissions.require_any(actor, "workstation.read")
    page = activities.stations_page(actor, **sent.read().model_dump())
    return WorkstationList(items=[workstation_answer(station) for station in page.items], next=page.next)


@call("POST", "/workstations", N_("登记一个工作室"), takes=WorkstationIn, gives=WorkstationAnswer, status=201)
def set_up_workstation(sent: Sent[WorkstationIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "workstation.edit")
    return _created(acts.set_up(sent.read(), by=actor))


@call("GET", "/workstations/{public_id}", N_("一个工作室"), gives=WorkstationAnswer)
def show_workstation(public_id: str) -> WorkstationAnswer:
    return workstation_answer(_get(public_id, signed_in()))


@call(
    "PUT",
    "/workstations/{public_id}",
    N_("改写一个工作室"),
    takes=WorkstationEdit,
    gives=WorkstationAnswer,
    expects=True,
)
def edit_workstation(sent: Sent[WorkstationEdit], public_id: str) -> WorkstationAnswer:
    actor, station = _to_change(public_id)
    acts.edit_workstation(station, sent.read(), by=actor, expect=expected())
    return workstation_answer(station)


@call(
    "POST",
    "/workstations/{public_id}/close",
    N_("关闭一个工作室"),
    takes=ClosingIn,
    gives=WorkstationAnswer,
    expects=True,
)
def close_workstation(sent: Sent[ClosingIn], public_id: str) -> WorkstationAnswer:
    actor, station = _to_change(public_id)
    acts.close_workstation(station, sent.read(), by=actor, expect=expected())
    return workstation_answer(station)


@call(
    "POST",
    "/workstations/{public_id}/receptions",
    N_("记一次接待日"),
    takes=ReceptionIn,
    gives=WorkstationAnswer,
    status=201,
    expects=True,
)
def receive_residents(sent: Sent[ReceptionIn], public_id: str) -> Response:
    actor, station = _to_change(public_id)
    acts.receive_residents(station, sent.read(), by=actor, expect=expected())
    return _created(station)


def _get(public_id: str, actor: Actor) -> Workstation:
    permissions.require_any(actor, "workstation.read")
    return activities.workstation(public_id, actor)


def _to_change(public_id: str) -> tuple[Actor, Workstation]:
    """Who may not is told so before anything is said of what was sent."""
    actor = signed_in()
    station = _get(public_id, actor)
    permissions.require(actor, "edit", station)
    return actor, station


def _created(station: Workstation) -> Response:
    where = url_for("api.show_workstation", public_id=station.public_id)
    return respond(workstation_answer(station), 201, where)
