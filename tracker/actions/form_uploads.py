"""Filled forms come in: kept as they are, sealed, and read in the background."""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tracker.actions import diary, outbox
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid, NotFound
from tracker.incoming.form_imports import LONGEST_NAME, UploadQuery, check_sizes
from tracker.incoming.forms.reader import plain_name
from tracker.incoming.forms.result import FileRead, Form
from tracker.models import Campaign, FormImport, ImportFile, ImportForm, ImportOriginal, vault
from tracker.models.base import new_public_id
from tracker.queries import campaigns, form_imports
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

Upload = tuple[str, bytes]
# Sixty megabytes each.
MOST_OPEN = 50
_MANY = N_("已有太多次上传还没有确认，请先确认或者放弃")
_BUSY = N_("正在读取或已经确认，不能放弃")


@dataclass(frozen=True)
class Sealed:
    """An upload ready to be stored: sealing sixty megabytes needs no lock."""

    originals: tuple[ImportOriginal, ...]


def seal(files: Sequence[Upload]) -> Sealed:
    """Raises Invalid or TooLarge for what is not taken at all."""
    check_sizes(files)
    return seal_all(files)


def seal_all(files: Sequence[Upload]) -> Sealed:
    """For the operator's shell, where nobody sends more than they have."""
    return Sealed(tuple(_original(position, *file) for position, file in enumerate(files)))


@action
def receive(sealed: Sealed, given: UploadQuery, *, by: Actor) -> FormImport:
    """Keep the files and have them read."""
    permissions.require_any(by, "import.create")
    campaign = _campaign(given.campaign, by) if given.campaign else None
    if form_imports.open_by(by) >= MOST_OPEN:
        raise Conflict(_MANY)
    imported = FormImport(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        by_id=by.person_id,
        campaign=campaign,
        year=given.year,
        status="queued",
        originals=list(sealed.originals),
    )
    session().add(imported)
    facts = {"sha256": [one.sha256 for one in sealed.originals]}
    diary.write(imported, "upload_forms", by=by, data=facts, notify=False)
    outbox.put("read_forms", f"read_forms:{imported.public_id}", {"import": imported.id}, by.committee_id)
    return imported


@action
def begin_reading(imported: FormImport) -> None:
    if imported.status == "queued":
        imported.status = "reading"


@action
def keep_read(imported: FormImport, read_files: Sequence[tuple[int, FileRead]]) -> None:
    """What the reader made of it, by the position of the original; a second time changes nothing."""
    if imported.status not in ("queued", "reading"):
        return
    for position, (original, file) in enumerate(read_files):
        _keep_file(imported, position, imported.originals[original], file)
    useful = {original for original, file in read_files if file.forms}
    for kept in imported.originals:
        if kept.position not in useful:
            kept.content_sealed, kept.is_kept = None, False
    imported.status = "ready" if useful else "failed"


@action
def discard(imported: FormImport, *, by: Actor) -> None:
    """Wanted by nobody any more: files and forms are deleted, what happened stays on record."""
    permissions.require(by, "confirm", imported)
    lock(imported)
    if imported.is_waiting or imported.status in ("confirmed", "discarded"):
        raise Conflict(_BUSY, version=imported.version)
    for one in form_imports.forms(imported):
        session().delete(one.row)
    session().flush()
    for row in (*imported.files, *imported.originals):
        session().delete(row)
        session().flush()
    session().expire(imported, ["files", "originals"])
    imported.status = "discarded"
    diary.write(imported, "discard_forms", by=by, notify=False)


def _campaign(public_id: str, by: Actor) -> Campaign:
    try:
        return campaigns.get(public_id, by)
    except NotFound as unknown:
        raise Invalid.one("campaign", unknown.message) from None


def _original(position: int, name: str, content: bytes) -> ImportOriginal:
    public_id = new_public_id()
    shown = PurePosixPath(plain_name(name).replace("\\", "/")).name or "file"
    return ImportOriginal(
        public_id=public_id,
        position=position,
        name_sealed=vault.seal("import_original", public_id, "name", shown[-LONGEST_NAME:]),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_sealed=vault.seal("import_original", public_id, "content", content),
    )


def _keep_file(imported: FormImport, position: int, original: ImportOriginal, file: FileRead) -> None:
    public_id = new_public_id()
    row = ImportFile(
        public_id=public_id,
        import_id=imported.id,
        original_id=original.id,
        position=position,
        kind=file.kind,
        name_sealed=vault.seal("import_file", public_id, "name", file.name),
        problems=[[fault.field, fault.message, dict(fault.params)] for fault in file.problems],
        pages_sealed=_pages(public_id, file),
    )
    session().add(row)
    session().flush()
    session().add_all(_form(imported, row, place, form) for place, form in enumerate(file.forms))


def _pages(public_id: str, file: FileRead) -> bytes | None:
    if not file.shown:
        return None
    packed = zlib.compress(json.dumps(list(file.shown), ensure_ascii=False).encode())
    return vault.seal("import_file", public_id, "pages", packed)


def _form(imported: FormImport, file: ImportFile, position: int, form: Form) -> ImportForm:
    public_id = new_public_id()
    told = {
        "read": dict(form.fields),
        "confidence": dict(form.confidence),
        "problems": [[fault.field, fault.message, dict(fault.params)] for fault in form.problems],
        "place": form.place,
    }
    sealed = vault.seal("import_form", public_id, "read", json.dumps(told, ensure_ascii=False))
    return ImportForm(
        public_id=public_id,
        import_id=imported.id,
        file_id=file.id,
        position=position,
        read_sealed=sealed,
    )
