"""A worker killed anywhere between claim and commit: the effect is there once, afterwards."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from tests.jobs import processes
from tests.jobs.conftest import Drain
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, Letter, Notice, Outbox

# A letter's worker killed just after the claim: test_letters_once. What a kill leaves is the business of the
# claim and of the transaction, so each database meets both moments once: a print and a notice.
POINTS = {
    "sqlite": [("render_letter", "worked"), ("receipt", "stored")],
    "postgresql": [("render_letter", "stored"), ("notify", "worked")],
}


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("either_app", "kind", "stage"),
    [(database, *point) for database, points in POINTS.items() for point in points],
    indirect=["either_app"],
)
def test_a_kill_between_claim_and_commit_costs_nothing_and_doubles_nothing(
    either: World, drain: Drain, mails: Callable[[World], list[EmailMessage]], kind: str, stage: str
) -> None:
    now = datetime.now(UTC)
    either.letter(either.handled(at=now), "issued", at=now)
    with processes.nursery(either) as nursery:
        processes.kill(nursery.stopped_at(kind, stage))
    with either.reading():
        held = db.session.query(Outbox).filter(Outbox.claimed_by.is_not(None)).one()
        assert (held.kind, held.done_at) == (kind, None)
        assert db.session.query(Event).filter_by(verb="freeze").count() == 0
    drain(either, datetime.now(UTC))
    with either.reading():
        jobs = db.session.query(Outbox).all()
        assert all(job.done_at and not job.parked_at for job in jobs)
        assert Counter(job.attempts for job in jobs)[2] == 1
        letter = db.session.query(Letter).one()
        assert letter.pdf_sha256 and letter.number_seq == 1
        assert db.session.query(Event).filter_by(verb="freeze").count() == 1
        told = db.session.query(Notice).count()
    # One mail a notice; a second sending would have made the same file.
    assert len(mails(either)) == told == len({str(mail["Message-ID"]) for mail in mails(either)})
