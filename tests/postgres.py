"""A PostgreSQL server for one run of the tests, and databases copied from a template in it.

The server is started by whoever asks first, so a run that needs none pays nothing; the processes of
pytest-xdist find it through the environment. It lives in a temporary folder, listens on a socket in
that folder only, and gives up durability for speed. HUIYIN_TEST_POSTGRES_URL names another server.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests import memory

HOME = "HUIYIN_TEST_POSTGRES_HOME"
PREFIX = "huiyin-postgres-"
PARENT = memory.home()
# A test cluster is thrown away, so nothing needs to reach the disk.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "listen_addresses": "",
}


def start() -> str:
    """Give the address of an empty database, starting a server when there is none yet."""
    given = os.environ.get("HUIYIN_TEST_POSTGRES_URL")
    if given and _is_reachable(given):
        return given
    home = Path(os.environ.get(HOME) or _reserve())
    address = home / "url"
    with _locked(home):
        if not address.exists():
            address.write_text(_create_cluster(home))
    return address.read_text()


def fresh_database(url: str) -> str:
    """Copy the database at `url` under a new name; nobody may be connected to the original."""
    name = f"huiyin_{secrets.token_hex(6)}"
    _administer(url, "CREATE DATABASE {} TEMPLATE {}", name, _database_of(url))
    return _with_database(url, name)


def renew(url: str, template: str) -> None:
    """Throw the database at `url` away and copy the template to its place."""
    drop_database(url)
    # By the files: the other way writes all of the template into the journal as well.
    statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
    _administer(url, statement, _database_of(url), _database_of(template))


def drop_database(url: str) -> None:
    """Remove a copy, even while somebody is still connected to it."""
    _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", _database_of(url))


def stop() -> None:
    """Stop the server of this run, if one was started, and remove its folder."""
    home = os.environ.pop(HOME, None)
    if home:
        _remove(Path(home))


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        _sweep()
        _reserve()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        stop()


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """An empty database; connect to copies of it (`fresh_database`), never to itself."""
    return start()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _reserve() -> str:
    """Choose this run's folder. Its name tells the process that answers for it."""
    home = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=PARENT)
    os.environ[HOME] = home
    return home


def _sweep() -> None:
    """Remove what runs left behind that were killed before they could stop their server."""
    for home in PARENT.glob(f"{PREFIX}*-*"):
        owner = home.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and home.stat().st_uid == os.getuid() and not _is_running(int(owner)):
            _remove(home)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(home: Path) -> None:
    if _is_served(home / "data"):
        _run(home / "data", "pg_ctl", "stop", "--mode=immediate", "--wait")
    shutil.rmtree(home, ignore_errors=True)


def _is_served(data: Path) -> bool:
    """Tell whether a server works in the folder: its number alone may by now be somebody else's."""
    try:
        process = (data / "postmaster.pid").read_text().split()[0]
        return Path(f"/proc/{process}/cwd").resolve() == data.resolve()
    except (OSError, IndexError):
        return False


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create_cluster(home: Path) -> str:
    """Make a cluster and start it; connecting needs no password because only we can reach the socket."""
    data = home / "data"
    account = _account()
    # The server's account must pass through; the socket's folder lets in nobody else.
    home.chmod(0o711)
    data.mkdir(mode=0o700)
    if account:
        os.chown(data, account.pw_uid, account.pw_gid)
    _run(
        data,
        "initdb",
        "--username=huiyin",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    settings = FAST | {"unix_socket_directories": str(data)}
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    _run(data, "pg_ctl", "start", "--wait", "--silent", f"--log={data / 'server.log'}")
    url = f"postgresql+psycopg://huiyin@/huiyin?host={data}"
    _administer(url, "CREATE DATABASE {}", "huiyin")
    return url


def _account() -> pwd.struct_passwd | None:
    """Find whom the server may run as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _run(data: Path, program: str, *arguments: str) -> None:
    account = _account()
    identity: dict[str, Any] = {}
    if account:
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    # The server keeps the output it was started with open: give it a file, or we would wait for it.
    with tempfile.TemporaryFile("w+") as output:
        result = subprocess.run(
            [_binary(program), f"--pgdata={data}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            check=False,
            **identity,
        )
        output.seek(0)
        if result.returncode:
            raise RuntimeError(f"{program} failed: {output.read()}")


def _binary(program: str) -> str:
    """Find a server program; Debian keeps those of each version in a folder outside PATH."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = max(versions, key=lambda path: int(path.parts[4]), default=None)
    found = newest or shutil.which(program)
    if not found:
        raise RuntimeError(f"{program} not found: install PostgreSQL or set HUIYIN_TEST_POSTGRES_URL")
    return str(found)


def _is_reachable(url: str) -> bool:
    try:
        psycopg.connect(_for_driver(url), connect_timeout=3).close()
    except psycopg.OperationalError as problem:
        print(f"HUIYIN_TEST_POSTGRES_URL does not answer, starting a server: {problem}", file=sys.stderr)
        return False
    return True


def _administer(url: str, statement: str, *names: str) -> None:
    identifiers = map(sql.Identifier, names)
    with psycopg.connect(_for_driver(_with_database(url, "postgres")), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*identifiers))


def _for_driver(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _database_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _with_database(url: str, name: str) -> str:
    scheme, host, _, query, _ = urlsplit(url)
    return urlunsplit((scheme, host, f"/{name}", query, ""))
