"""全站搜索: a number jumps, words are looked for in everything one may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.door.language import spoken
from tracker.extensions import clock
from tracker.queries import assignments, cases, jump, kept, scope, search
from tracker.queries.cases import CaseFilter, Page
from tracker.rules import folding
from tracker.rules.actors import Actor
from tracker.web import links, words
from tracker.web.words import CountdownView, Sign

blueprint = Blueprint("search", __name__)

PAGE = 20
LONGEST = 100
# Characters before and after the first hit of a story.
_BEFORE, _AROUND = 24, 96

Pieces = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Hit:
    """One result; the pieces carry a mark where the words stand."""

    url: str
    reference: str
    title: Pieces
    snippet: Pieces
    sign: Sign
    due: CountdownView | None
    updated: str


@blueprint.get("/search")
def index() -> str | Response:
    actor, asked = door.signed_in(), _typed(request.args.get("q", ""))
    if found := jump.target(asked, actor) if asked else None:
        return make_response(redirect(links.thing(found)))
    now = clock()
    after = request.args.get("after")
    question = ("search", asked, after, spoken())
    page, hits, total = (
        kept.until_next_event(actor, question, lambda: _look(asked, after, actor, now), now=now)
        if asked
        else (Page([], None), [], "")
    )
    return render_template(
        "search/results.html",
        q=asked,
        hits=hits,
        total=total,
        next_url=url_for("search.index", q=asked, after=page.next) if page.next else "",
    )


def _typed(text: str) -> str:
    """What can be looked for: control characters only come from broken links."""
    return "".join(char if char.isprintable() else " " for char in text[:LONGEST]).strip()


def _look(asked: str, after: str | None, actor: Actor, now: datetime) -> tuple[Page, list[Hit], str]:
    if actor.has("handler"):
        page = assignments.page(actor, words=asked, limit=PAGE, after=after, now=now)
        return page, [_share(row, asked, now) for row in page.items], ""
    wanted = CaseFilter(q=asked)
    page = cases.page(actor, wanted, limit=PAGE, after=after, now=now)
    references = [row.reference for row in page.items]
    stories = search.stories(actor, scope.cases(actor, "read_story"), references) if references else {}
    hits = [_case(row, stories.get(row.reference, ""), asked, now) for row in page.items]
    return page, hits, words.capped(cases.count(actor, wanted, now))


def _case(row: Any, story: str, asked: str, now: datetime) -> Hit:
    return Hit(
        links.case(row.reference),
        row.reference,
        marked(row.summary, asked),
        around(story, asked),
        words.case_sign(row.state, row.disposition, row.closed_at),
        words.due(row.due_at, now),
        words.day(row.updated_at, now),
    )


def _share(row: Any, asked: str, now: datetime) -> Hit:
    return Hit(
        links.share(row.public_id),
        row.reference,
        marked(words.shortened(row.transfer_text), asked),
        around(row.transfer_text, asked),
        words.sign("assignment", row.state),
        words.due(row.due_at, now),
        words.day(row.updated_at, now),
    )


def marked(text: str, asked: str) -> Pieces:
    return [(piece, "other" if hit else None) for piece, hit in folding.highlight(text, asked)]


def around(text: str, asked: str) -> Pieces:
    """The words around the first hit, or nothing when there is none."""
    line = " ".join(text.split())
    start = 0
    for piece, hit in folding.highlight(line, asked):
        if hit:
            begin = max(0, start - _BEFORE)
            cut = line[begin : start + _AROUND]
            before, behind = "…" if begin else "", "…" if start + _AROUND < len(line) else ""
            return [(before, None), *marked(cut, asked), (behind, None)]
        start += len(piece)
    return []
