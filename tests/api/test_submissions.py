"""Calls about what members hand in."""

import pytest

from tests.api.caller import Calls
from tests.world import MATTER

BRIEF = {"kind": "brief", "title": "老旧小区充电桩不足", "text": MATTER}


@pytest.mark.requirement("S2-09")
def test_a_brief_is_handed_in_and_goes_its_way(api: Calls) -> None:
    member, clerk, director = api.by("member"), api.by("clerk"), api.by("director")
    added = member.post("/submissions", BRIEF, 201)
    assert [move["name"] for move in added["moves"]] == ["withdraw"]
    place = f"/submissions/{added['id']}"
    clerk.post(f"{place}/moves", {"move": "select"}, 200)
    clerk.post(
        f"{place}/moves", {"move": "check", "edited_title": "充电设施亟待补齐", "edited_text": MATTER}, 200
    )
    director.post(f"{place}/moves", {"move": "sign"}, 200)
    sent = {"move": "send_up", "sent_to": ["city"], "sent_up_on": "2026-11-20"}
    assert clerk.post(f"{place}/moves", sent, 200)["state_label"] == "已报送"
    adopted = {"move": "adopt", "level": "city", "manner": "single", "adopted_on": "2026-11-20"}
    clerk.post(f"{place}/moves", adopted, 200)
    seen = member.get(place)
    assert (seen["text"], seen["edited_title"]) == (MATTER, "充电设施亟待补齐")
    assert [row["level"] for row in seen["adoptions"]] == ["city"]
    assert [entry["verb"] for entry in seen["events"]][-1] == "adopt"


@pytest.mark.requirement("T37")
def test_the_same_client_id_twice_is_one(api: Calls) -> None:
    member = api.by("member")
    first = member.post("/submissions", BRIEF | {"client_id": "phone-3"}, 201)
    assert member.post("/submissions", BRIEF | {"client_id": "phone-3"}, 201)["id"] == first["id"]
    assert len(member.get("/submissions")["items"]) == 1


def test_a_list_is_narrowed_by_kind_and_state(api: Calls) -> None:
    member = api.by("member")
    member.post("/submissions", BRIEF, 201)
    member.post("/submissions", BRIEF | {"kind": "talent_lead"}, 201)
    assert [row["kind"] for row in member.get("/submissions", kind="lead")["items"]] == ["talent_lead"]
    assert member.get("/submissions", state="kept")["items"] == []


def test_what_others_may_not(api: Calls) -> None:
    added = api.by("member").post("/submissions", BRIEF, 201)
    place = f"/submissions/{added['id']}"
    api.by("member").post(f"{place}/moves", {"move": "select"}, 403)
    api.by("member").post(f"{place}/moves", {"move": "publish"}, 422)
    api.by("clerk").post(f"{place}/moves", {"move": "settle", "reason": "已经落地"}, 409)
    api.by("dept").post("/submissions", BRIEF, 403)
