"""The diary's hash chain: each event seals the one before it, and a keyed head seals the last.

Without the key nobody can build another chain that ends in a valid head; with the head kept elsewhere,
cutting off the end shows as well.
"""

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final, Literal, NamedTuple

GENESIS: Final = bytes(32)
SALT_BYTES: Final = 16

_EVENT: Final = b"huiyin/event/1\n"
_HEAD: Final = b"huiyin/head/1\n"


class Row(NamedTuple):
    """One stored event with the hash of the one before and its own."""

    seq: int
    event: Mapping[str, object]
    prev: bytes
    hash: bytes


class Head(NamedTuple):
    committee: int
    seq: int
    hash: bytes
    mac: bytes


class Fault(NamedTuple):
    """`changed`: the content does not fit its hash. `broken`: the row before is another one than it was.
    `missing`: a number was skipped. `disordered`: a number came again or too late. `truncated` and
    `extended`: the rows end before or after the head. `head`: the last hash is not the head's.
    `seal`: the head itself was not made with the key.
    """

    seq: int
    kind: Literal["changed", "broken", "missing", "disordered", "truncated", "extended", "head", "seal"]


def canonical(event: Mapping[str, object]) -> bytes:
    """The same bytes for the same event on every machine: sorted keys, NFC, UTC with microseconds."""
    plain = {_nfc(key): _plain(value) for key, value in event.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link(prev: bytes, event: Mapping[str, object]) -> bytes:
    return hashlib.sha256(_EVENT + prev + canonical(event)).digest()


def seal_head(key: bytes, committee: int, seq: int, last: bytes) -> bytes:
    return hmac.digest(key, _HEAD + f"{committee}\n{seq}\n".encode() + last, hashlib.sha256)


def make_head(key: bytes, committee: int, seq: int, last: bytes) -> Head:
    return Head(committee, seq, last, seal_head(key, committee, seq, last))


def verify(
    rows: Iterable[Row], head: Head, key: bytes, *, after: tuple[int, bytes] = (0, GENESIS)
) -> list[Fault]:
    """Every fault of rows that come in their stored order, after a known number and hash."""
    faults: list[Fault] = []
    seq, last = after
    for row in rows:
        faults += _row_faults(row, seq, last)
        seq, last = row.seq, row.hash
    return faults + list(_head_faults(head, seq, last, key))


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def note_hash(salt: bytes, text: str) -> bytes:
    """Binds an erasable note to its event; with the salt erased nobody can guess the text from it."""
    return hmac.digest(salt, _nfc(text).encode(), hashlib.sha256)


def _row_faults(row: Row, seq: int, last: bytes) -> Iterator[Fault]:
    if row.seq > seq + 1:
        yield Fault(row.seq, "missing")
    elif row.seq <= seq:
        yield Fault(row.seq, "disordered")
    if row.prev != last:
        yield Fault(row.seq, "broken")
    if row.hash != link(row.prev, row.event):
        yield Fault(row.seq, "changed")


def _head_faults(head: Head, seq: int, last: bytes, key: bytes) -> Iterator[Fault]:
    if not hmac.compare_digest(head.mac, seal_head(key, head.committee, head.seq, head.hash)):
        yield Fault(head.seq, "seal")
    if seq < head.seq:
        yield Fault(head.seq, "truncated")
    elif seq > head.seq:
        yield Fault(head.seq, "extended")
    elif last != head.hash:
        yield Fault(head.seq, "head")


def _plain(value: object) -> object:
    """Only what has one spelling; a float has not."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _nfc(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {_nfc(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
