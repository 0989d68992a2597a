"""The campaigns there are, and those the committee's preset knows and may be held again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming import presets
from tracker.incoming.campaign_specs import CampaignSpec
from tracker.models import Campaign
from tracker.queries import campaigns, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import words
from tracker.web.words import Sign


@dataclass(frozen=True)
class Row:
    url: str
    name: str
    document: str
    period: str
    sign: Sign


@dataclass(frozen=True)
class Tab:
    """As parts/page.html draws one."""

    label: str
    url: str
    active: bool


def tabs(active: str) -> list[Tab]:
    """What belongs together: campaigns, what units held, what they keep."""
    rooms = {"campaigns": N_("走访活动"), "activities": N_("单位活动"), "workstations": N_("工作室")}
    return [Tab(gettext(label), url_for(f"{room}.index"), room == active) for room, label in rooms.items()]


def page(errors: Sequence[FieldError] = (), typed: Mapping[str, Any] | None = None) -> str:
    """``typed``: what stood in the form of a campaign of one's own, which is open then."""
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "campaign.read")
    today = shanghai_date(now)
    may_open = permissions.may_any(actor, "campaign.create")
    return render_template(
        "campaigns/index.html",
        tabs=tabs("campaigns"),
        rows=[_row(campaign, today) for campaign in campaigns.listing(actor)],
        shows_reports=permissions.may_any(actor, "group_report.read"),
        presets=[(spec.key, spec.name) for spec in _specs(actor)] if may_open else [],
        may_open=may_open,
        year=today.year,
        errors=errors,
        typed=typed,
    )


def spec(key: str, actor: Actor) -> CampaignSpec:
    """The preset's campaign of this key, or Invalid."""
    for found in _specs(actor):
        if found.key == key:
            return found
    raise Invalid.one("preset", N_("预设里没有这项活动，请从列表中选"))


def sign(campaign: Campaign, today: date) -> Sign:
    """Before, while and after: the days of grace have a word of their own."""
    if today < campaign.starts_on:
        return Sign(gettext("未开始"), "", "clock")
    if today <= campaign.ends_on:
        return Sign(gettext("进行中"), "info", "arrow-repeat")
    if campaign.catch_up_until and today <= campaign.catch_up_until:
        return Sign(gettext("补报中"), "warn", "clock")
    return Sign(gettext("已结束"), "ok", "check-lg")


def period(campaign: Campaign) -> str:
    return f"{words.full_day(campaign.starts_on)}—{words.full_day(campaign.ends_on)}"


def _specs(actor: Actor) -> tuple[CampaignSpec, ...]:
    return presets.load(reference.committee(actor).preset).campaigns


def _row(campaign: Campaign, today: date) -> Row:
    return Row(
        url_for("campaigns.show", public_id=campaign.public_id),
        campaign.name,
        campaign.document_number,
        period(campaign),
        sign(campaign, today),
    )
