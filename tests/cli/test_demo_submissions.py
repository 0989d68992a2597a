"""What the demonstration's members handed in stands in every state, names nobody, and can be told of."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.cli import demo_content
from tracker.cli.demo_content.timeline import office_hours
from tracker.cli.demo_submissions import hand_in
from tracker.extensions import db
from tracker.incoming.submissions import BRIEF_LENGTH
from tracker.models import Conversion, Submission
from tracker.rules.clock import SHANGHAI
from workflows.submission import BOOKS, LIVES

ENTRIES = demo_content.submissions()


def _stand_in(login: str) -> str:
    """Whoever plays the same part in the small committee of the tests."""
    code, name = login.split("-")
    return f"{code}-{name}" if name in ("clerk", "director") else f"{code}-member"


def test_every_state_of_every_life_is_there(huiyin: World) -> None:
    with huiyin.writing():
        for entry in ENTRIES:
            hand_in(entry, NOW, lambda login: huiyin.actor(_stand_in(login)))
        rows = db.session.scalars(select(Submission)).all()
        assert len(rows) == len(ENTRIES)
        reached = {(LIVES[row.kind], row.state) for row in rows}
        known = {(name, state) for name, book in BOOKS.items() for state in book.states}
        assert known - reached <= {("suggestion", "withdrawn"), ("lead", "withdrawn")}
        assert db.session.scalars(select(Conversion)).all()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_each_fits_its_form_and_says_no_number(entry: demo_content.Submission) -> None:
    assert len(entry.title) <= 80 and len(entry.text) <= BRIEF_LENGTH
    assert not re.search(r"\d{7,}", entry.text)
    order = [act.before for act in entry.acts]
    assert order == sorted(order, reverse=True) and all(before > timedelta(0) for before in order)


@pytest.mark.parametrize("day", range(16, 23))
def test_nobody_in_the_tale_works_at_weekends(day: int) -> None:
    found = office_hours(datetime(2026, 11, day, 3, 0, tzinfo=SHANGHAI)).astimezone(SHANGHAI)
    assert found.weekday() < 5 and (found.hour, found.minute) == (10, 30)
