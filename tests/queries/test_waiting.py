"""Every queue, row by row: SQL finds what the same sentence finds in plain Python."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.queries.conftest import Filled
from tests.queries.stages import everything
from tests.world import NOW, REPLY, World
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Assignment, Booklet, Case, FormImport, GroupReport, Letter, Person
from tracker.queries import waiting
from tracker.queries.waiting import Asking
from tracker.rules import permissions
from tracker.rules.actors import Actor

# Tuesday, 17:30: the evening of the working day after NOW.
SOON = datetime.fromisoformat("2026-11-24T17:30:00+08:00")
Says = Callable[[Any], bool]


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    everything(world)
    _letters(world)
    known["rated"] = world.fed_back()
    world.rated(known["rated"], "satisfied", by="resident")
    known["praised"] = world.fed_back()
    world.rated(known["praised"], "satisfied", by="resident")
    world.rated(known["praised"], "dissatisfied")
    known["reopened"] = world.fed_back()
    world.rated(known["reopened"], "dissatisfied", by="resident")
    known["better"] = _told_again(world, world.fed_back())
    world.rated(known["better"], "basically", by="resident")
    known["told_again"] = _told_again(world, world.fed_back())
    known["worse"] = _told_again(world, world.fed_back())
    world.rated(known["worse"], "dissatisfied")
    known["again"] = world.handled()
    world.delivered(known["again"])
    world.rated(known["again"], "dissatisfied")
    _answered_again(world, known["again"])
    master = world.coordinated()
    world.move(world.raised(), "merge", into=master)
    known["referred"] = world.quick("refer")
    world.move(known["referred"], "handle", result="已转送信访局。")
    known["told_no"] = world.raised()
    world.move(known["told_no"], "decline", reason="不属于政协受理范围")
    world.move(known["told_no"], "feed_back", told="oral")
    _people(world)
    return filling


def _letters(world: World) -> None:
    for state in ("draft", "submitted", "approved", "issued"):
        world.letter(world.handled(), state)
    world.delivered(world.handled())
    void = world.letter(world.handled(), "submitted")
    world.move_letter(void, "void", by="director", reason="收件人有误")


def _answered_again(world: World, reference: str) -> None:
    """A minute later, so that it is told apart which letter came first."""
    later = NOW + timedelta(minutes=1)
    for share in world.shares(reference):
        world.move_share(share, "reply", at=later, result_class="B", text=REPLY, contact_record="on_site")
        world.move_share(share, "approve_reply", by="clerk", at=later)
    world.move(reference, "handle", at=later)


def _told_again(world: World, reference: str) -> str:
    world.rated(reference, "dissatisfied")
    _answered_again(world, reference)
    world.move(reference, "feed_back", told="oral")
    return reference


def _people(world: World) -> None:
    with world.writing():
        members = db.session.scalars(select(Person).where(Person.login.in_(("xs-member2", "xs-clerk2"))))
        for person in members:
            person.password_hash = None
            person.is_active = person.login != "xs-clerk2"


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _verdict(case: Case) -> str | None:
    """The one that stands: of the last round, and the resident's above the member's."""
    last = max((rating.round for rating in case.ratings), default=0)
    given = {rating.by_kind: rating.rating for rating in case.ratings if rating.round == last}
    return given.get("resident", given.get("member"))


def _untold(case: Case) -> bool:
    if case.state == "handled":
        return case.is_open
    return case.is_declined and case.state != "fed_back" and case.closed_at is None


def _pending(thing: Any, states: tuple[str, ...], first: datetime | None, last: datetime) -> bool:
    if thing.state not in states or thing.due_at is None or not getattr(thing, "is_open", True):
        return False
    return bool((first is None or thing.due_at >= first) and thing.due_at <= last)


OWED = ("raised", "coordinated", "handled")
WORKED = ("dispatched", "accepted", "reworking", "return_requested")
MOMENT = timedelta(microseconds=1)
CASES: Mapping[str, Says] = {
    "to_coordinate": lambda case: case.state == "raised" and case.is_open,
    "handling": lambda case: case.state == "coordinated" and case.is_open,
    "to_handle": lambda case: (
        case.state == "coordinated" and case.is_open and (case.office_answers or case.has_outcome)
    ),
    "to_tell": _untold,
    "to_answer": lambda case: (
        _untold(case)
        and not any(letter.state in ("submitted", "approved", "issued") for letter in case.letters)
    ),
    "to_rate": lambda case: (
        case.state == "fed_back"
        and case.is_open
        and not any(rating.round == case.reopened_count + 1 for rating in case.ratings)
    ),
    "fed_back": lambda case: case.state == "fed_back",
    "soon": lambda case: _pending(case, OWED, NOW, SOON),
    "overdue": lambda case: _pending(case, OWED, None, NOW - MOMENT),
    "dissatisfied": lambda case: case.is_open and _verdict(case) == "dissatisfied",
    "accusations": lambda case: case.is_accusation and case.state == "raised" and case.is_open,
}
SHARES: Mapping[str, Says] = {
    "to_accept": lambda share: share.state == "dispatched",
    "working": lambda share: share.state == "accepted",
    "reworking": lambda share: share.state == "reworking",
    "to_review": lambda share: share.state == "replied",
    "replied": lambda share: share.state == "replied",
    "returning": lambda share: share.state == "return_requested",
    "to_decide": lambda share: share.state == "return_requested" and share.is_first_return,
    "second_return": lambda share: share.state == "return_requested" and share.is_repeated_return,
    "soon": lambda share: _pending(share, WORKED, NOW, SOON),
    "overdue": lambda share: _pending(share, WORKED, None, NOW - MOMENT),
}
LETTERS: Mapping[str, Says] = {
    "to_sign": lambda letter: letter.state == "submitted" and letter.drafter.login != "xs-clerk",
    "to_issue": lambda letter: letter.state == "approved",
    "to_deliver": lambda letter: letter.state == "issued",
}
PEOPLE: Mapping[str, Says] = {
    "active": lambda person: person.is_active,
    "invited": lambda person: person.is_active and person.password_hash is None,
    "inactive": lambda person: not person.is_active,
}
BOOKLETS: Mapping[str, Says] = {
    "booklets_to_check": lambda one: one.state == "submitted" and _clerk(one) not in one.editor_ids,
    "booklets_to_approve": lambda one: (
        one.state == "approved_once" and _clerk(one) not in (*one.editor_ids, one.checker_id)
    ),
    "booklets_sent_back": lambda one: (
        one.state == "draft" and one.returned_at is not None and _clerk(one) in one.editor_ids
    ),
}
IMPORTS: Mapping[str, Says] = {"forms_to_confirm": lambda one: one.status == "ready"}
REPORTS: Mapping[str, Says] = {"reports_to_receive": lambda one: one.state == "group_confirmed"}


def _clerk(booklet: Booklet) -> int:
    """Who asks in the test below."""
    query = select(Person.id).where(
        Person.login.endswith("-clerk"), Person.committee_id == booklet.committee_id
    )
    return db.session.scalars(query).one()


KINDS: tuple[tuple[type[Any], Mapping[str, waiting.Queue], Mapping[str, Says]], ...] = (
    (Case, waiting.CASES, CASES),
    (Assignment, waiting.ASSIGNMENTS, SHARES),
    (Letter, waiting.LETTERS, LETTERS),
    (Person, waiting.PEOPLE, PEOPLE),
    (Booklet, waiting.BOOKLETS, BOOKLETS),
    (FormImport, waiting.IMPORTS, IMPORTS),
    (GroupReport, waiting.REPORTS, REPORTS),
)
QUEUES = [
    pytest.param(model, queues[name].where, says, id=f"{model.__name__}-{name}")
    for model, queues, sentences in KINDS
    for name, says in sentences.items()
]


def test_every_queue_has_its_sentence_here() -> None:
    assert all(set(queues) == set(sentences) for _, queues, sentences in KINDS)


@pytest.mark.parametrize(("model", "where", "says"), QUEUES)
def test_a_queue_holds_exactly_the_rows_of_its_sentence(
    model: type[Any], where: Callable[[Asking], Any], says: Says, reading: Filled
) -> None:
    asking = Asking(reading.world.actor("clerk"), NOW)
    found = set(db.session.scalars(select(model.id).where(where(asking))))
    rows = db.session.scalars(select(model)).all()
    assert found == {row.id for row in rows if says(row)}
    # The clerk drafted every letter, so none is the clerk's to sign.
    assert found or (model, says) == (Letter, LETTERS["to_sign"])


def _waits(filled: Filled, queue: str) -> set[str]:
    """Which of the named cases wait there."""
    asking = Asking(filled.world.actor("leader"), NOW)
    references = db.session.scalars(select(Case.reference).where(waiting.CASES[queue].where(asking)))
    return set(filled.names(key for key in references if key in filled.known.values()))


def test_after_a_reopening_the_new_answer_waits_for_a_verdict_again(reading: Filled) -> None:
    assert _waits(reading, "to_rate") == {"told_again"}


def test_the_verdict_that_stands_is_the_last_and_the_residents_above_the_members(reading: Filled) -> None:
    assert _waits(reading, "dissatisfied") == {"reopened", "worse", "told_again", "again"}


def test_a_letter_about_an_earlier_outcome_does_not_tell_the_new_one(reading: Filled) -> None:
    assert {"again", "referred"} <= _waits(reading, "to_answer") <= _waits(reading, "to_tell")


def test_a_letter_waits_for_a_signature_with_everybody_but_its_drafter(reading: Filled) -> None:
    where = waiting.LETTERS["to_sign"].where
    found = {
        who: len(
            db.session.scalars(select(Letter.id).where(where(Asking(reading.world.actor(who), NOW)))).all()
        )
        for who in ("clerk", "director", "clerk2")
    }
    assert found == {"clerk": 0, "director": 1, "clerk2": 1}


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("queue", ["booklets_to_check", "booklets_to_approve", "booklets_sent_back"])
@pytest.mark.parametrize("who", ["clerk", "clerk2", "director"])
def test_a_booklet_waits_with_whoever_may_make_the_move_and_nobody_else(
    who: str, queue: str, reading: Filled
) -> None:
    """The queue in SQL against the permission file, which names editors and the checker in not_by."""
    verb = {"booklets_to_check": "check", "booklets_to_approve": "approve"}.get(queue, "submit")
    actor = reading.world.actor(who)
    where = waiting.BOOKLETS[queue].where(Asking(actor, NOW))
    found = db.session.scalars(select(Booklet).where(where)).all()
    if verb == "approve" and who != "director":
        # The desk offers this queue to directors only.
        assert all(actor.id not in (*one.editor_ids, one.checker_id) for one in found)
        return
    moves = {"check": "submitted", "approve": "approved_once", "submit": "draft"}
    rows = db.session.scalars(select(Booklet).where(Booklet.state == moves[verb])).all()
    mine = [one for one in rows if verb != "submit" or (one.returned_at and actor.id in one.editor_ids)]
    assert {one.id for one in found} == {one.id for one in mine if permissions.may(actor, verb, one)}
    assert bool(found) == ((who, verb) not in {("director", "submit")})


@pytest.mark.parametrize(
    ("ids", "found"),
    [([], False), ([1], True), ([11], False), ([21, 1], True), ([1, 2], True), ([12], False)],
)
def test_an_editor_is_told_from_those_whose_number_is_alike(
    ids: list[int], found: bool, either: World
) -> None:
    with either.writing():
        committee = either.actor("clerk").committee_id
        db.session.add(
            Booklet(
                committee_id=committee,
                title="走进群众",
                state="draft",
                editor_ids=ids,
                returned_at=NOW,
                updated_at=NOW,
            )
        )
    one = Actor("person", 1, "", committee)
    with either.reading():
        where = waiting.BOOKLETS["booklets_sent_back"].where(Asking(one, NOW))
        assert (db.session.scalar(select(Booklet.id).where(where)) is not None) is found


# --- the edges of a day
@pytest.mark.parametrize(
    ("now", "late", "near"),
    [
        (timedelta(0), False, True),
        (timedelta(microseconds=1), True, False),
        (-timedelta(hours=1), False, True),
        (-timedelta(days=1), False, True),
        (-timedelta(days=3), False, False),
    ],
)
def test_a_deadline_is_near_up_to_its_moment_and_late_after_it(
    now: timedelta, late: bool, near: bool, either: World
) -> None:
    reference = either.raised()
    with either.reading():
        case = either.case(reference)
        assert case.due_at is not None
        asking = Asking(either.actor("clerk"), case.due_at + now)
        for name, expected in (("overdue", late), ("soon", near)):
            found = db.session.scalar(select(Case.id).where(waiting.CASES[name].where(asking)))
            assert (found is not None) is expected, name


@pytest.mark.parametrize(
    ("now", "soon"),
    [
        ("2026-11-23T00:00:00+08:00", "2026-11-24T17:30:00+08:00"),
        ("2026-11-23T23:59:59+08:00", "2026-11-24T17:30:00+08:00"),
        # Friday evening and the weekend: Monday.
        ("2026-11-27T18:00:00+08:00", "2026-11-30T17:30:00+08:00"),
        ("2026-11-28T09:00:00+08:00", "2026-11-30T17:30:00+08:00"),
        # The last day before the National Day week of 2026, and a Saturday that is worked after it.
        ("2026-09-30T09:00:00+08:00", "2026-10-08T17:30:00+08:00"),
        ("2026-10-09T09:00:00+08:00", "2026-10-10T17:30:00+08:00"),
    ],
)
def test_near_means_until_the_evening_of_the_next_working_day(now: str, soon: str, huiyin: World) -> None:
    with huiyin.reading():
        asking = Asking(huiyin.actor("clerk"), datetime.fromisoformat(now))
        assert asking.soon == datetime.fromisoformat(soon)


@pytest.mark.parametrize(
    ("queues", "name"),
    [
        (waiting.CASES, ""),
        (waiting.CASES, "to_sign"),
        (waiting.LETTERS, "overdue"),
        (waiting.PEOPLE, "Active"),
    ],
)
def test_a_name_nobody_gave_a_queue_is_refused_and_named(
    queues: Mapping[str, waiting.Queue], name: str, huiyin: World
) -> None:
    with huiyin.reading(), pytest.raises(Invalid) as refused:
        waiting.condition(queues, name, huiyin.actor("clerk"), NOW)
    assert [error.field for error in refused.value.errors] == ["waiting"]
