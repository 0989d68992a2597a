"""An upload of filled forms as its owner and the office may read it."""

from typing import Any

from pydantic import Field

from tracker.api.answers.base import Answer, FieldFault
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.incoming.form_checks import Checked
from tracker.models import FormImport, ImportFile
from tracker.outgoing.progress import Progress
from tracker.queries import form_imports


class ImportQueued(Answer):
    id: str
    status: str


class ProgressAnswer(Answer):
    done: int
    total: int


class FormAnswer(Answer):
    """``problems`` are doubts to look at and faults that must be settled before anything is stored.

    ``duplicate_of`` is the visit or submission there is already, or another form of the same import.
    """

    id: str
    place: str
    fields: dict[str, Any]
    confidence: dict[str, float] = Field(description="0…1 for each field that was read")
    problems: list[FieldFault]
    duplicate_of: str | None
    keep: bool = Field(description="whether it is stored when the import is confirmed")
    outcome: str = Field(description="after that: stored, known, left_out or kept (only as evidence)")
    visit: str | None = Field(description="the visit made of it")


class FileAnswer(Answer):
    name: str
    kind: str
    sha256: str
    problems: list[FieldFault]
    forms: list[FormAnswer]


class ImportAnswer(Answer):
    """``counts`` says what was made of it once it is confirmed."""

    id: str
    status: str
    progress: ProgressAnswer | None
    failure: str
    counts: dict[str, int]
    files: list[FileAnswer]
    version: int


def import_answer(
    imported: FormImport,
    checked: list[Checked],
    visits: dict[int, str],
    progress: Progress | None,
    *,
    stuck: bool,
) -> ImportAnswer:
    by_file: dict[int, list[Checked]] = {}
    for one in checked:
        by_file.setdefault(one.stored.row.file_id, []).append(one)
    prints = {original.id: original.sha256 for original in imported.originals}
    return ImportAnswer(
        id=imported.public_id,
        status="failed" if stuck else imported.status,
        progress=ProgressAnswer(done=progress.done, total=progress.total) if progress else None,
        failure=imported.failure,
        counts=imported.counts,
        files=[
            _file(row, prints[row.original_id], by_file.get(row.id, []), visits) for row in imported.files
        ],
        version=imported.version,
    )


def _file(row: ImportFile, sha256: str, forms: list[Checked], visits: dict[int, str]) -> FileAnswer:
    return FileAnswer(
        name=form_imports.file_name(row),
        kind=row.kind,
        sha256=sha256,
        problems=[FieldFault(field=name, message=gettext(said, **more)) for name, said, more in row.problems],
        forms=[_form(one, visits) for one in forms],
    )


def _form(one: Checked, visits: dict[int, str]) -> FormAnswer:
    row = one.stored.row
    done = bool(row.outcome)
    return FormAnswer(
        id=one.stored.id,
        place=one.stored.place,
        fields=one.stored.fields,
        confidence=one.stored.confidence,
        problems=[] if done else [_fault(fault) for fault in (*one.faults, *one.doubts)],
        duplicate_of=None if done else one.duplicate_of,
        keep=not one.is_left_out if not done else row.outcome == "stored",
        outcome=row.outcome,
        visit=visits.get(row.visit_id) if row.visit_id else None,
    )


def _fault(fault: FieldError) -> FieldFault:
    return FieldFault(field=fault.field, message=gettext(fault.message, **fault.params))
