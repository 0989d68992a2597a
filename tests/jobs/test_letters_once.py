"""Many letters, workers killed at any moment: every letter is frozen once, every number given once (R5)."""

import hashlib
import itertools
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.counted import Counted
from tests.jobs import processes
from tests.world import World
from tracker.actions import cases, letter_preview, letter_words, letters
from tracker.extensions import db
from tracker.incoming.cases import CaseIn
from tracker.incoming.letters import LetterIn
from tracker.incoming.schema import read
from tracker.models import Event, Letter, Notice, Outbox
from tracker.outgoing import pdf

FULL = os.environ.get("HUIYIN_TIER") == "gate"
LETTERS, KILLS, BATCH = (2000, 200, 50) if FULL else (6, 2, 6)
PATIENCE = 2400 if FULL else 150
# The first is the service's own program, killed wherever it happens to be. An ordinary run comes as far as
# the second; what a kill at the other two costs, test_kills asks one letter at a time.
STAGES = ("anywhere", "claimed", "worked", "stored")


def issue(world: World, count: int, now: datetime) -> None:
    """Letters as the office issues them; what is only told about them is left out."""
    with world.writing(now):
        clerk, director, member = (world.actor(name) for name in ("clerk", "director", "member"))
        for _ in range(count):
            given = {
                "summary": "云林苑北门路灯不亮",
                "narrative": "云林苑北门三盏路灯不亮已有半个月",
                "area": "0101",
                "category": "B01",
                "subject_unit": "none",
                "resident": {"name": "欧阳桂兰", "phone": "13912342186", "consent_process": True},
            }
            case = cases.register(read(CaseIn, given), by=member)
            quick = {"route": "quick", "result": "经现场查勘，电缆老化断电，已更换电缆并恢复照明。"}
            cases.move(case, "coordinate", by=clerk, given=quick)
            cases.move(case, "handle", by=clerk)
            letter = letters.draft(case, LetterIn(), by=clerk)
            proof = letter_preview.of(letter, letter_words.content(letter))()
            letters.move(letter, "submit", by=clerk, preview=proof)
            for name, who in (("approve", director), ("issue", clerk)):
                letters.move(letter, name, by=who)
        db.session.query(Outbox).filter(Outbox.kind != "render_letter").delete()


def frozen(world: World) -> int:
    with world.reading():
        query = select(func.count()).select_from(Letter).where(Letter.pdf_sha256.is_not(None))
        return db.session.scalar(query) or 0


def kill_often(world: World, luck: random.Random) -> Counter[str]:
    """Start a worker, let it freeze some letters and kill it, again and again until few are left."""
    killed = Counter[str]()
    with processes.nursery(world) as nursery:
        for stage in itertools.islice(itertools.cycle(STAGES), KILLS):
            left = LETTERS - frozen(world)
            assert left > 0, "nothing was being done any more"
            # Each of those still to come needs a letter to be killed at.
            most = left - (KILLS - killed.total() - 1)
            number = min(most, luck.randint(1, 2 * LETTERS // KILLS - 2))
            if stage == "anywhere":
                _kill_anywhere(world, number, luck)
            else:
                processes.kill(nursery.stopped_at("render_letter", stage, number))
            killed[stage] += 1
    return killed


def _kill_anywhere(world: World, number: int, luck: random.Random) -> None:
    goal = frozen(world) + max(1, number - 3)
    with processes.working(world) as worker:
        while frozen(world) < goal and worker.poll() is None:
            time.sleep(0.05)
        time.sleep(luck.random() * 0.3)
        assert worker.poll() is None, "the worker ended by itself"


def finish(world: World) -> None:
    with processes.working(world):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with world.reading():
                if not db.session.query(Outbox).filter(Outbox.done_at.is_(None)).count():
                    return
            time.sleep(0.2)
    raise AssertionError("the outbox was not emptied in time")


@pytest.mark.gate(seconds=900)
@pytest.mark.timeout(3_600 if FULL else 180)
@pytest.mark.requirement("R5")
def test_every_letter_is_frozen_once_however_often_workers_die(
    either: World, monkeypatch: pytest.MonkeyPatch, counted: Counted
) -> None:
    # The previews that submitting makes are not what is tested here.
    monkeypatch.setattr(pdf, "render", lambda html, seconds=20: b"%PDF-")
    for _ in range(0, LETTERS, BATCH):
        issue(either, BATCH, datetime.now(UTC))
    killed = kill_often(either, random.Random(5))
    at_work = frozen(either)
    finish(either)
    with either.reading():
        tries = _everything_happened_once()
    mails = list((Path(either.app.config["HUIYIN_INSTANCE"]) / "mail").glob("*.eml"))
    assert len(mails) == 2 * LETTERS
    assert killed.total() == KILLS
    counted(
        f"{LETTERS} letters, numbers 1 to {LETTERS}, each frozen once and told twice; {KILLS} kills "
        f"({dict(killed)}) until {at_work} were frozen, at most {tries} tries"
    )


def _everything_happened_once() -> int:
    """Numbers, contents, diary, notices, jobs; the most tries that any job took."""
    rows = db.session.scalars(select(Letter).order_by(Letter.number_seq)).all()
    assert [letter.number_seq for letter in rows] == list(range(1, LETTERS + 1))
    assert len({letter.number for letter in rows}) == LETTERS
    for letter in rows:
        content = letter_words.frozen_pdf(letter)
        assert content and content.startswith(b"%PDF-1.") and len(content) > 1000
        assert hashlib.sha256(content).hexdigest() == letter.pdf_sha256
    events = Counter(db.session.scalars(select(Event.object_id).where(Event.verb == "freeze")))
    assert len(events) == LETTERS and set(events.values()) == {1}
    told = Counter(db.session.scalars(select(Notice.event_id).where(Notice.template == "letter.freeze")))
    assert len(told) == LETTERS and set(told.values()) == {2}
    jobs = db.session.query(Outbox).all()
    assert all(job.done_at and not job.parked_at for job in jobs)
    return max(job.attempts for job in jobs)
