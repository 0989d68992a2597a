"""The page of one submission: the member's words, the office's beside them, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import submissions
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import Submission
from tracker.queries import events
from tracker.queries import submissions as find
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import conversion_links, faults, heard, links, move_forms, timelines, words
from tracker.web.submission_moves import FIELDS
from workflows.submission import ADOPTION_LEVELS, ADOPTION_MANNERS, KINDS, SENT_TO, WILLINGNESS


def show(public_id: str) -> str:
    return draw(find.get(public_id, door.signed_in()))


def move(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    found = find.get(public_id, actor)
    name, given = request.form.get("move", ""), forms.values(request.form)
    try:
        with door.attempt():
            submissions.move(found, name, by=actor, given=given, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return draw(found, name, given, faults.told(refused)), faults.status(refused)
    flash(gettext("已办理"))
    return redirect(links.submission(public_id))


def draw(
    found: Submission,
    opened: str = "",
    typed: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    actor, now = door.signed_in(), clock()
    return render_template(
        "submissions/show.html",
        found=found,
        kind=words.say(KINDS, found.kind),
        sign=words.sign(found.life, found.state),
        facts=_facts(found, now),
        moves=move_forms.buttons(found, actor, typed or {}, opened, FIELDS),
        opened=opened,
        typed=typed or {},
        errors=list(errors),
        adoptions=_adoptions(found, now),
        leader_notes=[(note.office, note.text, words.day(note.noted_on, now)) for note in found.leader_notes],
        follow_ups=_follow_ups(found, now),
        timeline=timelines.unmarked(events.of_submission(found, actor), now),
        visit_url=_visit_url(found, actor),
        heard=heard.origin(found, actor),
        conversions=conversion_links.of_submission(found, actor, now),
        may_correct=found.state == "submitted" and permissions.may(actor, "correct", found),
        may_convert=found.state != "withdrawn" and permissions.may(actor, "convert", found),
        topics=conversion_links.choices(("research_topic", "proposal_lead")),
    )


def _visit_url(found: Submission, actor: Actor) -> str:
    if found.visit is None or not permissions.may(actor, "read", found.visit):
        return ""
    return url_for("visits.show", public_id=found.visit.public_id)


def _facts(found: Submission, now: datetime) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        (gettext("委员"), found.member.name),
        (gettext("所在组"), found.group.name if found.group else ""),
        (gettext("报送日期"), words.day(found.submitted_on, now)),
        (gettext("计入活动"), found.campaign.name if found.campaign else gettext("不计入活动")),
    ]
    if found.handed_in_by is not None and found.handed_in_by_id != found.member_id:
        rows.append((gettext("代为报送"), found.handed_in_by.name))
    rows += [
        (gettext("核稿"), found.editor.name if found.editor else ""),
        (gettext("签发人"), found.signer.name if found.signer else ""),
        (gettext("报送到"), gettext("、").join(words.say(SENT_TO, place) for place in found.sent_to)),
        (gettext("转送单位"), found.forwarded_to),
        (gettext("反馈作者"), words.day(found.told_at, now)),
    ]
    return rows[:4] + [(term, value) for term, value in rows[4:] if value]


def _adoptions(found: Submission, now: datetime) -> list[tuple[str, str, str, str]]:
    return [
        (
            words.say(ADOPTION_LEVELS, row.level),
            words.say(ADOPTION_MANNERS, row.manner),
            words.day(row.adopted_on, now),
            row.place,
        )
        for row in found.adoptions
    ]


def _follow_ups(found: Submission, now: datetime) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            words.day(row.done_on, now),
            words.say(WILLINGNESS, row.willingness),
            gettext("政策已送") if row.policy_sent else "",
            row.next_step,
            words.day(row.next_on, now),
        )
        for row in reversed(found.follow_ups)
    ]
