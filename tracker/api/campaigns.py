"""Calls about campaigns."""

import hashlib

from flask import Response

from tracker.api.answers.campaigns import (
    CampaignList,
    CampaignSummary,
    campaign_row,
    summary_answer,
)
from tracker.api.calls import PDF, call
from tracker.door import signed_in
from tracker.door.headers import disposition
from tracker.errors import Unavailable
from tracker.extensions import clock
from tracker.outgoing import workbook
from tracker.outgoing.forms import filled, kinds
from tracker.outgoing.pdf import PdfFailed
from tracker.queries import campaigns, reference, summaries
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_


@call("GET", "/campaigns", N_("活动列表"), gives=CampaignList)
def list_campaigns() -> CampaignList:
    actor = signed_in()
    permissions.require_any(actor, "campaign.read")
    return CampaignList(items=[campaign_row(found) for found in campaigns.listing(actor)])


@call("GET", "/campaigns/{public_id}/summary", N_("活动情况汇总表"), gives=CampaignSummary)
def campaign_summary(public_id: str) -> CampaignSummary:
    actor = signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.count")
    return summary_answer(campaign, summaries.of(campaign, actor))


@call(
    "GET",
    "/campaigns/{public_id}/summary.xlsx",
    N_("活动情况汇总表（Excel）"),
    gives=None,
    media=workbook.CONTENT_TYPE,
)
def campaign_summary_xlsx(public_id: str) -> Response:
    return _file(public_id, "xlsx")


@call(
    "GET", "/campaigns/{public_id}/summary.docx", N_("活动情况汇总表（Word）"), gives=None, media=kinds.WORD
)
def campaign_summary_docx(public_id: str) -> Response:
    return _file(public_id, "docx")


@call("GET", "/campaigns/{public_id}/summary.pdf", N_("活动情况汇总表（PDF）"), gives=None, media=PDF)
def campaign_summary_pdf(public_id: str) -> Response:
    return _file(public_id, "pdf")


def _file(public_id: str, kind: str) -> Response:
    actor = signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.export")
    circles = reference.committee(actor).has_circles
    annex = filled.annex3(campaign, summaries.of(campaign, actor, "campaign.export"), circles=circles)
    try:
        content = kinds.written(kind, [annex])
    except PdfFailed as failed:
        raise Unavailable(failed.message, retry_after=30) from failed
    response = Response(content, content_type=kinds.KINDS[kind].media_type)
    name = f"{filled.summary_title(campaign)}-{shanghai_date(clock()):%Y%m%d}.{kind}"
    response.headers["Content-Disposition"] = disposition("attachment", name)
    response.set_etag(hashlib.sha256(content).hexdigest())
    return response
