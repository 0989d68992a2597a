"""What the moves of a brief, a suggestion or a lead ask for."""

from collections.abc import Callable
from typing import Any

from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.models import Submission
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import words
from tracker.web.move_forms import Fields, Spec
from workflows.submission import ADOPTION_LEVELS, ADOPTION_MANNERS, SENT_TO, WILLINGNESS

Build = Callable[[Any, Actor], tuple[Spec, ...]]


def _reason(label: Callable[[], str], hint: Callable[[], str] = str) -> Build:
    def build(found: Submission, actor: Actor) -> tuple[Spec, ...]:
        return (Spec("reason", label(), "textarea", True, hint(), rows=3, maxlength=1000),)

    return build


def _check(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    """Beginning with the last edition, or with the member's own words."""
    return (
        Spec("edited_title", gettext("核稿后的标题"), required=True, value=found.edited_title or found.title),
        Spec(
            "edited_text",
            gettext("核稿后的正文"),
            "textarea",
            True,
            gettext("情况、分析、建议，一事一报。委员原文另外保留，可以对照。"),
            value=found.edited_text or found.text,
            rows=14,
            maxlength=1500,
        ),
    )


def _send_up(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    return (
        Spec("sent_to", gettext("报送到哪里"), "many", True, options=words.choices(SENT_TO)),
        _day("sent_up_on", gettext("报送日期")),
        _note(),
    )


def _adopt(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    return (
        Spec("level", gettext("哪一级采用"), "chips", True, options=words.choices(ADOPTION_LEVELS)),
        Spec(
            "manner",
            gettext("怎样采用"),
            "chips",
            True,
            options=words.choices(ADOPTION_MANNERS),
            value="single",
        ),
        _day("adopted_on", gettext("采用日期")),
        Spec("place", gettext("刊物或文件"), hint=gettext("例如“社情民意专报第 12 期”。")),
    )


def _leader_note(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    return (
        Spec("office", gettext("哪位领导"), required=True, hint=gettext("写职务，例如“区政府分管领导”。")),
        Spec("text", gettext("批示内容"), "textarea", True, rows=3, maxlength=1000),
        _day("noted_on", gettext("批示日期")),
    )


def _forward(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    return (Spec("forwarded_to", gettext("转送哪个单位"), required=True), _note())


def _answer(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    hint = gettext("会告诉报送的委员。")
    return (Spec("answer", gettext("答复内容"), "textarea", True, hint, rows=5, maxlength=5000),)


def _follow_up(found: Submission, actor: Actor) -> tuple[Spec, ...]:
    last = found.follow_ups[-1].willingness if found.follow_ups else "unknown"
    return (
        _day("done_on", gettext("联系日期")),
        Spec("policy_sent", gettext("已送去家乡环境和优惠政策介绍"), "check"),
        Spec(
            "willingness",
            gettext("对方的意向"),
            "chips",
            True,
            options=words.choices(WILLINGNESS),
            value=last,
        ),
        Spec("next_step", gettext("下一步"), hint=gettext("谁做什么。不写对方的姓名、电话。")),
        Spec("next_on", gettext("下次联系"), "date"),
    )


def _day(name: str, label: str) -> Spec:
    return Spec(name, label, "date", True, value=shanghai_date(clock()).isoformat())


def _note() -> Spec:
    return Spec(
        "note", gettext("说明"), "textarea", hint=gettext("只有办公室看得到。"), rows=2, maxlength=1000
    )


FIELDS: Fields = {
    ("submission", "keep"): _reason(lambda: gettext("为什么留存"), lambda: gettext("会告诉报送的委员。")),
    ("submission", "check"): _check,
    ("submission", "send_back"): _reason(lambda: gettext("要改什么")),
    ("submission", "send_up"): _send_up,
    ("submission", "adopt"): _adopt,
    ("submission", "leader_note"): _leader_note,
    ("submission", "tell"): _reason(
        lambda: gettext("告诉委员什么"), lambda: gettext("采用、批示、办理的结果。")
    ),
    ("submission", "forward"): _forward,
    ("submission", "answer"): _answer,
    ("submission", "follow_up"): _follow_up,
    ("submission", "settle"): _reason(lambda: gettext("落地情况")),
    ("submission", "drop"): _reason(lambda: gettext("为什么没成")),
}
