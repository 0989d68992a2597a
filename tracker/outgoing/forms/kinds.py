"""The kinds of file an annex leaves as."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tracker.errors import Invalid, NotFound
from tracker.outgoing import workbook
from tracker.outgoing.forms.annexes import Annex
from tracker.outgoing.forms.excel import xlsx
from tracker.outgoing.forms.paper import pdf
from tracker.outgoing.forms.word import docx
from tracker.rules.words import N_

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Kind(NamedTuple):
    """How it is made, what it is called on its way, and how many annexes it holds at most."""

    make: Callable[[Sequence[Annex]], bytes]
    media_type: str
    most: int


KINDS: Mapping[str, Kind] = {
    "docx": Kind(docx, WORD, 500),
    "xlsx": Kind(xlsx, workbook.CONTENT_TYPE, 1000),
    "pdf": Kind(pdf, "application/pdf", 200),
}


def find(kind: str) -> Kind:
    """NotFound where nothing of ours is written so."""
    if kind not in KINDS:
        raise NotFound(N_("没有这种表格文件"))
    return KINDS[kind]


def written(kind: str, annexes: Sequence[Annex]) -> bytes:
    """The file; Invalid where it would hold more than anybody can open. A PDF may raise PdfFailed."""
    found = find(kind)
    if len(annexes) > found.most:
        raise Invalid.one("limit", N_("一次最多 %(most)s 张表，请用筛选缩小范围"), most=found.most)
    return found.make(annexes)
