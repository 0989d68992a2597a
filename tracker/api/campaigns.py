"""Calls about campaigns."""

from tracker.api.answers.campaigns import (
    CampaignList,
    CampaignSummary,
    campaign_row,
    summary_answer,
)
from tracker.api.calls import call
from tracker.door import signed_in
from tracker.queries import campaigns, summaries
from tracker.rules import permissions
from tracker.rules.words import N_


@call("GET", "/campaigns", N_("活动列表"), gives=CampaignList)
def list_campaigns() -> CampaignList:
    actor = signed_in()
    permissions.require_any(actor, "campaign.read")
    return CampaignList(items=[campaign_row(found) for found in campaigns.listing(actor)])


@call("GET", "/campaigns/{public_id}/summary", N_("活动情况汇总表"), gives=CampaignSummary)
def campaign_summary(public_id: str) -> CampaignSummary:
    actor = signed_in()
    permissions.require_any(actor, "campaign.count")
    campaign = campaigns.get(public_id, actor)
    return summary_answer(campaign, summaries.of(campaign, actor))
