"""If-Match and keys: what a program must send, and what it is told when the row has moved on."""

from typing import Any

import pytest

from tests.actions.conftest import everything
from tests.api.bodies import CASE, coordinate
from tests.api.caller import Calls

WITHDRAW = {"move": "withdraw", "note": "不办了"}


@pytest.mark.parametrize("match", [None, '"1"', "*"])
def test_the_version_that_was_seen_or_any_lets_it_pass(api: Calls, match: str | None) -> None:
    reference = api.world.raised()
    moved = api.by("clerk").post(f"/cases/{reference}/moves", WITHDRAW, match=match or "")
    assert moved["version"] == 2


@pytest.mark.parametrize("match", ['"0"', '"2"', '"999999999"'])
def test_another_version_is_a_conflict_that_changes_nothing(api: Calls, match: str) -> None:
    reference, clerk = api.world.raised(), api.by("clerk")
    before = everything(api.world)
    problem = clerk.post(f"/cases/{reference}/moves", WITHDRAW, 409, match=match)
    assert problem["version"] == 1
    assert everything(api.world) == before


@pytest.mark.parametrize("match", ['"x"', '"1", "2"', '"-1"', '"9999999999"', '""', "abc"])
def test_what_is_no_version_is_named(api: Calls, match: str) -> None:
    reference = api.world.raised()
    problem = api.by("clerk").post(f"/cases/{reference}/moves", WITHDRAW, 422, match=match)
    assert [fault["field"] for fault in problem["errors"]] == ["If-Match"]


def test_each_row_has_its_own_version(api: Calls) -> None:
    reference = api.world.coordinated()
    (share,) = api.world.shares(reference)
    case = api.by("clerk").get(f"/cases/{reference}")["version"]
    before = api.by("dept").get(f"/assignments/{share}")["version"]
    moved = api.by("dept").post(f"/assignments/{share}/moves", {"move": "accept"}, match=f'"{before}"')
    assert moved["version"] > before
    assert api.by("clerk").get(f"/cases/{reference}")["version"] == case


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cases/{}/assignments", {"unit": "transport", "role": "co", "transfer_text": "路灯不亮。"}),
        ("/cases/{}/moves", coordinate(("transport", "lead"))),
    ],
)
def test_every_change_of_a_case_looks_at_its_version(api: Calls, path: str, body: dict[str, Any]) -> None:
    reference = api.world.raised()
    assert api.by("clerk").post(path.format(reference), body, 409, match='"7"')["version"] == 1


def test_letters_and_ratings_look_too(api: Calls) -> None:
    reference = api.world.handled()
    api.by("clerk").post(f"/cases/{reference}/letters", {}, 409, match='"99"')
    letter = api.world.letter(reference)
    api.by("clerk").post(f"/letters/{letter}/moves", {"move": "submit"}, 409, match='"99"')
    told = api.world.fed_back()
    api.by("member").post(f"/cases/{told}/ratings", {"rating": "satisfied"}, 409, match='"99"')


# --- keys
@pytest.mark.requirement("R4")
@pytest.mark.parametrize(("key", "status"), [("k" * 80, 201), ("k" * 81, 422)])
def test_a_key_has_eighty_characters_at_most(api: Calls, key: str, status: int) -> None:
    api.by("member").post("/cases", CASE, status, key=key)


@pytest.mark.requirement("R4")
def test_the_same_key_at_another_call_is_another_content(api: Calls) -> None:
    one, other = api.world.raised(), api.world.raised()
    clerk = api.by("clerk")
    clerk.post(f"/cases/{one}/moves", WITHDRAW, key="k-1")
    problem = clerk.post(f"/cases/{other}/moves", WITHDRAW, 422, key="k-1")
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    assert api.world.state(other) == "raised"


@pytest.mark.requirement("R4")
def test_a_conflict_leaves_the_key_free_for_another_try(api: Calls) -> None:
    reference, clerk = api.world.raised(), api.by("clerk")
    clerk.post(f"/cases/{reference}/moves", {"move": "handle"}, 409, key="k-1")
    clerk.post(f"/cases/{reference}/moves", WITHDRAW, key="k-1")


@pytest.mark.requirement("R4")
def test_a_repeat_answers_as_before_although_the_row_moved_on(api: Calls) -> None:
    reference = api.world.raised()
    clerk = api.by("clerk")
    first = clerk.post(f"/cases/{reference}/moves", coordinate(("housing", "lead")), key="k-1")
    (share,) = api.world.shares(reference)
    api.world.move_share(share, "accept")
    again = clerk.post(f"/cases/{reference}/moves", coordinate(("housing", "lead")), key="k-1")
    assert again == first


@pytest.mark.requirement("R4")
def test_who_may_no_longer_be_here_is_not_answered_from_memory(api: Calls) -> None:
    member = api.by("member")
    member.post("/cases", CASE, 201, key="k-1")
    stranger = api.nobody()
    stranger.post("/cases", CASE, 401, key="k-1")
    api.by("secretary").post("/cases", CASE, 403, key="k-1")
