"""What a PDF says and carries."""

import io

import pdfplumber
import pypdf
from pypdf.generic import StreamObject


def text(content: bytes) -> str:
    """All text without blanks: where a line breaks is no part of what it says."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        return "".join("".join((page.extract_text() or "").split()) for page in document.pages)


def everything(content: bytes) -> bytes:
    """The file and every stream in it, unpacked."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    found = [content]
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(number)
        found.append(repr(thing).encode())
        if isinstance(thing, StreamObject):
            found.append(thing.get_data())
    return b"\n".join(found)
