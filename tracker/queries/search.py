"""Full text over cases, the same tokens on both databases; results respect what the person may see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    TableClause,
    column,
    literal_column,
    select,
    table,
    text,
)

from tracker.extensions import db
from tracker.models import Case, SearchText
from tracker.rules import folding
from tracker.rules.actors import Actor

AnySelect = Select[*tuple[Any, ...]]

_NOTHING = text("1 = 0")
_PAIRS: TableClause = table("search_pairs", column("rowid", Integer))
# Similar cases are looked for among so many of the newest that share three characters in a row.
_CANDIDATES = 60


def committee_token(committee_id: int) -> str:
    """The token that keeps one committee's words out of another's results."""
    return f"committee{committee_id}x"


def narrow(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    """Only cases whose text holds every blank-separated term; accusations are never found."""
    query = query.where(Case.is_accusation.is_(False))
    if db.engine.dialect.name == "sqlite":
        return _narrow_sqlite(query, words, actor)
    return _narrow_postgresql(query, words, actor)


def newest(words: str | None) -> ColumnElement[int]:
    """What a query narrowed by these words is put in order by.

    SQLite walks its full-text index from the newest row and stops after a page; sorted by the case's own id
    it would first collect every match.
    """
    if words and db.engine.dialect.name == "sqlite" and folding.fts5_query(words):
        return _PAIRS.c.rowid
    return Case.id.expression


def similar(
    actor: Actor, visible: Any, summary: str, *, without: int | None = None, limit: int = 5
) -> Sequence[Case]:
    """Cases that share most character pairs of a summary with it, newest first."""
    tokens = [token for token in dict.fromkeys(folding.pairs(summary)) if len(token) >= 2][:24]
    if len(tokens) < 2:
        return []
    query = select(Case).where(visible, Case.is_accusation.is_(False), Case.id != (without or 0))
    rows = db.session.execute(_sharing(folding.phrases(tokens), actor)).all()
    scored = sorted(((_overlap(tokens, row.folded), row.case_id) for row in rows), reverse=True)
    best = [case_id for score, case_id in scored if score >= 0.5 and case_id != without][: limit * 4]
    found = db.session.scalars(query.where(Case.id.in_(best))).all() if best else []
    return sorted(found, key=lambda case: best.index(case.id))[:limit]


def _narrow_sqlite(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    match = folding.fts5_query(words)
    if match is None:
        return query.where(_NOTHING)
    token = committee_token(actor.committee_id)
    query = query.join(_PAIRS, _PAIRS.c.rowid == Case.id).where(_matches(f"{token} {match}"))
    # Every row holds the token, but none says it.
    return query.where(_NOTHING) if token in folding.runs(words) else query


def _narrow_postgresql(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    lexemes = folding.tsquery_terms(words)
    if not lexemes:
        return query.where(_NOTHING)
    wanted = " & ".join([_lexeme(committee_token(actor.committee_id)), *lexemes])
    query = query.join(SearchText, SearchText.case_id == Case.id).where(_holds(wanted))
    # Lexemes carry no order; the folded text decides whether they stand side by side.
    for run in folding.runs(words):
        query = query.where(SearchText.folded.contains(run, autoescape=True))
    return query


def _sharing(phrases: Sequence[tuple[str, ...]], actor: Actor) -> Select[int, str]:
    """The newest cases that hold any of these runs of tokens."""
    query = select(SearchText.case_id, SearchText.folded).limit(_CANDIDATES)
    if db.engine.dialect.name == "sqlite":
        any_of = " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        return (
            query.join(_PAIRS, _PAIRS.c.rowid == SearchText.case_id)
            .where(_matches(f"{committee_token(actor.committee_id)} AND ({any_of})"))
            .order_by(_PAIRS.c.rowid.desc())
        )
    any_of = " | ".join(f"({' & '.join(_lexeme(token) for token in phrase)})" for phrase in phrases)
    wanted = f"{_lexeme(committee_token(actor.committee_id))} & ({any_of})"
    return query.where(_holds(wanted)).order_by(SearchText.case_id.desc())


def _matches(expression: str) -> ColumnElement[bool]:
    """SQLite: the full-text index answers this expression."""
    return literal_column("search_pairs").op("MATCH")(expression)


def _holds(expression: str) -> ColumnElement[bool]:
    """PostgreSQL: the token vector answers this expression."""
    return literal_column("search_text.pairs").op("@@")(
        text("CAST(:wanted AS tsquery)").bindparams(wanted=expression)
    )


def _lexeme(token: str) -> str:
    return "'" + token.replace("'", "''") + "'"


def _overlap(tokens: list[str], folded: str) -> float:
    return sum(token in folded for token in tokens) / len(tokens)


def stories(actor: Actor, visible: Any, references: Sequence[str]) -> dict[str, str]:
    """The narratives of found cases, where the actor may read them; for the words around a hit."""
    query = select(Case.reference, Case.narrative).where(Case.reference.in_(references), visible)
    return {key: value for key, value in db.session.execute(query)}
