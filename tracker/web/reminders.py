"""提醒未完成: whom it would reach is shown before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Response, flash, make_response, redirect, render_template, request

from tracker import door
from tracker.actions import campaigns as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.group_reports import ReminderIn
from tracker.incoming.schema import read
from tracker.models import Campaign
from tracker.queries import campaigns, reference, reminders
from tracker.queries.quotas import Line
from tracker.queries.reminders import Reach
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import campaign_board, faults

Page = tuple[str, int]


@dataclass(frozen=True)
class Group:
    """A group's members who will hear of it; ``quiet`` of them have no mail address."""

    name: str
    names: str
    number: int
    quiet: int


def ask(public_id: str) -> str:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require_any(by, "campaign.remind")
    return _page(campaign, by, request.args.get("group", ""))


def send(public_id: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require_any(by, "campaign.remind")
    group = request.form.get("group", "")
    try:
        with door.attempt():
            asked = read(ReminderIn, values(request.form))
            number = acts.remind(campaign, by=by, group_id=_unit(asked.group or "", by))
    except faults.REDRAWN as refused:
        return _page(campaign, by, group, faults.told(refused)), faults.status(refused)
    flash(gettext("已提醒 %(n)s 位委员。", n=number), "ok")
    return make_response(redirect(campaign_board.address(campaign)))


def _page(campaign: Campaign, by: Actor, group: str, errors: Sequence[FieldError] = ()) -> str:
    reach = reminders.reach(campaign, by, clock(), None if errors else _unit(group, by))
    return render_template(
        "campaigns/remind.html",
        campaign=campaign,
        group=group,
        groups=_groups(reach),
        number=len(reach.told),
        already=gettext("、").join(line.bearer.name for line in reach.already),
        errors=errors,
    )


def _groups(reach: Reach) -> list[Group]:
    found = []
    for unit, lines in groupby(reach.told, key=lambda line: line.bearer.unit):
        rows: list[Line] = list(lines)
        names = gettext("、").join(line.bearer.name for line in rows)
        quiet = sum(line.bearer.id in reach.no_mail for line in rows)
        found.append(Group(unit, names, len(rows), quiet))
    return found


def _unit(token: str, by: Actor) -> int | None:
    return reference.unit(by, token, "group").id if token else None
