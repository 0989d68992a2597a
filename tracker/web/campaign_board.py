"""One campaign: its phases, who has done what, what is still owed, the annex that adds it up, the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import Campaign, CampaignPhase
from tracker.queries import drives, members, quotas, reference, summaries, trends
from tracker.queries.quotas import Line
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import campaign_annex, campaign_list, campaign_matrix, group_page, words


@dataclass(frozen=True)
class PhaseView:
    """As parts/page.html draws a step."""

    label: str
    sub: str
    status: str


@dataclass(frozen=True)
class Bar:
    """As parts/page.html draws one."""

    label: str
    value: int
    url: str


def page(
    campaign: Campaign, given: Mapping[str, Any] | None = None, errors: Sequence[FieldError] = ()
) -> str:
    actor, today = door.signed_in(), shanghai_date(clock())
    counts = permissions.may_any(actor, "campaign.count")
    lines = quotas.of_members(campaign, actor, today)
    own = [line for line in lines if line.bearer.id == actor.person_id and actor.has("member")]
    opened = request.args.get("group", "") or (given or {}).get("group", "")
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        sign=campaign_list.sign(campaign, today),
        facts=_facts(campaign),
        phases=[_phase(phase, today) for phase in campaign.phases],
        tasks=campaign_matrix.tasks(own[0]) if own else [],
        quotas=[quota.label for quota in campaign.quotas if quota.bearer == "member"],
        plan=[(_months(row.from_month, row.to_month, campaign.starts_on.year), row) for row in campaign.plan],
        choices=[(quota.counts, quota.label) for quota in campaign.quotas],
        may=_powers(campaign, actor),
        opened=opened,
        given=given or {},
        errors=errors,
        today=today,
        **(_counted(campaign, actor, lines, opened, today) if counts else {}),
    )


def _counted(
    campaign: Campaign, actor: Actor, lines: Sequence[Line], opened: str, today: date
) -> dict[str, Any]:
    """What only those see who count for others."""
    unit = campaign_matrix.unit(lines, opened)
    trend, summary = trends.of(campaign, actor, today), summaries.of(campaign, actor)
    return {
        "groups": campaign_matrix.groups(campaign, lines, opened),
        "members": [
            campaign_matrix.member(campaign, line, actor) for line in lines if line.bearer.unit_id == unit
        ],
        "group_name": next((line.bearer.unit for line in lines if line.bearer.unit_id == unit), ""),
        "unit_quotas": [quota.label for quota in campaign.quotas if quota.bearer == "unit"],
        "units": [
            campaign_matrix.member(campaign, line, actor) for line in quotas.of_units(campaign, actor, today)
        ],
        "silent": campaign_matrix.silent(lines),
        "figures": _figures(campaign, lines, trend, actor)
        + _within(campaign, actor)
        + _bridges(lines, actor),
        "weeks": [_week(campaign, actor, monday, visits) for monday, visits in trend.weeks],
        "summary": campaign_annex.rows(campaign, summary, actor),
        "notes": campaign_annex.notes(summary, actor),
        "heads": [gettext(campaign_annex.HEADS[name]) for name in campaign_annex.columns(actor)],
        "liaison": group_page.liaison(campaign, actor),
        "exemptions": [row for row in campaign.exemptions if row.ended_at is None],
    }


def _powers(campaign: Campaign, actor: Actor) -> dict[str, bool]:
    return {
        "exempt": permissions.may(actor, "exempt", campaign),
        "name_drives": permissions.may(actor, "name_drives", campaign),
        "mark_done": permissions.may(actor, "mark_done", campaign),
        "print_pack": permissions.may(actor, "print_pack", campaign),
        "remind": permissions.may_any(actor, "campaign.remind"),
        "score": permissions.may_any(actor, "campaign.score"),
        "export": permissions.may_any(actor, "campaign.export"),
        "results": permissions.may_any(actor, "campaign.export_results"),
    }


def _figures(
    campaign: Campaign, lines: Sequence[Line], trend: trends.Trend, actor: Actor
) -> list[tuple[str, str | Markup]]:
    """Participation, and how the visits came in (S1-44, S2-16)."""
    active, whole = sum(line.is_active for line in lines), len(lines)
    share = gettext(
        "%(active)s / %(whole)s 人，%(rate)s",
        active=active,
        whole=whole,
        rate=campaign_matrix.rate(active, whole) or "—",
    )
    found: list[tuple[str, str | Markup]] = [(gettext("参与率（走访或报送过）"), share)]
    for label, number, how in (
        (gettext("走访"), trend.visits, None),
        (gettext("迟报"), trend.late, "late"),
        (gettext("补报"), trend.catch_up, "catch_up"),
    ):
        url = _visits(campaign, actor, reported=how) if number else ""
        found.append((label, _opening(gettext("%(n)s 次", n=number), url)))
    return found


def _week(campaign: Campaign, actor: Actor, monday: date, number: int) -> Bar:
    days = {"from": monday.isoformat(), "to": (monday + timedelta(days=6)).isoformat()}
    return Bar(words.full_day(monday), number, _visits(campaign, actor, **days) if number else "")


def _visits(campaign: Campaign, actor: Actor, **narrowed: Any) -> str:
    """The list that holds what was counted; whoever counts several groups of their own has no such list."""
    if not permissions.may_any(actor, "visit.read"):
        return ""
    if not quotas.counts_all(actor):
        own = [unit for unit in reference.units(actor, "group") if unit.id in actor.units("secretary")]
        if len(own) != 1:
            return ""
        narrowed["group"] = own[0].public_id
    return url_for("visits.index", campaign=campaign.public_id, **narrowed)


def _within(campaign: Campaign, actor: Actor) -> list[tuple[str, Any]]:
    """Visits made within other drives, which count like any other (S1-09); each number opens its rows."""
    opens = permissions.may_any(actor, "visit.read")
    return [
        (
            gettext("其中“%(drive)s”中", drive=drive),
            _opening(
                gettext("%(n)s 次", n=number),
                url_for("visits.index", campaign=campaign.public_id, drive=drive) if opens and number else "",
            ),
        )
        for drive, number in drives.within(campaign, actor)
    ]


def _bridges(lines: Sequence[Line], actor: Actor) -> list[tuple[str, Any]]:
    """How many of those who are a bridge took part (S1-21); nothing where nobody is one."""
    known = members.bridges(actor)
    found = [line for line in lines if line.bearer.id in known]
    if not found:
        return []
    share = gettext(
        "%(active)s / %(whole)s 人", active=sum(line.is_active for line in found), whole=len(found)
    )
    url = url_for("members.index", bridge="any") if permissions.may_any(actor, "members.list") else ""
    return [(gettext("有桥梁身份的委员参与"), _opening(share, url))]


def _opening(text: str, url: str) -> str | Markup:
    return Markup('<a href="{}">{}</a>').format(url, text) if url else text


def _facts(campaign: Campaign) -> list[tuple[str, str]]:
    found = [
        (gettext("时间"), campaign_list.period(campaign)),
        (gettext("补报截止"), words.full_day(campaign.catch_up_until)),
        (gettext("及时报送"), gettext("走访后 %(n)s 个工作日内", n=campaign.report_within)),
        (gettext("文件"), campaign.document_number),
        (gettext("审议"), campaign.approved_by),
        (gettext("承接活动"), campaign.parent_note),
        (gettext("一并计入"), gettext("、").join(campaign.drives)),
    ]
    return [(term, value) for term, value in found if value]


def _phase(phase: CampaignPhase, today: date) -> PhaseView:
    status = "done" if today > phase.ends_on else "now" if today >= phase.starts_on else "todo"
    return PhaseView(phase.name, f"{words.full_day(phase.starts_on)}—{words.full_day(phase.ends_on)}", status)


def _months(first: date, last: date, year: int) -> str:
    """2-3月, as the document's own table says it; 次年1月 beyond the campaign's year."""
    span = str(first.month) if first == last else f"{first.month}-{last.month}"
    if first.year > year:
        return gettext("次年%(months)s月", months=span)
    return gettext("%(months)s月", months=span)


def address(campaign: Campaign, **query: Any) -> str:
    return url_for("campaigns.show", public_id=campaign.public_id, **query)
