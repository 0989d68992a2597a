"""A visit as the member, the group's secretary and the office may read it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from tracker.api.answers.base import Answer, state_label
from tracker.models import Visit
from tracker.queries.photos import of as photos_of
from tracker.queries.redaction import heard_for
from tracker.queries.residents import identity_for
from tracker.rules import permissions
from tracker.rules.actors import Actor


class RaisedOnVisit(Answer):
    """``tracking_code`` is shown this once; a repeat answers without it."""

    model_config = Answer.model_config | {"json_schema_serialization_defaults_required": False}
    reference: str
    state: str
    tracking_code: str | None = None


class VisitAdded(Answer):
    id: str
    version: int
    cases: list[RaisedOnVisit]


class PhotoKept(Answer):
    """``sha256`` is of the picture as it is kept: drawn anew, without place and camera."""

    client_id: str
    sha256: str
    size: int


class VisitRow(Answer):
    id: str
    visited_on: date
    circle: str | None
    channel: str
    drive: str
    persons_count: int
    reported: str
    member: str
    member_name: str
    group_name: str | None
    case_count: int
    created_at: datetime
    version: int


class VisitList(Answer):
    items: list[VisitRow]
    next: str | None


class ContactSeen(Answer):
    """In clear for the member, masked for the office, null for the others."""

    kind: str
    name: str | None
    phone: str | None
    masked: bool


class CaseOfVisit(Answer):
    reference: str
    state: str
    state_label: str


class VisitorSeen(Answer):
    """A member who went along, with the group of that day."""

    id: str
    name: str
    group: str | None


class VisitAnswer(Answer):
    id: str
    visited_on: date
    circle: str | None
    channel: str
    drive: str
    contact: ContactSeen
    persons_count: int
    address: str | None
    area: str | None
    area_name: str | None
    reported: str
    help_needed: str
    coordination_needed: str
    member: str
    member_name: str
    group: str | None
    group_name: str | None
    visitors: list[VisitorSeen]
    photo_count: int
    cases: list[CaseOfVisit]
    created_at: datetime
    version: int


def visit_row(row: Row[*tuple[Any, ...]], reported: str) -> VisitRow:
    names = ("visited_on", "circle", "channel", "drive", "persons_count", "created_at", "version")
    return VisitRow(
        **{name: getattr(row, name) for name in names},
        id=row.public_id,
        reported=reported,
        member=row.member_id,
        member_name=row.member,
        group_name=row.group,
        case_count=row.cases,
    )


def visit_answer(visit: Visit, actor: Actor) -> VisitAnswer:
    seen = identity_for(visit, actor)
    names = ("visited_on", "circle", "channel", "drive", "persons_count", "created_at", "version")
    return VisitAnswer(
        **{name: getattr(visit, name) for name in names},
        reported=heard_for(visit, visit.reported, actor),
        help_needed=heard_for(visit, visit.help_needed, actor),
        coordination_needed=heard_for(visit, visit.coordination_needed, actor),
        id=visit.public_id,
        contact=ContactSeen(
            kind=visit.contact_kind,
            name=seen.name if seen else None,
            phone=seen.phone if seen else None,
            masked=seen is None or seen.masked,
        ),
        address=seen.address if seen else None,
        area=visit.area.code if visit.area else None,
        area_name=visit.area.full_name if visit.area else None,
        member=visit.member.public_id,
        member_name=visit.member.name,
        group=visit.group.public_id if visit.group else None,
        group_name=visit.group.name if visit.group else None,
        visitors=[
            VisitorSeen(
                id=went.person.public_id,
                name=went.person.name,
                group=went.group.public_id if went.group else None,
            )
            for went in visit.visitors
        ],
        photo_count=len(photos_of(visit, actor)),
        cases=[
            CaseOfVisit(
                reference=case.reference, state=case.state, state_label=state_label("case", case.state)
            )
            for case in visit.cases
            if permissions.may(actor, "read", case)
        ],
    )
