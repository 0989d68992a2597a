"""Settings from the environment (or a ``.env`` file): name, type, default, why."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from tracker.errors import CannotStart

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting. ``key_file`` names the file under the instance folder that stands in for it."""

    name: str
    parse: Callable[[str], Any]
    default: Any
    why: str
    key_file: str | None = None


def _flag(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "on")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


SETTINGS = (
    Setting("HUIYIN_INSTANCE", str, "instance", "folder for the database, keys, mail files and fonts"),
    Setting("DATABASE_URL", str, "", "where the data lives; empty = SQLite in the instance folder"),
    Setting("SECRET_KEY", str, "", "signs cookies of pages without a session", "secret_key"),
    Setting("HUIYIN_DATA_KEY", str, "", "seals residents' fields, letters and files", "data_key"),
    Setting("HUIYIN_EVENT_KEY", str, "", "seals the end of the event chain", "event_key"),
    Setting("HUIYIN_DATA_KEY_FILE", str, "", "another place for the data key than the instance folder"),
    Setting(
        "HUIYIN_EVENT_HEADS",
        str,
        "",
        "file outside the database to which chain heads are appended; "
        "empty = event_heads.log in the instance folder",
    ),
    Setting(
        "HUIYIN_BASE_URL", str, "http://127.0.0.1:8000", "the address people type; https sets Secure cookies"
    ),
    Setting("HUIYIN_TLS_PROXY", _flag, False, "a TLS proxy stands in front (allows http behind it)"),
    Setting("HUIYIN_BROKER_URL", str, "", "message broker for jobs; empty = the embedded drain"),
    Setting(
        "HUIYIN_DEMO", _flag, False, "demo mode: `flask demo load` is allowed, accounts are listed in a file"
    ),
    Setting("HUIYIN_FONTS", str, "", "folder with the office's own fonts, used before all others"),
    Setting(
        "HUIYIN_MAIL_SERVER", str, "", "SMTP host[:port]; empty = each mail becomes a file in instance/mail"
    ),
    Setting("HUIYIN_MAIL_FROM", str, "huiyin@localhost", "sender of notices"),
    Setting("HUIYIN_SESSION_IDLE_MINUTES", _count, 30, "a session ends after this much silence"),
    Setting("HUIYIN_SESSION_HOURS", _count, 12, "a session ends after this long in any case"),
)

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_DATABASES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


def load(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Read every setting; raise CannotStart for one that is missing or unsafe."""
    given = dict(os.environ if environ is None else environ)
    if environ is None:
        given = {k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None} | given
    values = {s.name: _parsed(s, given[s.name]) if given.get(s.name) else s.default for s in SETTINGS}
    instance = (ROOT / values["HUIYIN_INSTANCE"]).resolve()
    values["HUIYIN_INSTANCE"] = str(instance)
    _read_key_files(values, instance)
    _check(values)
    return values | _derived(values, instance)


def _parsed(setting: Setting, text: str) -> Any:
    try:
        return setting.parse(text)
    except ValueError:
        raise CannotStart(f"{setting.name} is {text!r}, but must be a whole number from 1 up.") from None


def _read_key_files(values: dict[str, Any], instance: Path) -> None:
    for setting in SETTINGS:
        if setting.key_file is None or values[setting.name]:
            continue
        path = (
            Path(values["HUIYIN_DATA_KEY_FILE"] or instance / setting.key_file)
            if setting.name == "HUIYIN_DATA_KEY"
            else instance / setting.key_file
        )
        if path.is_file():
            values[setting.name] = path.read_text("utf-8").strip()


def _check(values: dict[str, Any]) -> None:
    for name in ("SECRET_KEY", "HUIYIN_DATA_KEY", "HUIYIN_EVENT_KEY"):
        if not values[name]:
            raise CannotStart(f"{name} is not set. `make run` makes one; see docs/running.md.")
    if values["HUIYIN_BROKER_URL"]:
        raise CannotStart(
            "HUIYIN_BROKER_URL is set, but this version only has the embedded drain. Leave it empty."
        )
    if values["DATABASE_URL"] and not values["DATABASE_URL"].startswith(_DATABASES):
        raise CannotStart("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    _check_address(values)


def _check_address(values: dict[str, Any]) -> None:
    try:
        base = urlsplit(values["HUIYIN_BASE_URL"])
    except ValueError:
        base = urlsplit("")
    if base.scheme not in ("http", "https") or not base.hostname:
        raise CannotStart("HUIYIN_BASE_URL must be a whole address, such as https://huiyin.example.")
    if base.scheme != "https" and base.hostname not in _LOOPBACK and not values["HUIYIN_TLS_PROXY"]:
        raise CannotStart(
            "HUIYIN_BASE_URL is plain http on a public address. Use https, or put a TLS proxy in "
            "front and set HUIYIN_TLS_PROXY=1."
        )


def _derived(values: dict[str, Any], instance: Path) -> dict[str, Any]:
    url = values["DATABASE_URL"] or f"sqlite:///{instance / 'huiyin.db'}"
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        url = f"sqlite:///{ROOT / url.removeprefix('sqlite:///')}"
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    secure = values["HUIYIN_BASE_URL"].startswith("https://") or values["HUIYIN_TLS_PROXY"]
    return {
        "SQLALCHEMY_DATABASE_URI": url,
        "SESSION_COOKIE_NAME": "__Host-huiyin" if secure else "huiyin",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "LOGIN_COOKIE_NAME": "__Host-huiyin-login" if secure else "huiyin-login",
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        # The door compares Origin itself; a missing Referer proves nothing.
        "WTF_CSRF_SSL_STRICT": False,
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "tracker" / "translations"),
        "BOOTSTRAP_SERVE_LOCAL": True,
    }
