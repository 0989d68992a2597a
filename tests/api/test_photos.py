"""Photos sent ahead by a phone, and the visit that claims them."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.api.bodies import VISIT
from tests.api.caller import Caller, Calls


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(made, "JPEG")
    return made.getvalue()


def send(caller: Caller, client_id: str = "p1", content: bytes | None = None, **more: Any) -> tuple[int, Any]:
    data = {"client_id": client_id, "file": (io.BytesIO(content or picture()), "IMG_1.jpg")} | more
    answer = caller.raw("POST", "/photos", data=data, content_type="multipart/form-data")
    return answer.status_code, answer.get_json()


@pytest.mark.requirement("T37")
def test_a_photo_sent_twice_is_one_and_goes_with_its_visit(api: Calls) -> None:
    member = api.by("member")
    first, again = send(member), send(member)
    assert first == again and first[0] == 200 and len(first[1]["sha256"]) == 64
    added = member.post("/visits", VISIT | {"cases": [], "photos": ["p1"]}, 201)
    seen = member.get(f"/visits/{added['id']}")
    assert seen["photo_count"] == 1 and [went["name"] for went in seen["visitors"]] == [seen["member_name"]]
    assert api.by("leader").get(f"/visits/{added['id']}")["photo_count"] == 0


def test_a_visit_waits_for_all_its_photos(api: Calls) -> None:
    faults = api.by("member").post("/visits", VISIT | {"photos": ["p1"]}, 422)["errors"]
    assert [fault["field"] for fault in faults] == ["photos"]


@pytest.mark.requirement("T28")
@pytest.mark.parametrize(
    ("content", "status"),
    [(b"<svg onload=alert(1)>", 415), (b"%PDF-1.7 %%EOF", 415)],
)
def test_what_is_no_photo_is_refused(api: Calls, content: bytes, status: int) -> None:
    assert send(api.by("member"), content=content)[0] == status


@pytest.mark.parametrize("client_id", ["", "x" * 65])
def test_a_photo_needs_an_id_of_its_own(api: Calls, client_id: str) -> None:
    assert send(api.by("member"), client_id)[0] == 422


@pytest.mark.parametrize("who", ["clerk", "secretary", "dept", "leader", "auditor", "admin"])
def test_only_members_send_photos(api: Calls, who: str) -> None:
    assert send(api.by(who))[0] == 403


def test_a_call_without_a_file_says_so(api: Calls) -> None:
    member = api.by("member")
    assert member.raw("POST", "/photos", json={"client_id": "p1"}).status_code == 415
    no_file = member.raw("POST", "/photos", data={"client_id": "p"}, content_type="multipart/form-data")
    assert no_file.status_code == 422
