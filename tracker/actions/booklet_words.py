"""How a booklet tells of a visit, a submission or a case before anybody touched the words; and its pages.

What is printed stays Chinese whatever language the screen speaks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from tracker.models import Booklet, BookletItem, Case, Submission, Visit
from tracker.outgoing import booklet as paper
from tracker.outgoing.booklet import BookletSheet
from tracker.outgoing.charts import Chart, counts, percent, shares
from tracker.outgoing.plain_text import one_line
from tracker.queries import booklets
from tracker.rules import publishing
from tracker.rules.clock import shanghai_date

CIRCLES: Final = {"sector": "界别圈", "living": "生活圈", "friends": "朋友圈"}
KINDS: Final = {
    "visit": "走访纪实",
    "suggestion": "发展建议",
    "brief": "社情民意信息",
    "investment_lead": "“双招双引”信息",
    "talent_lead": "“双招双引”信息",
    "case": "群众诉求办理",
}
OTHERS: Final = "其他"
_TITLE: Final = 28
_SHORTEST: Final = 8
_SENTENCE: Final = re.compile(r"[。；！？\n]")
_MOST_BARS: Final = 12


def chapter(by: str, *, kind: str, circle: str, group: str) -> str:
    """The heading an item stands under; the office may put it elsewhere."""
    if by == "kind":
        return KINDS[kind]
    return CIRCLES.get(circle, OTHERS) if by == "circle" else group or OTHERS


def rank(by: str, heading: str) -> int:
    """Circles and kinds come in their own order, groups as they are met."""
    order = {"circle": [*CIRCLES.values(), OTHERS], "kind": list(KINDS.values())}.get(by, [])
    return order.index(heading) if heading in order else len(order)


def propose(item: BookletItem) -> None:
    """Fill in title, text and byline from what the item is about, with everything found already replaced."""
    if item.visit is not None:
        title, text, by = "", _visit(item.visit), _who(item.visit)
    elif item.submission is not None:
        title, text, by = _submission(item.submission)
    else:
        assert item.case is not None
        title, text, by = item.case.summary, _case(item.case), _who(item.case)
    item.text = _printed(item, text)[:5000]
    item.title = one_line(_printed(item, title) or _begin(item.text))[:120]
    item.byline = by[:120]


def sheet(booklet: Booklet) -> BookletSheet:
    """What is printed: the items that were not left out, in their order."""
    chosen = booklet.chosen
    committee = booklets.committee(booklet)
    rows = [(item.chapter, one_line(item.title), item.text, item.byline) for item in chosen]
    return BookletSheet(
        issuer=one_line(committee.full_name),
        title=one_line(booklet.title),
        subtitle=one_line(booklet.subtitle),
        day=shanghai_date(booklet.updated_at),
        foreword=booklet.foreword,
        charts=tuple(_charts(chosen)),
        chapters=paper.chapters(rows),
    )


def _printed(item: BookletItem, text: str) -> str:
    return publishing.in_print(text, booklets.found_in(item, text))


def _begin(text: str) -> str:
    """The first sentence, as far as a title may be long: whole clauses where there are such."""
    first = _SENTENCE.split(text.strip(), maxsplit=1)[0]
    if len(first) <= _TITLE:
        return first
    clauses = first[: _TITLE + 1].rpartition("，")[0]
    return clauses if len(clauses) >= _SHORTEST else first[: _TITLE - 1] + "…"


def _who(thing: Visit | Case) -> str:
    """Group and township: a day, a member and a village together would lead to one door."""
    area = thing.area
    town = area.township if area else ""
    return "　".join(part for part in (thing.group.name if thing.group else "", town) if part)


def _visit(visit: Visit) -> str:
    """What became cases is told as those are; the story itself only where nothing did."""
    return "\n".join(_case(case) for case in visit.cases) or visit.reported


def _submission(one: Submission) -> tuple[str, str, str]:
    """The office's edited words where there are some; the writer is named, as under any article."""
    group = one.group.name if one.group else ""
    by = "　".join(part for part in (group, one.member.name) if part)
    return one.edited_title or one.title, one.edited_text or one.text, by


def _case(case: Case) -> str:
    """The summary the office confirmed for the departments, never the narrative; and what came of it."""
    told = case.transfer_text or case.summary
    answer = _answer(case)
    return f"{told}\n办理情况：{answer}" if answer else told


def _answer(case: Case) -> str:
    if case.outcome_text:
        return case.outcome_text
    replies = [share.latest_reply for share in case.assignments if share.role != "co"]
    return next((reply.text for reply in replies if reply is not None), "")


def _charts(items: Sequence[BookletItem]) -> Iterable[Chart]:
    total = len(items)
    kinds = _counted(KINDS[_kind(item)] for item in items)
    yield counts("按内容", f"本册共收录{total}篇，其中{kinds[0][0]}最多，{kinds[0][1]}篇。", kinds, "篇")
    circles = _counted(CIRCLES[found] for item in items if (found := _circle(item)))
    if circles:
        text = f"能分清圈子的有{sum(n for _, n in circles)}篇，{circles[0][0]}最多。"
        yield counts("按圈子", text, circles, "篇")
    groups = _counted(found for item in items if (found := _group(item)))
    if groups:
        text = f"来自{len(groups)}个组，篇数最多的是{groups[0][0]}。"
        yield counts("按小组", text, groups[:_MOST_BARS], "篇")
    cases = [item.case for item in items if item.case is not None]
    if cases:
        yield _closing(cases)


def _closing(cases: Sequence[Case]) -> Chart:
    told = sum(case.state == "fed_back" for case in cases)
    pleased = sum(_is_satisfied(case) for case in cases)
    said = percent(told, len(cases))[1]
    rows = [("已反馈", told, len(cases)), ("满意", pleased, len(cases))]
    return shares("诉求办结反馈率", f"收录诉求{len(cases)}件，已向群众反馈的占{said}。", rows)


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    return [(one_line(word), number) for word, number in Counter(words).most_common()]


def _kind(item: BookletItem) -> str:
    return item.submission.kind if item.submission else item.kind


def _circle(item: BookletItem) -> str:
    beside = item.submission or item.case
    visit = item.visit or (beside.visit if beside else None)
    return (visit.circle or "") if visit else ""


def _group(item: BookletItem) -> str:
    thing = item.visit or item.submission or item.case
    return thing.group.name if thing and thing.group else ""


def _is_satisfied(case: Case) -> bool:
    given = {rating.by_kind: rating.rating for rating in case.ratings}
    return given.get("resident", given.get("member")) == "satisfied"
