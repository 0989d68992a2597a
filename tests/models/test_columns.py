"""Our own words fit the columns they go to (only PostgreSQL would say otherwise), and what a new row says."""

from collections.abc import Iterable
from typing import Any, get_args

import pytest
from sqlalchemy import String, Text

from tests.models.rows import TABLES
from tracker.incoming.activities import Form, Kind, Station
from tracker.incoming.contact_links import LinkKind
from tracker.jobs.handlers import HANDLERS
from tracker.models import campaign, case, committee, contact_link, person, rating, visit
from tracker.models.booklet import FILES, ChapterBy, ItemKind
from tracker.models.diary import AUDIENCES
from tracker.outgoing.notices import NOTICES
from tracker.queries.moves import RULEBOOKS
from tracker.rules import agenda, scoring, spans
from tracker.rules.actors import ROLES
from tracker.rules.official_days import NAMES
from workflows import assignment, invitee, letter, submission
from workflows import case as life

STATES = {state for book in RULEBOOKS.values() for state in book.states}
WORDS: dict[str, Iterable[str]] = {
    "activity.form": get_args(Form),
    "activity.kind": get_args(Kind),
    "adoption.level": submission.ADOPTION_LEVELS,
    "adoption.manner": submission.ADOPTION_MANNERS,
    "assignment.former_state": assignment.ASSIGNMENT.states,
    "assignment.role": assignment.KINDS,
    "assignment.sla_class": assignment.SLA_CLASSES,
    "booklet.chapter_by": get_args(ChapterBy),
    "booklet_file.kind": FILES,
    "booklet_item.kind": get_args(ItemKind),
    "bridge.kind": get_args(person.Bridging),
    "calendar_day.name": NAMES.values(),
    "campaign.direction": get_args(campaign.Direction),
    "case.disposition": get_args(case.Disposition),
    "case.origin": get_args(case.Origin),
    "case.outcome_class": assignment.RESULT_CLASSES,
    "case.route": life.ROUTES,
    "case.source": get_args(case.Source),
    "case.urgency": get_args(case.Urgency),
    "contact_link.kind": get_args(LinkKind),
    "digest.period": spans.PERIODS,
    "event.actor_kind": ("person", "resident", "system"),
    "event.after": STATES | set(get_args(case.Disposition)),
    "event.before": STATES | set(get_args(case.Disposition)),
    "event.object_kind": (name.partition(".")[0] for name in NOTICES),
    "event.verb": (name.partition(".")[2] for name in NOTICES),
    "follow_up.willingness": submission.WILLINGNESS,
    "invitee.capacity": invitee.CAPACITIES,
    "letter.delivery_method": letter.DELIVERY_METHODS,
    "letter.kind": letter.KINDS,
    "meeting.kind": agenda.KINDS,
    "membership.role": ROLES,
    "note.audience": AUDIENCES,
    "notice.template": NOTICES,
    "org_unit.kind": committee.UNIT_KINDS,
    "outbox.kind": HANDLERS,
    "person.level": get_args(person.Level),
    "quota.bearer": scoring.SCORED,
    "quota.counts": get_args(campaign.Counted),
    "rating.rating": get_args(rating.RatingValue),
    "reply.contact_record": assignment.CONTACT_RECORDS,
    "reply.result_class": assignment.RESULT_CLASSES,
    "score_item.counts": [name for names in scoring.SCORED.values() for name in names],
    "submission.kind": submission.KINDS,
    "visit.channel": get_args(visit.Channel),
    "visit.circle": get_args(visit.Circle),
    "visit.contact_kind": contact_link.CONTACT_KINDS,
    "workstation.kind": get_args(Station),
}


@pytest.mark.parametrize("place", WORDS)
def test_every_word_of_ours_fits_its_column(place: str) -> None:
    table, name = place.split(".")
    column = TABLES[table].columns[name].type
    words = list(WORDS[place])
    assert isinstance(column, String) and words
    assert [word for word in words if len(word) > (column.length or 0)] == []


def _state_column(noun: str) -> Any:
    return TABLES["submission" if noun in submission.BOOKS else noun].columns["state"]


@pytest.mark.parametrize("noun", RULEBOOKS)
def test_every_state_fits_and_a_new_row_stands_where_its_life_begins(noun: str) -> None:
    book, column = RULEBOOKS[noun], _state_column(noun)
    assert max(map(len, book.states)) <= column.type.length
    assert column.default.arg == book.initial


# What is so until somebody decides otherwise; the wrong way round it would tell, print or count too much.
AT_FIRST = {
    "activity.people_count": 0,
    "assignment.rework_count": 0,
    "booklet.revision": 1,
    "booklet_item.excluded": False,
    "case.is_accusation": False,
    "case.is_petition": False,
    "case.reopened_count": 0,
    "case.subject_none": False,
    "case.urgency": "normal",
    "committee.has_circles": False,
    "counter.last": 0,
    "follow_up.policy_sent": False,
    "follow_up.willingness": "unknown",
    "idempotency_key.status": 0,
    "import_original.is_kept": True,
    "letter.content_revision": 1,
    "letter.previewed_revision": 0,
    "note.audience": "office",
    "outbox.attempts": 0,
    "person.is_active": True,
    "quota.minimum": 1,
    "reception_day.is_planned": False,
    "resident.consent_forward": False,
    "resident.consent_process": False,
    "resident.consent_publish": False,
    "tracking_code.pin_failures": 0,
    "visit.persons_count": 1,
    "workstation.is_published": False,
}


@pytest.mark.parametrize("place", AT_FIRST)
def test_what_nobody_decided_is_the_careful_answer(place: str) -> None:
    table, name = place.split(".")
    assert TABLES[table].columns[name].default.arg == AT_FIRST[place]


def test_what_people_write_at_length_has_no_end_in_the_database() -> None:
    """The schemas say how long it may be; a column that says less would lose what was typed."""
    at_length = {
        "narrative",
        "text",
        "transfer_text",
        "outcome_text",
        "story",
        "reason",
        "finding",
        "speech",
        "answer",
    }
    ended = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.name in at_length and not isinstance(column.type, Text)
    }
    assert ended == {"identity_view.reason"}
