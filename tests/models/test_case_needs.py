"""Each need of a case by itself, on rows that were never stored."""

from typing import Any

import pytest

from tests.world import NOW, TRANSFER
from tracker.models import Assignment, Case, Letter, OrgUnit

STATES = ("raised", "coordinated", "handled", "fed_back")


def share(state: str, role: str = "lead", **given: Any) -> Assignment:
    """One of a unit nobody complained of, its text confirmed."""
    unit = OrgUnit(id=7, path="/1/7/")
    defaults = {"unit": unit, "confirmed_at": NOW, "transfer_text": TRANSFER}
    return Assignment(state=state, role=role, **(defaults | given))


@pytest.mark.parametrize(
    ("route", "words", "shares", "master", "has"),
    [
        (None, "", [], None, False),
        (None, "已电话告知", [], None, False),
        ("quick", "", [], None, False),
        ("quick", "已电话告知", [], None, True),
        ("refer", "已转信访局", [], None, True),
        ("brief", "", [], None, False),
        ("assign", "", [share("completed")], None, True),
        ("assign", "", [share("replied")], None, False),
        ("assign", "写了也不算", [], None, False),
        ("assign", "", [share("completed"), share("accepted", "co")], None, False),
        (None, "", [], "raised", False),
        (None, "", [], "coordinated", False),
        (None, "", [], "handled", True),
        ("quick", "已电话告知", [], "coordinated", False),
        ("assign", "", [share("replied")], "fed_back", True),
    ],
)
def test_an_outcome_comes_from_the_departments_the_office_or_the_master(
    route: str | None, words: str, shares: list[Assignment], master: str | None, has: bool
) -> None:
    above = Case(state=master) if master else None
    case = Case(route=route, outcome_text=words, assignments=list(shares), master=above)
    assert case.has_outcome is has


@pytest.mark.parametrize(
    ("disposition", "merged", "declined"),
    [
        (None, False, False),
        ("merged", True, False),
        ("not_accepted", False, True),
        ("withdrawn", False, False),
        ("referred_out", False, False),
    ],
)
def test_how_a_case_ended_is_told_apart(disposition: str | None, merged: bool, declined: bool) -> None:
    case = Case(disposition=disposition)
    assert (case.is_merged, case.is_declined) == (merged, declined)


def test_a_case_is_closed_once() -> None:
    assert Case().is_not_closed and not Case(closed_at=NOW).is_not_closed


@pytest.mark.parametrize("accusation", [True, False])
def test_no_department_is_given_an_accusation(accusation: bool) -> None:
    case = Case(is_accusation=accusation)
    assert (case.is_not_accusation, case.may_be_assigned) == (not accusation, not accusation)


@pytest.mark.parametrize(
    ("states", "returned", "unanswered"),
    [
        ([], False, True),
        (["draft"], False, True),
        (["dispatched"], False, True),
        (["returned"], True, True),
        (["revoked", "waived", "returned"], True, True),
        (["returned", "draft"], True, True),
        (["returned", "accepted"], False, True),
        (["returned", "replied"], False, False),
        (["reworking"], False, False),
        (["completed", "returned"], False, False),
        (["return_requested"], False, True),
    ],
)
def test_it_comes_back_when_all_that_was_sent_came_back(
    states: list[str], returned: bool, unanswered: bool
) -> None:
    case = Case(assignments=[share(state) for state in states])
    assert (case.all_returned, case.has_no_reply) == (returned, unanswered)


@pytest.mark.parametrize(
    ("drafts", "lead"),
    [
        ([], False),
        ([("draft", "lead")], True),
        ([("draft", "co")], False),
        ([("draft", "lead"), ("draft", "co")], True),
        ([("draft", "separate")], False),
        ([("draft", "separate"), ("draft", "separate")], True),
        ([("dispatched", "lead")], False),
        ([("returned", "lead"), ("draft", "lead")], True),
        ([("draft", "lead"), ("draft", "lead")], False),
    ],
)
def test_a_dispatch_has_one_lead_or_two_who_answer_apart(drafts: list[tuple[str, str]], lead: bool) -> None:
    assert Case(assignments=[share(*each) for each in drafts]).has_lead is lead


def test_only_drafts_have_to_be_confirmed() -> None:
    unread = {"confirmed_at": None}
    assert Case(assignments=[share("draft"), share("returned", **unread)]).drafts_are_confirmed
    assert not Case(assignments=[share("draft"), share("draft", "co", **unread)]).drafts_are_confirmed
    assert Case().drafts_are_confirmed


@pytest.mark.parametrize(
    ("master", "apart"),
    [(None, True), ("raised", True), ("coordinated", True), ("handled", False), ("fed_back", False)],
)
def test_a_merged_case_is_taken_apart_until_its_master_is_handled(master: str | None, apart: bool) -> None:
    case = Case(master=Case(state=master) if master else None)
    assert case.master_is_not_handled is apart


def test_what_others_were_merged_into_has_children() -> None:
    master = Case()
    assert master.has_no_children
    Case(master=master)
    assert not master.has_no_children


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [
        ("feedback", "draft", False),
        ("feedback", "issued", False),
        ("feedback", "delivered", True),
        ("feedback", "acknowledged", True),
        ("feedback", "voided", False),
        ("reminder", "delivered", False),
    ],
)
def test_only_a_letter_that_was_handed_over_tells_the_resident(kind: str, state: str, told: bool) -> None:
    """A case that was declined was never handled: then every letter is one of this round."""
    assert Case(letters=[Letter(kind=kind, state=state, created_at=NOW)]).is_told is told


def test_a_case_has_a_category_once_one_was_chosen() -> None:
    assert not Case().has_category and Case(category_id=3).has_category


def test_no_department_and_no_conflict_hangs_on_the_case_itself() -> None:
    """Departments see their own share of it and nothing of the case."""
    case = Case(raised_by_id=11, group_id=5, subject_unit_id=7)
    assert (case.owner_id, case.group_id, case.unit_ids, case.is_conflicted) == (11, 5, frozenset(), False)
