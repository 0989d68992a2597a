"""One campaign: its phases, who has done what, what is still owed, the annex that adds it up, the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import Response, render_template, request, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import Campaign, CampaignPhase
from tracker.queries import quotas, reference, summaries
from tracker.queries.quotas import Line
from tracker.queries.summaries import COLUMNS, Figures, GroupRow
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.standing import Standing
from tracker.rules.words import N_
from tracker.web import campaign_list, listing, words
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
_TONES = {"done": "ok", "owed": "", "late": "late", "exempt": "info"}
_ICONS = {"done": "check-lg", "owed": "", "late": "exclamation-triangle", "exempt": "slash-circle"}
# Visits behind a number of the annex.
_VISITS = {"participants": None, "sector": "sector", "living": "living", "friends": "friends"}


@dataclass(frozen=True)
class PhaseView:
    """As parts/page.html draws a step."""

    label: str
    sub: str
    status: str


@dataclass(frozen=True)
class Task:
    """A quota of one's own as a bar."""

    label: str
    done: int
    total: int
    late: int


@dataclass(frozen=True)
class GroupLine:
    """A group in the matrix: for each quota how many of its members have met it; ``cells`` may hold None."""

    url: str
    name: str
    members: int
    cells: tuple[Any, ...]
    is_open: bool


@dataclass(frozen=True)
class MemberLine:
    public_id: str
    name: str
    level: str
    signs: tuple[Sign | None, ...]
    owes: bool
    is_silent: bool


def page(
    campaign: Campaign, given: Mapping[str, Any] | None = None, errors: Sequence[FieldError] = ()
) -> str:
    actor, today = door.signed_in(), shanghai_date(clock())
    counts = permissions.may_any(actor, "campaign.count")
    lines = quotas.of_members(campaign, actor, today)
    own = [line for line in lines if line.bearer.id == actor.person_id and actor.has("member")]
    units = quotas.of_units(campaign, actor, today) if counts else []
    opened = request.args.get("group", "") or (given or {}).get("group", "")
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        sign=campaign_list.sign(campaign, today),
        facts=_facts(campaign),
        phases=[_phase(phase, today) for phase in campaign.phases],
        tasks=_tasks(campaign, own[0]) if own else [],
        quotas=[quota.label for quota in campaign.quotas if quota.bearer == "member"],
        groups=_groups(campaign, lines, opened) if counts else [],
        members=[_member(line) for line in lines if line.bearer.unit_id == _unit(lines, opened)]
        if counts
        else [],
        unit_quotas=[quota.label for quota in campaign.quotas if quota.bearer == "unit"],
        units=[_member(line) for line in units],
        summary=_annex(campaign, actor) if counts else None,
        heads=[gettext(HEADS[name]) for name in _columns(actor)],
        group_name=next((line.bearer.unit for line in lines if str(line.bearer.unit_id) == opened), ""),
        plan=[(_months(row.from_month, row.to_month, campaign.starts_on.year), row) for row in campaign.plan],
        exemptions=[row for row in campaign.exemptions if row.ended_at is None] if counts else [],
        choices=[(quota.counts, quota.label) for quota in campaign.quotas],
        may_exempt=permissions.may(actor, "exempt", campaign),
        opened=opened,
        given=given or {},
        errors=errors,
    )


def file(campaign: Campaign, actor: Actor) -> Response:
    """Annex 3 with its total row, as a table file."""
    summary, columns = summaries.of(campaign, actor), _columns(actor)
    rows = [[row.name, *_cells(row.figures, columns)] for row in summary.rows]
    rows.append([gettext("汇总"), *_cells(summary.total, columns)])
    heads = [gettext("组别"), *(gettext(HEADS[name]) for name in columns)]
    return listing.file(campaign.summary_title or campaign.name, heads, rows)


def _columns(actor: Actor) -> list[str]:
    """Circles only where the committee visits by circles."""
    if reference.committee(actor).has_circles:
        return list(COLUMNS)
    return [name for name in COLUMNS if name not in ("sector", "living", "friends")]


def _cells(figures: Figures, columns: Sequence[str]) -> list[str]:
    return [str(getattr(figures, name)) for name in columns]


