"""Zip files, looked through before anything is unpacked (T29): .docx and .xlsx are zip files too."""

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.errors import HuiyinError, TooLarge
from tracker.rules.words import N_

MIB = 1 << 20
MOST_ENTRIES = 2000
MOST_UNPACKED = 96 * MIB
LARGEST_ENTRY = 48 * MIB
MOST_RATIO = 100
# Below this a high ratio is only somebody's empty page.
SMALL = 256 * 1024

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800

BROKEN = N_("文件已损坏或不完整，请用原来的程序打开、另存后再试")
_TOO_MANY = N_("压缩包里的文件太多，请分成几个再试")
_TOO_LARGE = N_("解开后太大，请分成几个文件再试")
_BOMB = N_("压缩得不合常理，可能是有意做成的，不予打开")
_PATH = N_("压缩包里有不安全的文件名，不予打开")
LOCKED = N_("文件加了密码，请取消密码后再试")


class Unreadable(HuiyinError):
    """This file cannot be read; the sentence says what to do about it."""

    code = "unreadable"


@dataclass(frozen=True)
class Entry:
    name: str
    method: int
    packed: int
    size: int
    checksum: int
    offset: int


@dataclass(frozen=True)
class Archive:
    content: bytes
    entries: Sequence[Entry]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in self.entries)

    def read(self, name: str) -> bytes | None:
        found = next((entry for entry in self.entries if entry.name == name), None)
        return None if found is None else self.unpack(found)

    def unpack(self, entry: Entry) -> bytes:
        """Never more than the table of contents promised, and never other bytes."""
        start = _data_start(self.content, entry)
        unpacked = self.content[start : start + entry.packed]
        if entry.method == _DEFLATED:
            try:
                unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(unpacked, entry.size + 1)
            except zlib.error as error:
                raise Unreadable(BROKEN) from error
        if len(unpacked) != entry.size or zlib.crc32(unpacked) != entry.checksum:
            raise Unreadable(BROKEN)
        return unpacked


def scan(content: bytes) -> Archive:
    """The table of contents, or why this archive stays closed."""
    entries = [entry for entry in _entries(content) if not entry.name.endswith("/")]
    if sum(entry.size for entry in entries) > MOST_UNPACKED:
        raise TooLarge(_TOO_LARGE)
    for entry in entries:
        _check(entry)
    _check_places(content, entries)
    return Archive(content, entries)


def _entries(content: bytes) -> Iterator[Entry]:
    place = content.rfind(b"PK\x05\x06", max(0, len(content) - _END.size - 65535))
    if place < 0 or place + _END.size > len(content):
        raise Unreadable(BROKEN)
    _, disk, disk_start, here, count, length, offset, _ = _END.unpack_from(content, place)
    if count > MOST_ENTRIES:
        raise TooLarge(_TOO_MANY)
    if disk or disk_start or here != count or offset + length > place:
        raise Unreadable(BROKEN)
    for _ in range(count):
        entry, offset = _entry(content, offset, place)
        yield entry


def _entry(content: bytes, offset: int, end: int) -> tuple[Entry, int]:
    if offset + _CENTRAL.size > end:
        raise Unreadable(BROKEN)
    row = _CENTRAL.unpack_from(content, offset)
    flags, method, packed, size, name_length, extra, comment = row[5], row[6], *row[10:12], *row[12:15]
    if row[0] != b"PK\x01\x02" or method not in (_STORED, _DEFLATED):
        raise Unreadable(BROKEN)
    if flags & _ENCRYPTED:
        raise Unreadable(LOCKED)
    start = offset + _CENTRAL.size
    name = _name(content[start : start + name_length], flags)
    return Entry(name, method, packed, size, row[9], row[18]), start + name_length + extra + comment


def _name(raw: bytes, flags: int) -> str:
    """Chinese Windows writes names in GBK and does not say so."""
    for encoding in ("utf-8",) if flags & _UTF8 else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_PATH)


def _check(entry: Entry) -> None:
    parts = entry.name.split("/")
    unsafe = "\\" in entry.name or "\0" in entry.name or ":" in parts[0] or not parts[0]
    hidden = any(unicodedata.category(char)[0] == "C" for char in entry.name)
    if unsafe or hidden or ".." in parts:
        raise Unreadable(_PATH)
    if entry.size > LARGEST_ENTRY:
        raise TooLarge(_TOO_LARGE)
    if entry.method == _STORED and entry.size != entry.packed:
        raise Unreadable(BROKEN)
    if entry.size > SMALL and entry.size > MOST_RATIO * entry.packed:
        raise Unreadable(_BOMB)


def _check_places(content: bytes, entries: Sequence[Entry]) -> None:
    """No two entries share bytes, and no two share a name."""
    if len({entry.name for entry in entries}) != len(entries):
        raise Unreadable(_BOMB)
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < end:
            raise Unreadable(_BOMB)
        end = _data_start(content, entry) + entry.packed
        if end > len(content):
            raise Unreadable(BROKEN)


def _data_start(content: bytes, entry: Entry) -> int:
    if entry.offset + _LOCAL.size > len(content):
        raise Unreadable(BROKEN)
    row = _LOCAL.unpack_from(content, entry.offset)
    if row[0] != b"PK\x03\x04":
        raise Unreadable(BROKEN)
    return entry.offset + _LOCAL.size + int(row[-2]) + int(row[-1])
