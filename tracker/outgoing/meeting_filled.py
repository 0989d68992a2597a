"""The papers for a meeting filled from what is stored; like all our paper they speak Chinese to everybody."""

from collections.abc import Sequence
from datetime import date

from tracker.models import Campaign, GroupReport
from tracker.outgoing.forms import filled
from tracker.outgoing.letters import printed_date
from tracker.outgoing.meeting import Finding, GroupPaper, Pack
from tracker.queries import group_reports, quotas, reference, summaries
from tracker.queries.quotas import Line
from tracker.queries.summaries import Summary
from tracker.rules.actors import Actor
from workflows.group_report import GROUP_REPORT


def pack(campaign: Campaign, actor: Actor, today: date) -> Pack:
    """Of the groups this actor counts."""
    committee = reference.committee(actor)
    summary = summaries.of(campaign, actor)
    lines = quotas.of_members(campaign, actor, today)
    return Pack(
        committee.full_name,
        campaign.name,
        today,
        _facts(campaign, lines),
        filled.annex3(campaign, summary, circles=committee.has_circles),
        _groups(campaign, actor, summary, lines),
    )


def _facts(campaign: Campaign, lines: Sequence[Line]) -> list[tuple[str, str]]:
    active, whole = sum(line.is_active for line in lines), len(lines)
    share = f"{active} / {whole} 人，{100 * active / whole:.0f}%" if whole else ""
    found = [
        ("文件", campaign.document_number),
        ("时间", f"{printed_date(campaign.starts_on)}至{printed_date(campaign.ends_on)}"),
        ("阶段", "、".join(phase.name for phase in campaign.phases)),
        ("参与率", share),
    ]
    return [(term, value) for term, value in found if value]


def _groups(campaign: Campaign, actor: Actor, summary: Summary, lines: Sequence[Line]) -> list[GroupPaper]:
    reports = {report.group_id: report for report in group_reports.listing(campaign, actor)}
    owing: dict[int, list[str]] = {}
    for line in lines:
        if line.owes:
            owing.setdefault(line.bearer.unit_id, []).append(line.bearer.name)
    return [
        _paper(row.name, row.state, reports.get(row.unit_id), "、".join(owing.get(row.unit_id, [])))
        for row in summary.rows
    ]


def _paper(name: str, state: str, report: GroupReport | None, owing: str) -> GroupPaper:
    label = GROUP_REPORT.states[state].label
    if report is None:
        return GroupPaper(name, label, owing=owing)
    live = "、".join(duty.unit.name for duty in report.duties if duty.ended_at is None)
    findings = [
        Finding(one.found_on, one.written_by.name, one.finding, one.action) for one in report.findings
    ]
    return GroupPaper(name, label, report.story, live, findings, owing)
