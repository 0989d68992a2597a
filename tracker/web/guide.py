"""帮助: what may follow what, printed from the tables themselves; keys; terms."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from tracker.door.language import gettext
from tracker.queries.moves import WORDS
from tracker.rules import diagrams, permissions
from tracker.rules.words import N_
from tracker.web import words
from workflows.rulebook import Move, Rulebook

TERMS = (
    (N_("诉求"), N_("群众反映的一件事。一件诉求只有一个编号，从提出到反馈都用它。")),
    (N_("协调"), N_("办公室看过原文，隐去个人信息，定下由谁办、怎么办。")),
    (N_("转办摘要"), N_("交给承办单位的文字，不含姓名、电话和住址；部门只看得到它。")),
    (N_("主办、会办、分办"), N_("主办单位负责答复；会办单位提供意见；分办是几家各答复各的。")),
    (N_("工作日"), N_("按国务院公布的放假安排计算；17:30 以后交办的，从次日算起。")),
    (N_("退回"), N_("承办单位认为不归自己管，在期限内说明理由退回；第二次退回由办公室负责人裁定。")),
    (N_("反馈函"), N_("给群众的正式答复。一人起草，另一人签发，编号后不再改动。")),
    (N_("三个一"), N_("每位委员报送的发展建议、社情民意信息、招商引才线索；一件事报一条。")),
    (N_("查询码"), N_("回执上的 21 位编码。群众凭它看进展、取函、评价，不用登录。")),
)
KEYS = (
    ("Ctrl K", N_("搜索；输入编号直接打开")),
    ("j k", N_("下一行、上一行；Enter 打开，x 勾选")),
    ("[ ]", N_("列表里的上一件、下一件")),
    ("n", N_("本岗位最常用的一步")),
    ("Ctrl Enter", N_("提交正在填的表单")),
    ("?", N_("显示本页可用的键")),
)


@dataclass(frozen=True)
class MoveRow:
    """One move of a table in words: what, from where to where, by whom, what it needs."""

    label: str
    sources: str
    target: str
    who: str
    needs: str


@dataclass(frozen=True)
class Life:
    """One life: its picture and its moves."""

    title: str
    picture: Markup
    moves: list[MoveRow]


def page() -> str:
    return render_template(
        "pages/help.html",
        lives=[_life(book) for book in diagrams.BOOKS],
        terms=[(gettext(term), gettext(text)) for term, text in TERMS],
        keys=[(keys, gettext(text)) for keys, text in KEYS],
    )


def _life(book: Rulebook) -> Life:
    # Every label was escaped where the picture is drawn.
    picture = Markup(diagrams.svg(book, gettext))
    return Life(gettext(diagrams.TITLES[book.name]), picture, [_row(book, move) for move in book.moves])


def _row(book: Rulebook, move: Move) -> MoveRow:
    target = book.states[move.target].label if move.target else ""
    return MoveRow(
        gettext(move.label),
        gettext("、").join(gettext(book.states[name].label) for name in move.sources),
        gettext(target) if target else gettext("不变"),
        _who(book, move),
        gettext("；").join(gettext(WORDS[need]) for need in move.needs),
    )


def _who(book: Rulebook, move: Move) -> str:
    if move.by_system:
        return words.role("system")
    row = permissions.table()[f"{book.noun}.{move.asks or move.name}"]
    return str(gettext("、")).join(words.role(role) for role in row.grants if role != "system")
