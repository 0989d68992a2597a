"""What is behind a person's bell."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import (
    Activity,
    Assignment,
    Booklet,
    Campaign,
    Case,
    Event,
    GroupReport,
    Invitee,
    Letter,
    Notice,
    Submission,
    Workstation,
)
from tracker.models.base import HIGHEST_ID
from tracker.queries.cases import Page, read_cursor, write_cursor
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# Built once: every page asks it.
_UNREAD = select(func.count()).select_from(
    select(Notice.id)
    .where(Notice.person_id == bindparam("person"), Notice.read_at.is_(None))
    .limit(bindparam("cap"))
    .subquery()
)


def page(actor: Actor, *, limit: int = 50, after: str | None = None) -> Page:
    """Newest first, with the numbers a link is made of."""
    query = (
        select(
            Notice.id,
            Notice.template,
            Notice.created_at,
            Notice.read_at,
            Case.reference,
            Assignment.public_id.label("share"),
            Letter.public_id.label("letter"),
            Submission.public_id.label("submission"),
            Campaign.public_id.label("campaign"),
            Booklet.public_id.label("booklet"),
            Activity.public_id.label("activity"),
            Workstation.public_id.label("workstation"),
        )
        .join(Event, Event.id == Notice.event_id)
        .outerjoin(Case, Case.id == Notice.case_id)
        .outerjoin(Assignment, Assignment.id == Notice.assignment_id)
        .outerjoin(Letter, (Event.object_kind == "letter") & (Letter.id == Event.object_id))
        .outerjoin(Submission, (Event.object_kind == "submission") & (Submission.id == Event.object_id))
        .outerjoin(Booklet, (Event.object_kind == "booklet") & (Booklet.id == Event.object_id))
        .outerjoin(Invitee, (Event.object_kind == "invitee") & (Invitee.id == Event.object_id))
        .outerjoin(Activity, Activity.id == Invitee.activity_id)
        .outerjoin(Workstation, (Event.object_kind == "workstation") & (Workstation.id == Event.object_id))
        .outerjoin(GroupReport, (Event.object_kind == "group_report") & (GroupReport.id == Event.object_id))
        .outerjoin(
            Campaign,
            or_(
                (Event.object_kind == "campaign") & (Campaign.id == Event.object_id),
                Campaign.id == GroupReport.campaign_id,
            ),
        )
        .where(Notice.person_id == actor.person_id)
    )
    if after:
        query = query.where(Notice.id < read_cursor(after))
    rows: Sequence[Any] = db.session.execute(query.order_by(Notice.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def get(number: str, actor: Actor) -> Notice:
    """One's own, by the number in its address, or NotFound."""
    known = number.isascii() and number.isdecimal() and len(number) < 11 and int(number) <= HIGHEST_ID
    found = db.session.get(Notice, int(number)) if known else None
    if found is None or found.person_id != actor.person_id:
        raise NotFound(N_("没有这条通知"))
    return found


def unread(actor: Actor, cap: int = 100) -> int:
    return db.session.scalar(_UNREAD, {"person": actor.person_id, "cap": cap}) or 0
