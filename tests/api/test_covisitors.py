"""A visit as who went along reads it through the interface."""

import pytest

from tests.api.bodies import CASE, VISIT
from tests.api.caller import Calls
from tests.visiting import ids


@pytest.fixture
def place(api: Calls) -> str:
    """Written down by the member, who went with another one."""
    body = VISIT | {"visitors": ids(api.world, "member2"), "cases": [CASE, CASE]}
    return str(api.by("member").post("/visits", body, 201)["id"])


@pytest.mark.requirement("S2-29")
@pytest.mark.requirement("T01")
def test_they_read_the_visit_without_whom_it_was_to(api: Calls, place: str) -> None:
    seen = api.by("member2").get(f"/visits/{place}")
    assert seen["contact"] == {"kind": "public_person", "name": None, "phone": None, "masked": True}
    assert (seen["address"], seen["photo_count"], seen["cases"]) == (None, 0, [])
    assert seen["visited_on"] == VISIT["visited_on"] and seen["reported"]
    assert {one["id"] for one in seen["visitors"]} == set(ids(api.world, "member", "member2"))
    assert VISIT["contact"]["name"] not in str(seen) and VISIT["contact"]["phone"] not in str(seen)


def test_it_stands_in_their_list_without_a_count_of_its_cases(api: Calls, place: str) -> None:
    (theirs,) = api.by("member2").get("/visits")["items"]
    (mine,) = api.by("member").get("/visits")["items"]
    assert theirs["id"] == mine["id"] == place
    assert (theirs["case_count"], mine["case_count"]) == (0, 2)
    assert VISIT["contact"]["name"] not in str(theirs)


@pytest.mark.requirement("T14")
def test_a_case_cannot_be_hung_on_somebody_elses_visit(api: Calls, place: str) -> None:
    refused = api.by("member2").post("/cases", CASE | {"visit": place}, 422)
    assert [fault["field"] for fault in refused["errors"]] == ["visit"]
    assert "单独登记" in refused["errors"][0]["message"]
    api.by("member").post("/cases", CASE | {"visit": place}, 201)
    api.by("clerk").post("/cases", CASE | {"visit": place}, 201)
    api.by("member2").post("/cases", CASE, 201)


@pytest.mark.requirement("T14")
def test_its_cases_do_not_exist_for_them(api: Calls, place: str) -> None:
    for case in api.by("member").get(f"/visits/{place}")["cases"]:
        api.by("member2").get(f"/cases/{case['reference']}", 404)
        api.by("member2").get(f"/cases/{case['reference']}/events", 404)
    assert api.by("member2").get("/cases")["items"] == []
