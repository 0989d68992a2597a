"""A campaign is opened from a preset for one year, exempts, reminds, and ticks off its plan."""

from datetime import date
from typing import Final
from zlib import crc32

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.campaign_specs import CampaignSpec, QuotaSpec, first_of, on, said
from tracker.incoming.campaigns import CampaignIn, DrivesIn, ExemptionIn
from tracker.incoming.group_reports import PlanDoneIn
from tracker.models import Campaign, CampaignPhase, Exemption, PlanItem, Quota, ScoreItem
from tracker.models.base import new_public_id
from tracker.models.campaign import Counted
from tracker.queries import campaigns, directory, quotas, reminders
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

# Written into the campaign, as a preset's words are.
OWN_QUOTAS: Final[dict[Counted, str]] = {
    "visit": "走访群众",
    "suggestion": "发展建议",
    "brief": "社情民意信息",
    "lead": "“双招双引”信息",
}


@action
def open_from(spec: CampaignSpec, year: int, *, by: Actor) -> Campaign:
    """The preset's campaign in this year; held once a year."""
    permissions.require_any(by, "campaign.create")
    key = f"{spec.key}_{year}"
    if campaigns.by_key(key, by.committee_id) is not None:
        raise Conflict(N_("这一年的这项活动已经有了"))
    campaign = _campaign(spec, key, year, by)
    session().add(campaign)
    diary.write(campaign, "open", by=by, data={"key": key}, notify=False)
    return campaign


@action
def draw_up(given: CampaignIn, *, by: Actor) -> Campaign:
    """A campaign of the office's own, where no preset has one; its name stands once a year."""
    asked: dict[Counted, int] = {
        "visit": given.visits,
        "suggestion": given.suggestions,
        "brief": given.briefs,
        "lead": given.leads,
    }
    year = given.starts_on.year
    spec = CampaignSpec(
        key=f"own_{crc32(given.name.encode()):08x}",
        name=given.name,
        direction="outreach",
        starts=said(given.starts_on, year),
        ends=said(given.ends_on, year),
        document=given.document,
        quotas=[QuotaSpec(OWN_QUOTAS[what], "member", what, least) for what, least in asked.items() if least],
    )
    return open_from(spec, year, by=by)


@action
def name_drives(campaign: Campaign, given: DrivesIn, *, by: Actor) -> None:
    """The other drives whose visits count; visits already written down keep the name they have."""
    permissions.require(by, "name_drives", campaign)
    lock(campaign)
    campaign.drives = given.drives
    diary.write(campaign, "name_drives", by=by, data={"drives": len(given.drives)}, notify=False)


@action
def exempt(campaign: Campaign, given: ExemptionIn, *, by: Actor) -> Exemption:
    """Nothing is owed any more by this member or unit, or not this quota."""
    permissions.require(by, "exempt", campaign)
    lock(campaign)
    person, unit = directory.member_or_unit(given.who, by)
    quota = next((row for row in campaign.quotas if row.counts == given.quota), None)
    if given.quota and quota is None:
        named = "、".join(row.label for row in campaign.quotas)
        raise Invalid.one("quota", N_("只能是 %(expected)s 之一"), expected=named)
    bearer = (True, unit.id) if unit else (False, person.id if person else 0)
    if {(*bearer, None), (*bearer, quota and quota.id)} & quotas.exempted(campaign):
        raise Invalid.one("who", N_("已经免除，不用再免一次"))
    exemption = Exemption(
        public_id=new_public_id(),
        campaign_id=campaign.id,
        quota_id=quota.id if quota else None,
        person=person,
        unit=unit,
        reason=given.reason,
        granted_by_id=by.id,
    )
    campaign.exemptions.append(exemption)
    whose = {"person": person.id} if person else {"unit": unit.id if unit else None}
    diary.write(campaign, "exempt", by=by, data=whose | {"quota": given.quota}, notify=False)
    return exemption


