"""What the moves of a case ask of it, as the case stands."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.world import NOW, REPLY, World
from tracker.models import Case, Letter, Rating


@pytest.mark.parametrize(
    ("disposition", "closed", "is_open"),
    [
        (None, False, True),
        ("referred_out", False, True),
        ("merged", False, False),
        ("not_accepted", False, False),
        ("withdrawn", False, False),
        (None, True, False),
        ("referred_out", True, False),
    ],
)
def test_a_case_is_open_until_it_ends_one_way_or_another(
    disposition: str | None, closed: bool, is_open: bool
) -> None:
    assert Case(disposition=disposition, closed_at=NOW if closed else None).is_open is is_open


@pytest.mark.parametrize(
    ("unit", "none", "decided"), [(None, False, False), (None, True, True), (3, False, True)]
)
def test_whether_somebody_is_complained_of_has_to_be_said(
    unit: int | None, none: bool, decided: bool
) -> None:
    assert Case(subject_unit_id=unit, subject_none=none).subject_is_decided is decided


@pytest.mark.parametrize(
    ("route", "office"), [(None, False), ("assign", False), ("quick", True), ("refer", True), ("brief", True)]
)
def test_the_office_answers_where_no_department_was_asked(route: str | None, office: bool) -> None:
    case = Case(route=route)
    assert (case.office_answers, case.departments_answer) == (office, not office)


@pytest.mark.parametrize(
    ("ratings", "reopened", "may"),
    [
        ([], 0, False),
        ([("member", "dissatisfied")], 0, True),
        ([("resident", "dissatisfied")], 0, True),
        ([("resident", "dissatisfied")], 1, False),
        ([("member", "dissatisfied"), ("resident", "satisfied")], 0, False),
        ([("resident", "dissatisfied"), ("member", "satisfied")], 0, True),
        ([("member", "basically")], 0, False),
    ],
)
def test_it_is_reopened_once_by_the_verdict_that_stands(
    ratings: list[tuple[str, str]], reopened: int, may: bool
) -> None:
    given = [Rating(by_kind=kind, rating=rating, round=1) for kind, rating in ratings]
    assert Case(ratings=given, reopened_count=reopened).may_reopen is may


def _case_with(state: str, written: timedelta, told: str | None = None) -> Case:
    letter = Letter(kind="feedback", state=state, created_at=NOW + written)
    return Case(handled_at=NOW, told_kind=told, letters=[letter])


@pytest.mark.parametrize(
    ("state", "written", "told", "issued"),
    [
        ("draft", timedelta(0), False, False),
        ("approved", timedelta(0), False, False),
        ("voided", timedelta(0), False, False),
        ("issued", timedelta(0), False, True),
        ("delivered", timedelta(0), True, True),
        ("acknowledged", timedelta(hours=1), True, True),
        # It told of an earlier outcome.
        ("delivered", -timedelta(seconds=1), False, False),
        ("issued", -timedelta(seconds=1), False, False),
    ],
)
def test_a_letter_counts_for_the_outcome_it_was_written_about(
    state: str, written: timedelta, told: bool, issued: bool
) -> None:
    case = _case_with(state, written)
    assert (case.is_told, case.has_no_issued_letter) == (told, not issued)


@pytest.mark.parametrize("told", ["oral", "code_page"])
def test_who_was_told_by_mouth_needs_no_letter(told: str) -> None:
    assert _case_with("draft", timedelta(0), told).is_told


def _returned(world: World) -> str:
    reference = world.coordinated()
    share = world.shares(reference)[0]
    reason = "经核实，这条路的照明由市政养护单位负责，不归我局管理"
    world.move_share(share, "request_return", reason=reason)
    return reference


@pytest.mark.parametrize(
    ("make", "outcome", "no_reply", "returned"),
    [
        (lambda world: world.raised(), False, True, False),
        (lambda world: world.coordinated(), False, True, False),
        (lambda world: world.replied(), False, False, False),
        (lambda world: world.handled(), True, False, False),
        (lambda world: world.quick(), True, True, False),
        (_returned, False, True, False),
    ],
    ids=["raised", "coordinated", "replied", "handled", "quick", "return requested"],
)
def test_what_the_departments_did_decides(
    make: Callable[[World], str], outcome: bool, no_reply: bool, returned: bool, huiyin: World
) -> None:
    reference = make(huiyin)
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.has_outcome, case.has_no_reply, case.all_returned) == (outcome, no_reply, returned)


def test_a_lead_waits_for_every_opinion_beside_it(huiyin: World) -> None:
    reference = huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    lead, co = huiyin.shares(reference)
    huiyin.move_share(lead, "reply", result_class="A", text=REPLY, contact_record="on_site")
    huiyin.move_share(lead, "approve_reply", by="clerk")
    with huiyin.reading():
        assert not huiyin.case(reference).has_outcome
    huiyin.move_share(co, "waive", by="clerk")
    with huiyin.reading():
        assert huiyin.case(reference).has_outcome


def test_a_merged_case_has_what_its_master_has(huiyin: World) -> None:
    master, child = huiyin.coordinated(), huiyin.raised()
    huiyin.move(child, "merge", into=master)
    with huiyin.reading():
        case = huiyin.case(child)
        assert (case.is_merged, case.has_outcome, case.master_is_not_handled) == (True, False, True)
        assert not huiyin.case(master).has_no_children
