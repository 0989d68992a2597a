"""What the moves of an assignment ask of it, as it stands among the others of its case."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.world import NOW, TRANSFER
from tracker.extensions import clock
from tracker.models import Assignment, Case, OrgUnit, Reply, ReturnRequest

ROOT, BUREAU, STATION, OTHER = 1, 7, 9, 8
PATHS = {ROOT: "/1/", BUREAU: "/1/7/", STATION: "/1/7/9/", OTHER: "/1/8/"}


def unit(number: int) -> OrgUnit:
    return OrgUnit(id=number, path=PATHS[number])


def share(case: Case | None = None, **given: Any) -> Assignment:
    case = case or coordinated()
    defaults = {"unit": unit(BUREAU), "unit_id": BUREAU, "role": "lead", "state": "draft", "rework_count": 0}
    return Assignment(case=case, **(defaults | given))


def coordinated(**given: Any) -> Case:
    return Case(**({"state": "coordinated", "route": "assign", "is_accusation": False} | given))


@pytest.mark.parametrize(
    ("changed", "coordinated_", "takes"),
    [
        ({}, True, True),
        ({"state": "raised"}, False, False),
        ({"state": "handled"}, False, False),
        ({"state": "fed_back"}, False, False),
        ({"disposition": "merged"}, False, False),
        ({"disposition": "withdrawn"}, False, False),
        ({"disposition": "referred_out"}, True, True),
        ({"closed_at": NOW}, False, False),
        ({"route": "quick"}, True, False),
        ({"route": "refer"}, True, False),
        ({"route": None}, True, False),
        ({"is_accusation": True}, True, False),
    ],
)
def test_a_department_is_asked_only_in_an_open_case_on_its_way(
    changed: dict[str, Any], coordinated_: bool, takes: bool
) -> None:
    one = share(coordinated(**changed))
    assert (one.case_is_coordinated, one.case_takes_departments) == (coordinated_, takes)


@pytest.mark.parametrize(
    ("at", "text", "confirmed"),
    [
        (NOW, TRANSFER, True),
        (None, TRANSFER, False),
        (NOW, "", False),
        (NOW, " \n\t　", False),
    ],
)
def test_the_words_for_a_department_are_confirmed_and_not_empty(
    at: datetime | None, text: str, confirmed: bool
) -> None:
    assert share(confirmed_at=at, transfer_text=text).has_confirmed_text is confirmed


@pytest.mark.parametrize(
    ("subject", "handling", "may"),
    [
        (None, BUREAU, True),
        (OTHER, BUREAU, True),
        (BUREAU, BUREAU, False),
        (BUREAU, STATION, False),
        (STATION, BUREAU, False),
        (OTHER, STATION, True),
    ],
)
def test_no_unit_receives_a_case_about_its_own_line(subject: int | None, handling: int, may: bool) -> None:
    case = coordinated(subject_unit=unit(subject) if subject else None)
    one = share(case, unit=unit(handling))
    assert (one.unit_may_receive, one.is_conflicted) == (may, not may)


@pytest.mark.parametrize(
    ("until", "open_"),
    [(None, False), (timedelta(seconds=-1), False), (timedelta(0), True), (timedelta(days=3), True)],
)
def test_it_can_be_sent_back_up_to_the_last_moment(until: timedelta | None, open_: bool) -> None:
    one = share(return_due_at=None if until is None else NOW + until)
    with clock.at(NOW):
        assert one.in_return_window is open_


@pytest.mark.parametrize(
    ("former", "accepted", "not_accepted"),
    [("accepted", True, False), ("dispatched", False, True), (None, False, False)],
)
def test_it_goes_back_to_where_it_was_before_the_request(
    former: str | None, accepted: bool, not_accepted: bool
) -> None:
    one = share(former_state=former)
    assert (one.was_accepted, one.was_not_accepted) == (accepted, not_accepted)


@pytest.mark.parametrize(("count", "left"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_office_sends_a_reply_back_twice_then_the_director_decides(count: int, left: bool) -> None:
    one = share(rework_count=count)
    assert (one.reworks_are_left, one.reworks_are_used_up) == (left, not left)


@pytest.mark.parametrize(
    ("own", "others", "first"),
    [(0, 0, True), (1, 0, True), (0, 1, True), (1, 1, False), (2, 0, False), (0, 2, False)],
)
def test_a_return_is_repeated_when_any_department_of_the_case_asked_before(
    own: int, others: int, first: bool
) -> None:
    case = coordinated()
    one = share(case, returns=[ReturnRequest() for _ in range(own)])
    share(case, returns=[ReturnRequest() for _ in range(others)])
    assert (one.is_first_return, one.is_repeated_return) == (first, not first)


def test_requests_of_another_case_do_not_count() -> None:
    share(coordinated(), returns=[ReturnRequest(), ReturnRequest()])
    assert share(coordinated(), returns=[ReturnRequest()]).is_first_return


@pytest.mark.parametrize(("role", "co"), [("lead", False), ("co", True), ("separate", False)])
def test_only_a_co_handler_can_be_let_off(role: str, co: bool) -> None:
    assert share(role=role).is_co is co


@pytest.mark.parametrize(
    ("role", "beside", "state", "fits"),
    [
        ("lead", "lead", "dispatched", False),
        ("lead", "lead", "returned", True),
        ("lead", "lead", "revoked", True),
        ("lead", "co", "dispatched", True),
        ("co", "lead", "accepted", True),
        ("co", "separate", "accepted", False),
        ("separate", "separate", "accepted", True),
        ("separate", "co", "waived", True),
        ("separate", "co", "replied", False),
    ],
)
def test_it_fits_beside_those_that_are_sent(role: str, beside: str, state: str, fits: bool) -> None:
    case = coordinated()
    share(case, role=beside, state=state, unit=unit(OTHER))
    assert share(case, role=role).fits_the_others is fits


def test_the_latest_reply_is_the_last_one_given() -> None:
    one = share()
    assert one.latest_reply is None
    one.replies = [Reply(text="已列入计划"), Reply(text="已更换电缆")]
    assert one.latest_reply is not None and one.latest_reply.text == "已更换电缆"


def test_a_department_knows_only_what_was_sent_to_it() -> None:
    assert share().unit_ids == frozenset()
    assert share(dispatched_at=NOW).unit_ids == {BUREAU}
    # Taken back after it was sent: what was seen was seen.
    assert share(dispatched_at=NOW, state="revoked").unit_ids == {BUREAU}


def test_it_is_as_secret_as_its_case_and_belongs_to_whom_the_case_does() -> None:
    open_ = share(coordinated(raised_by_id=11, group_id=5))
    assert (open_.owner_id, open_.group_id, open_.is_accusation) == (11, 5, False)
    assert share(coordinated(is_accusation=True)).is_accusation
    assert share(coordinated(raised_by_id=11, group_id=None)).group_id is None
