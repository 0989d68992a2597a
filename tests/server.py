"""The real service as a process tree of its own, over a database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parent.parent
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


def environment(keys: dict[str, str], url: str, instance: Path, **more: str) -> dict[str, str]:
    """Nothing of the developer's own settings, everything the service needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return (
        kept
        | keys
        | {
            "DATABASE_URL": url,
            "HUIYIN_INSTANCE": str(instance),
            "FLASK_SKIP_DOTENV": "1",
            "PYTHONUNBUFFERED": "1",
        }
        | more
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(env: dict[str, str], *, workers: int = 2, log: Path) -> Iterator[str]:
    """The address of a started service; its whole process group is ended afterwards."""
    port = free_port()
    env = env | {"HUIYIN_BASE_URL": f"http://127.0.0.1:{port}"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*FLASK, "serve", "--port", str(port), "--workers", str(workers)],
            cwd=ROOT,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the service ended at once:\n{log.read_text('utf-8', 'replace')[-3000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, HTTPError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the service did not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")
