"""The diary: one chained event for each thing that happens, its words beside it, its effects queued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from tracker.actions import outbox
from tracker.actions.base import session
from tracker.extensions import clock
from tracker.models import Case, ChainHead, Event, Note
from tracker.outgoing import notices
from tracker.rules import chain
from tracker.rules.actors import Actor

_CASES = Case.metadata.tables["case"]


def write(
    thing: Any,
    verb: str,
    *,
    by: Actor,
    before: str | None = None,
    after: str | None = None,
    note: str = "",
    audience: str = "office",
    data: dict[str, Any] | None = None,
    notify: bool = True,
) -> Event:
    """Append one event about a case, an assignment, a letter, a visit, a person or a unit.

    ``data`` holds ids and codes only; free text goes to ``note``, which can be erased without breaking the
    chain (the event keeps a salted hash of it).
    """
    session().flush()
    salt = chain.new_salt()
    event = _event(thing, verb, by, before, after, data or {})
    event.note_hash = chain.note_hash(salt, note) if note else None
    # Before the chain's head: whoever waits for the case must not hold up the whole committee.
    _touch(event.case_id, event.at)
    _chain([event])
    if note:
        session().add(
            Note(
                committee_id=thing.committee_id,
                case_id=event.case_id,
                assignment_id=event.assignment_id,
                event=event,
                audience=audience,
                text=note,
                salt=salt,
                author_id=by.person_id,
            )
        )
        session().flush()
    if notify and notices.template(notices.name_of(thing.noun, verb)):
        outbox.put("notify", f"notify:{event.id}", {"event": event.id}, thing.committee_id)
    return event


def write_many(
    things: Sequence[Any],
    verb: str,
    *,
    by: Actor,
    after: str | None = None,
    data: Sequence[dict[str, Any]] | None = None,
) -> None:
    """One event for each of many things of one committee, without notes; nobody is told of any of them."""
    session().flush()
    facts = data or [{}] * len(things)
    _chain([_event(thing, verb, by, None, after, own) for thing, own in zip(things, facts, strict=True)])


def _event(
    thing: Any, verb: str, by: Actor, before: str | None, after: str | None, data: dict[str, Any]
) -> Event:
    return Event(
        committee_id=thing.committee_id,
        at=clock(),
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name if by.kind == "system" else "",
        object_kind=thing.noun,
        object_id=_number(thing),
        case_id=_case_id(thing),
        assignment_id=thing.id if thing.noun == "assignment" else None,
        before=before,
        after=after,
        data=data,
        note_hash=None,
    )


def _chain(events: Sequence[Event]) -> None:
    """Link the events to their committee's chain, in this order, and seal its new end."""
    committee_id = events[0].committee_id
    # The head is the last row locked, so that two writers of one committee can never wait for each other.
    head = _head(committee_id)
    for event in events:
        event.seq, event.prev_hash = head.seq + 1, head.hash
        event.hash = chain.link(head.hash, event.content())
        head.seq, head.hash = event.seq, event.hash
    session().add_all(events)
    key: bytes = current_app.extensions["huiyin.event_key"]
    head.mac = chain.seal_head(key, committee_id, head.seq, head.hash)
    session().flush()


def _head(committee_id: int) -> ChainHead:
    head = session().get(ChainHead, committee_id, with_for_update=True)
    if head is not None:
        return head
    # Two first events may meet here; the slower one waits and goes on with the other's row.
    insert = sqlite.insert if session().get_bind().dialect.name == "sqlite" else postgresql.insert
    beginning = {"committee_id": committee_id, "seq": 0, "hash": chain.GENESIS, "mac": b""}
    session().execute(insert(ChainHead).values(beginning).on_conflict_do_nothing())
    return session().get_one(ChainHead, committee_id, with_for_update=True)


def _touch(case_id: int | None, at: datetime) -> None:
    # Past the mapper: what happens to a child must not raise the case's own version.
    if case_id is None:
        return
    session().execute(_CASES.update().where(_CASES.c.id == case_id).values(updated_at=at))
    loaded = session().identity_map.get(identity_key(Case, case_id))
    if loaded is not None:
        set_committed_value(loaded, "updated_at", at)


def _number(thing: Any) -> int | None:
    return thing.id if isinstance(thing.id, int) else None


def _case_id(thing: Any) -> int | None:
    found: int | None = thing.id if thing.noun == "case" else getattr(thing, "case_id", None)
    return found
