"""The page of one activity: what it was, who is asked to it, what was heard there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.activities import ActivityEdit
from tracker.models import Activity, Invitee
from tracker.queries import heard as heard_there
from tracker.queries import invitees
from tracker.queries.heard import Place
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import heard, move_forms, words
from tracker.web.move_forms import Button, Spec
from tracker.web.words import Sign
from workflows.invitee import CAPACITIES

KINDS = {
    "service": N_("服务活动"),
    "symposium": N_("群众代表座谈会"),
    "proposal_meeting": N_("提案办理协商见面"),
    "consultation": N_("专题协商"),
    "sit_in": N_("列席会议"),
    "inspection": N_("视察调研"),
    "supervision": N_("民主监督"),
    "review": N_("部门评议"),
    "proposal_leads": N_("提案线索征集"),
    "summary_meeting": N_("总结会议"),
}
FORMS = {"activity_day": N_("政协活动日"), "activity_week": N_("界别活动周"), "other": N_("其他")}
SERVICES = {
    "pairing": N_("结对帮扶"),
    "warmth": N_("送暖问需"),
    "legal_aid": N_("法律援助"),
    "advice": N_("建言献策"),
    "research": N_("调查研究"),
}


@dataclass(frozen=True)
class Guest:
    """One on the list, as the organisers and the approver read it."""

    public_id: str
    version: int
    called: str
    sector: str
    capacity: str
    sign: Sign
    note: str
    speech: str
    moves: list[Button]
    case_url: str = ""
    brief_url: str = ""


def draw(
    event: Activity,
    given: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
    opened: str = "",
) -> str:
    """``opened`` names the form that stands open with what was typed: edit, invite, or a guest's id."""
    actor, today = door.signed_in(), shanghai_date(clock())
    here = Place(activity=event)
    found = heard_there.at_activity(event, actor)
    return render_template(
        "activities/show.html",
        event=event,
        facts=_facts(event),
        is_ahead=event.held_on > today,
        may_edit=permissions.may(actor, "edit", event),
        **options(),
        given=given if opened == "edit" and given else typed(event),
        errors=list(errors),
        opened=opened,
        lines=heard.lines(found),
        others=found.others,
        ways=heard.ways(here, actor),
        **_invitees(event, actor, given or {}, opened),
    )


def options() -> dict[str, Any]:
    """What the form offers to choose from."""
    return {
        "kinds": words.choices(KINDS),
        "forms": words.choices(FORMS),
        "services": words.choices(SERVICES),
    }


def typed(event: Activity) -> dict[str, Any]:
    names = ActivityEdit.model_fields
    return {name: getattr(event, name) for name in names} | {"held_on": event.held_on.isoformat()}


def said(event: Activity) -> tuple[str, str]:
    """The kind, with the form where it has one, and the contents in words."""
    services = gettext("、").join(words.say(SERVICES, code) for code in event.categories)
    kind = words.say(KINDS, event.kind)
    held = kind if event.form == "other" else f"{kind}（{words.say(FORMS, event.form)}）"
    return held, services


def _facts(event: Activity) -> list[tuple[str, Any]]:
    kind, services = said(event)
    found = [
        (gettext("日期"), words.full_day(event.held_on)),
        (gettext("种类"), kind),
        (gettext("内容"), services),
        (gettext("地点"), event.place),
        (gettext("参加的群众"), event.people_count),
    ]
    return [(term, value) for term, value in found if value]


def _invitees(event: Activity, actor: Actor, given: Mapping[str, Any], opened: str) -> dict[str, Any]:
    if not invitees.may(actor, "read", event):
        return {"may_see_guests": False}
    listed = invitees.of(event, actor)
    ahead = event.held_on >= shanghai_date(clock()) and event.cancelled_at is None
    may_invite = ahead and invitees.may(actor, "propose", event)
    waiting = [one for one in listed if one.state == "proposed" and permissions.may(actor, "approve", one)]
    return {
        "may_see_guests": True,
        "guests": [_guest(one, actor, given, opened) for one in listed],
        "may_invite": may_invite,
        "is_over": not ahead,
        "may_approve_all": [one.public_id for one in waiting] if event.cancelled_at is None else [],
        "has_sheet": any(one.is_admitted for one in listed) and invitees.may(actor, "export", event),
        "capacities": words.choices(CAPACITIES),
        "contacts": _contacts(event, actor) if may_invite else [],
        "invited": given if opened == "invite" else {},
    }


def _contacts(event: Activity, actor: Actor) -> list[tuple[str, str]]:
    return [
        (
            link.public_id,
            gettext(
                "%(name)s（%(kind)s，%(who)s联系）",
                name=called,
                kind=words.say(words.LINK_KINDS, link.kind),
                who=link.person.name,
            ),
        )
        for link, called in invitees.contacts(event, actor)
    ]


def _guest(one: Invitee, actor: Actor, given: Mapping[str, Any], opened: str) -> Guest:
    mine = opened == one.public_id
    move = str(given.get("move", "")) if mine else ""
    ways = heard.ways(Place(activity=one.activity), actor, one.public_id) if one.speech else ("", "")
    return Guest(
        one.public_id,
        one.version,
        invitees.name(one),
        one.sector,
        words.say(CAPACITIES, one.capacity),
        words.sign("invitee", one.state),
        one.reason,
        one.speech,
        move_forms.buttons(one, actor, given if mine else {}, move, FIELDS),
        *ways,
    )


def _why(one: Invitee, actor: Actor) -> tuple[Spec, ...]:
    hint = gettext("提出的人会看到。")
    return (Spec("reason", gettext("为什么不同意"), "textarea", True, hint, rows=2, maxlength=1000),)


def _words(one: Invitee, actor: Actor) -> tuple[Spec, ...]:
    hint = gettext("照原话的意思写，不写别人的姓名和电话；要办的事再登记成诉求。")
    return (
        Spec("speech", gettext("发言要点"), "textarea", True, hint, value=one.speech, rows=4, maxlength=5000),
    )


FIELDS: dict[tuple[str, str], Callable[[Any, Actor], tuple[Spec, ...]]] = {
    ("invitee", "decline"): _why,
    ("invitee", "speak"): _words,
}
