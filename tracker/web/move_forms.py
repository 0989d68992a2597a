"""The moves open now as buttons, each with the fields of its input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.models import Assignment, Case, Letter
from tracker.queries.moves import MoveView, moves_for
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.outcome import GONE
from tracker.web import choices, links, words
from workflows.assignment import CONTACT_RECORDS, KINDS, RESULT_CLASSES, SLA_CLASSES
from workflows.letter import DELIVERY_METHODS


@dataclass(frozen=True)
class Spec:
    """One field, as parts/form.html draws it."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    hint: str = ""
    options: Any = ()
    value: Any = ""
    rows: int = 4
    maxlength: int | None = None


@dataclass(frozen=True)
class Button:
    """One move, as parts/moves.html draws it. ``name`` carries the variant behind a colon."""

    name: str
    label: str
    missing: list[str]
    primary: bool
    fields: tuple[Spec, ...] = ()
    key: str = ""
    hint: str = ""
    confirm: str = ""
    danger: bool = False
    url: str = ""
    link: bool = False


# noun and move → what its form asks
Fields = Mapping[tuple[str, str], Callable[[Any, Actor], tuple[Spec, ...]]]


def buttons(
    thing: Any, actor: Actor, typed: Mapping[str, Any], opened: str, fields: Fields | None = None
) -> list[Button]:
    """Every move of this thing for this actor, the form of the opened one filled with what was typed.

    ``fields`` are those of a feature that keeps its own.
    """
    fitting = [move for move in moves_for(thing, actor) if _OTHER_SITUATION.isdisjoint(move.missing)]
    found = [_button(thing, move, actor, fields or _FIELDS) for move in fitting]
    found.sort(key=lambda button: (bool(button.missing), not button.primary))
    # One act is the next one; a second red button would say nothing.
    found = [replace(button, primary=button.primary and place == 0) for place, button in enumerate(found)]
    return [_filled(button, typed) if button.name == opened else button for button in found]


def split(name: str) -> tuple[str, dict[str, Any]]:
    """The move's own name, and the input its variant stands for."""
    move, _, variant = name.partition(":")
    return move, ({"granted": variant == "granted"} if move == "decide_return" else {})


def to_coordination(case: Case) -> Button:
    """The screen where the office decides; the page only leads there."""
    url = url_for("cases.triage", reference=case.reference)
    return Button("coordinate", gettext("协调交办"), [], True, url=url, link=True, key="g")


def to_brief(case: Case) -> Button:
    """Writing the brief that the office decided on when it coordinated."""
    url = url_for("submissions.ask_from_case", reference=case.reference)
    return Button("convert", gettext("写成社情民意信息"), [], True, url=url, link=True, key="b")


def to_letter(case: Case) -> Button | None:
    """Drafting a letter, once there is something to answer and nothing on its way."""
    ready = case.state == "handled" or (case.is_declined and case.state != "fed_back")
    open_letter = any(letter.state in ("draft", "submitted", "approved", "issued") for letter in case.letters)
    if not ready or open_letter or case.resident is None or case.resident.is_anonymous:
        return None
    return Button(
        "draft_letter",
        gettext("起草反馈函"),
        [],
        True,
        url=url_for("letters.new", reference=case.reference),
        key="l",
    )


def to_instruction(case: Case, typed: Mapping[str, Any]) -> Button:
    """The leader's word; it moves nothing, but it is the one act a leader has."""
    words_for = Spec(
        "text",
        gettext("批示"),
        "textarea",
        True,
        gettext("送办公室办理。"),
        value=typed.get("text", ""),
        maxlength=1000,
    )
    url = url_for("cases.instruct", reference=case.reference, list=links.came_from())
    return Button("instruct", gettext("写批示"), [], False, (words_for,), url=url)