@action
def end_exemption(campaign: Campaign, public_id: str, *, by: Actor) -> None:
    permissions.require(by, "exempt", campaign)
    lock(campaign)
    for row in campaign.exemptions:
        if row.public_id == public_id and row.ended_at is None:
            row.ended_at = clock()
            diary.write(campaign, "end_exemption", by=by, data={"exemption": row.id}, notify=False)


@action
def mark_done(campaign: Campaign, public_id: str, given: PlanDoneIn, *, by: Actor) -> PlanItem:
    """A row of the plan was carried out, when and what shows it (S1-45); without a day it is open again."""
    permissions.require(by, "mark_done", campaign)
    if given.done_on and given.done_on > shanghai_date(clock()):
        raise Invalid.one("done_on", N_("落实日期不能晚于今天"))
    lock(campaign)
    item = next((row for row in campaign.plan if row.public_id == public_id), None)
    if item is None:
        raise NotFound(N_("没有这项安排"))
    item.done_on, item.evidence = given.done_on, given.evidence if given.done_on else ""
    day = given.done_on.isoformat() if given.done_on else None
    diary.write(campaign, "mark_done", by=by, data={"item": item.id, "on": day}, notify=False)
    return item


@action
def remind(campaign: Campaign, *, by: Actor, group_id: int | None = None) -> int:
    """Tell those who still owe something, each at most once a day; how many will hear of it."""
    permissions.require_any(by, "campaign.remind")
    if campaign.committee_id != by.committee_id:
        raise NotFound
    lock(campaign)
    told = reminders.reach(campaign, by, clock(), group_id).told
    if not told:
        raise Conflict(N_("现在没有要提醒的人：任务都已完成、免除，或者今天已经提醒过"))
    diary.write(campaign, "remind", by=by, data={"people": [line.bearer.id for line in told]})
    return len(told)


def _campaign(spec: CampaignSpec, key: str, year: int, by: Actor) -> Campaign:
    return Campaign(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        key=key,
        name=spec.name,
        document_number=spec.document,
        approved_by=spec.approved_by,
        approved_on=spec.approved_on,
        issued_on=spec.issued_on,
        parent_note=spec.parent_note,
        direction=spec.direction,
        starts_on=on(spec.starts, year),
        ends_on=on(spec.ends, year),
        catch_up_until=_maybe(spec.catch_up_until, year),
        report_within=spec.report_within,
        drives=list(spec.drives),
        visit_title=spec.visit_title,
        results_title=spec.results_title,
        summary_title=spec.summary_title,
        phases=_phases(spec, year),
        quotas=_quotas(spec),
        plan=_plan(spec, year),
        score_items=_score_items(spec),
    )


def _maybe(day: str | None, year: int) -> date | None:
    return on(day, year) if day else None


def _phases(spec: CampaignSpec, year: int) -> list[CampaignPhase]:
    return [
        CampaignPhase(name=phase.name, starts_on=on(phase.starts, year), ends_on=on(phase.ends, year))
        for phase in spec.phases
    ]


def _quotas(spec: CampaignSpec) -> list[Quota]:
    return [
        Quota(
            position=position,
            label=quota.label,
            bearer=quota.bearer,
            counts=quota.counts,
            levels=list(quota.levels),
            unit_kinds=list(quota.unit_kinds),
            minimum=quota.minimum,
            target=quota.target,
        )
        for position, quota in enumerate(spec.quotas, start=1)
    ]


def _plan(spec: CampaignSpec, year: int) -> list[PlanItem]:
    return [
        PlanItem(
            public_id=new_public_id(),
            position=position,
            from_month=first_of(row.months[0], year),
            to_month=first_of(row.months[1], year),
            content=row.content,
            actors=row.actors,
        )
        for position, row in enumerate(spec.plan, start=1)
    ]


def _score_items(spec: CampaignSpec) -> list[ScoreItem]:
    return [
        ScoreItem(
            position=position,
            label=item.label,
            bearer=item.bearer,
            counts=item.counts,
            points=item.points,
            cap=item.cap,
        )
        for position, item in enumerate(spec.score_items, start=1)
    ]
