"""One group within a campaign: its figures and their way to the office, its supervision, its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import Campaign, GroupReport
from tracker.models.committee import GROUP_KINDS
from tracker.queries import group_reports, reference, summaries
from tracker.queries.summaries import GroupRow
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import campaign_annex, move_forms, words
from tracker.web.campaign_annex import Cell
from tracker.web.words import Sign

_ACTS = ("correct_figure", "write_story", "liaise", "supervise")


@dataclass(frozen=True)
class FigureLine:
    """A figure as it stands, as it was counted and as the group confirmed it."""

    name: str
    label: str
    cell: Cell
    counted: int
    confirmed: int | None
    correction: str

    @property
    def moved(self) -> bool:
        return self.confirmed is not None and self.confirmed != self.cell.number


@dataclass(frozen=True)
class LiaisonLine:
    """Who looks after a group, and what was found last."""

    url: str
    name: str
    units: str
    findings: int
    last: str
    sign: Sign


@dataclass(frozen=True)
class StepLine:
    when: str
    what: str
    who: str
    note: str


def page(
    report: GroupReport,
    given: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
    opened: str = "",
) -> str:
    """``opened`` names the form that stands open with what was typed and what was wrong with it."""
    actor, now = door.signed_in(), clock()
    return render_template(
        "campaigns/group.html",
        report=report,
        campaign=report.campaign,
        sign=words.sign("group_report", report.state),
        lines=_lines(report, summaries.of_group(report), actor),
        moves=move_forms.buttons(report, actor, given or {}, opened),
        may={act: permissions.may(actor, act, report) for act in _ACTS},
        remind=permissions.may_any(actor, "campaign.remind"),
        facts=_facts(report),
        duties=[duty for duty in report.duties if duty.ended_at is None],
        findings=[(words.full_day(found.found_on), found) for found in reversed(report.findings)],
        units=_units(report, actor),
        steps=_steps(report),
        today=shanghai_date(now).isoformat(),
        given=given or {},
        errors=errors,
        opened=opened,
    )


def liaison(campaign: Campaign, actor: Actor) -> list[LiaisonLine]:
    """The groups somebody looks after or found something about."""
    found = group_reports.listing(campaign, actor)
    return [_liaison(campaign, report) for report in found if report.unit_ids or report.findings]


def address(report: GroupReport, **query: Any) -> str:
    return url_for(
        "group_reports.show", public_id=report.campaign.public_id, group=report.group.public_id, **query
    )


def _lines(report: GroupReport, row: GroupRow, actor: Actor) -> list[FigureLine]:
    def line(name: str) -> FigureLine:
        made = row.corrections.get(name)
        return FigureLine(
            name,
            gettext(campaign_annex.HEADS[name]),
            campaign_annex.cell(report.campaign, row, name, actor),
            getattr(row.counted, name),
            getattr(row.confirmed, name) if row.confirmed else None,
            made.public_id if made else "",
        )

    return [line(name) for name in campaign_annex.columns(actor)]


def _facts(report: GroupReport) -> list[tuple[str, str]]:
    now = clock()
    found = []
    # Sent back, it waits to be confirmed anew; the steps below still tell who had.
    if report.confirmed_at and report.confirmed_by and report.state != "draft":
        said = f"{words.moment(report.confirmed_at, now)} {report.confirmed_by.name}"
        found.append((gettext("小组确认"), said))
    if report.received_at and report.received_by:
        said = f"{words.moment(report.received_at, now)} {report.received_by.name}"
        found.append((gettext("办公室收到"), said))
    return found


def _units(report: GroupReport, actor: Actor) -> list[tuple[str, str]]:
    """Offices and committees that may look after this group."""
    kinds = ("office", *GROUP_KINDS)
    found = [unit for unit in reference.units(actor) if unit.kind in kinds and unit.id != report.group_id]
    return [(unit.public_id, unit.name) for unit in found]


def _steps(report: GroupReport) -> list[StepLine]:
    now = clock()
    return [
        StepLine(words.moment(step.at, now), words.event("group_report", step.verb), step.who, step.note)
        for step in group_reports.history(report)
    ]


def _liaison(campaign: Campaign, report: GroupReport) -> LiaisonLine:
    live = [duty.unit.name for duty in report.duties if duty.ended_at is None]
    last = report.findings[-1] if report.findings else None
    return LiaisonLine(
        address(report),
        report.group.name,
        gettext("、").join(live),
        len(report.findings),
        f"{words.full_day(last.found_on)} {words.shortened(last.finding)}" if last else "",
        words.sign("group_report", report.state),
    )
