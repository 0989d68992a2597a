"""Uploads of filled forms, always on behalf of somebody; what was read of them is unsealed here."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import (
    Case,
    FormImport,
    ImportFile,
    ImportForm,
    ImportOriginal,
    Outbox,
    Visit,
    vault,
)
from tracker.queries import scope, waiting
from tracker.queries.cases import read_cursor, write_cursor
from tracker.rules.actors import Actor
from tracker.rules.words import N_

T = TypeVar("T")

VISIT_KINDS = ("annex1", "register")


@dataclass(frozen=True)
class Stored:
    """A form as it was read, with what somebody changed of it.

    ``keep``: False leaves it out, True stores it although it is known. ``cases``: which matters of a field
    become cases, by position; those not spoken of do.
    """

    row: ImportForm
    kind: str
    read: dict[str, Any]
    confidence: dict[str, float]
    problems: Sequence[Sequence[Any]]
    place: str
    corrected: dict[str, Any] = field(default_factory=dict)
    keep: bool | None = None
    cases: dict[str, list[bool]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.row.public_id

    @property
    def fields(self) -> dict[str, Any]:
        return self.read | self.corrected


def get(public_id: str, actor: Actor) -> FormImport:
    found = db.session.scalar(
        select(FormImport).where(FormImport.public_id == public_id, scope.imports(actor))
    )
    if found is None:
        raise NotFound(N_("没有这次导入，或者您不能查看"))
    return found


def to_work_on(import_id: int) -> FormImport:
    """For the background, which acts for nobody."""
    return db.session.get_one(FormImport, import_id)


def original_to_read(row_id: int) -> tuple[str, bytes]:
    """Name and content, for the background."""
    row = db.session.get_one(ImportOriginal, row_id)
    return original_name(row), original_content(row)


def page(
    actor: Actor, *, now: datetime, waits: str | None = None, limit: int = 30, after: str | None = None
) -> tuple[Sequence[FormImport], str | None]:
    """The newest first, and the cursor of the next page; ``waits`` names a queue of queries.waiting."""
    query = select(FormImport).where(scope.imports(actor)).options(joinedload(FormImport.by))
    if waits:
        query = query.where(waiting.condition(waiting.IMPORTS, waits, actor, now))
    if after:
        query = query.where(FormImport.id < read_cursor(after))
    rows = db.session.scalars(query.order_by(FormImport.id.desc()).limit(limit + 1)).all()
    return rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None


def open_by(actor: Actor) -> int:
    """How many uploads of this person wait to be read, confirmed or given up."""
    waits = FormImport.status.in_(("queued", "reading", "ready", "storing"))
    query = select(func.count()).select_from(FormImport).where(FormImport.by_id == actor.person_id, waits)
    return db.session.scalar(query) or 0


def original(public_id: str, actor: Actor) -> ImportOriginal:
    found = db.session.scalar(
        select(ImportOriginal)
        .join(FormImport, FormImport.id == ImportOriginal.import_id)
        .where(ImportOriginal.public_id == public_id, scope.imports(actor))
    )
    if found is None or not found.is_kept:
        raise NotFound(N_("没有这个文件，或者您不能查看"))
    return found


def names(imports: Sequence[FormImport]) -> dict[int, list[str]]:
    """What the uploaded files are called, by import."""
    query = select(ImportOriginal).where(ImportOriginal.import_id.in_([one.id for one in imports]))
    found: dict[int, list[str]] = {one.id: [] for one in imports}
    for row in db.session.scalars(query.order_by(ImportOriginal.position)):
        found[row.import_id].append(original_name(row))
    return found


def forms(imported: FormImport, file: ImportFile | None = None) -> list[Stored]:
    """Every form in the order of the files, or those of one file."""
    query = (
        select(ImportForm, ImportFile.kind)
        .join(ImportFile, ImportFile.id == ImportForm.file_id)
        .where(ImportForm.import_id == imported.id)
        .order_by(ImportFile.position, ImportForm.position)
    )
    if file is not None:
        query = query.where(ImportForm.file_id == file.id)
    return [_stored(row, kind) for row, kind in db.session.execute(query)]


def form_count(imported: FormImport) -> int:
    query = select(func.count()).select_from(ImportForm).where(ImportForm.import_id == imported.id)
    return db.session.scalar(query) or 0


def counts(imported: FormImport) -> dict[int, int]:
    """How many forms each file has."""
    query = select(ImportForm.file_id, func.count()).where(ImportForm.import_id == imported.id)
    return {file: number for file, number in db.session.execute(query.group_by(ImportForm.file_id))}


def made(imported: FormImport, most: int) -> list[tuple[Visit, list[Case]]]:
    """The first visits that came of it, with their cases."""
    query = (
        select(Visit)
        .join(ImportForm, ImportForm.visit_id == Visit.id)
        .where(ImportForm.import_id == imported.id)
        .options(selectinload(Visit.cases), joinedload(Visit.member))
        .order_by(Visit.id)
        .limit(most)
    )
    return [(visit, visit.cases) for visit in db.session.scalars(query)]


def visits_of(imported: FormImport) -> dict[int, str]:
    """Public ids of the visits made of it, by row."""
    query = (
        select(Visit.id, Visit.public_id)
        .join(ImportForm, ImportForm.visit_id == Visit.id)
        .where(ImportForm.import_id == imported.id)
    )
    return {row: public_id for row, public_id in db.session.execute(query)}


def is_visit(public_id: str) -> bool:
    return db.session.scalar(select(Visit.id).where(Visit.public_id == public_id)) is not None


def is_stuck(imported: FormImport) -> bool:
    """Whether the background gave up on it."""
    query = select(Outbox.id).where(
        Outbox.effect_key.in_([f"{verb}:{imported.public_id}" for verb in ("read_forms", "store_forms")]),
        Outbox.parked_at.is_not(None),
    )
    return imported.is_waiting and db.session.scalar(query.limit(1)) is not None


def original_name(row: ImportOriginal) -> str:
    return vault.unseal("import_original", row.public_id, "name", row.name_sealed).decode()


def original_content(row: ImportOriginal) -> bytes:
    assert row.content_sealed is not None
    return vault.unseal("import_original", row.public_id, "content", row.content_sealed)


def file_name(row: ImportFile) -> str:
    return vault.unseal("import_file", row.public_id, "name", row.name_sealed).decode()


def file_pages(row: ImportFile) -> list[dict[str, Any]]:
    """The words of the file (incoming.forms.showing)."""
    if row.pages_sealed is None:
        return []
    packed = vault.unseal("import_file", row.public_id, "pages", row.pages_sealed)
    found: list[dict[str, Any]] = json.loads(zlib.decompress(packed))
    return found


def _stored(row: ImportForm, kind: str) -> Stored:
    read = json.loads(vault.unseal("import_form", row.public_id, "read", row.read_sealed))
    said: dict[str, Any] = {}
    if row.corrected_sealed is not None:
        said = json.loads(vault.unseal("import_form", row.public_id, "corrected", row.corrected_sealed))
    return Stored(row, kind, **read, **said)


def chunks(ids: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Below every database's limit of values in one statement."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
