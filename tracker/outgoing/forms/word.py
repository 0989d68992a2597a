"""Annexes as a Word file, one a page, written from scratch: a package of plain parts and one template."""

import io
import zipfile
import zlib
from collections.abc import Sequence

from tracker.outgoing.forms import layout
from tracker.outgoing.forms.annexes import Annex
from tracker.outgoing.forms.templates import FORMS, PAPER

PARTS = FORMS / "word"
STYLES = {
    "field": "FormText",
    "label": "FormLabel",
    "text": "FormText",
    "small": "FormSmall",
    "number": "FormSmall",
}
# As many times smaller a part may get.
SUSPICIOUS = 60
# The earliest moment a zip file can name: the same words make the same bytes.
PACKED = (1980, 1, 1, 0, 0, 0)


def docx(annexes: Sequence[Annex]) -> bytes:
    """One Word file; who may read what it holds is the caller's to know."""
    sheets = [layout.sheet(annex) for annex in annexes]
    return package(PAPER.get_template("document.xml").render(sheets=sheets, styles=STYLES))


def package(document: str) -> bytes:
    """A whole file around the words of its one document."""
    parts = {path.relative_to(PARTS).as_posix(): path.read_bytes() for path in PARTS.rglob("*.*")}
    parts["word/document.xml"] = document.encode()
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in sorted(parts):
            package.writestr(zipfile.ZipInfo(name, PACKED), parts[name], _method(parts[name]))
    return packed.getvalue()


def _method(part: bytes) -> int:
    """Hundreds of nearly empty forms pack so well that a careful reader would take them for a bomb."""
    suspicious = len(part) > SUSPICIOUS * len(zlib.compress(part))
    return zipfile.ZIP_STORED if suspicious else zipfile.ZIP_DEFLATED
