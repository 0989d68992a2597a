"""Keep the search index equal to what it indexes, in the same transaction."""

from sqlalchemy import delete, select, text

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


def store(case_id: int, committee_id: int, words: str) -> None:
    tokens = [committee_token(committee_id), *folding.pairs(words)]
    row = session().get(SearchText, case_id)
    if row is None:
        session().add(SearchText(case_id=case_id, committee_id=committee_id, folded=folding.fold(words)))
    else:
        row.folded = folding.fold(words)
    session().flush()
    if db.engine.dialect.name == "sqlite":
        session().execute(text("DELETE FROM search_pairs WHERE rowid = :id"), {"id": case_id})
        session().execute(
            text("INSERT INTO search_pairs (rowid, tokens) VALUES (:id, :tokens)"),
            {"id": case_id, "tokens": " ".join(tokens)},
        )
    else:
        session().execute(
            text("UPDATE search_text SET pairs = array_to_tsvector(:tokens) WHERE case_id = :id"),
            {"id": case_id, "tokens": sorted(set(tokens))},
        )


def remove(case_id: int) -> None:
    session().execute(delete(SearchText).where(SearchText.case_id == case_id))
    if db.engine.dialect.name == "sqlite":
        session().execute(text("DELETE FROM search_pairs WHERE rowid = :id"), {"id": case_id})


def _words(case: Case) -> str:
    replies = [reply.text for share in case.assignments for reply in share.replies]
    numbers = session().scalars(select(Letter.number).where(Letter.case_id == case.id)).all()
    parts = [
        case.reference,
        case.summary,
        case.narrative,
        case.outcome_text,
        *replies,
        *filter(None, numbers),
    ]
    return "\n".join(part for part in parts if part)
