"""The resident's tracking code: 4 characters say which, 16 prove it, 1 catches a slip of the pen.

The check character is a weighted sum over the field of 32 elements (x⁵ + x² + 1). Plain arithmetic
modulo 32 cannot do it: weights that catch every wrong character are odd, and two odd weights miss some
swapped neighbours. Here every weight is another power of a generator, so that one wrong character or two
swapped ones, neighbours or not, never pass.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOCATOR_LENGTH: Final = 4
SECRET_LENGTH: Final = 16
CODE_LENGTH: Final = LOCATOR_LENGTH + SECRET_LENGTH + 1

_VALUES: Final = {char: value for value, char in enumerate(ALPHABET)}
_MISREAD: Final = str.maketrans("OIL", "011")
_IGNORED: Final = re.compile(r"[\s\-‐-―−_.·•]+")
_GENERATOR_POLYNOMIAL: Final = 0b100101

# 80 random bits need no slow hash against guessing; this is the lower end of what is advised for passwords.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True)
class Code:
    """The locator may be stored; the secret is only ever hashed, and never shown by repr()."""

    locator: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        body = self.locator + self.secret
        return body + check_character(body)

    @property
    def display(self) -> str:
        """In groups as printed on the slip."""
        text = self.text
        return "-".join([text[0:4], text[4:8], text[8:12], text[12:16], text[16:]])


def new() -> Code:
    return Code(_random(LOCATOR_LENGTH), _random(SECRET_LENGTH))


def parse(text: str) -> Code | None:
    """What somebody copied by hand, or None when it cannot be a code."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", text)[:100]).upper().translate(_MISREAD)
    if len(plain) != CODE_LENGTH or not set(plain) <= _VALUES.keys():
        return None
    if check_character(plain[:-1]) != plain[-1]:
        return None
    return Code(plain[:LOCATOR_LENGTH], plain[LOCATOR_LENGTH:-1])


def check_character(body: str) -> str:
    total = 0
    for weight, char in zip(_WEIGHTS, body, strict=True):
        total ^= _times(weight, _VALUES[char])
    return ALPHABET[total]


def hash_secret(secret: str) -> str:
    return _HASHER.hash(secret)


def verify(hashed: str | None, secret: str) -> bool:
    """No hash, because nothing has this locator, costs the same time as a wrong secret."""
    try:
        _HASHER.verify(hashed or _NOBODY, secret)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def new_pin() -> str:
    """Six digits told by the office; hashed like a secret and locked after a few wrong tries."""
    return f"{secrets.randbelow(1_000_000):06}"


def _random(length: int) -> str:
    # 256 is a multiple of 32: every character is equally likely.
    return "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(length))


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a * (b & 1)
        a <<= 1
        a ^= _GENERATOR_POLYNOMIAL * (a >> 5)
        b >>= 1
    return product


def _powers(count: int) -> tuple[int, ...]:
    powers = [2]
    while len(powers) < count:
        powers.append(_times(powers[-1], 2))
    return tuple(powers)


_WEIGHTS: Final = _powers(CODE_LENGTH - 1)
_NOBODY: Final = _HASHER.hash(secrets.token_hex(16))
