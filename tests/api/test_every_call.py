"""What holds for every call of the register: no token, no row, no such field, an older version."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import contacting, inviting
from tests.actions.conftest import everything
from tests.api.caller import Calls
from tests.world import World
from tracker.api.calls import CALLS, Call

GUARDED = [call for call in CALLS if not call.public]
READING = [call for call in GUARDED if call.method == "GET"]
LISTS = [call for call in READING if call.asks is not None]
NARROW = {"limit", "after"}
FOREIGN = "nobody-has-this-id-0000"


def address(call: Call, value: str = FOREIGN) -> str:
    return re.sub(r"\{\w+\}", value, call.path)


def faulty(problem: Any) -> list[str]:
    return [fault["field"] for fault in problem["errors"]]


@pytest.mark.requirement("T14")
def test_without_a_token_nothing_is_answered_and_nothing_looked_at(api: Calls) -> None:
    nobody, before = api.nobody(), everything(api.world)
    for call in GUARDED:
        answer = nobody.raw(call.method, address(call), query_string="colour=red")
        assert answer.status_code == 401, call.path
        assert answer.mimetype == "application/problem+json" and answer.json
        assert answer.json["status"] == 401 and "errors" not in answer.json, call.path
    assert everything(api.world) == before


@pytest.mark.requirement("T14")
def test_a_row_that_is_not_there_is_not_found_whatever_was_sent(api: Calls) -> None:
    clerk = api.by("clerk")
    for call in GUARDED:
        if "{" not in call.path:
            continue
        sent: dict[str, Any] = {"json": {"move": 5, "colour": "red"}} if call.takes else {}
        answer = clerk.raw(call.method, address(call), **sent)
        assert answer.status_code == 404, (call.method, call.path, answer.text)
        assert answer.json and answer.json["title"] and answer.json["status"] == 404


def test_a_list_names_the_parameter_it_does_not_know(api: Calls) -> None:
    clerk = api.by("clerk")
    wrong = {"colour": ("red",), "limit": (0, 201, "ten"), "after": ("x" * 65,)}
    for call in LISTS:
        for name, values in wrong.items():
            for value in values:
                assert faulty(clerk.get(call.path, 422, **{name: value})) == [name], (call.path, value)
        assert clerk.get(call.path, limit=200)["next"] is None
        # What is sent empty is not asked for.
        assert clerk.get(call.path, limit="", after="") == clerk.get(call.path), call.path


def test_every_parameter_of_a_list_that_names_something_has_an_end(api: Calls) -> None:
    clerk = api.by("clerk")
    for call in LISTS:
        assert call.asks is not None
        for name, field in call.asks.model_fields.items():
            if field.annotation is bool or name in NARROW:
                continue
            named = field.alias or name
            problem = clerk.get(call.path, 422, **{f"{named}_": "长" * 101})
            assert faulty(problem) == [named], (call.path, named)


def test_a_call_without_parameters_refuses_any(api: Calls) -> None:
    clerk = api.by("clerk")
    for path in ("/me", "/campaigns", f"/cases/{api.world.raised()}"):
        assert faulty(clerk.get(path, 422, colour="red")) == ["colour"]


def test_what_is_not_json_is_of_the_wrong_kind_everywhere(api: Calls) -> None:
    for call in GUARDED:
        if call.takes is None:
            continue
        caller = api.by("member" if call.path in ("/visits", "/contact_links") else "clerk")
        answer = caller.raw(call.method, address(call), data="a=1", content_type="text/plain")
        assert answer.status_code == 415, call.path
        broken = caller.raw(call.method, address(call), data="{", content_type="application/json")
        assert broken.status_code == 400, call.path


def test_another_method_says_which_there_are(api: Calls) -> None:
    methods: dict[str, set[str]] = {}
    for call in CALLS:
        methods.setdefault(address(call), set()).add(call.method)
    token = {"Authorization": f"Bearer {api.token('clerk')}"}
    # This one also reads as the id of an import.
    del methods["/imports/forms"]
    for path, known in methods.items():
        answer = api.http.delete(f"/api/v1{path}", headers=token)
        assert answer.status_code == 405 and answer.mimetype == "application/problem+json"
        allowed = set(answer.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"}
        assert allowed == known, path


CLOSED: list[tuple[str, str]] = [
    ("member", "/visits"),
    ("member", "/cases"),
    ("member", "/submissions"),
    ("member", "/contact_links"),
    ("clerk", "/activities"),
    ("clerk", "/workstations"),
]


def test_an_unknown_field_is_named_beside_those_that_are_missing(api: Calls) -> None:
    for who, path in CLOSED:
        caller = api.by(who)
        before = everything(api.world)
        named = faulty(caller.post(path, {"colour": "red", "id": 1}, 422))
        assert {"colour", "id"} < set(named) and len(named) == len(set(named))
        assert everything(api.world) == before


# --- versions
Planted = tuple[str, str, dict[str, Any] | None]


def _case(world: World) -> Iterator[tuple[str, Planted]]:
    reference = world.raised()
    yield (
        "/cases/{reference}/moves",
        ("clerk", f"/cases/{reference}/moves", {"move": "withdraw", "note": "不办了"}),
    )
    share = {"unit": "housing", "role": "lead", "transfer_text": "北门路灯不亮。"}
    yield "/cases/{reference}/assignments", ("clerk", f"/cases/{reference}/assignments", share)
    told, handled = world.fed_back(), world.handled()
    yield "/cases/{reference}/ratings", ("member", f"/cases/{told}/ratings", {"rating": "satisfied"})
    yield "/cases/{reference}/letters", ("clerk", f"/cases/{handled}/letters", {})
    letter = f"/letters/{world.letter(handled)}/moves"
    yield "/letters/{public_id}/moves", ("director", letter, {"move": "void", "reason": "发错了人"})
    (sent,) = world.shares(world.coordinated())
    yield "/assignments/{public_id}/moves", ("dept", f"/assignments/{sent}/moves", {"move": "accept"})


def _handed(world: World) -> Iterator[tuple[str, Planted]]:
    paper = f"/submissions/{world.submitted()}/moves"
    yield "/submissions/{public_id}/moves", ("clerk", paper, {"move": "select"})
    yield "/contact_links/{public_id}/end", ("member", f"/contact_links/{world.linked()}/end", None)
    book = f"/booklets/{world.booklet()}/moves"
    yield "/booklets/{public_id}/moves", ("clerk", book, {"move": "submit"})


def _held(world: World) -> Iterator[tuple[str, Planted]]:
    event = f"/activities/{inviting.meeting(world)}"
    told = {"title": "法律服务进社区", "held_on": "2026-11-20"}
    yield "/activities/{public_id}", ("clerk", event, told)
    yield "/activities/{public_id}/cancel", ("clerk", f"{event}/cancel", None)
    station = f"/workstations/{contacting.kept(world)}"
    kept = {"kind": "studio", "name": "邻里议事工作室", "opened_on": "2026-11-02"}
    yield "/workstations/{public_id}", ("clerk", station, kept)
    yield "/workstations/{public_id}/close", ("clerk", f"{station}/close", {"closed_on": "2026-11-20"})
    day = {"held_on": "2026-11-20", "members": "吴海燕"}
    yield "/workstations/{public_id}/receptions", ("clerk", f"{station}/receptions", day)


ROOMS: dict[str, Callable[[World], Iterator[tuple[str, Planted]]]] = {
    "cases": _case, "handed": _handed, "held": _held,
}  # fmt: skip
COVERED = {
    "cases": ("/cases/", "/letters/", "/assignments/"),
    "handed": ("/submissions/", "/contact_links/", "/booklets/"),
    "held": ("/activities/", "/workstations/"),
}


@pytest.mark.requirement("R4")
@pytest.mark.parametrize("room", ROOMS)
def test_every_change_of_a_row_looks_at_its_version(room: str, api: Calls) -> None:
    planted = dict(ROOMS[room](api.world))
    calls = [call for call in CALLS if call.expects and call.path.startswith(COVERED[room])]
    assert {call.path for call in calls} == set(planted)
    for who in {who for who, _path, _body in planted.values()}:
        api.by(who)
    before = everything(api.world)
    for call in calls:
        who, path, body = planted[call.path]
        sent: dict[str, Any] = {} if body is None else {"json": body}
        for match, status in (('"99"', 409), ('"x"', 422)):
            answer = api.by(who).raw(call.method, path, headers={"If-Match": match}, **sent)
            assert answer.status_code == status and answer.json, (call.path, answer.text)
            told = answer.json["version"] if status == 409 else faulty(answer.json)
            assert told == ["If-Match"] if status == 422 else isinstance(told, int), call.path
    assert everything(api.world) == before


def test_every_call_that_looks_at_a_version_is_tried_above() -> None:
    rooms = tuple(start for starts in COVERED.values() for start in starts)
    assert [call.path for call in CALLS if call.expects and not call.path.startswith(rooms)] == []
