"""活动: campaigns as a list, one as a board of who has done what, and the annex that adds it up."""

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for

from tracker import door
from tracker.actions import campaigns as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import NotFound
from tracker.incoming.campaigns import MOST_DRIVES, CampaignIn, CampaignOpenIn, DrivesIn, ExemptionIn
from tracker.incoming.group_reports import PlanDoneIn
from tracker.incoming.schema import read
from tracker.queries import campaigns
from tracker.rules import permissions
from tracker.rules.words import N_
from tracker.web import (
    campaign_annex,
    campaign_board,
    campaign_list,
    faults,
    group_list,
    meeting_pack,
    reminders,
)

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")

Page = tuple[str, int]
# Each name is a line of one field.
_LINES = {f"drives.{line}": "drives" for line in range(MOST_DRIVES)}


@blueprint.get("")
def index() -> str:
    return campaign_list.page()


@blueprint.post("")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "campaign.create")
    try:
        with door.attempt():
            given = read(CampaignOpenIn, values(request.form))
            campaign = acts.open_from(campaign_list.spec(given.preset, by), given.year, by=by)
    except faults.REDRAWN as refused:
        return campaign_list.page(faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已经开始统计。", name=campaign.name), "ok")
    return make_response(redirect(url_for("campaigns.show", public_id=campaign.public_id)))


@blueprint.post("/own")
def draw_up() -> Page | Response:
    by, typed = door.signed_in(), values(request.form)
    permissions.require_any(by, "campaign.create")
    try:
        with door.attempt():
            campaign = acts.draw_up(read(CampaignIn, typed), by=by)
    except faults.REDRAWN as refused:
        return campaign_list.page(faults.told(refused), typed), faults.status(refused)
    flash(gettext("“%(name)s”已经开始统计。", name=campaign.name), "ok")
    return _back(campaign.public_id)


@blueprint.get("/reports")
def reports() -> str:
    return group_list.page()


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return campaign_board.page(campaigns.get(public_id, door.signed_in()))


@blueprint.get("/<public_id>/summary.csv")
def summary(public_id: str) -> Response:
    actor = door.signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.export")
    return campaign_annex.file(campaign, actor)


@blueprint.post("/<public_id>/exemptions")
def exempt(public_id: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "exempt", campaign)
    typed = values(request.form)
    # Which group stands open steers the page only.
    given = {name: value for name, value in typed.items() if name != "group"}
    try:
        with door.attempt():
            acts.exempt(campaign, read(ExemptionIn, given), by=by)
    except faults.REDRAWN as refused:
        return campaign_board.page(campaign, typed, faults.told(refused)), faults.status(refused)
    flash(gettext("已记下，不再计为未完成。"), "ok")
    return _back(public_id)


@blueprint.post("/<public_id>/exemptions/<exemption>/end")
def end_exemption(public_id: str, exemption: str) -> Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "exempt", campaign)
    if exemption not in {row.public_id for row in campaign.exemptions}:
        raise NotFound(N_("没有这条免除"))
    acts.end_exemption(campaign, exemption, by=by)
    return _back(public_id)


@blueprint.post("/<public_id>/plan/<item>")
def mark_done(public_id: str, item: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "mark_done", campaign)
    typed = values(request.form)
    try:
        with door.attempt():
            acts.mark_done(campaign, item, read(PlanDoneIn, typed), by=by)
    except faults.REDRAWN as refused:
        shown = typed | {"item": item}
        return campaign_board.page(campaign, shown, faults.told(refused)), faults.status(refused)
    flash(gettext("安排的落实情况已记下。"), "ok")
    return make_response(redirect(campaign_board.address(campaign, _anchor="plan")))


@blueprint.post("/<public_id>/drives")
def name_drives(public_id: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "name_drives", campaign)
    typed = {"drives": ""} | values(request.form)
    try:
        with door.attempt():
            acts.name_drives(campaign, read(DrivesIn, typed), by=by)
    except faults.REDRAWN as refused:
        return campaign_board.page(campaign, typed, faults.told(refused, _LINES)), faults.status(refused)
    flash(gettext("一并计入的活动已保存。"), "ok")
    return make_response(redirect(campaign_board.address(campaign, _anchor="drives")))


@blueprint.get("/<public_id>/reminders")
def ask_reminder(public_id: str) -> str:
    return reminders.ask(public_id)


@blueprint.post("/<public_id>/reminders")
def send_reminder(public_id: str) -> Page | Response:
    return reminders.send(public_id)


@blueprint.get("/<public_id>/pack.pdf")
def pack(public_id: str) -> Response:
    return meeting_pack.pack(public_id)


@blueprint.get("/<public_id>/supervision.pdf")
def supervision(public_id: str) -> Response:
    return meeting_pack.supervision(public_id)


def _back(public_id: str) -> Response:
    group = request.form.get("group") or None
    return make_response(redirect(url_for("campaigns.show", public_id=public_id, group=group)))
