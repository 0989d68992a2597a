"""Who reads which words of the diary."""

import pytest

from tests.world import World
from tracker.actions import cases
from tracker.incoming.cases import NoteIn
from tracker.queries import events
from tracker.queries.events import Entry

RETURNED = "经核查，该路灯由市政管养单位负责，不属于我局职责范围，建议转交。"


def _noted(world: World) -> str:
    """A case with words for the office, words between office and department, and the member's own."""
    reference = world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    lead, _co = world.shares(reference)
    with world.writing():
        cases.note(world.case(reference), NoteIn(text="内部备注"), by=world.actor("clerk"))
    world.move_share(lead, "request_return", reason=RETURNED)
    return reference


def _read(world: World, reference: str, who: str) -> list[Entry]:
    with world.writing():
        return events.timeline(world.case(reference), world.actor(who))


def _words(entries: list[Entry]) -> set[str]:
    return {entry.note for entry in entries if entry.note}


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    "who, words",
    [
        ("clerk", {"内部备注", RETURNED}),
        ("director", {"内部备注", RETURNED}),
        ("member", set()),
        ("secretary", set()),
        ("leader", set()),
        ("auditor", set()),
    ],
)
def test_words_reach_the_audience_they_were_written_for(either: World, who: str, words: set[str]) -> None:
    assert _words(_read(either, _noted(either), who)) == words


def test_a_member_reads_again_what_they_wrote(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "withdraw", by="member", note="群众不再需要")
    assert _words(_read(huiyin, reference, "member")) == {"群众不再需要"}
    assert _words(_read(huiyin, reference, "secretary")) == set()


def test_the_timeline_is_in_order_and_says_who_acted(huiyin: World) -> None:
    entries = _read(huiyin, _noted(huiyin), "clerk")
    assert [entry.seq for entry in entries] == sorted(entry.seq for entry in entries)
    sides = {entry.verb: (entry.side, entry.actor_name) for entry in entries}
    assert sides["raise"] == ("member", "吴海燕")
    assert sides["dispatch"] == ("office", "周文博")
    assert sides["request_return"] == ("department", "张志强")


@pytest.mark.requirement("T01")
def test_a_department_reads_its_own_share_and_only_its_own_names(either: World) -> None:
    lead, co = either.shares(_noted(either))
    with either.writing():
        own = events.of_assignment(either.share(lead), either.actor("dept"))
        other = events.of_assignment(either.share(co), either.actor("dept2"))
    assert [(entry.verb, entry.actor_name) for entry in own][-1] == ("request_return", "张志强")
    assert {entry.actor_name for entry in own if entry.side != "department"} == {""}
    assert _words(own) == {RETURNED} and _words(other) == set()


@pytest.mark.requirement("T06")
def test_an_accusation_shows_its_raiser_nothing_after_triage(huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True, subject_unit="housing")
    assert [entry.verb for entry in _read(huiyin, reference, "member")] == ["raise"]
    huiyin.move(reference, "coordinate", by="director", route="refer", result="已转送。")
    assert _read(huiyin, reference, "member") == []
    assert _read(huiyin, reference, "director")
