"""各组汇总: what the groups confirmed, campaign by campaign, and which of it waits to be received."""

from dataclasses import dataclass

from flask import render_template, request

from tracker import door
from tracker.extensions import clock
from tracker.incoming.list_pages import ReportPage, read_query
from tracker.models import GroupReport
from tracker.queries import group_reports
from tracker.rules import permissions
from tracker.web import group_page, listing, words
from tracker.web.words import Sign


@dataclass(frozen=True)
class Row:
    url: str
    group: str
    campaign: str
    confirmed: str
    by: str
    sign: Sign


def page() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "group_report.read")
    waits = read_query(ReportPage, request.args).waiting
    found = group_reports.written(actor, now=clock(), waits=waits)
    return render_template(
        "campaigns/groups.html",
        rows=[_row(report) for report in found],
        waits=listing.waits("group_report", waits),
    )


def _row(report: GroupReport) -> Row:
    at = report.confirmed_at
    return Row(
        group_page.address(report),
        report.group.name,
        report.campaign.name,
        words.moment(at, clock()) if at else "",
        report.confirmed_by.name if report.confirmed_by else "",
        words.sign("group_report", report.state),
    )
