"""The words of a feedback letter (反馈函): a first draft from the case, and the sheet made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.incoming.letters import LetterContent
from tracker.outgoing.letters import Block, LetterSheet

# In words, because a class letter means nothing to a resident (domain: keep the class out of the letter).
RESULTS = {
    "A": "您反映的问题已经解决或者基本解决。",
    "B": "您反映的问题正在解决，或者已经列入工作计划。",
    "C": "您反映的问题因受条件限制，目前暂时不能解决。",
    "D": "您反映的意见已经转有关单位研究参考。",
}


@dataclass(frozen=True)
class Facts:
    """What the draft is filled from."""

    reference: str
    addressee: str
    summary: str
    narrative: str
    raised_on: date
    replies: Sequence[tuple[str, str]]
    outcome_class: str | None
    outcome_text: str
    declined: bool
    office_phone: str
    office_name: str


def compose(facts: Facts) -> LetterContent:
    """The draft a clerk starts from: every field filled from the case, nothing typed twice."""
    day = f"{facts.raised_on.year}年{facts.raised_on.month}月{facts.raised_on.day}日"
    return LetterContent(
        title=f"关于{_topic(facts.summary)}问题办理情况的反馈函"[:80],
        addressee=f"{facts.addressee}：",
        opening=f"您于{day}反映的问题收悉，登记编号为{facts.reference}。现将办理情况反馈如下：",
        concern=facts.narrative[:600],
        handling=_handling(facts),
        result=RESULTS.get(facts.outcome_class or "", "") if not facts.declined else "",
        follow_up="如有新的情况或者对办理结果有不同意见，请通过登记时的查询码评价，也可以与我们联系。",
        closing="特此反馈。",
        contact=f"联系人：{facts.office_name}　联系电话：{facts.office_phone}",
    )


def sheet(
    content: LetterContent,
    *,
    issuer_mark: str,
    issuer: str,
    number: str | None = None,
    issue_date: date | None = None,
    watermark: str | None = None,
    verification: str | None = None,
) -> LetterSheet:
    """The content as it stands on the paper; numbering and headings are the format's, not the drafter's."""
    return LetterSheet(
        issuer_mark=issuer_mark,
        title=content.title,
        addressee=content.addressee,
        blocks=tuple(_blocks(content)),
        issuer=issuer,
        number=number,
        issue_date=issue_date,
        closing=content.closing,
        remark=content.contact,
        copy_to=tuple(content.copy_to),
        preview_watermark=watermark,
        verification=verification,
    )


def _blocks(content: LetterContent) -> list[Block]:
    parts = (
        ("反映事项", content.concern),
        ("办理情况", content.handling),
        ("办理结果", content.result),
        ("后续安排", content.follow_up),
    )
    blocks = [Block(0, content.opening)] if content.opening else []
    for numeral, (heading, text) in zip("一二三四", [part for part in parts if part[1]], strict=False):
        blocks.append(Block(1, f"{numeral}、{heading}"))
        blocks += [Block(0, line) for line in text.split("\n") if line.strip()]
    return blocks


def _topic(summary: str) -> str:
    """A summary without the mark or word that would double with the title's own."""
    return summary.strip("。，、！？ ").removesuffix("问题").removesuffix("的")


def _handling(facts: Facts) -> str:
    if facts.declined:
        return f"经研究，您反映的事项不属于本单位受理范围。原因：{facts.outcome_text}"
    if not facts.replies:
        return facts.outcome_text
    return "\n".join(
        f"{unit}答复：{text}" if len(facts.replies) > 1 else text for unit, text in facts.replies
    )
