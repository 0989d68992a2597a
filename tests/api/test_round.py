"""One concern all the way round, by the API alone, on both databases."""

from typing import Any

from tests.api.bodies import ANSWER, CASE, coordinate
from tests.api.caller import Calls
from tests.world import World
from tracker.actions import letters
from tracker.extensions import db
from tracker.models import Letter


def _freeze(world: World, public_id: str) -> None:
    """What the job does while nobody looks."""
    with world.writing():
        letters.freeze(db.session.query(Letter).filter_by(public_id=public_id).one(), b"%PDF-1.7 frozen")


def test_a_concern_comes_back_to_the_resident(either_api: Calls) -> None:
    member, clerk, director = (either_api.by(name) for name in ("member", "clerk", "director"))
    raised = member.post("/cases", CASE, 201)
    case = f"/cases/{raised['reference']}"
    assert raised["state"] == "raised"

    found: dict[str, Any] = clerk.post(f"{case}/moves", coordinate(("housing", "lead"), ("transport", "co")))
    assert found["state"] == "coordinated"
    lead, co = found["assignments"]
    either_api.by("dept").post(f"/assignments/{lead['id']}/moves", {"move": "accept"})
    either_api.by("dept").post(f"/assignments/{lead['id']}/moves", ANSWER)
    either_api.by("dept2").post(
        f"/assignments/{co['id']}/moves", ANSWER | {"text": "同意主办单位意见，可以同步更换。"}
    )
    for share in (lead, co):
        clerk.post(f"/assignments/{share['id']}/moves", {"move": "approve_reply"})
    assert clerk.post(f"{case}/moves", {"move": "handle"})["state"] == "handled"

    letter = f"/letters/{clerk.post(f'{case}/letters', {'kind': 'feedback'}, 201)['id']}"
    clerk.post(f"{letter}/moves", {"move": "submit"})
    director.post(f"{letter}/moves", {"move": "approve"})
    issued = clerk.post(f"{letter}/moves", {"move": "issue"})
    assert issued["number"] == "锡政协办函〔2026〕1号"
    clerk.get(f"{letter}/pdf", 503)
    _freeze(either_api.world, issued["id"])
    assert clerk.get(f"{letter}/pdf") == b"%PDF-1.7 frozen"
    clerk.post(f"{letter}/moves", {"move": "deliver", "method": "in_person", "delivered_on": "2026-11-23"})

    resident = either_api.nobody()
    code = {"code": raised["tracking_code"]}
    seen = resident.post("/track", code)
    assert [step["done"] for step in seen["steps"]] == [True] * 4
    assert seen["letter_available"] and seen["may_rate"]
    assert resident.post("/track/letter", code | {"pin": "2186"}) == b"%PDF-1.7 frozen"
    assert resident.post("/track/rating", code | {"rating": "satisfied"})["may_rate"] is False

    verbs = [event["verb"] for event in member.get(f"{case}/events")["items"]]
    assert verbs[0] == "raise" and verbs[-3:] == ["deliver", "feed_back", "rate"]
    assert member.get(case)["ratings"][0]["by"] == "resident"
