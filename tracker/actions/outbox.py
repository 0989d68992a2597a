"""Queue an effect in the same transaction as the event that causes it."""

from typing import Any

from sqlalchemy import select

from tracker.actions.base import session
from tracker.extensions import clock
from tracker.models import Outbox


def put(kind: str, effect_key: str, payload: dict[str, Any], committee_id: int) -> None:
    """The unique key makes a second request a no-op. No payload carries a code or a name."""
    known = session().scalar(select(Outbox.id).where(Outbox.effect_key == effect_key))
    if known is None:
        session().add(
            Outbox(
                kind=kind,
                effect_key=effect_key,
                payload=payload,
                committee_id=committee_id,
                available_at=clock(),
            )
        )
