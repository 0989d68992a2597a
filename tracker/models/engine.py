"""Which SQLite we use, and in which journal mode it is safe."""

import platform
import sqlite3
import sys
from typing import Any

from tracker.errors import CannotStart

try:
    from pysqlite3 import dbapi2 as bundled
except ImportError:
    bundled = None

# The WAL-reset fault: a connection may lose a commit of another. Fixed in these.
_FIXED = (3, 51, 3)
_BACKPORTS = ((3, 50, 7), (3, 44, 6))


def driver() -> Any:
    """The SQLite module to use: the bundled one where we ship it, the interpreter's elsewhere."""
    if bundled is not None:
        return bundled
    if sys.platform == "linux" and platform.machine() == "x86_64":
        raise CannotStart("pysqlite3 is missing. Run `pip install --require-hashes -r requirements.txt`.")
    return sqlite3


def wal_is_safe(version: tuple[int, ...]) -> bool:
    return version >= _FIXED or any(version[:2] == fixed[:2] and version >= fixed for fixed in _BACKPORTS)


def journal_mode(module: Any) -> str:
    return "wal" if wal_is_safe(module.sqlite_version_info) else "delete"


def engine_options(url: str) -> dict[str, Any]:
    """Options for create_engine: manual BEGIN on SQLite, a bounded wait for a connection everywhere.

    An error names its statement and not the values: they are what people wrote, and errors go to the log.
    """
    if url.startswith("sqlite"):
        own = {"module": driver(), "connect_args": {"isolation_level": None, "timeout": 5}}
    else:
        own = {"pool_pre_ping": True, "pool_timeout": 5, "connect_args": {"connect_timeout": 5}}
    return own | {"hide_parameters": True}
