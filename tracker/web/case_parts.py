"""The parts of a case's page, said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import pgettext

from tracker.door.language import gettext
from tracker.models import Assignment, Case, Reply
from tracker.queries.residents import Identity
from tracker.rules import permissions, redaction
from tracker.rules.actors import Actor
from tracker.rules.outcome import GONE
from tracker.rules.redaction import Hit
from tracker.web import move_forms, words
from tracker.web.words import CountdownView, Sign
from workflows.assignment import CONTACT_RECORDS, KINDS, RESULT_CLASSES, SLA_CLASSES
from workflows.case import DISPOSITIONS, ROUTES
from workflows.letter import KINDS as LETTER_KINDS

STAGES = ("raised", "coordinated", "handled", "fed_back")
_ANSWERED = ("replied", "completed", "waived")
_RESULT_TONES = {"A": "ok", "B": "info", "C": "warn", "D": ""}


@dataclass(frozen=True)
class Step:
    label: str
    sub: str
    status: str


@dataclass(frozen=True)
class ReplyView:
    when: str
    result: Sign
    text: str
    contact: str
    sent_back: str


@dataclass(frozen=True)
class ShareView:
    """One department's row: its own state, its own clock, what it answered, and what may be done with it."""

    public_id: str
    unit: str
    role: str
    sign: Sign
    due: CountdownView | None
    result: Sign | None
    sla_class: str
    version: int
    replies: list[ReplyView]
    moves: list[move_forms.Button]


@dataclass(frozen=True)
class LetterView:
    url: str
    title: str
    sign: Sign
    when: str


@dataclass(frozen=True)
class ResidentView:
    name: str
    phone: str
    address: str
    consents: list[str]
    revealed: bool
    anonymous: bool


def steps(case: Case, now: datetime) -> list[Step]:
    """提出 → 协调 → 办理 → 反馈: what is done with its day, and what is pending."""
    reached = STAGES.index(case.state)
    return [
        Step(label, _sub(case, number, reached, now), _status(case, number, reached))
        for number, label in enumerate(words.steps())
    ]


def _status(case: Case, number: int, reached: int) -> str:
    if number <= reached:
        return "done"
    return "now" if number == reached + 1 and case.is_open else "todo"


def _sub(case: Case, number: int, reached: int, now: datetime) -> str:
    moments = (case.raised_at, case.coordinated_at, case.handled_at, case.fed_back_at)
    if number <= reached:
        by = f" {case.raised_by.name}" if number == 0 else ""
        return words.day(moments[number], now) + by
    if number != reached + 1 or not case.is_open:
        return ""
    if number == 2 and case.route == "assign":
        live = [share for share in case.assignments if share.state not in GONE]
        done = [share for share in live if share.state in _ANSWERED]
        return str(gettext("%(all)s 个部门，%(done)s 个已答复", all=len(live), done=len(done)))
    return str(gettext("%(day)s前", day=words.day(case.due_at, now))) if case.due_at else ""


def pending(case: Case) -> str:
    """One sentence: what is awaited now."""
    if case.is_merged and case.master is not None:
        sentence = gettext(
            "已并入 %(reference)s，随主案一起办，答复时分别告知。", reference=case.master.reference
        )
        return str(sentence)
    if not case.is_open:
        return ""
    waits: dict[str, str] = {
        "raised": gettext("等办公室协调交办"),
        "coordinated": _pending_answer(case),
        "handled": gettext("等办公室把结果告诉反映人"),
    }
    return waits.get(case.state, "")


def _pending_answer(case: Case) -> str:
    live = [share for share in case.assignments if share.state not in GONE]
    states = {share.state for share in live}
    if case.route != "assign":
        return str(gettext("等办公室写明结果"))
    if "replied" in states:
        return str(gettext("等办公室审核答复"))
    if all(share.role == "co" for share in live):
        # Whoever was to answer was taken off it.
        return str(gettext("等办公室协调交办"))
    return str(
        gettext("等办公室审定办结") if states <= {"completed", "waived"} else gettext("等承办单位答复")
    )


def shares(case: Case, actor: Actor, now: datetime) -> list[ShareView]:
    """The departments this actor may know of."""
    shown = [share for share in case.assignments if permissions.may(actor, "read", share)]
    if not permissions.may(actor, "assign", case):
        shown = [share for share in shown if share.state != "draft"]
    return [share_view(share, actor, now) for share in shown]


def share_view(share: Assignment, actor: Actor, now: datetime) -> ShareView:
    may_read = permissions.may(actor, "read_text", share)
    reply = share.latest_reply
    return ShareView(
        share.public_id,
        share.unit.name,
        words.say(KINDS, share.role),
        words.sign("assignment", share.state),
        due_of(share, now),
        result(reply.result_class) if reply else None,
        words.say(SLA_CLASSES, share.sla_class),
        share.version,
        [reply_view(entry, now) for entry in share.replies] if may_read else [],
        [button for button in move_forms.buttons(share, actor, {}, "") if button.name in _INLINE],
    )


