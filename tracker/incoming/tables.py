"""A table in a text file: decoded strictly, so that no character arrives as another one."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.errors import Invalid
from tracker.rules.words import N_

LARGEST_CELL = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Cells nobody's keyboard makes: a sign that the bytes were read in the wrong encoding.
_FOREIGN = frozenset({"Cn", "Co", "Cs"})


class TableRow(NamedTuple):
    """``number`` is the row's as a spreadsheet shows it; the head is row 1."""

    number: int
    cells: dict[str, str]


def decode(content: bytes) -> str:
    """UTF-8 or UTF-16, with or without its mark, else GB18030; Invalid when it is none of them."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], (name,))
    if b"\0" in content[:4096]:
        # Half of the bytes of plain letters are zero, the second half in little-endian order.
        return _decode(content, ("utf-16-be",) if content[:1] == b"\0" else ("utf-16-le",))
    return _decode(content, ("utf-8", "gb18030"))


def read_csv(content: bytes, required: Sequence[str]) -> Iterator[TableRow]:
    """The rows after the head, by column name; Invalid when a required column or a cell is missing."""
    text = decode(content)
    csv.field_size_limit(LARGEST_CELL)
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from _rows(reader, required)
    except csv.Error as error:
        message = N_("第 %(line)s 行起格式有误：引号不成对，或者单元格太长")
        raise Invalid.one("file", message, line=reader.line_num) from error


def _rows(reader: Iterator[list[str]], required: Sequence[str]) -> Iterator[TableRow]:
    head = [name.strip() for name in next(reader, [])]
    missing = [name for name in required if name not in head]
    if missing:
        raise Invalid.one("file", N_("第 1 行缺少这些列：%(names)s"), names=", ".join(missing))
    if len(set(head)) != len(head):
        raise Invalid.one("file", N_("第 1 行有重名的列"))
    for number, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            message = N_("应有 %(head)s 个单元格，实有 %(cells)s 个")
            raise Invalid.one(str(number), message, head=len(head), cells=len(cells))
        yield TableRow(number, dict(zip(head, cells, strict=True)))


def _decode(content: bytes, names: Sequence[str]) -> str:
    """The text in the first encoding that fits, or Invalid with the line up to which one of them did."""
    place = 0
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError as error:
            place = max(place, error.start)
            continue
        foreign = {char for char in set(text) if char == "\0" or unicodedata.category(char) in _FOREIGN}
        if not foreign:
            return text
        place = max(place, len(text[: min(map(text.index, foreign))].encode(name)))
    line = content.count(b"\n", 0, place) + 1
    raise Invalid.one("file", N_("第 %(line)d 行起看不出文件的编码，请另存为 UTF-8 再试"), line=line)
