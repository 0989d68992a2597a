"""Tables and texts without a program around them: .csv and .txt."""

import csv
import io
from collections.abc import Iterator

from tracker.errors import Invalid
from tracker.incoming import tables
from tracker.incoming.forms.archives import Unreadable
from tracker.incoming.forms.pages import Cell, Line, Page, Table, filled
from tracker.rules.words import N_

_DELIMITERS = ("\t", ",", ";")


def read(content: bytes, *, is_table: bool) -> list[Page]:
    """``is_table``: whether the name says that the commas separate cells."""
    text = tables.decode(content)
    delimiter = max(_DELIMITERS, key=text.count)
    if not is_table and delimiter == ",":
        return [Page(tuple(Line(line) for line in text.splitlines()))]
    return [Page((Table(tuple(filled(_cells(text, delimiter)))),))]


def _cells(text: str, delimiter: str) -> Iterator[Cell]:
    csv.field_size_limit(tables.LARGEST_CELL)
    # The line a row begins in, as the person sees it, not the row's number: cells may hold several lines.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row, cells in enumerate(reader):
            for column, cell in enumerate(cells):
                if cell:
                    yield Cell(cell.replace("\r\n", "\n"), row, column)
    except csv.Error as error:
        message = N_("第 %(line)s 行起格式有误：引号不成对，或者单元格太长")
        raise Invalid.one("file", message, line=reader.line_num) from error


def looks_binary(content: bytes) -> bool:
    """Control characters no text has; UTF-16 is told by its mark or by every second byte being zero."""
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in (head[1:2], head[:1]):
        return False
    return any(byte < 9 or 13 < byte < 27 for byte in head)


def refuse_binary(content: bytes) -> None:
    if looks_binary(content):
        raise Unreadable(N_("看不出这是什么文件，请用 Word 或 Excel 打开、另存为 .docx 或 .xlsx 再试"))
