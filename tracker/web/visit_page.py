"""The page of one visit, in the order of annex 1."""

from typing import Any

from flask import render_template, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.models import Visit
from tracker.queries import residents, visits
from tracker.rules import permissions
from tracker.web import words


def show(public_id: str) -> str:
    actor, now = door.signed_in(), clock()
    visit = visits.get(public_id, actor)
    seen = residents.identity_for(visit, actor)
    return render_template(
        "visits/show.html",
        visit=visit,
        title=gettext("%(day)s走访", day=words.day(visit.visited_on, now)),
        facts=_facts(visit),
        person=seen,
        cases=[
            (case, words.case_sign(case.state, case.disposition, case.closed_at))
            for case in visit.cases
            if permissions.may(actor, "read", case)
        ],
        again=url_for("visits.new", like=visit.public_id) if visit.member_id == actor.id else "",
    )


def _facts(visit: Visit) -> list[tuple[str, Any]]:
    found = [
        (gettext("走访人员"), visit.member.name),
        (gettext("所在组"), visit.group.name if visit.group else ""),
        (gettext("方式"), words.say(words.CHANNELS, visit.channel)),
        (gettext("对象"), words.say(words.CONTACT_KINDS, visit.contact_kind)),
        (gettext("人数"), visit.persons_count),
        (gettext("地点"), visit.area.full_name if visit.area else ""),
    ]
    if visit.circle:
        found.insert(2, (gettext("圈子"), words.say(words.CIRCLES, visit.circle)))
    return found
