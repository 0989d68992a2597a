"""One concern, all the way round, through the actions alone."""

import pytest

from tests.world import World
from tracker.actions import letters
from tracker.extensions import db
from tracker.models import Event, Letter


@pytest.mark.requirement("S1-15")
@pytest.mark.requirement("S2-46")
def test_a_concern_comes_back_as_a_delivered_letter(either: World) -> None:
    reference = either.handled(units=(("housing", "lead"), ("transport", "co")))
    letter_id = either.letter(reference, "issued")
    with either.writing():
        letter = db.session.query(Letter).filter_by(public_id=letter_id).one()
        assert letter.number == "锡政协办函〔2026〕1号"
        letters.freeze(letter, b"%PDF-")
    either.move_letter(letter_id, "deliver", by="clerk", method="in_person", delivered_on="2026-11-23")
    assert either.state(reference) == "fed_back"
    with either.writing():
        verbs = [event.verb for event in db.session.query(Event).order_by(Event.seq) if event.case_id]
    assert verbs == [
        "raise",
        "coordinate",
        "dispatch",
        "dispatch",
        "reply",
        "reply",
        "approve_reply",
        "approve_reply",
        "handle",
        "draft",
        "submit",
        "approve",
        "issue",
        "freeze",
        "deliver",
        "feed_back",
    ]
