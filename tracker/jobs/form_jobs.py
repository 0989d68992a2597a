"""Uploaded forms in the background: read by the child, later stored, both with figures of how far it is."""

from collections.abc import Callable
from typing import Any

from flask import current_app

from tracker.actions import form_imports, form_uploads
from tracker.extensions import clock, transaction
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead
from tracker.models import FormImport
from tracker.outgoing import progress
from tracker.queries import form_imports as stored
from tracker.queries import people
from tracker.rules.clock import shanghai_date

Payload = dict[str, Any]
Store = Callable[[], None]


def read_forms(payload: Payload) -> Store:
    """Open each file in the child; what it read is stored in one short transaction at the end."""
    with transaction("write"):
        imported = stored.to_work_on(payload["import"])
        form_uploads.begin_reading(imported)
    with transaction("read"):
        imported = stored.to_work_on(payload["import"])
        if imported.status not in ("queued", "reading"):
            return lambda: None
        occasion = occasion_of(imported)
        originals = [(one.position, one.id, one.size) for one in imported.originals if one.is_kept]
    found = _read(imported.public_id, originals, occasion)

    def store() -> None:
        imported = stored.to_work_on(payload["import"])
        form_uploads.keep_read(imported, found)
        progress.end(_instance(), imported.public_id)

    return store


def store_forms(payload: Payload) -> Store:
    """All of it happens inside the worker's transaction, so that a fault leaves nothing behind."""

    def store() -> None:
        imported = stored.to_work_on(payload["import"])
        assert imported.confirmed_by is not None
        by = people.as_actor(imported.confirmed_by)
        total = stored.form_count(imported)
        form_imports.finish(imported, by=by, progress=teller(imported.public_id, total))
        progress.end(_instance(), imported.public_id)

    return store


def teller(public_id: str, total: int) -> Callable[[int], None]:
    instance = _instance()
    return lambda done: progress.tell(instance, public_id, done, total)


def occasion_of(imported: FormImport) -> Occasion:
    today, campaign = shanghai_date(clock()), imported.campaign
    if campaign is None:
        return Occasion(today, imported.year)
    return Occasion(today, imported.year, campaign.starts_on, campaign.catch_up_until or campaign.ends_on)


def _read(
    public_id: str, originals: list[tuple[int, int, int]], occasion: Occasion
) -> list[tuple[int, FileRead]]:
    found: list[tuple[int, FileRead]] = []
    done, tell = 0, teller(public_id, sum(size for _, _, size in originals))
    with Reader(occasion) as reader:
        for position, row_id, size in originals:
            with transaction("read"):
                name, content = stored.original_to_read(row_id)
            found += [(position, file) for file in reader.read(name, content)]
            tell(done := done + size)
    return found


def _instance() -> str:
    return str(current_app.config["HUIYIN_INSTANCE"])
