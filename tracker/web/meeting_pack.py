"""The pack for the summary meeting and the supervision sheet, made when somebody asks for them."""

from collections.abc import Callable

from flask import Response

from tracker import door
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.outgoing import meeting, meeting_filled
from tracker.outgoing.meeting import Pack
from tracker.queries import campaigns
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.web import files


def pack(public_id: str) -> Response:
    return _paper(public_id, meeting.pack_html, gettext("总结会议材料"))


def supervision(public_id: str) -> Response:
    return _paper(public_id, meeting.sheet_html, gettext("活动督查情况表"))


def _paper(public_id: str, html: Callable[[Pack], str], ending: str) -> Response:
    actor = door.signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require(actor, "print_pack", campaign)
    found = meeting_filled.pack(campaign, actor, shanghai_date(clock()))
    return files.pdf(files.render(html(found)), f"{campaign.name}{ending}")
