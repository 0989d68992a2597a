"""履职计分 on the screen: everybody's, one's own, and the rows behind each number (S1-48)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.door.language import gettext
from tracker.models import AwardCandidate, Campaign, Exemplar, ScoreItem
from tracker.queries import results, scores
from tracker.queries.quotas import Bearer
from tracker.queries.scores import ScoreLine, Sheet
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.scoring import Whose
from tracker.web import counted_rows, links, words
from workflows.submission import KINDS


@dataclass(frozen=True)
class Cell:
    """``points`` is None for who is exempt; ``url`` is empty where there is nothing to open."""

    count: int
    points: int | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """``candidate`` is None for whoever may not know."""

    url: str
    name: str
    group: str
    cells: list[Cell]
    total: int | None
    is_exempt: bool
    candidate: AwardCandidate | None


@dataclass(frozen=True)
class Proof:
    """One row behind a number; ``url`` is empty for who may not open it."""

    text: str
    url: str
    note: str = ""


def rows(
    campaign: Campaign,
    sheet: Sheet,
    standing: Mapping[tuple[bool, int], AwardCandidate],
    actor: Actor,
    *,
    by_points: bool = False,
) -> list[Row]:
    lines = sorted(sheet.lines, key=_most_first) if by_points else sheet.lines
    return [_row(campaign, sheet.items, line, standing, actor) for line in lines]


def cells(campaign: Campaign, items: Sequence[ScoreItem], line: ScoreLine, actor: Actor) -> list[Cell]:
    return [
        Cell(score.count, score.points, behind(campaign, item, line.bearer, actor) if score.count else "")
        for item, score in zip(items, line.scores, strict=True)
    ]


def worth(item: ScoreItem) -> list[str]:
    """What the head of a column says below its label: points each, and the cap where there is one."""
    found = [gettext("每项 %(points)s 分", points=item.points)]
    return found if item.cap is None else [*found, gettext("封顶 %(cap)s 分", cap=item.cap)]


def behind(campaign: Campaign, item: ScoreItem, bearer: Bearer, actor: Actor) -> str:
    """The list that holds what the number counts, for whoever may open it; else the sheet tells the rows."""
    if item.counts in counted_rows.UNLISTED:
        return address(campaign, bearer, _anchor=item.counts)
    return counted_rows.url(campaign, item.counts, bearer, actor)


def proofs(campaign: Campaign, bearer: Bearer, actor: Actor) -> dict[str, list[Proof]]:
    """What no list of ours can be narrowed to, told on the sheet itself."""
    whose: Whose = "unit" if bearer.is_unit else "member"
    marks = [mark for owner, mark in results.marked(campaign, whose) if owner == bearer.id]
    found = {"exemplar": [_mark(mark, actor) for mark in marks]}
    if not bearer.is_unit:
        return found
    return found | {
        "service": [
            Proof(event.title, url_for("activities.show", public_id=event.public_id), _day(event.held_on))
            for event in scores.services(campaign, bearer.id)
        ],
        "studio": [
            Proof(place.name, url_for("workstations.show", public_id=place.public_id), _day(place.opened_on))
            for place in scores.studios(campaign, bearer.id)
        ],
    }


def notes(campaign: Campaign, bearers: Iterable[Bearer]) -> list[str]:
    """Which numbers the points come from, and where annex 3 says others."""
    found = [gettext("按登记的走访和报送逐条计分；附件3上的更正只改附件3，不改计分。")]
    if names := scores.corrected(campaign, {bearer.unit_id for bearer in bearers}):
        found.append(gettext("附件3有更正的组：%(names)s。", names=gettext("、").join(names)))
    return found


def address(campaign: Campaign, bearer: Bearer, **query: Any) -> str:
    return url_for("scores.show", public_id=campaign.public_id, bearer=bearer.public_id, **query)


def totals(sheet: Sheet) -> list[Cell]:
    return [Cell(score.count, score.points) for score in sheet.totals]


def _row(
    campaign: Campaign,
    items: Sequence[ScoreItem],
    line: ScoreLine,
    standing: Mapping[tuple[bool, int], AwardCandidate],
    actor: Actor,
) -> Row:
    bearer = line.bearer
    return Row(
        address(campaign, bearer),
        bearer.name,
        "" if bearer.is_unit else bearer.unit,
        cells(campaign, items, line, actor),
        line.total,
        line.is_exempt,
        standing.get((bearer.is_unit, bearer.id)),
    )


def _most_first(line: ScoreLine) -> int:
    """Who is exempt and did nothing stands last, behind a zero."""
    return -1 * (line.total if line.total is not None else -1)


def _mark(mark: Exemplar, actor: Actor) -> Proof:
    thing = mark.visit or mark.submission or mark.case
    assert thing is not None
    opens = permissions.may(actor, "read", thing)
    if mark.visit:
        text, url = (
            gettext("%(day)s的走访", day=_day(mark.visit.visited_on)),
            links.visit(mark.visit.public_id),
        )
    elif mark.submission:
        kind = words.say(KINDS, mark.submission.kind)
        text = f"{kind} {mark.submission.title}" if opens else kind
        url = links.submission(mark.submission.public_id)
    else:
        assert mark.case is not None
        text, url = mark.case.reference, links.case(mark.case.reference)
    # A title and a reason tell the story, which is another group's where it cannot be opened.
    return Proof(text, url, mark.reason) if opens else Proof(text, "")


def _day(day: Any) -> str:
    return words.full_day(day)
