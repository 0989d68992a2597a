"""The line of time: newest first, told outside and kept inside apart, in the reader's language."""

from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import Speaking
from tests.world import NOW, World
from tracker.queries import events
from tracker.queries.events import Entry
from tracker.web import timelines
from tracker.web.timelines import Line

pytestmark = pytest.mark.usefixtures("monday")


def entry(verb: str = "coordinate", kind: str = "case", **more: Any) -> Entry:
    given: dict[str, Any] = {
        "seq": 1, "at": NOW, "verb": verb, "object_kind": kind, "variant": None, "before": None,
        "after": None, "side": "office", "actor_name": "周文博", "assignment": None, "unit": "",
        "letter": None, "number": None, "note": "", "audience": None,
    }  # fmt: skip
    return Entry(**(given | more))


def line(speaking: Speaking, found: Entry, language: str = "zh") -> Line:
    with speaking(language):
        (only,) = timelines.lines([found], NOW)
    return only


def test_the_newest_stands_first(speaking: Speaking) -> None:
    entries = [entry(seq=n, at=NOW - timedelta(days=3 - n), note=str(n)) for n in range(3)]
    with speaking():
        assert [found.text for found in timelines.lines(entries, NOW)] == ["2", "1", "0"]
        assert [found.text for found in timelines.unmarked(entries, NOW)] == ["2", "1", "0"]


@pytest.mark.parametrize(
    "kind, verb, told_outside",
    [
        ("case", "raise", True),
        ("case", "coordinate", True),
        ("case", "handle", True),
        ("case", "feed_back", True),
        ("case", "reopen", True),
        ("case", "decline", True),
        ("case", "withdraw", True),
        ("case", "rate", True),
        ("letter", "deliver", True),
        ("letter", "acknowledge", True),
        ("case", "edit", False),
        ("case", "note", False),
        ("case", "reveal", False),
        ("case", "merge", False),
        ("case", "close", False),
        ("assignment", "dispatch", False),
        ("assignment", "reply", False),
        ("assignment", "withdraw", False),
        ("letter", "approve", False),
        ("letter", "issue", False),
    ],
)
def test_what_the_resident_is_told_is_marked_as_told(
    speaking: Speaking, kind: str, verb: str, told_outside: bool
) -> None:
    assert line(speaking, entry(verb, kind)).audience == ("public" if told_outside else "internal")


@pytest.mark.parametrize(
    "audience, shown", [("public", "public"), ("office", "internal"), ("unit", "internal")]
)
def test_whom_a_word_was_meant_for_stands_above_the_verb(
    speaking: Speaking, audience: str, shown: str
) -> None:
    for verb in ("coordinate", "note"):
        assert line(speaking, entry(verb, note="一句话", audience=audience)).audience == shown


@pytest.mark.parametrize("show, verbs", [("all", 3), ("public", 1), ("internal", 2)])
def test_one_audience_can_be_read_alone(speaking: Speaking, show: str, verbs: int) -> None:
    entries = [entry("coordinate"), entry("note"), entry("dispatch", "assignment")]
    with speaking():
        assert len(timelines.lines(entries, NOW, show)) == verbs


def test_a_departments_own_history_has_no_two_audiences(speaking: Speaking) -> None:
    with speaking():
        found = timelines.unmarked([entry("coordinate"), entry("reply", "assignment")], NOW)
    assert {each.audience for each in found} == {""}


@pytest.mark.parametrize(
    "more, who, english",
    [
        ({}, "周文博", "周文博"),
        ({"actor_name": "", "side": "office"}, "政协办公室", "CPPCC office"),
        ({"actor_name": "", "side": "resident"}, "群众", "Resident"),
        ({"actor_name": "", "side": "system"}, "系统按规则办理", ""),
        ({"unit": "区教育局"}, "区教育局 周文博", "区教育局 周文博"),
        ({"number": "锡政协办函〔2026〕1号"}, "锡政协办函〔2026〕1号 周文博", ""),
    ],
)
def test_who_acted_is_said_as_far_as_the_reader_is_told(
    speaking: Speaking, more: dict[str, Any], who: str, english: str
) -> None:
    assert line(speaking, entry(**more)).who == who
    told = line(speaking, entry(**more), "en").who
    assert told == english if english else told


def test_a_letter_is_opened_from_its_line(speaking: Speaking) -> None:
    assert line(speaking, entry("issue", "letter", letter="abc")).url == "/letters/abc"
    assert line(speaking, entry()).url == ""


def test_an_edit_names_the_fields_in_the_order_of_the_form(speaking: Speaking) -> None:
    edited = entry("edit", fields=("urgency", "summary", "unknown"))
    assert line(speaking, edited).detail == "一句话说清什么事、缓急"
    english = line(speaking, edited, "en").detail
    assert english.isascii() and ", " in english


def test_a_move_is_told_by_the_way_it_was_made(speaking: Speaking) -> None:
    titles = [line(speaking, entry(variant=way)).title for way in ("assign", "quick", "refer", "brief")]
    assert titles == ["协调交办", "快速办理", "转送其他渠道", "转社情民意信息"]


def test_every_line_has_its_moment_for_people_and_for_programs(speaking: Speaking) -> None:
    found = line(speaking, entry(at=NOW.replace(year=2025)))
    assert (found.when, found.iso) == ("2025年11月23日 09:00", "2025-11-23T09:00+08:00")


def test_what_a_page_may_show_is_three_words(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.handled()
    with speaking():
        entries = events.timeline(huiyin.case(reference), huiyin.actor("clerk"))
        public, internal = (timelines.lines(entries, NOW, show) for show in ("public", "internal"))
        assert len(public) + len(internal) == len(timelines.lines(entries, NOW)) == len(entries)
        assert public and internal
