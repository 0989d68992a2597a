"""The same write sent twice is one write (R4)."""

import threading
from typing import Any

import pytest

from tests.api.bodies import CASE, VISIT, coordinate
from tests.api.caller import Calls
from tests.world import NOW
from tracker.extensions import clock


@pytest.mark.requirement("R4")
def test_the_same_key_gives_the_first_answer_without_the_code(either_api: Calls) -> None:
    member = either_api.by("member")
    first = member.post("/cases", CASE, 201, key="k-1")
    again = member.raw("POST", "/cases", json=CASE, headers={"Idempotency-Key": "k-1"})
    assert again.status_code == 201
    assert first.pop("tracking_code")
    assert again.json == first
    assert len(member.get("/cases")["items"]) == 1


@pytest.mark.requirement("R4")
def test_the_same_key_with_another_body_is_refused(either_api: Calls) -> None:
    member = either_api.by("member")
    member.post("/cases", CASE, 201, key="k-1")
    problem = member.post("/cases", CASE | {"urgency": "urgent"}, 422, key="k-1")
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    member.post("/visits", VISIT, 422, key="k-1")


def test_a_key_is_the_senders_own(api: Calls) -> None:
    api.by("member").post("/cases", CASE, 201, key="k-1")
    api.by("member2").post("/cases", CASE, 201, key="k-1")
    assert len(api.by("clerk").get("/cases")["items"]) == 2


def test_a_refused_write_leaves_its_key_free(api: Calls) -> None:
    member = api.by("member")
    member.post("/cases", CASE | {"area": "99"}, 422, key="k-1")
    member.post("/cases", CASE, 201, key="k-1")


@pytest.mark.requirement("R4")
def test_repeated_moves_and_visits_answer_alike(api: Calls) -> None:
    member, clerk = api.by("member"), api.by("clerk")
    first = member.post("/visits", VISIT, 201, key="v-1")
    again = member.post("/visits", VISIT, 201, key="v-1")
    assert first["cases"][0].pop("tracking_code")
    assert again == first
    path = f"/cases/{first['cases'][0]['reference']}/moves"
    moved = clerk.post(path, coordinate(("housing", "lead")), key="m-1")
    assert clerk.post(path, coordinate(("housing", "lead")), key="m-1") == moved
    clerk.post(path, coordinate(("housing", "lead")), 409)


@pytest.mark.requirement("R4")
def test_a_thousandfold_double_click_is_one_case(either_api: Calls) -> None:
    """Eight senders at once with one key; whoever is not first gets the first one's answer."""
    token, answers = either_api.token("member"), []

    def send() -> None:
        with clock.at(NOW):
            response = either_api.world.app.test_client().post(
                "/api/v1/cases",
                json=CASE,
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "click"},
            )
        answers.append(response)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept: list[Any] = [response.get_json() for response in answers if response.status_code == 201]
    assert {response.status_code for response in answers} <= {201, 503}
    assert len({body["reference"] for body in kept}) == 1
    assert sum("tracking_code" in body for body in kept) == 1
    assert len(either_api.by("member").get("/cases")["items"]) == 1
