"""make bench: how the service does at 10,000 and 100,000 cases, against a bare page of the same server.

Everything runs in one go on this machine, the clients included, so only ratios mean something. Prints a table
and writes bench/latest.json.
"""

import base64
import json
import os
import platform
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from flask_migrate import upgrade

from bench import booklet, load, seed
from tests.server import environment, free_port, serving
from tracker import create_app
from tracker.config import ROOT
from tracker.extensions import clock, db, transaction
from tracker.models import ApiToken, LoginSession, Person
from tracker.models.base import new_public_id
from tracker.rules import tokens

KEYS = {
    "SECRET_KEY": "bench",
    "HUIYIN_EVENT_KEY": "bench",
    "HUIYIN_DATA_KEY": "b1:" + base64.b64encode(bytes(32)).decode(),
}
SMALL, LARGE = (int(n) for n in os.environ.get("HUIYIN_BENCH_SIZES", "10000,100000").split(","))
CLIENTS = (4, 16)
# The middle one of so many rounds counts: a single one may meet a busy moment of the machine.
ROUNDS = 7
SECONDS = float(os.environ.get("HUIYIN_BENCH_SECONDS", "1.25"))
Make = Callable[[int, int], load.Request]


@dataclass(frozen=True)
class Target:
    """A started server and what is asked of it, by the number of clients and the round."""

    port: int
    make: Make


Targets = dict[str, Target]


@dataclass(frozen=True)
class Line:
    """What was asked by how many clients, and how the small and the large table answered, round by round."""

    name: str
    clients: int
    small: list[load.Result]
    large: list[load.Result]

    @property
    def slowdown(self) -> float:
        """p95 of the large table to that of the small one, each round for itself, the middle round."""
        return median(large.p95 / small.p95 for small, large in zip(self.small, self.large, strict=True))


def main() -> None:
    with ExitStack() as stack:
        bare = stack.enter_context(_bare())
        services = {size: stack.enter_context(_service(size)) for size in (SMALL, LARGE)}
        plain, lines = _measure(bare, services[SMALL], services[LARGE])
    _report({clients: load.middle(results) for clients, results in plain.items()}, lines)


def _measure(bare: Target, small: Targets, large: Targets) -> tuple[dict[int, list[load.Result]], list[Line]]:
    """Round by round, every target in turn: what slows the machine for a while slows all of them.

    The two tables answer one directly after the other, and each goes first in every second round.
    """
    plain: dict[int, list[load.Result]] = {clients: [] for clients in CLIENTS}
    lines = [Line(name, clients, [], []) for name in large for clients in CLIENTS]
    for turn in range(ROUNDS):
        for clients in CLIENTS:
            plain[clients].append(_once(bare, clients, turn))
        for line in lines:
            pair = [(small, line.small), (large, line.large)]
            for targets, results in pair[:: -1 if turn % 2 else 1]:
                results.append(_once(targets[line.name], line.clients, turn))
    return plain, lines


def _once(target: Target, clients: int, turn: int) -> load.Result:
    return load.run(target.port, target.make(clients, turn), clients=clients, seconds=SECONDS)


@contextmanager
def _bare() -> Iterator[Target]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "bench.bare:app",
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--no-ws",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
    ]
    with _started(command):
        _wait(port)
        request = load.get("/", ["Connection: keep-alive", "Host: 127.0.0.1"])
        yield Target(port, lambda _clients, _turn: lambda _c, _t: request)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the bare page did not start")


@contextmanager
def _started(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@contextmanager
def _service(size: int) -> Iterator[Targets]:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'bench.db'}"
        cookie, token = _prepare(url, folder, size)
        with serving(environment(KEYS, url, folder), workers=2, log=folder / "server.log") as address:
            port = int(address.rsplit(":", 1)[1])
            yield {what: Target(port, make) for what, make in _requests(port, size, cookie, token).items()}


