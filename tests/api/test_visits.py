"""Calls about a visit."""

import pytest

from tests import campaigning
from tests.api.bodies import CASE, VISIT
from tests.api.caller import Calls
from tests.world import World


def test_a_visit_and_what_was_raised_on_it_come_together(api: Calls) -> None:
    member = api.by("member")
    added = member.post("/visits", VISIT, 201)
    (raised,) = added["cases"]
    assert len(raised["tracking_code"].replace("-", "")) == 21
    assert member.get(f"/cases/{raised['reference']}")["visit"] == added["id"]
    seen = member.get(f"/visits/{added['id']}")
    assert [case["reference"] for case in seen["cases"]] == [raised["reference"]]
    assert seen["contact"] == {
        "kind": "public_person",
        "name": "沈桂芳",
        "phone": "13612345678",
        "masked": False,
    }


@pytest.mark.requirement("T37")
def test_the_same_client_id_twice_is_one_visit_and_its_code_is_shown_once(api: Calls) -> None:
    member = api.by("member")
    first = member.post("/visits", VISIT | {"client_id": "phone-7"}, 201)
    again = member.post("/visits", VISIT | {"client_id": "phone-7"}, 201)
    assert again["id"] == first["id"] and again["cases"][0]["tracking_code"] is None
    assert len(member.get("/cases")["items"]) == 1


def test_a_faulty_case_refuses_the_whole_visit(api: Calls) -> None:
    body = VISIT | {"cases": [CASE, CASE | {"area": "99"}]}
    api.by("member").post("/visits", body, 422)
    faults = api.by("member").post("/visits", VISIT | {"cases": [CASE | {"summary": ""}]}, 422)["errors"]
    assert faults[0]["field"] == "cases.0.summary"
    assert api.by("member").get("/visits")["items"] == [] == api.by("member").get("/cases")["items"]


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    "who, name", [("secretary", None), ("clerk", "沈**"), ("director", "沈**"), ("leader", "沈**")]
)
def test_who_was_visited_is_masked_or_hidden(api: Calls, who: str, name: str | None) -> None:
    added = api.by("member").post("/visits", VISIT, 201)
    seen = api.by(who).get(f"/visits/{added['id']}")
    assert seen["contact"]["name"] == name and seen["contact"]["masked"]
    assert "3号楼" not in str(seen["address"])


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member2", "dept", "auditor", "admin", "dt-clerk"])
def test_a_visit_of_others_does_not_exist(api: Calls, who: str) -> None:
    added = api.by("member").post("/visits", VISIT, 201)
    api.by(who).get(f"/visits/{added['id']}", 404)


def test_filters_and_cursor_of_visits(api: Calls) -> None:
    member = api.by("member")
    ids = [
        member.post("/visits", VISIT | {"cases": [], "circle": circle, "visited_on": day}, 201)["id"]
        for circle, day in (("living", "2026-11-20"), ("friends", "2026-11-21"), ("living", "2026-11-22"))
    ]

    def listed(**query: object) -> list[str]:
        return [row["id"] for row in member.get("/visits", **query)["items"]]

    assert listed() == ids[::-1]
    assert listed(circle="friends") == [ids[1]]
    assert listed(from_="2026-11-21", to="2026-11-21") == [ids[1]]
    first = member.get("/visits", limit=2)
    assert [row["id"] for row in first["items"]] == ids[:0:-1]
    assert listed(after=first["next"]) == ids[:1]
    assert listed(member=first["items"][0]["member"]) == ids[::-1] and listed(member="nobody") == []


def test_where_circles_are_counted_one_must_be_named(api: Calls) -> None:
    body = {name: value for name, value in VISIT.items() if name != "circle"} | {"cases": []}
    api.by("member").post("/visits", body, 201)
    assert api.by("dt-member").post("/visits", body, 422)["errors"][0]["field"] == "circle"


@pytest.mark.parametrize(("who", "seen"), [("director", True), ("clerk", False), ("secretary", False)])
def test_an_accusation_heard_on_a_visit_stays_with_its_few(api: Calls, who: str, seen: bool) -> None:
    heard = VISIT | {"reported": "村主任私分救济粮", "cases": [CASE | {"is_accusation": True}]}
    added = api.by("member").post("/visits", heard, 201)
    found = api.by(who).get(f"/visits/{added['id']}")
    (row,) = api.by(who).get("/visits")["items"]
    assert ("私分" in found["reported"], "私分" in row["reported"], bool(found["cases"])) == (seen,) * 3


@pytest.mark.requirement("T03")
@pytest.mark.parametrize(("who", "whole"), [("member", True), ("secretary", False), ("leader", False)])
def test_what_was_said_names_nobody_to_who_may_not_know(api: Calls, who: str, whole: bool) -> None:
    added = api.by("member").post("/visits", VISIT | {"reported": "沈桂芳，13612345678"}, 201)
    (row,) = api.by(who).get("/visits")["items"]
    for said in (row["reported"], api.by(who).get(f"/visits/{added['id']}")["reported"]):
        assert ("桂芳" in said, "13612345678" in said) == (whole, whole)


@pytest.mark.requirement("S1-09")
def test_a_program_may_say_within_which_drive_and_learns_which_there_are(api: Calls, huiyin: World) -> None:
    campaigning.begun(huiyin)
    member = api.by("member")
    assert member.get("/campaigns")["items"][0]["drives"] == ["三解三促"]
    added = member.post("/visits", VISIT | {"drive": "三解三促"}, 201)
    assert member.get(f"/visits/{added['id']}")["drive"] == "三解三促"
    member.post("/visits", VISIT, 201)
    (row,) = member.get("/visits", drive="三解三促")["items"]
    assert (row["id"], row["drive"]) == (added["id"], "三解三促")
    (fault,) = member.post("/visits", VISIT | {"drive": "大走访"}, 422)["errors"]
    assert fault["field"] == "drive" and "三解三促" in fault["message"]
