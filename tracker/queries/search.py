"""Full text over cases, the same tokens on both databases; results respect what the person may see."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, literal_column, select, text

from tracker.extensions import db
from tracker.models import Case, SearchText
from tracker.rules import folding
from tracker.rules.actors import Actor

AnySelect = Select[*tuple[Any, ...]]

_NOTHING = text("1 = 0")


def committee_token(committee_id: int) -> str:
    """The token that keeps one committee's words out of another's results."""
    return f"committee{committee_id}x"


def narrow(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    """Only cases whose text holds every blank-separated term; accusations are never found."""
    query = query.where(Case.is_accusation.is_(False))
    if db.engine.dialect.name == "sqlite":
        return _narrow_sqlite(query, words, actor)
    return _narrow_postgresql(query, words, actor)


def similar(
    actor: Actor, visible: Any, summary: str, *, without: int | None = None, limit: int = 5
) -> Sequence[Case]:
    """Cases that share most character pairs of a summary with it, newest first."""
    tokens = [token for token in dict.fromkeys(folding.pairs(summary)) if len(token) >= 2][:24]
    if len(tokens) < 2:
        return []
    query = select(Case).where(visible, Case.is_accusation.is_(False), Case.id != (without or 0))
    sharing = _sharing(tokens, actor)
    rows = db.session.execute(sharing).all()
    scored = sorted(((_overlap(tokens, row.folded), row.case_id) for row in rows), reverse=True)
    best = [case_id for score, case_id in scored if score >= 0.5 and case_id != without][: limit * 4]
    found = db.session.scalars(query.where(Case.id.in_(best))).all() if best else []
    return sorted(found, key=lambda case: best.index(case.id))[:limit]


def _narrow_sqlite(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    match = folding.fts5_query(words)
    if match is None:
        return query.where(_NOTHING)
    pairs = text("search_pairs MATCH :match").bindparams(
        match=f"{committee_token(actor.committee_id)} {match}"
    )
    hits: Select[int] = (
        select(literal_column("rowid").label("case_id")).select_from(text("search_pairs")).where(pairs)
    )
    return query.where(Case.id.in_(hits))


def _narrow_postgresql(query: AnySelect, words: str, actor: Actor) -> AnySelect:
    lexemes = folding.tsquery_terms(words)
    if not lexemes:
        return query.where(_NOTHING)
    wanted = " & ".join([f"'{committee_token(actor.committee_id)}'", *lexemes])
    query = query.join(SearchText, SearchText.case_id == Case.id).where(
        literal_column("search_text.pairs").op("@@")(
            text("CAST(:wanted AS tsquery)").bindparams(wanted=wanted)
        )
    )
    # Lexemes carry no order; the folded text decides whether they stand side by side.
    for run in folding.runs(words):
        query = query.where(SearchText.folded.contains(run, autoescape=True))
    return query


def _sharing(tokens: list[str], actor: Actor) -> Select[int, str]:
    """Candidates that share any token, newest first and bounded."""
    query = select(SearchText.case_id, SearchText.folded).order_by(SearchText.case_id.desc()).limit(200)
    if db.engine.dialect.name == "sqlite":
        any_of = " OR ".join(f'"{token}"' for token in tokens)
        match = text("search_pairs MATCH :match").bindparams(
            match=f"{committee_token(actor.committee_id)} AND ({any_of})"
        )
        hits: Select[int] = (
            select(literal_column("rowid"))
            .select_from(text("search_pairs"))
            .where(match)
            .order_by(text("rank"))
            .limit(200)
        )
        return query.where(SearchText.case_id.in_(hits))
    quoted = " | ".join("'" + token.replace("'", "''") + "'" for token in tokens)
    wanted = f"'{committee_token(actor.committee_id)}' & ({quoted})"
    return query.where(
        literal_column("search_text.pairs").op("@@")(
            text("CAST(:wanted AS tsquery)").bindparams(wanted=wanted)
        )
    )


def _overlap(tokens: list[str], folded: str) -> float:
    return sum(token in folded for token in tokens) / len(tokens)


def stories(actor: Actor, visible: Any, references: Sequence[str]) -> dict[str, str]:
    """The narratives of found cases, where the actor may read them; for the words around a hit."""
    query = select(Case.reference, Case.narrative).where(Case.reference.in_(references), visible)
    return {key: value for key, value in db.session.execute(query)}