def to_replies(shares: Sequence[ShareView]) -> list[move_forms.Button]:
    """The next act stands with the replies, further down the page; one button leads to the first of them."""
    waiting = [
        share
        for share in shares
        if share.replies
        and any(button.name == "approve_reply" and not button.missing for button in share.moves)
    ]
    if not waiting:
        return []
    url = f"#reply-{waiting[0].public_id}"
    return [move_forms.Button("review", gettext("审核"), [], True, url=url, link=True)]


# What the office does with a reply without leaving the case.
_INLINE = ("approve_reply", "rework", "waive")


def due_of(share: Assignment, now: datetime) -> CountdownView | None:
    if share.state in ("replied", "completed", "returned", "waived", "revoked"):
        return None
    return words.due(share.due_at, now, provisional=share.due_provisional)


def result(result_class: str) -> Sign:
    word = words.say(RESULT_CLASSES, result_class)
    return Sign(f"{result_class} {word}", _RESULT_TONES[result_class])


def reply_view(reply: Reply, now: datetime) -> ReplyView:
    contact = words.say(CONTACT_RECORDS, reply.contact_record)
    return ReplyView(
        words.moment(reply.created_at, now),
        result(reply.result_class),
        reply.text,
        " · ".join(filter(None, [contact, reply.contact_reason])),
        reply.rework_reason,
    )


def letters(case: Case, actor: Actor, now: datetime) -> list[LetterView]:
    return [
        LetterView(
            url_for("letters.show", public_id=letter.public_id),
            letter.number or words.say(LETTER_KINDS, letter.kind),
            words.sign("letter", letter.state),
            words.day(letter.updated_at, now),
        )
        for letter in case.letters
        if permissions.may(actor, "read", letter)
    ]


def resident(seen: Identity | None, *, revealed: bool = False) -> ResidentView | None:
    if seen is None:
        return None
    consents = [
        gettext("同意把联系方式转给承办单位") if seen.consent_forward else gettext("不同意转出联系方式"),
        gettext("同意隐去个人信息后公开") if seen.consent_publish else gettext("不同意公开"),
    ]
    return ResidentView(
        seen.name,
        seen.phone,
        seen.address if set(seen.address) != {"*"} else "",
        [] if seen.is_anonymous else consents,
        revealed,
        seen.is_anonymous,
    )


def deadline_facts(case: Case, now: datetime) -> list[tuple[str, Any]]:
    found = [
        (gettext("登记"), words.moment(case.raised_at, now)),
        (gettext("来源"), words.source(case.source)),
        (gettext("途径"), words.say(ROUTES, case.route)),
        (gettext("本步时限"), words.moment(case.due_at, now) if case.is_open else ""),
    ]
    if case.subject_none or case.subject_unit is not None:
        found.append((gettext("被反映单位"), case.subject_unit.name if case.subject_unit else gettext("无")))
    if case.closed_at is not None:
        found.append((pgettext("case", "结案"), words.day(case.closed_at, now)))
    return found


def without_departments(case: Case) -> str:
    """Why no department stands here."""
    if case.disposition:
        return gettext("没有交办：%(why)s。", why=words.say(DISPOSITIONS, case.disposition))
    if case.route not in (None, "assign"):
        return gettext("没有交办：%(why)s。", why=words.say(ROUTES, case.route))
    return gettext("还没有交办。办公室协调后，各承办单位的进展和时限在这里。")


def signs(case: Case) -> list[Sign]:
    """What stands beside the title besides the deadline."""
    found = [words.case_sign(case.state, case.disposition, case.closed_at)]
    if case.urgency == "urgent":
        found.append(Sign(gettext("紧急"), "late", "lightning"))
    if case.is_petition:
        found.append(Sign(gettext("信访"), "info", "flag"))
    if case.is_accusation:
        found.append(Sign(gettext("检举控告"), "late", "shield-lock"))
    return found


def place_line(case: Case) -> str:
    """城乡建设 / 市政照明 · 东亭街道 云林社区 · 走访提出"""
    category = case.category.full_name if case.category else gettext("未分类")
    area = case.area.full_name if case.area else ""
    return " · ".join(filter(None, [category, area]))


def pieces(text: str, found: Sequence[Hit]) -> list[tuple[str, str | None]]:
    """A text cut at its marks, as parts/signs.html draws it."""
    cut: list[tuple[str, str | None]] = []
    position = 0
    for hit in found:
        if hit.start > position:
            cut.append((text[position : hit.start], None))
        cut.append((text[hit.start : hit.end], hit.kind))
        position = hit.end
    return [*cut, (text[position:], None)] if position < len(text) else cut


def kinds() -> dict[str, str]:
    return {kind: gettext(word) for kind, word in redaction.WORDS.items()}
