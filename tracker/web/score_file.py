"""The score sheet as an Excel file: numbers as numbers, no formulas."""

from collections.abc import Sequence
from itertools import chain

from tracker.door.language import gettext
from tracker.models import Campaign
from tracker.outgoing import workbook
from tracker.outgoing.workbook import Value
from tracker.queries import scores
from tracker.queries.scores import ScoreLine, Sheet
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.scoring import Score, Whose
from tracker.rules.words import N_
from tracker.web import score_sheet

TITLES = {"member": N_("委员履职计分"), "unit": N_("单位履职计分")}


def made(campaign: Campaign, whose: Whose, actor: Actor) -> tuple[str, bytes]:
    """Its title and content; who is a candidate stands in it for the office alone."""
    sheet = scores.of(campaign, actor, whose, "campaign.export_scores")
    knows = permissions.may(actor, "nominate", campaign)
    standing = scores.candidates(campaign) if knows else {}
    rows = []
    for line in sheet.lines:
        named = standing.get((line.bearer.is_unit, line.bearer.id))
        rows.append([*_line(line), *([named.reason if named else ""] if knows else [])])
    title = gettext(TITLES[whose])
    content = workbook.workbook(title, _heads(sheet, knows), rows, total=_total(campaign, sheet, knows))
    return title, content


def _heads(sheet: Sheet, knows: bool) -> list[str]:
    pairs = [(item.label, gettext("%(what)s得分", what=item.label)) for item in sheet.items]
    ends = [gettext("合计"), gettext("备注"), *([gettext("评优候选")] if knows else [])]
    return [gettext("组别"), gettext("姓名或单位"), *chain.from_iterable(pairs), *ends]


def _line(line: ScoreLine) -> list[Value]:
    bearer = line.bearer
    group = "" if bearer.is_unit else bearer.unit
    return [group, bearer.name, *_numbers(line.scores), line.total, gettext("免") if line.is_exempt else ""]


def _total(campaign: Campaign, sheet: Sheet, knows: bool) -> list[Value]:
    notes = "\n".join(score_sheet.notes(campaign, [line.bearer for line in sheet.lines]))
    return [gettext("合计"), "", *_numbers(sheet.totals), sheet.total, notes, *([""] if knows else [])]


def _numbers(found: Sequence[Score]) -> list[Value]:
    return list(chain.from_iterable((score.count, score.points) for score in found))
