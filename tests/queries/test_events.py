"""Who reads which words of the diary."""

import pytest
from sqlalchemy import update

from tests.world import NOW, World
from tracker.actions import cases
from tracker.extensions import db
from tracker.incoming.cases import NoteIn
from tracker.models import Note
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


# --- one entry
def _letter_story(world: World) -> str:
    reference = world.handled()
    world.letter(reference, "issued")
    world.edited(reference, summary="云林苑北门路灯不亮", urgency="urgent")
    return reference


def _by_verb(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.verb: entry for entry in entries}


def test_an_entry_names_its_share_its_letter_and_what_was_touched(either: World) -> None:
    reference = _letter_story(either)
    entries = _by_verb(_read(either, reference, "clerk"))
    (share,) = either.shares(reference)
    assert (entries["reply"].assignment, entries["reply"].unit) == (share, "区住房和城乡建设局")
    assert (entries["raise"].assignment, entries["raise"].unit, entries["raise"].letter) == (None, "", None)
    assert entries["issue"].number == "锡政协办函〔2026〕1号" and entries["issue"].letter
    assert set(entries["edit"].fields) == {"summary", "urgency"}
    assert (entries["approve"].before, entries["approve"].after) == ("submitted", "approved")


def test_an_entry_of_the_system_has_no_name(either: World) -> None:
    reference = either.fed_back()
    either.rated(reference, "dissatisfied", by="resident")
    entries = _by_verb(_read(either, reference, "clerk"))
    assert (entries["rate"].side, entries["rate"].actor_name) == ("resident", "")
    assert (entries["reopen"].side, entries["reopen"].actor_name) == ("system", "")


def test_an_erased_word_leaves_its_entry_and_its_audience(either: World) -> None:
    reference = _noted(either)
    with either.writing():
        db.session.execute(update(Note).values(erased_at=NOW))
    entry = _by_verb(_read(either, reference, "clerk"))["note"]
    assert (entry.note, entry.audience) == ("", "office")


def test_what_was_said_of_one_case_is_not_read_in_another(either: World) -> None:
    noted, other = _noted(either), either.raised()
    assert [entry.verb for entry in _read(either, other, "clerk")] == ["raise"]
    assert len(_read(either, noted, "clerk")) > 1


@pytest.mark.requirement("T06")
@pytest.mark.parametrize(
    ("who", "reads"),
    [("director", True), ("clerk", False), ("member", True), ("secretary", False), ("leader", False)],
)
def test_the_story_of_an_accusation_is_told_to_few(who: str, reads: bool, either: World) -> None:
    reference = either.raised(is_accusation=True)
    assert bool(_read(either, reference, who)) is reads


def test_a_department_hears_the_answer_to_its_own_request(either: World) -> None:
    reference = _noted(either)
    lead, _ = either.shares(reference)
    either.move_share(lead, "decide_return", by="clerk", granted=False, note="请继续办理")
    with either.reading():
        own = events.of_assignment(either.share(lead), either.actor("dept"))
    assert [(entry.variant, entry.note) for entry in own][-1] == ("refused", "请继续办理")
    assert own[-1].side == "office" and own[-1].actor_name == ""
