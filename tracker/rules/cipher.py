"""Field encryption: sealed for one table, row and column, under a key that lives outside the database.

A sealed value is: version of this format, suite, length and text of the key id, nonce, ciphertext. The
suite is a number so that another algorithm (SM4 may be demanded) can be added beside the present one.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.rules.masking import phone_digits

VERSION: Final = 1
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12

_KEY_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,32}")


class CannotDecrypt(ValueError):
    """Wrong key, wrong place or changed bytes; which of them is not told."""


class BadKeyring(ValueError):
    """The setting that holds the keys cannot be read; the message never contains key material."""


class Suite(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


AES_256_GCM: Final = 1
SUITES: Final[Mapping[int, type[AESGCM]]] = MappingProxyType({AES_256_GCM: AESGCM})
CURRENT_SUITE: Final = AES_256_GCM


@dataclass(frozen=True)
class Keyring:
    """Keys by id; the current one seals, all of them open."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str

    @classmethod
    def read(cls, text: str) -> "Keyring":
        """From `id:base64,id:base64`, the current key first, as it stands in the environment."""
        entries = [_entry(part.strip()) for part in text.split(",") if part.strip()]
        if not entries:
            raise BadKeyring("no key is set")
        if len({key_id for key_id, _ in entries}) != len(entries):
            raise BadKeyring("a key id is used twice")
        return cls(MappingProxyType(dict(entries)), entries[0][0])

    def derived(self, key_id: str, purpose: str) -> bytes:
        """A key of its own for each purpose, so that none is used twice."""
        master = self.keys.get(key_id)
        if master is None:
            raise CannotDecrypt("unknown key")
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"huiyin/{purpose}".encode()).derive(master)


def new_key(key_id: str) -> str:
    """One entry for the setting."""
    if not _KEY_ID.fullmatch(key_id):
        raise BadKeyring("a key id has 1 to 32 letters, digits, dots, dashes or underscores")
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def seal(ring: Keyring, plain: str | bytes, *, table: str, row: str | int, column: str) -> bytes:
    """Encrypted with the current key; opens only at the same table, row and column."""
    data = plain.encode() if isinstance(plain, str) else plain
    header = _header(CURRENT_SUITE, ring.current)
    nonce = secrets.token_bytes(NONCE_BYTES)
    place = _place(header, table, row, column)
    return header + nonce + _suite(ring, CURRENT_SUITE, ring.current).encrypt(nonce, data, place)


def unseal(ring: Keyring, sealed: bytes, *, table: str, row: str | int, column: str) -> bytes:
    header, suite, key_id = _parse(sealed)
    nonce = sealed[len(header) : len(header) + NONCE_BYTES]
    data = sealed[len(header) + NONCE_BYTES :]
    try:
        return _suite(ring, suite, key_id).decrypt(nonce, data, _place(header, table, row, column))
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt("the value does not open here") from error


def unseal_text(ring: Keyring, sealed: bytes, *, table: str, row: str | int, column: str) -> str:
    return unseal(ring, sealed, table=table, row=row, column=column).decode()


def is_current(ring: Keyring, sealed: bytes) -> bool:
    """Whether rotation can leave this value as it is."""
    _, suite, key_id = _parse(sealed)
    return (suite, key_id) == (CURRENT_SUITE, ring.current)


def blind_index(ring: Keyring, value: str, purpose: str, *, key_id: str | None = None) -> bytes:
    """A keyed fingerprint for exact matches; phone numbers match in every spelling."""
    normal = phone_digits(value) or value.strip().casefold()
    key = ring.derived(key_id or ring.current, f"index/{purpose}")
    return hmac.digest(key, normal.encode(), hashlib.sha256)


def blind_indexes(ring: Keyring, value: str, purpose: str) -> list[bytes]:
    """The fingerprints under every key, for a search while a rotation is under way."""
    return [blind_index(ring, value, purpose, key_id=key_id) for key_id in ring.keys]


def _entry(part: str) -> tuple[str, bytes]:
    key_id, _, encoded = part.partition(":")
    if not _KEY_ID.fullmatch(key_id):
        raise BadKeyring("each key is written as id:base64")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise BadKeyring(f"key {key_id} is not base64") from None
    if len(key) != KEY_BYTES:
        raise BadKeyring(f"key {key_id} does not have {KEY_BYTES} bytes")
    return key_id, key


def _header(suite: int, key_id: str) -> bytes:
    return bytes([VERSION, suite, len(key_id)]) + key_id.encode("ascii")


def _parse(sealed: bytes) -> tuple[bytes, int, str]:
    if len(sealed) < 3 or sealed[0] != VERSION or len(sealed) < 3 + sealed[2] + NONCE_BYTES:
        raise CannotDecrypt("not a sealed value")
    header = sealed[: 3 + sealed[2]]
    return header, header[1], header[3:].decode("ascii", "replace")


def _suite(ring: Keyring, suite: int, key_id: str) -> Suite:
    make = SUITES.get(suite)
    if make is None:
        raise CannotDecrypt("unknown suite")
    return make(ring.derived(key_id, f"seal/{suite}"))


def _place(header: bytes, table: str, row: str | int, column: str) -> bytes:
    # Lengths in front: no two places can be written alike, whatever the names contain.
    parts = (part.encode() for part in (table, str(row), column))
    return header + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
