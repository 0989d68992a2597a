"""A small .xls: one stream of BIFF8 records in a compound file, enough for cells, dates and merged cells."""

import struct
from collections.abc import Mapping, Sequence
from datetime import date

Value = str | float | date
Span = tuple[int, int, int, int]
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_EPOCH = date(1899, 12, 30)
# The second cell format of our workbooks shows numbers as days.
_GENERAL, _DAY = 0, 1


def workbook(sheets: Mapping[str, Sequence[Sequence[Value | None]]], merged: Sequence[Span] = ()) -> bytes:
    """``merged``: first row, last row, first column, last column, in every sheet."""
    bodies = [_sheet(rows, merged) for rows in sheets.values()]
    head = _globals(list(sheets), [0] * len(bodies))
    places, place = [], len(head)
    for body in bodies:
        places.append(place)
        place += len(body)
    return compound({"Workbook": _globals(list(sheets), places) + b"".join(bodies)})


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _globals(names: Sequence[str], places: Sequence[int]) -> bytes:
    formats = b"".join(
        _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14)
    )
    sheets = b"".join(
        _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + name.encode("utf-16-le"))
        for name, place in zip(names, places, strict=True)
    )
    return _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200)) + formats + sheets + _record(0x000A)


def _sheet(rows: Sequence[Sequence[Value | None]], merged: Sequence[Span]) -> bytes:
    cells = b"".join(
        _cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    )
    spans = b"".join(struct.pack("<4H", *span) for span in merged)
    return _bof(0x0010) + cells + _record(0x00E5, struct.pack("<H", len(merged)) + spans) + _record(0x000A)


def _cell(row: int, column: int, value: Value) -> bytes:
    if isinstance(value, date):
        return _record(0x0203, struct.pack("<HHHd", row, column, _DAY, (value - _EPOCH).days))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHHHB", row, column, _GENERAL, len(text) // 2, 1) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, _GENERAL, value))


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file: header, one sector of FAT, the directory, then each stream at the size of a long one."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    entries, body, fat = [_entry("Root Entry", 5, _END, 0, 1)], b"", [_FAT, _END]
    for number, (name, content) in enumerate(padded.items(), 1):
        start, sectors = len(fat), -(-len(content) // _SECTOR)
        fat += [*range(start + 1, start + sectors), _END]
        body += content.ljust(sectors * _SECTOR, b"\0")
        # Every entry has the next one as its right neighbour: a list is a tree, too.
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, start, len(content), _FREE, right))
    assert len(fat) <= 128 and len(entries) <= 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + table + b"".join(entries).ljust(_SECTOR, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sIQQIQ", len(raw), kind, 1, _FREE, right, child, bytes(16), 0, 0, 0, start, size
    )
