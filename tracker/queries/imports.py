"""What an earlier import brought already."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Case

# Below every database's limit of values in one statement.
BATCH = 500


def known_keys(keys: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        query = select(Case.import_key).where(Case.import_key.in_(some))
        found.update(key for key in db.session.scalars(query) if key)
    return frozenset(found)