def _prepare(url: str, folder: Path, size: int) -> tuple[str, str]:
    """Seed the database; a signed-in clerk's cookie and token."""
    app = create_app(KEYS | {"DATABASE_URL": url, "HUIYIN_INSTANCE": str(folder)})
    with app.app_context():
        upgrade()
        started = time.perf_counter()
        seed.fill(size)
        print(f"{size:>7} cases seeded in {time.perf_counter() - started:.0f} s", flush=True)
        cookie, token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = clock()
        with transaction("write"):
            clerk = db.session.query(Person).filter_by(login="xs-clerk").one()
            db.session.add(
                LoginSession(
                    public_id=new_public_id(),
                    token_hash=tokens.digest(cookie),
                    person_id=clerk.id,
                    created_at=now,
                    last_seen_at=now,
                    expires_at=now + timedelta(hours=12),
                )
            )
            db.session.add(
                ApiToken(
                    public_id=new_public_id(),
                    token_hash=tokens.digest(token),
                    person_id=clerk.id,
                    created_at=now,
                    expires_at=now + timedelta(days=1),
                    name="bench",
                )
            )
        db.engine.dispose()
    return cookie, token


def _requests(port: int, size: int, cookie: str, token: str) -> dict[str, Make]:
    """What a clerk does; pages with a browser's cookie, writing with a token."""
    browser = ["Connection: keep-alive", f"Cookie: huiyin-login={cookie}", f"Host: 127.0.0.1:{port}"]
    program = ["Connection: keep-alive", f"Authorization: Bearer {token}", f"Host: 127.0.0.1:{port}"]

    def reading(path: Callable[[int, int], str]) -> Make:
        return lambda _clients, _round: lambda client, turn: load.get(path(client, turn), browser)

    def create(client: int, turn: int) -> bytes:
        body = {
            "summary": f"云林苑北门路灯第{client}-{turn}盏不亮",
            "narrative": "北门路灯不亮，请尽快修复。",
            "area": "01",
            "category": "B01",
            "source": "phone",
        }
        return load.post("/api/v1/cases", json.dumps(body, ensure_ascii=False).encode(), program)

    def moving(clients: int, turn: int) -> load.Request:
        # Each waiting case is withdrawn once: every run has its share of them, and every client of that.
        share = seed.WAITING // (ROUNDS * len(CLIENTS))
        first = size - seed.WAITING + 1 + share * (turn * len(CLIENTS) + CLIENTS.index(clients))

        def move(client: int, number: int) -> bytes:
            case = first + (client + clients * number) % share
            body = json.dumps({"move": "withdraw", "note": "反映人撤回"}, ensure_ascii=False).encode()
            return load.post(f"/api/v1/cases/XS-2026-{case:06}/moves", body, program)

        return move

    return {
        "list": reading(lambda _c, _t: "/cases"),
        "case": reading(lambda c, t: f"/cases/XS-2026-{random.Random(c * 7919 + t).randint(1, size):06}"),
        "search rare": reading(lambda _c, _t: f"/search?q={_quoted(seed.RARE)}"),
        "search medium": reading(lambda _c, _t: f"/search?q={_quoted(seed.MEDIUM)}"),
        "search common": reading(lambda _c, _t: f"/search?q={_quoted(seed.COMMON)}"),
        "create": lambda _clients, _round: create,
        "move": moving,
    }


def _quoted(word: str) -> str:
    return "".join(f"%{byte:02X}" for byte in word.encode())


def _report(bare: dict[int, load.Result], lines: list[Line]) -> None:
    print(
        f"{'':16}{'clients':>8}{'10k /s':>9}{'100k /s':>9}{'p95 10k':>10}{'p95 100k':>10}{'p95 ratio':>10}"
        f"{'of bare':>9}{'refused':>9}"
    )
    for clients, result in bare.items():
        print(f"{'bare page':16}{clients:>8}{'':9}{result.rate:>9.0f}{'':10}{result.p95 * 1000:>8.1f}ms")
    for line in lines:
        small, large = load.middle(line.small), load.middle(line.large)
        print(
            f"{line.name:16}{line.clients:>8}{small.rate:>9.0f}{large.rate:>9.0f}{small.p95 * 1000:>8.1f}ms"
            f"{large.p95 * 1000:>8.1f}ms{line.slowdown:>10.2f}"
            f"{large.rate / bare[line.clients].rate:>9.2f}{small.refused + large.refused:>9}"
        )
    book = booklet.measure()
    print(booklet.told(book))
    written = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "sizes": [SMALL, LARGE],
        "rounds": ROUNDS,
        "seconds": SECONDS,
        "bare": {clients: asdict(result) for clients, result in bare.items()},
        "service": [asdict(line) | {"slowdown": line.slowdown} for line in lines],
        "booklet": book,
    }
    (ROOT / "bench" / "latest.json").write_text(json.dumps(written, indent=1), "utf-8")


if __name__ == "__main__":
    main()
