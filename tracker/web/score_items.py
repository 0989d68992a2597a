"""What counts how much in a campaign: told to everybody who is counted, a form for the director."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.models import Campaign
from tracker.queries import scores
from tracker.rules import permissions
from tracker.rules.scoring import SCORED
from tracker.rules.words import N_

WHOSE = {"member": N_("委员"), "unit": N_("单位")}
WHAT = {
    "visit": N_("走访，按次"),
    "enterprise": N_("联系企事业单位，按家"),
    "sector_person": N_("联系界别群众，按人"),
    "public_person": N_("联系社会群众，按人"),
    "suggestion": N_("发展建议，按条"),
    "brief": N_("社情民意信息，按条"),
    "lead": N_("“双招双引”信息，按条"),
    "adopted_city": N_("社情民意信息市级采用，按条"),
    "adopted_province": N_("社情民意信息省级采用，按条"),
    "adopted_nation": N_("社情民意信息全国采用，按条"),
    "exemplar": N_("树为典型，按个"),
    "service": N_("服务活动，按次"),
    "studio": N_("委员工作室，按个"),
}


@dataclass(frozen=True)
class Line:
    """One thing that can be counted; ``points`` and ``cap`` as they stand in their boxes."""

    number: int
    bearer: str
    counts: str
    whose: str
    what: str
    label: str
    points: str
    cap: str


def page(
    campaign: Campaign, given: Mapping[str, Any] | None = None, errors: Sequence[FieldError] = ()
) -> str:
    actor = door.signed_in()
    settled = scores.is_settled(campaign)
    may = permissions.may(actor, "set_score_items", campaign)
    return render_template(
        "scores/items.html",
        campaign=campaign,
        lines=_lines(campaign, (given or {}).get("items")),
        edits=may and not settled,
        settled=may and settled,
        errors=errors,
    )


def _lines(campaign: Campaign, typed: Any) -> list[Line]:
    held = {(row.bearer, row.counts): row for row in campaign.score_items}
    boxes = typed if isinstance(typed, list) else []
    found = []
    for number, (bearer, counts) in enumerate((b, c) for b, each in SCORED.items() for c in each):
        row = held.get((bearer, counts))
        what = gettext(WHAT[counts])
        told = {"label": row.label, "points": str(row.points), "cap": str(row.cap or "")} if row else {}
        if number < len(boxes) and isinstance(boxes[number], dict):
            told = {name: str(value) for name, value in boxes[number].items()}
        label = told.get("label") or what.partition(gettext("，"))[0]
        words = (gettext(WHOSE[bearer]), what, label, told.get("points", ""), told.get("cap", ""))
        found.append(Line(number, bearer, counts, *words))
    return found
