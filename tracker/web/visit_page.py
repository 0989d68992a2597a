"""The page of one visit, in the order of annex 1."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.visits import MOST_PHOTOS
from tracker.models import Visit
from tracker.queries import annexes, photos, redaction, residents, submissions, visits
from tracker.rules import corrections, permissions
from tracker.rules.actors import Actor
from tracker.web import lateness, links, words

_TOLD = ("reported", "help_needed", "coordination_needed")


def show(public_id: str) -> str:
    return draw(visits.get(public_id, door.signed_in()))


def draw(visit: Visit, errors: Sequence[FieldError] = ()) -> str:
    actor, now = door.signed_in(), clock()
    seen = residents.identity_for(visit, actor)
    return render_template(
        "visits/show.html",
        visit=visit,
        told={name: redaction.heard_for(visit, getattr(visit, name), actor) for name in _TOLD},
        title=gettext("%(day)s走访", day=words.day(visit.visited_on, now)),
        facts=_facts(visit),
        person=seen,
        cases=[
            (case, words.case_sign(case.state, case.disposition, case.closed_at))
            for case in visit.cases
            if permissions.may(actor, "read", case)
        ],
        photos=(shown := photos.of(visit, actor)),
        removable={photo.public_id for photo in shown if permissions.may(actor, "remove", photo)},
        may={
            "add_photo": permissions.may(actor, "add_photo", visit) and len(shown) < MOST_PHOTOS,
            "export": permissions.may(actor, "export", visit),
            "edit": permissions.may(actor, "edit", visit) and corrections.is_visit_open(visit.cases),
        },
        errors=list(errors),
        writer=visit.member.name if _only_went(visit, actor) else "",
        sees_all=permissions.may(actor, "raise_case", visit),
        again=url_for("visits.new", like=visit.public_id) if visit.member_id == actor.id else "",
        brief_url=url_for("submissions.new", visit=visit.public_id) if visit.member_id == actor.id else "",
        handed_in=[
            (links.submission(row.public_id), row.title, words.sign(row.life, row.state))
            for row in submissions.of_visit(visit.id, actor)
        ],
    )


def _only_went(visit: Visit, actor: Actor) -> bool:
    """Here because of having gone along, not for a post in the group or the office."""
    return actor.roles == {"member"} and visit.member_id != actor.person_id


def _facts(visit: Visit) -> list[tuple[str, Any]]:
    found = [
        (gettext("走访人员"), "、".join(went.person.name for went in visit.visitors) or visit.member.name),
        (gettext("所在组"), visit.group.name if visit.group else ""),
        (gettext("方式"), words.say(words.CHANNELS, visit.channel)),
        (gettext("对象"), words.say(words.CONTACT_KINDS, visit.contact_kind)),
        (gettext("人数"), visit.persons_count),
        (gettext("地点"), visit.area.full_name if visit.area else ""),
    ]
    late = _late(visit)
    if late:
        found.append((gettext("报送"), late))
    if visit.drive:
        found.append((gettext("同时属于"), visit.drive))
    if visit.circle:
        found.insert(2, (gettext("圈子"), words.say(words.CIRCLES, visit.circle)))
    return found


def _late(visit: Visit) -> str:
    """迟报 or 补报, where it came too late for its campaign (S2-16)."""
    for campaign in annexes.campaigns_of([visit]).values():
        sign = lateness.sign(visit.visited_on, visit.created_at, campaign.ends_on, campaign.report_within)
        return sign.label if sign else ""
    return ""
