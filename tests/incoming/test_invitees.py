"""Who is to be asked to an activity, and what became of it."""

from tests.incoming import faults
from tracker.incoming.invitees import MOST_INVITED, ApproveIn, DeclineIn, InviteeIn, SpeechIn
from tracker.incoming.schema import read


def test_somebody_is_asked_to_listen_and_has_not_agreed_unless_said() -> None:
    asked = read(InviteeIn, {"called": "孙大海"})
    assert (asked.capacity, asked.consent_process, asked.contact, asked.sector) == (
        "observer",
        False,
        None,
        "",
    )


def test_a_name_may_be_missing_where_a_contact_is_named() -> None:
    assert faults.lengths(InviteeIn, {}, "called", 0, 40, 41) == [0, 40]
    assert faults.lengths(InviteeIn, {}, "contact", 0, 1, 64, 65) == [1, 64]
    assert faults.lengths(InviteeIn, {}, "sector", 0, 80, 81) == [0, 80]


def test_people_come_in_three_capacities() -> None:
    known = ["observer", "participant", "speaker"]
    assert faults.values(InviteeIn, {}, "capacity", *known, "guest", "", None) == known


def test_nobody_approves_more_than_a_hall_holds() -> None:
    assert read(ApproveIn, {}).seen == []
    assert faults.of(ApproveIn, {"seen": ["i"] * MOST_INVITED}) == []
    assert faults.of(ApproveIn, {"seen": ["i"] * (MOST_INVITED + 1)}) == ["seen"]
    assert faults.of(ApproveIn, {"seen": ["i", ""]}) == ["seen.1"]


def test_a_refusal_says_why_and_a_speech_what() -> None:
    assert faults.lengths(DeclineIn, {}, "reason", 0, 1, 2, 1000, 1001) == [2, 1000]
    assert faults.lengths(SpeechIn, {}, "speech", 0, 1, 2, 5000, 5001) == [2, 5000]


def test_approval_is_nothing_one_gives_with_the_name() -> None:
    for field in ("state", "approved_by", "attended", "activity"):
        assert faults.of(InviteeIn, {"called": "孙大海", field: "1"}) == [field]
