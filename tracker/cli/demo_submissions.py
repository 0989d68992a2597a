"""The demonstration's submissions, each through the actions people would have used."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tracker.actions import conversions, submissions
from tracker.cli.demo_content import Submission
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock
from tracker.incoming.schema import read
from tracker.incoming.submissions import CarryOnIn, SubmissionIn
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

# The field of a move that takes the day on which it is made.
_DAYS = {
    "send_up": "sent_up_on",
    "adopt": "adopted_on",
    "leader_note": "noted_on",
    "follow_up": "done_on",
}


def hand_in(entry: Submission, end: datetime, actor: Callable[[str], Actor]) -> None:
    """Hand it in and make its moves, each on a working day of its own."""
    with clock.at(office_hours(end - entry.before)):
        told = {"kind": entry.kind, "title": entry.title, "text": entry.text}
        found = submissions.submit(read(SubmissionIn, told), by=actor(entry.member))
    for act in entry.acts:
        moment = office_hours(end - act.before)
        given: dict[str, Any] = dict(act.given)
        with clock.at(moment):
            if act.move == "topic":
                conversions.carry_on(found, read(CarryOnIn, given), by=actor(act.by))
                continue
            if act.move in _DAYS:
                given[_DAYS[act.move]] = shanghai_date(moment).isoformat()
            submissions.move(found, act.move, by=actor(act.by), given=given)
