"""The annexes filled from what is stored, for one reader: what a page hides stays hidden here too."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tracker.models import Campaign, Submission, Visit
from tracker.outgoing.forms.annexes import Annex, Annex1, Annex2, Annex3, Annex3Row
from tracker.outgoing.plain_text import one_line
from tracker.queries import residents
from tracker.queries.redaction import heard_for
from tracker.queries.residents import Identity
from tracker.queries.summaries import GroupRow, Summary
from tracker.rules.actors import Actor

VISIT_TITLE = "走访活动情况登记表"
RESULTS_TITLE = "“三个一”工作成果登记表"
SUMMARY_TITLE = "走访活动情况汇总表"
_CONTACTS = {"enterprise": "企业", "sector_person": "界别群众", "public_person": "社会群众"}
_FIGURES = {
    "participants": "参与活动委员人数",
    "sector": "界别圈人数",
    "living": "生活圈人数",
    "friends": "朋友圈人数",
    "suggestions": "发展建议",
    "briefs": "社情民意信息",
    "leads": "“双招双引”信息",
}
_CIRCLES = ("sector", "living", "friends")


def blank(number: int, campaign: Campaign | None) -> Annex:
    """The form as it is handed out, titled as the campaign's own paper titles it."""
    if number == 1:
        return Annex1(visit_title(campaign))
    if number == 2:
        return Annex2(results_title(campaign))
    return Annex3(summary_title(campaign))


def visit_title(campaign: Campaign | None) -> str:
    return (campaign and campaign.visit_title) or VISIT_TITLE


def results_title(campaign: Campaign | None) -> str:
    return (campaign and campaign.results_title) or RESULTS_TITLE


def summary_title(campaign: Campaign | None) -> str:
    return (campaign and campaign.summary_title) or SUMMARY_TITLE


def annex1(visit: Visit, campaign: Campaign | None, actor: Actor) -> Annex1:
    """One visit; whom it was paid to as the visit's page shows it to this reader."""
    seen = residents.identity_for(visit, actor)
    return Annex1(
        visit_title(campaign),
        visitors=tuple(visitor.person.name for visitor in visit.visitors) or (visit.member.name,),
        group=visit.group.name if visit.group else "",
        contact=_contact(visit, seen),
        address=(seen.address if seen else "") or (visit.area.full_name if visit.area else ""),
        visited_on=visit.visited_on,
        reported=heard_for(visit, visit.reported, actor),
        help_needed=_one(heard_for(visit, visit.help_needed, actor)),
        coordination_needed=_one(heard_for(visit, visit.coordination_needed, actor)),
    )


def annexes2(submissions: Iterable[Submission], campaign: Campaign) -> list[Annex2]:
    """One form a member, in the order given; several items of a kind are told apart by numbers."""
    found = groupby(submissions, key=lambda item: item.member_id)
    return [_annex2(list(items), campaign) for _, items in found]


def annex3(campaign: Campaign, summary: Summary, *, circles: bool = True) -> Annex3:
    """The groups and their sum, and below it every figure that was corrected by hand, and why."""
    rows = tuple(_figures(row, circles) for row in summary.rows)
    return Annex3(summary_title(campaign), rows, notes=tuple(_notes(summary.rows)))


def _contact(visit: Visit, seen: Identity | None) -> str:
    """The name as far as the reader may know it, else what kind of people and how many."""
    if seen is None or not seen.name:
        return f"{_CONTACTS.get(visit.contact_kind, '群众')}{visit.persons_count}人"
    return f"{seen.name}等{visit.persons_count}人" if visit.persons_count > 1 else seen.name


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text.strip() else ()


def _annex2(items: Sequence[Submission], campaign: Campaign) -> Annex2:
    first = items[0]
    return Annex2(
        results_title(campaign),
        member=first.member.name,
        group=first.group.name if first.group else "",
        suggestion=_texts(items, "suggestion"),
        brief=_texts(items, "brief"),
        lead=_texts(items, "investment_lead", "talent_lead"),
    )


def _texts(items: Sequence[Submission], *kinds: str) -> str:
    texts = [f"{item.title}\n{item.text}".strip() for item in items if item.kind in kinds]
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}．{text}" for number, text in enumerate(texts, 1))


def _figures(row: GroupRow, circles: bool) -> Annex3Row:
    shown = {
        name: None if name in _CIRCLES and not circles else value for name, value in vars(row.figures).items()
    }
    return Annex3Row(row.name, **shown)


def _notes(rows: Iterable[GroupRow]) -> Iterator[str]:
    for row in rows:
        for name, made in row.corrections.items():
            why = one_line(made.reason)
            yield f"注：{row.name}“{_FIGURES[name]}”统计为{made.counted}，更正为{made.value}。原因：{why}"
