"""Annex 3 on the screen: each number opens its rows, what was corrected stands beside what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, url_for

from tracker.door.language import gettext
from tracker.models import Campaign
from tracker.outgoing.forms import filled
from tracker.queries import reference, summaries
from tracker.queries.summaries import COLUMNS, Figures, GroupRow, Summary
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import listing, words
from tracker.web.words import Sign

HEADS = {
    "participants": N_("参与委员人数"),
    "sector": N_("界别圈人数"),
    "living": N_("生活圈人数"),
    "friends": N_("朋友圈人数"),
    "suggestions": N_("发展建议"),
    "briefs": N_("社情民意信息"),
    "leads": N_("“双招双引”信息"),
}
CIRCLES = ("sector", "living", "friends")
# Submissions behind a number of the annex.
_KINDS = {"suggestions": "suggestion", "briefs": "brief", "leads": "lead"}


@dataclass(frozen=True)
class Cell:
    """``url`` opens the rows behind the number; ``counted`` is empty unless it was corrected."""

    number: int
    url: str
    counted: str = ""
    why: str = ""


@dataclass(frozen=True)
class AnnexRow:
    name: str
    url: str
    cells: list[Cell]
    sign: Sign | None
    moved: bool = False


def rows(campaign: Campaign, summary: Summary, actor: Actor) -> list[AnnexRow]:
    """The groups this actor counts, and their sum."""
    names = columns(actor)
    found = [_row(campaign, row, names, actor) for row in summary.rows]
    total = [Cell(getattr(summary.total, name), behind(campaign, name, None, actor)) for name in names]
    return [*found, AnnexRow(gettext("汇总"), "", total, None)]


def notes(summary: Summary, actor: Actor) -> list[str]:
    """Every correction with its reason, as the files say it below the table."""
    names = columns(actor)
    return [
        gettext(
            "注：%(group)s“%(figure)s”统计为 %(counted)s，更正为 %(value)s。原因：%(why)s",
            group=row.name,
            figure=gettext(HEADS[name]),
            counted=getattr(row.counted, name),
            value=made.value,
            why=made.reason,
        )
        for row in summary.rows
        for name, made in row.corrections.items()
        if name in names
    ]


def file(campaign: Campaign, actor: Actor) -> Response:
    """Annex 3 with its total row, as a table file."""
    summary, names = summaries.of(campaign, actor, "campaign.export"), columns(actor)
    lines = [[row.name, *_cells(row.figures, names)] for row in summary.rows]
    lines.append([gettext("汇总"), *_cells(summary.total, names)])
    heads = [gettext("组别"), *(gettext(HEADS[name]) for name in names)]
    return listing.file(filled.summary_title(campaign), heads, lines)


def columns(actor: Actor) -> list[str]:
    """Circles only where the committee visits by circles."""
    if reference.committee(actor).has_circles:
        return list(COLUMNS)
    return [name for name in COLUMNS if name not in CIRCLES]


def cell(campaign: Campaign, row: GroupRow, name: str, actor: Actor) -> Cell:
    number, url = getattr(row.figures, name), behind(campaign, name, row, actor)
    made = row.corrections.get(name)
    if made is None:
        return Cell(number, url)
    return Cell(number, url, gettext("统计 %(n)s", n=getattr(row.counted, name)), made.reason)


def behind(campaign: Campaign, column: str, row: GroupRow | None, actor: Actor) -> str:
    """The list that holds what the number counts, for whoever may open it."""
    if not permissions.may_any(actor, "submission.read" if column in _KINDS else "visit.read"):
        return ""
    group = row.public_id if row else None
    if column in _KINDS:
        kind = _KINDS[column]
        return url_for("submissions.index", campaign=campaign.public_id, group=group, kind=kind)
    if column == "participants":
        return url_for("visits.index", campaign=campaign.public_id, went=group)
    return url_for("visits.index", campaign=campaign.public_id, group=group, circle=column)


def _row(campaign: Campaign, row: GroupRow, names: Sequence[str], actor: Actor) -> AnnexRow:
    url = url_for("group_reports.show", public_id=campaign.public_id, group=row.public_id)
    cells = [cell(campaign, row, name, actor) for name in names]
    moved = any(name in names for name, _before, _now in row.differences)
    return AnnexRow(row.name, url, cells, words.sign("group_report", row.state), moved)


def _cells(figures: Figures, names: Sequence[str]) -> list[str]:
    return [str(getattr(figures, name)) for name in names]