def to_another_department(case: Case, actor: Actor, typed: Mapping[str, Any]) -> Button | None:
    """A replacement while the case is being handled: a lead where none is left, else one more to be heard."""
    if case.state != "coordinated" or case.route != "assign" or not case.is_open:
        return None
    live = {share.role for share in case.assignments if share.state not in GONE}
    roles = ("separate",) if "separate" in live else ("co",) if "lead" in live else ("lead", "co")
    fields = (
        Spec("unit", gettext("单位"), "select", True, options=choices.departments(actor)),
        Spec(
            "role",
            gettext("怎样承办"),
            "radio",
            True,
            options=[(role, words.say(KINDS, role)) for role in roles],
            value=roles[0],
        ),
        Spec(
            "sla_class",
            gettext("期限"),
            "select",
            True,
            options=words.choices(SLA_CLASSES),
            value="normal",
        ),
    )
    url = url_for("cases.assign", reference=case.reference, list=links.came_from())
    button = Button("assign", gettext("增加承办单位"), [], "lead" in roles, fields, url=url)
    return _filled(button, typed) if typed else button


def _button(thing: Any, move: MoveView, actor: Actor, known: Fields) -> Button:
    name = f"{move.name}:{move.variant}" if move.name == "decide_return" else move.name
    fields = known.get((thing.noun, move.name), _none)(thing, actor)
    confirm = _CONFIRM.get((thing.noun, move.name))
    return Button(
        name,
        gettext(move.label),
        [gettext(reason) for reason in move.reasons],
        move.primary,
        fields,
        _KEYS.get(move.name, ""),
        confirm=confirm() if confirm else "",
        danger=move.name in _DANGEROUS,
    )


def _filled(button: Button, typed: Mapping[str, Any]) -> Button:
    fields = tuple(replace(spec, value=typed.get(spec.name, "")) for spec in button.fields)
    return replace(button, fields=fields)


def _none(thing: Any, actor: Actor) -> tuple[Spec, ...]:
    return ()


def _reason(
    field: str, label: Callable[[], str], *, least: int = 2
) -> Callable[[Any, Actor], tuple[Spec, ...]]:
    def build(thing: Any, actor: Actor) -> tuple[Spec, ...]:
        hint = gettext("至少 %(n)s 个字。", n=least) if least > 2 else ""
        return (Spec(field, label(), "textarea", True, hint, rows=3, maxlength=1000),)

    return build


def _handle(case: Case, actor: Actor) -> tuple[Spec, ...]:
    if not case.office_answers:
        return ()
    return (
        Spec(
            "result", gettext("办理结果"), "textarea", True, value=case.outcome_text, rows=5, maxlength=5000
        ),
        Spec("result_class", gettext("结果类别"), "select", False, options=result_classes()),
    )


def _feed_back(case: Case, actor: Actor) -> tuple[Spec, ...]:
    if case.is_told:
        return ()
    anonymous = case.resident is None or case.resident.is_anonymous
    ways = [("oral", gettext("当面或电话告知"))]
    if anonymous:
        ways = [("code_page", gettext("在查询页公布答复")), *ways]
    return (
        Spec("told", gettext("怎样告诉反映人的"), "radio", True, options=ways, value=ways[0][0]),
        Spec(
            "note",
            gettext("说明"),
            "textarea",
            False,
            gettext("何时、谁告知的、对方怎么说。"),
            rows=3,
            maxlength=1000,
        ),
    )


def _merge(case: Case, actor: Actor) -> tuple[Spec, ...]:
    why = [("same_matter", gettext("同一件事")), ("duplicate", gettext("重复登记"))]
    return (
        Spec("into", gettext("并入哪一件"), "text", True, gettext("填主案的编号，例如 XS-2026-000123。")),
        Spec("reason", gettext("为什么"), "radio", True, options=why, value="same_matter"),
        Spec("note", gettext("说明"), "textarea", rows=2, maxlength=1000),
    )


