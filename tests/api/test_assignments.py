"""Calls about an assignment, from the office's side and from the department's."""

import pytest

from tests.api.bodies import ANSWER
from tests.api.caller import Calls
from tests.world import TRANSFER

REASON = "经核查，该路灯由市政管养单位负责，不属于我局职责范围，建议转交。"


def test_drafts_wait_until_coordination_sends_them(api: Calls) -> None:
    reference = api.world.raised()
    clerk = api.by("clerk")
    draft = clerk.post(
        f"/cases/{reference}/assignments",
        {"unit": "housing", "role": "lead", "sla_class": "simple", "transfer_text": TRANSFER},
        201,
    )
    assert draft["state"] == "draft" and draft["due_at"] is None
    api.by("dept").get(f"/assignments/{draft['id']}", 404)
    clerk.post(f"/cases/{reference}/moves", {"move": "coordinate", "route": "assign"})
    sent = api.by("dept").get(f"/assignments/{draft['id']}")
    assert sent["state"] == "dispatched" and sent["due_at"]


def test_a_transfer_text_that_names_the_resident_is_refused(api: Calls) -> None:
    reference = api.world.raised()
    body = {"unit": "housing", "transfer_text": "居民欧阳桂兰反映北门路灯不亮，电话13912342186。"}
    problem = api.by("clerk").post(f"/cases/{reference}/assignments", body, 422)
    assert problem["errors"][0]["field"] == "transfer_text"


@pytest.mark.requirement("T01")
def test_a_department_gets_text_week_and_township(api: Calls) -> None:
    reference = api.world.coordinated()
    dept = api.by("dept")
    row = dept.get("/assignments")["items"][0]
    share = dept.get(f"/assignments/{row['id']}")
    assert share["reference"] == reference
    assert (share["transfer_text"], share["week"], share["township"]) == (TRANSFER, "2026-W48", "东亭街道")
    assert {move["name"] for move in share["moves"]} == {"accept", "reply", "request_return"}
    assert [(event["verb"], event["by"]) for event in share["events"]] == [
        ("draft", None),
        ("dispatch", None),
    ] or [(event["verb"], event["by"]) for event in share["events"]] == [("dispatch", None)]


@pytest.mark.requirement("T14")
def test_a_department_reaches_its_own_share_only(api: Calls) -> None:
    reference = api.world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    lead, co = api.world.shares(reference)
    api.by("dept").get(f"/assignments/{co}", 404)
    api.by("dept").post(f"/assignments/{co}/moves", {"move": "accept"}, 404)
    assert [row["id"] for row in api.by("dept").get("/assignments")["items"]] == [lead]
    assert {row["unit_name"] for row in api.by("clerk").get("/assignments", unit="transport")["items"]} == {
        "区交通运输局"
    }


def test_an_auditor_reads_the_clock_and_not_the_words(api: Calls) -> None:
    reference = api.world.replied()
    (share,) = api.world.shares(reference)
    seen = api.by("auditor").get(f"/assignments/{share}")
    assert seen["transfer_text"] is None and seen["replies"] == [] and seen["due_at"]
    assert all(event["note"] is None for event in seen["events"])
    assert api.by("auditor").get("/assignments")["items"][0]["transfer_text"] is None


def test_a_return_is_asked_for_and_decided(api: Calls) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    dept, clerk = api.by("dept"), api.by("clerk")
    asked = dept.post(
        f"/assignments/{share}/moves",
        {"move": "request_return", "reason": REASON, "suggested_unit": "transport"},
    )
    assert (
        asked["state"] == "return_requested" and asked["returns"][0]["suggested_unit_name"] == "区交通运输局"
    )
    dept.post(f"/assignments/{share}/moves", {"move": "decide_return", "granted": True}, 403)
    refused = clerk.post(f"/assignments/{share}/moves", {"move": "decide_return", "granted": False})
    assert refused["state"] == "dispatched"


def test_a_reply_is_sent_back_with_a_reason_the_department_reads(api: Calls) -> None:
    (share,) = api.world.shares(api.world.replied())
    api.by("clerk").post(f"/assignments/{share}/moves", {"move": "rework", "reason": "请写明完成时间"})
    seen = api.by("dept").get(f"/assignments/{share}")
    assert seen["state"] == "reworking" and seen["replies"][0]["rework_reason"] == "请写明完成时间"
    assert [e["note"] for e in seen["events"] if e["verb"] == "rework"] == ["请写明完成时间"]


def test_a_reply_says_how_the_resident_was_reached(api: Calls) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    dept = api.by("dept")
    without = {name: value for name, value in ANSWER.items() if name != "contact_record"}
    assert dept.post(f"/assignments/{share}/moves", without, 422)["errors"][0]["field"] == "contact_record"
    dept.post(f"/assignments/{share}/moves", without | {"contact_record": "not_possible"}, 422)
    done = dept.post(
        f"/assignments/{share}/moves",
        without | {"contact_record": "not_possible", "contact_reason": "未留联系方式"},
    )
    assert done["state"] == "replied"


@pytest.mark.parametrize(
    "body, status",
    [({"move": "fly"}, 422), ({}, 422), ({"move": "accept", "extra": 1}, 422), ({"move": 7}, 422)],
)
def test_a_move_that_is_none(api: Calls, body: dict[str, object], status: int) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    api.by("dept").post(f"/assignments/{share}/moves", body, status)


def test_the_same_step_twice_is_told_as_a_conflict(api: Calls) -> None:
    (share,) = api.world.shares(api.world.coordinated())
    first = api.by("dept").post(f"/assignments/{share}/moves", {"move": "accept"})
    again = api.by("dept").post(f"/assignments/{share}/moves", {"move": "accept"}, 409)
    assert again["version"] == first["version"]
