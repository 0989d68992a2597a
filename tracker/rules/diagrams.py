"""The lives of workflows/ as pictures: one for the help page, one for the docs, both from the tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from tracker.rules.words import N_
from workflows.assignment import ASSIGNMENT
from workflows.booklet import BOOKLET
from workflows.case import CASE
from workflows.group_report import GROUP_REPORT
from workflows.invitee import INVITEE
from workflows.letter import LETTER
from workflows.rulebook import Move, Rulebook
from workflows.submission import BRIEF, LEAD, SUGGESTION

Say = Callable[[str], str]

BOOKS = (CASE, ASSIGNMENT, LETTER, GROUP_REPORT, BRIEF, SUGGESTION, LEAD, BOOKLET, INVITEE)
TITLES = {
    "case": N_("诉求"),
    "assignment": N_("交办"),
    "letter": N_("函件"),
    "group_report": N_("小组汇总"),
    "brief": N_("社情民意信息"),
    "suggestion": N_("发展建议"),
    "lead": N_("“双招双引”线索"),
    "booklet": N_("汇编"),
    "invitee": N_("活动邀请"),
}

# Wide enough for English words.
_WIDTH, _HEIGHT, _GAP, _MARGIN, _LIFT = 92, 40, 70, 16, 26
_STEP = _WIDTH + _GAP


@dataclass(frozen=True)
class Arrow:
    """All moves from one state to another, drawn as one."""

    source: str
    target: str
    labels: tuple[str, ...]
    primary: bool


def arrows(book: Rulebook, say: Say = str) -> list[Arrow]:
    """Moves that change the state, joined where they share both ends."""
    joined: dict[tuple[str, str], list[Move]] = {}
    for move in book.moves:
        for source in move.sources:
            if move.target is not None and move.target != source:
                joined.setdefault((source, move.target), []).append(move)
    return [
        Arrow(source, target, _labels(moves, say), any(move.primary for move in moves))
        for (source, target), moves in joined.items()
    ]


def mermaid(book: Rulebook) -> str:
    """A state diagram in the language that code hosts draw."""
    lines = ["stateDiagram-v2", f"    [*] --> {book.initial}"]
    lines += [f"    {state.name} : {state.label}" for state in book.states.values()]
    lines += [f"    {arrow.source} --> {arrow.target} : {'、'.join(arrow.labels)}" for arrow in arrows(book)]
    lines += [f"    {state.name} --> [*]" for state in book.states.values() if state.final]
    return "\n".join(lines)


def document() -> str:
    """docs/lives.md; a test compares the two."""
    parts = ["# What may follow what\n\nPrinted from the tables in `workflows/`; do not edit by hand."]
    for book in BOOKS:
        beside = [move for move in book.moves if move.target is None]
        words = "、".join(dict.fromkeys(move.label for move in beside))
        rest = f"\n\nWithout a change of state: {words}." if words else ""
        parts.append(f"## {TITLES[book.name]} ({book.name})\n\n```mermaid\n{mermaid(book)}\n```{rest}")
    return "\n\n".join(parts) + "\n"


def svg(book: Rulebook, say: Say = str) -> str:
    """The same as a picture in the colour of the text: forward moves above the line, ways back below."""
    order = _order(book)
    found = arrows(book, say)
    spans = [order.index(arrow.target) - order.index(arrow.source) for arrow in found]
    above = _reach([span for span in spans if span > 1])
    below = _reach([-span for span in spans if span < 0])
    width, height = len(order) * _STEP - _GAP + 2 * _MARGIN, above + _HEIGHT + below
    head = f"head-{book.name}"
    lines = [_line(arrow, order, above, head) for arrow in found]
    states = [book.states[name] for name in order]
    boxes = [_box(say(state.label), _left(at), above, state.final) for at, state in enumerate(states)]
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(say(TITLES[book.name]))}" font-size="13" fill="none" stroke="currentColor">'
        f'<defs><marker id="{head}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/>'
        f"</marker></defs>{''.join(lines)}{''.join(boxes)}</svg>"
    )


def _labels(moves: Sequence[Move], say: Say) -> tuple[str, ...]:
    return tuple(dict.fromkeys(say(move.label) for move in moves))


def _order(book: Rulebook) -> list[str]:
    """The primary way from the beginning, then the rest as the table lists it."""
    way = [book.initial]
    onward = {arrow.source: arrow.target for arrow in reversed(arrows(book)) if arrow.primary}
    while (after := onward.get(way[-1])) and after not in way:
        way.append(after)
    return [*way, *(name for name in book.states if name not in way)]


def _reach(spans: list[int]) -> int:
    """How far the widest bow stands out, its words included."""
    return _LIFT * max(spans, default=0) * 3 // 4 + 2 * _MARGIN


def _left(at: int) -> int:
    return _MARGIN + at * _STEP


def _box(label: str, x: int, y: int, final: bool) -> str:
    rim = (
        f'<rect x="{x + 3}" y="{y + 3}" width="{_WIDTH - 6}" height="{_HEIGHT - 6}" rx="4" />'
        if final
        else ""
    )
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" />{rim if final else ""}'
        f'<text x="{x + _WIDTH // 2}" y="{y + 25}" text-anchor="middle" fill="currentColor" stroke="none">'
        f"{escape(label)}</text>"
    )


def _line(arrow: Arrow, order: list[str], top: int, head: str) -> str:
    source, target = order.index(arrow.source), order.index(arrow.target)
    strength = ' stroke-width="2"' if arrow.primary else ' stroke-opacity="0.6"'
    words = arrow.labels
    if target == source + 1:
        y = top + _HEIGHT // 2
        path = f"M{_left(source) + _WIDTH} {y}H{_left(target)}"
        return _drawn(path, head, strength, words, _left(target) - _GAP // 2, y - 6)
    up = target > source
    lift = _LIFT * abs(target - source)
    y, apex = (top, top - lift) if up else (top + _HEIGHT, top + _HEIGHT + lift)
    # Leaving and arriving stand apart, so that arrows of both kinds can be told at a box.
    out, into = (3, 1) if up else (1, 3)
    x1, x2 = _left(source) + _WIDTH * out // 4, _left(target) + _WIDTH * into // 4
    path = f"M{x1} {y}C{x1} {apex} {x2} {apex} {x2} {y}"
    rest = (3 * apex + y) // 4
    return _drawn(path, head, strength, words, (x1 + x2) // 2, rest - 4 if up else rest + 14)


def _drawn(path: str, head: str, strength: str, words: tuple[str, ...], x: int, y: int) -> str:
    """The first of several moves stands for them; all are told on hovering, and in the table below."""
    shown, told = escape(words[0]) + ("…" if len(words) > 1 else ""), escape("\n".join(words))
    return (
        f'<path d="{path}" marker-end="url(#{head})"{strength}><title>{told}</title></path>'
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="11" fill="currentColor" stroke="none">'
        f"{shown}</text>"
    )


if __name__ == "__main__":
    # python -m tracker.rules.diagrams > docs/lives.md
    print(document(), end="")
