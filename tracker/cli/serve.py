"""flask serve: the web server and one worker as one tree of processes."""

import os
import socket
import sys

import click

from tracker.cli.shell import Refusing, _, refuse
from tracker.cli.supervisor import Child, Supervisor
from tracker.config import ROOT
from tracker.outgoing import pdf

# A request waits for the database or computes; more threads only share the interpreter's lock.
THREADS = 4
MOST_WORKERS = 4


@click.command("serve", cls=Refusing)
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback unless a proxy needs another.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; else one a processor, 4 at most.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Run the embedded worker beside it.")
def serve(host: str, port: int, workers: int | None, jobs: bool) -> None:
    """Serve until stopped; whatever dies is started again."""
    _check_port(host, port)
    number = workers or max(2, min(MOST_WORKERS, os.cpu_count() or 1))
    children = [Child("web", _web(host, port, number))]
    if jobs:
        children.append(Child("jobs", [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]))
    click.echo(f"http://{host}:{port}")
    for lack in pdf.shortcomings():
        click.echo(_(lack.msgid, **lack.params), err=True)
    raise SystemExit(Supervisor(children, ROOT).run())


def _check_port(host: str, port: int) -> None:
    """A port that is taken is said at once, not by a server that keeps dying."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as problem:
        refuse(_("%(host)s 的端口 %(port)d 用不了：%(why)s", host=host, port=port, why=problem.strerror))


def _web(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "wsgi:app"),
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10s"),
        *("--log-level", "warning"),
    ]