def _reply(share: Assignment, actor: Actor) -> tuple[Spec, ...]:
    answer = (
        Spec("result_class", gettext("办理结果"), "radio", True, options=result_classes()),
        Spec(
            "text",
            gettext("答复内容"),
            "textarea",
            True,
            gettext("做了什么、结果怎样、今后怎么办。这段话会写进给群众的反馈函。"),
            rows=8,
            maxlength=10_000,
        ),
    )
    if share.role == "co":
        return answer
    return (
        *answer,
        Spec(
            "contact_record",
            gettext("怎样听取群众意见"),
            "radio",
            True,
            options=words.choices(CONTACT_RECORDS),
            value="through_office",
        ),
        Spec("contact_reason", gettext("未能联系的原因"), hint=gettext("只在“未能联系”时填。")),
    )


def _request_return(share: Assignment, actor: Actor) -> tuple[Spec, ...]:
    return (
        Spec(
            "reason",
            gettext("退回的理由"),
            "textarea",
            True,
            gettext("至少 20 个字，写明依据。"),
            rows=4,
            maxlength=1000,
        ),
        Spec("suggested_unit", gettext("建议交给"), "select", options=choices.departments(actor)),
    )


def _decide_return(share: Assignment, actor: Actor) -> tuple[Spec, ...]:
    return (Spec("note", gettext("意见"), "textarea", rows=2, maxlength=1000),)


def _deliver(letter: Letter, actor: Actor) -> tuple[Spec, ...]:
    today = shanghai_date(clock()).isoformat()
    return (
        Spec("method", gettext("怎样送到"), "select", True, options=words.choices(DELIVERY_METHODS)),
        Spec("delivered_on", gettext("送达日期"), "date", True, value=today),
        Spec("note", gettext("说明"), "textarea", rows=2, maxlength=500),
    )


def result_classes() -> list[tuple[str, str]]:
    return [(code, f"{code} {word}") for code, word in words.choices(RESULT_CLASSES)]


_FIELDS: Fields = {
    ("case", "handle"): _handle,
    ("case", "feed_back"): _feed_back,
    ("case", "rework"): _reason("note", lambda: gettext("为什么退回重办")),
    ("case", "withdraw"): _reason("note", lambda: gettext("撤回的理由")),
    ("case", "decline"): _reason("note", lambda: gettext("不予受理的理由（会告诉反映人）")),
    ("case", "merge"): _merge,
    ("assignment", "request_return"): _request_return,
    ("assignment", "decide_return"): _decide_return,
    ("assignment", "reply"): _reply,
    ("assignment", "rework"): _reason("reason", lambda: gettext("哪里没办好，要怎样改")),
    ("assignment", "revoke"): _reason("reason", lambda: gettext("为什么撤销")),
    ("letter", "deliver"): _deliver,
    ("letter", "reject"): _reason("reason", lambda: gettext("要改什么")),
    ("letter", "void"): _reason("reason", lambda: gettext("为什么作废")),
    ("group_report", "reopen"): _reason("reason", lambda: gettext("为什么退回修改")),
}

_CONFIRM: dict[tuple[str, str], Callable[[], str]] = {
    ("case", "close"): lambda: gettext("结案后不能再评价、不能再办。"),
    ("case", "unmerge"): lambda: gettext("取消并案后，这件诉求重新单独计时。"),
    ("assignment", "waive"): lambda: gettext("免去后，不再等这个单位的会办意见。"),
    ("group_report", "confirm"): lambda: gettext("按现在的数字报办公室；以后再有变化，在旁边标出。"),
    ("letter", "issue"): lambda: gettext("编号之后内容不能再改；写错了只能作废，另发一份。"),
}

# What lacks one of these is a move for another situation, not one that waits for something.
_OTHER_SITUATION = frozenset(
    {
        "is_declined",
        "is_merged",
        "is_co",
        "has_no_reply",
        "was_accepted",
        "was_not_accepted",
        "is_first_return",
        "is_repeated_return",
        # The list says once for everybody on it that the day has not come.
        "has_begun",
        "has_not_spoken",
    }
)

_KEYS = {
    "accept": "a",
    "reply": "r",
    "approve_reply": "a",
    "handle": "h",
    "submit": "s",
    "approve": "a",
    "issue": "i",
    "deliver": "d",
}
_DANGEROUS = ("void", "revoke")
