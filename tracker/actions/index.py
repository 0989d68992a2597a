"""Keep the search index equal to what it indexes, in the same transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, delete, select, text

from tracker.actions.base import session
from tracker.extensions import db
from tracker.models import Case, Letter, SearchText
from tracker.queries.search import committee_token
from tracker.rules import folding


def refresh(case: Case) -> None:
    """Index number, summary, narrative, replies and letter numbers of one case; accusations are left out."""
    if case.is_accusation:
        remove(case.id)
        return
    store(case.id, case.committee_id, _words(case))


def add(fresh: Sequence[Case]) -> None:
    """Index cases that were just registered and are no accusations: nobody has answered them yet."""
    words = [(case, _join(case.reference, case.summary, case.narrative)) for case in fresh]
    session().add_all(
        SearchText(case_id=case.id, committee_id=case.committee_id, folded=folding.fold(said))
        for case, said in words
    )
    session().flush()
    session().execute(_pairs(), [_row(case.id, case.committee_id, said) for case, said in words])


def store(case_id: int, committee_id: int, words: str) -> None:
    folded = folding.fold(words)
    row = session().get(SearchText, case_id)
    # The pairs are cut from nothing else, and most steps of a case add no word.
    if row is not None and row.folded == folded:
        return
    if row is None:
        session().add(SearchText(case_id=case_id, committee_id=committee_id, folded=folded))
    else:
        row.folded = folded
    session().flush()
    if _is_sqlite():
        session().execute(text("DELETE FROM search_pairs WHERE rowid = :id"), {"id": case_id})
    session().execute(_pairs(), _row(case_id, committee_id, words))


def _pairs() -> TextClause:
    if _is_sqlite():
        return text("INSERT INTO search_pairs (rowid, tokens) VALUES (:id, :tokens)")
    return text("UPDATE search_text SET pairs = array_to_tsvector(:tokens) WHERE case_id = :id")


def _row(case_id: int, committee_id: int, words: str) -> dict[str, Any]:
    tokens = [committee_token(committee_id), *folding.pairs(words)]
    return {"id": case_id, "tokens": " ".join(tokens) if _is_sqlite() else sorted(set(tokens))}


def _is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")


def remove(case_id: int) -> None:
    session().execute(delete(SearchText).where(SearchText.case_id == case_id))
    if _is_sqlite():
        session().execute(text("DELETE FROM search_pairs WHERE rowid = :id"), {"id": case_id})


def _words(case: Case) -> str:
    replies = [reply.text for share in case.assignments for reply in share.replies]
    numbers = session().scalars(select(Letter.number).where(Letter.case_id == case.id)).all()
    return _join(
        case.reference,
        case.summary,
        case.narrative,
        case.outcome_text,
        *replies,
        *filter(None, numbers),
    )


def _join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