def _facts(campaign: Campaign) -> list[tuple[str, str]]:
    found = [
        (gettext("时间"), campaign_list.period(campaign)),
        (gettext("补报截止"), words.full_day(campaign.catch_up_until)),
        (gettext("文件"), campaign.document_number),
        (gettext("审议"), campaign.approved_by),
        (gettext("承接活动"), campaign.parent_note),
    ]
    return [(term, value) for term, value in found if value]


def _phase(phase: CampaignPhase, today: date) -> PhaseView:
    status = "done" if today > phase.ends_on else "now" if today >= phase.starts_on else "todo"
    return PhaseView(phase.name, f"{words.full_day(phase.starts_on)}—{words.full_day(phase.ends_on)}", status)


def _tasks(campaign: Campaign, line: Line) -> list[Task]:
    asked = [quota for quota in campaign.quotas if quota.bearer == "member"]
    return [
        Task(quota.label, found.counted, found.minimum, found.missing if found.word == "late" else 0)
        for quota, found in zip(asked, line.standings, strict=True)
        if found is not None and found.word != "exempt"
    ]


def _groups(campaign: Campaign, lines: Iterable[Line], opened: str) -> list[GroupLine]:
    found = []
    for unit_id, members in groupby(lines, key=lambda line: line.bearer.unit_id):
        rows = list(members)
        token = str(unit_id)
        url = url_for("campaigns.show", public_id=campaign.public_id, group=token, _anchor="members")
        cells = tuple(_met(column) for column in zip(*(row.standings for row in rows), strict=True))
        found.append(GroupLine(url, rows[0].bearer.unit, len(rows), cells, token == opened))
    return found


@dataclass(frozen=True)
class Met:
    """How many of a group's members have met a quota, and whether the others are late."""

    done: int
    of: int
    tone: str


def _met(column: Iterable[Standing | None]) -> Met | None:
    concerned = [found for found in column if found is not None and found.word != "exempt"]
    if not concerned:
        return None
    done = sum(found.word == "done" for found in concerned)
    late = any(found.word == "late" for found in concerned)
    tone = "ok" if done == len(concerned) else "late" if late else ""
    return Met(done, len(concerned), tone)


def _unit(lines: Iterable[Line], opened: str) -> int | None:
    return next((line.bearer.unit_id for line in lines if str(line.bearer.unit_id) == opened), None)


def _member(line: Line) -> MemberLine:
    level = words.say(words.LEVELS, line.bearer.level) if line.bearer.level else ""
    signs = tuple(_sign(found) if found else None for found in line.standings)
    return MemberLine(line.bearer.public_id, line.bearer.name, level, signs, line.owes, line.is_silent)


def _sign(found: Standing) -> Sign:
    if found.word == "exempt":
        return Sign(gettext("免"), _TONES["exempt"], _ICONS["exempt"])
    text = f"{found.counted}/{found.minimum}"
    if found.missing:
        text = gettext("%(count)s 差 %(n)s", count=text, n=found.missing)
    return Sign(text, _TONES[found.word], _ICONS[found.word])


@dataclass(frozen=True)
class AnnexRow:
    """``cells`` are (number, address of the rows behind it or "")."""

    name: str
    cells: list[tuple[int, str]]


def _annex(campaign: Campaign, actor: Actor) -> list[AnnexRow]:
    summary, columns = summaries.of(campaign, actor), _columns(actor)

    def linked(figures: Figures, row: GroupRow | None) -> list[tuple[int, str]]:
        return [(getattr(figures, name), _behind(campaign, name, row)) for name in columns]

    rows = [AnnexRow(row.name, linked(row.figures, row)) for row in summary.rows]
    return [*rows, AnnexRow(gettext("汇总"), linked(summary.total, None))]


def _behind(campaign: Campaign, column: str, row: GroupRow | None) -> str:
    if column not in _VISITS:
        return ""
    group = row.public_id if row else None
    return url_for("visits.index", campaign=campaign.public_id, group=group, circle=_VISITS[column])


def _months(first: date, last: date, year: int) -> str:
    """2-3月, as the document's own table says it; 次年1月 beyond the campaign's year."""
    span = str(first.month) if first == last else f"{first.month}-{last.month}"
    if first.year > year:
        return gettext("次年%(months)s月", months=span)
    return gettext("%(months)s月", months=span)
