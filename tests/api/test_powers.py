"""Each call that changes something: who may, who is refused, and who is not told that there is anything."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.actions.conftest import everything
from tests.api.bodies import ANSWER, CASE, VISIT, coordinate
from tests.api.caller import Calls
from tests.world import TRANSFER

pytestmark = pytest.mark.requirement("T14")

REASON = "经核查，该路灯由市政管养单位负责，不属于我局职责范围，建议转交。"
# Of one coordinated case of the member's with one share of the housing department.
CASE_MOVES: dict[str, dict[str, Any]] = {
    "coordinate": coordinate(("transport", "lead")),
    "handle": {"move": "handle"},
    "feed_back": {"move": "feed_back", "told": "oral"},
    "rework": {"move": "rework", "note": "再核实"},
    "withdraw": {"move": "withdraw", "note": "不办了"},
    "decline": {"move": "decline", "note": "不属于"},
    "merge": {"move": "merge", "into": "XS-2026-000009"},
    "unmerge": {"move": "unmerge"},
    "close": {"move": "close"},
}
SHARE_MOVES: dict[str, dict[str, Any]] = {
    "accept": {"move": "accept"},
    "reply": ANSWER,
    "request_return": {"move": "request_return", "reason": REASON},
    "decide_return": {"move": "decide_return", "granted": True},
    "approve_reply": {"move": "approve_reply"},
    "rework": {"move": "rework", "reason": "不完整"},
    "waive": {"move": "waive"},
    "revoke": {"move": "revoke", "reason": "发错了"},
    "dispatch": {"move": "dispatch"},
}
LETTER_MOVES: dict[str, dict[str, Any]] = {
    "submit": {"move": "submit"},
    "approve": {"move": "approve"},
    "reject": {"move": "reject", "reason": "有误"},
    "issue": {"move": "issue"},
    "deliver": {"move": "deliver", "method": "post", "delivered_on": "2026-11-23"},
    "acknowledge": {"move": "acknowledge"},
    "void": {"move": "void", "reason": "有误"},
}


def refused(api: Calls, who: str, path: str, body: Any, status: int) -> None:
    all_refused(api, {who: status}, path, [body])


def all_refused(api: Calls, statuses: dict[str, int], path: str, bodies: Iterable[Any]) -> None:
    """Each is refused, and nothing is stored; a token is given before anybody looks."""
    callers = {who: api.by(who) for who in statuses}
    before = everything(api.world)
    for body in bodies:
        for who, status in statuses.items():
            callers[who].post(path, body, status)
    assert everything(api.world) == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 403), ("leader", 403), ("auditor", 403), ("member2", 404), ("dept", 404), ("admin", 404)],
)
def test_who_only_reads_a_case_moves_nothing(api: Calls, who: str, status: int) -> None:
    path = f"/cases/{api.world.coordinated()}/moves"
    all_refused(api, {who: status}, path, CASE_MOVES.values())


def test_the_raiser_withdraws_and_nothing_else(api: Calls) -> None:
    path = f"/cases/{api.world.coordinated()}/moves"
    others = [body for move, body in CASE_MOVES.items() if move != "withdraw"]
    all_refused(api, {"member": 403}, path, others)


@pytest.mark.parametrize(
    ("who", "status"), [("member", 403), ("leader", 403), ("auditor", 403), ("dept2", 404), ("dt-dept", 404)]
)
def test_who_only_reads_a_share_moves_nothing(api: Calls, who: str, status: int) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    all_refused(api, {who: status}, f"/assignments/{share}/moves", SHARE_MOVES.values())


def test_the_office_does_nothing_in_a_departments_name(api: Calls) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    theirs = [SHARE_MOVES[move] for move in ("accept", "reply", "request_return")]
    all_refused(api, {"clerk": 403, "director": 403}, f"/assignments/{share}/moves", theirs)


def test_a_department_does_nothing_of_the_offices(api: Calls) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    ours = ("decide_return", "approve_reply", "rework", "waive", "revoke", "dispatch")
    all_refused(api, {"dept": 403}, f"/assignments/{share}/moves", [SHARE_MOVES[move] for move in ours])


@pytest.mark.parametrize(
    ("who", "status"), [("member", 403), ("secretary", 403), ("auditor", 403), ("leader", 404), ("dept", 404)]
)
def test_who_only_reads_a_letter_moves_nothing(api: Calls, who: str, status: int) -> None:
    letter = api.world.letter(api.world.handled())
    all_refused(api, {who: status}, f"/letters/{letter}/moves", LETTER_MOVES.values())


def test_a_clerk_neither_signs_nor_calls_back(api: Calls) -> None:
    letter = api.world.letter(api.world.handled())
    signing = [LETTER_MOVES[move] for move in ("approve", "reject", "void")]
    all_refused(api, {"clerk": 403}, f"/letters/{letter}/moves", signing)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member", 403),
        ("secretary", 403),
        ("leader", 403),
        ("auditor", 403),
        ("dept", 404),
        ("dt-clerk", 404),
    ],
)
def test_only_the_office_brings_in_departments_and_drafts_letters(api: Calls, who: str, status: int) -> None:
    reference = api.world.handled()
    draft = {"unit": "transport", "role": "co", "transfer_text": TRANSFER}
    refused(api, who, f"/cases/{reference}/assignments", draft, status)
    refused(api, who, f"/cases/{reference}/letters", {}, status)


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 403), ("clerk", 403), ("director", 403), ("leader", 403), ("member2", 404), ("dept", 404)],
)
def test_only_the_raiser_rates(api: Calls, who: str, status: int) -> None:
    reference = api.world.fed_back()
    refused(api, who, f"/cases/{reference}/ratings", {"rating": "satisfied"}, status)


@pytest.mark.parametrize("who", ["secretary", "clerk", "director", "dept", "leader", "auditor", "admin"])
def test_only_members_write_visits(api: Calls, who: str) -> None:
    refused(api, who, "/visits", VISIT, 403)


@pytest.mark.parametrize(
    "change", [{"area": "99"}, {"category": "Z"}, {"visit": "nobody"}, {"resident": {"name": "吴"}}]
)
def test_a_refused_case_leaves_no_trace(api: Calls, change: dict[str, Any]) -> None:
    refused(api, "member", "/cases", CASE | change, 422)


@pytest.mark.parametrize("who", ["clerk", "director", "member", "leader", "auditor"])
def test_another_committee_answers_as_if_there_were_nothing(api: Calls, who: str) -> None:
    reference = api.world.replied()
    (share,) = api.world.shares(reference)
    caller = api.by(f"dt-{who}")
    for path in (f"/cases/{reference}", f"/cases/{reference}/events", f"/assignments/{share}"):
        assert caller.get(path, 404) == caller.get(path.replace(reference, "XS-2026-999999"), 404)
