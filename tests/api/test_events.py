"""The diary of a case as each role reads it."""

from typing import Any

import pytest

from tests.api.caller import Calls
from tests.world import REPLY
from tracker.actions import cases
from tracker.incoming.cases import NoteIn

SECRET = "物业经理私下说的话"


@pytest.fixture
def reference(api: Calls) -> str:
    """A case with words of the office, of a department, and of the raiser."""
    made = api.world.coordinated()
    with api.world.writing():
        cases.note(api.world.case(made), NoteIn(text=SECRET), by=api.world.actor("clerk"))
    (share,) = api.world.shares(made)
    api.world.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    api.world.move_share(share, "rework", by="clerk", reason="没有写明完成时间")
    return made


def events(api: Calls, who: str, reference: str) -> list[dict[str, Any]]:
    return list(api.by(who).get(f"/cases/{reference}/events")["items"])


@pytest.mark.parametrize("who", ["clerk", "director", "member"])
def test_the_diary_is_told_from_the_beginning(api: Calls, reference: str, who: str) -> None:
    told = events(api, who, reference)
    assert told[0]["verb"] == "raise"
    moments = [event["at"] for event in told]
    assert moments == sorted(moments)


def test_the_office_reads_every_word(api: Calls, reference: str) -> None:
    notes = {event["note"] for event in events(api, "clerk", reference)}
    assert {SECRET, "没有写明完成时间"} <= notes


@pytest.mark.requirement("T33")
@pytest.mark.parametrize("who", ["member", "secretary", "auditor"])
def test_words_of_the_office_stay_there(api: Calls, reference: str, who: str) -> None:
    assert SECRET not in str(events(api, who, reference))


@pytest.mark.parametrize("who", ["dept", "member2", "admin", "dt-clerk"])
def test_who_may_not_know_of_the_case_reads_no_diary(api: Calls, reference: str, who: str) -> None:
    api.by(who).get(f"/cases/{reference}/events", 404)


def test_a_department_reads_the_words_meant_for_it_and_no_others(api: Calls, reference: str) -> None:
    (share,) = api.world.shares(reference)
    told = api.by("dept").get(f"/assignments/{share}")["events"]
    assert "没有写明完成时间" in str(told) and SECRET not in str(told)
    assert "raise" not in {event["verb"] for event in told}


def test_the_diary_takes_no_parameters(api: Calls, reference: str) -> None:
    problem = api.by("clerk").get(f"/cases/{reference}/events", 422, limit="5")
    assert problem["errors"][0]["field"] == "limit"
