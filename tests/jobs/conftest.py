"""What every test of the jobs says: run what is due, look at what came of it."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from tests.world import NOW, World
from tracker.extensions import clock
from tracker.jobs.drain import Worker
from tracker.outgoing import pdf

Drain = Callable[..., int]


@pytest.fixture(autouse=True)
def no_pdf_process_left() -> object:
    yield
    pdf.stop()


@pytest.fixture
def drain() -> Drain:
    """Run a worker at a moment until nothing is left, and say how many jobs it finished."""

    def run(world: World, at: datetime = NOW) -> int:
        with clock.at(at):
            return Worker(world.app).run(until_empty=True)

    return run


@pytest.fixture
def mails() -> Callable[[World], list[EmailMessage]]:
    def read(world: World) -> list[EmailMessage]:
        folder = Path(world.app.config["HUIYIN_INSTANCE"]) / "mail"
        files = sorted(folder.glob("*.eml"))
        return [BytesParser(policy=default).parsebytes(path.read_bytes()) for path in files]  # type: ignore[arg-type]

    return read
