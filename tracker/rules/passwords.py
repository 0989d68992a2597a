"""Passwords: kept as Argon2id, refused when others would guess them; nothing is said about their make-up."""

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.rules.words import N_, Phrase

SHORTEST: Final = 8
ADVISED: Final = 15
LONGEST: Final = 128

_COMMON_FILE: Final = Path(__file__).with_name("common_passwords.txt")
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1)
_DATE: Final = re.compile(
    r"(?:19|20)\d\d[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])[-./]?(?:0[1-9]|1[0-2])[-./]?(?:19|20)\d\d"
)
_REPEATED: Final = re.compile(r"(.{1,4}?)\1+(?:\1|.{0,3})")
_LENGTHS: Final = {"count": SHORTEST, "advised": ADVISED}
_ROWS: Final = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_LEET: Final = str.maketrans("@$!013457", "asioieast")


class Verdict(NamedTuple):
    """Whether the password fits, and whether its hash should be renewed with today's cost."""

    ok: bool
    rehash: bool


def hash_password(password: str) -> str:
    return _HASHER.hash(_normal(password))


def verify(hashed: str, password: str) -> Verdict:
    try:
        _HASHER.verify(hashed, _normal(password))
    except (VerificationError, InvalidHashError):
        return Verdict(False, False)
    return Verdict(True, _HASHER.check_needs_rehash(hashed))


def burn(password: str) -> None:
    """Spend the time of a verification for a login that nobody has."""
    verify(_nobody(), password)


def faults(password: str, *, login: str = "", name: str = "") -> list[Phrase]:
    """Why this password is refused; empty when it is good."""
    plain = _normal(password).casefold()
    found = []
    if len(plain) < SHORTEST:
        found.append(Phrase(N_("密码至少要 %(count)s 个字符，建议 %(advised)s 个以上"), _LENGTHS))
    if len(password) > LONGEST:
        found.append(Phrase(N_("密码最多 %(count)s 个字符"), {"count": LONGEST}))
    if _is_common(plain[:LONGEST]):
        found.append(Phrase(N_("这个密码太常见，别人容易猜到")))
    if any(word in plain for word in _own_words(login, name)):
        found.append(Phrase(N_("密码里不要用自己的登录名或姓名")))
    return found


def _normal(password: str) -> str:
    """The same password from every keyboard: full-width and composed forms are one."""
    return unicodedata.normalize("NFKC", password[: LONGEST + 1])


def _is_common(plain: str) -> bool:
    if plain in _common() or plain.translate(_LEET) in _common():
        return True
    if _DATE.fullmatch(plain) or _REPEATED.fullmatch(plain):
        return True
    return any(plain in row or plain in row[::-1] for row in _ROWS)


def _own_words(login: str, name: str) -> list[str]:
    login, name = login.strip().casefold(), re.sub(r"\s", "", name).casefold()
    return [word for word, least in ((login, 3), (name, 2)) if len(word) >= least]


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON_FILE.read_text(encoding="utf-8").split())


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))
