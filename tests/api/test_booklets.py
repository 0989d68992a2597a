"""Calls about booklets: read by who makes them, opened by everybody once they are published."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.actions.test_booklets import BLANK, Press, _begun
from tests.api.caller import Calls
from tests.printing import printing
from tests.world import NOW
from tracker.extensions import clock
from tracker.jobs.drain import Worker

pytestmark = pytest.mark.requirement("S2-22")


@pytest.fixture(autouse=True)
def unprinted() -> Iterator[None]:
    with printing(BLANK):
        yield


@pytest.fixture
def press(api: Calls) -> Press:
    """Everything chosen and confirmed."""
    found = _begun(api.world)
    found.choose()
    found.confirm()
    return found


def place(press: Press) -> str:
    return f"/booklets/{press.id}"


def moved(api: Calls, press: Press, who: str, name: str, status: int = 200, **given: str) -> None:
    api.by(who).post(f"{place(press)}/moves", {"move": name, **given}, status)


def published(api: Calls, press: Press) -> None:
    moved(api, press, "clerk", "submit")
    with clock.at(NOW + timedelta(minutes=1)):
        Worker(api.world.app).run(until_empty=True)
    moved(api, press, "clerk2", "check")
    moved(api, press, "director", "approve")
    moved(api, press, "clerk", "publish")


def test_it_goes_its_way_through_three_pairs_of_hands(api: Calls, press: Press) -> None:
    draft = api.by("clerk").get(place(press))
    assert (draft["state"], draft["item_count"], draft["files"]) == ("draft", 3, [])
    assert [move["name"] for move in draft["moves"]] == ["submit"]
    assert all(item["confirmed"] for item in draft["items"])
    published(api, press)
    seen = api.by("clerk").get(place(press))
    assert (seen["state"], seen["state_label"]) == ("published", "已发布")
    assert {file["kind"] for file in seen["files"]} == {"pdf", "docx"}


@pytest.mark.requirement("T45")
def test_whoever_edited_it_does_not_check_it(api: Calls, press: Press) -> None:
    moved(api, press, "clerk", "submit")
    moved(api, press, "clerk", "check", 403)
    moved(api, press, "director", "approve", 409)
    moved(api, press, "director", "return", 422)
    moved(api, press, "director", "return", reason="第二条说得太细")
    assert api.by("clerk").get(place(press))["state"] == "draft"
    moved(api, press, "clerk", "amend", 422)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor"])
def test_others_open_it_once_it_is_published(api: Calls, press: Press, who: str) -> None:
    reader = api.by(who)
    assert reader.get("/booklets")["items"] == []
    for end in ("", "/pdf", "/docx"):
        reader.get(f"{place(press)}{end}", 404)
    moved(api, press, who, "submit", 404)
    published(api, press)
    (row,) = reader.get("/booklets")["items"]
    seen = reader.get(place(press))
    assert (row["id"], seen["moves"], len(seen["items"])) == (press.id, [], 3)
    assert "欧阳" not in str(seen)
    assert reader.get(f"{place(press)}/pdf").startswith(b"%PDF")
    reader.get(f"{place(press)}/docx", 403)
    moved(api, press, who, "recall", 403, reason="不妥")


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(("who", "listed"), [("dept", 403), ("admin", 403), ("dt-clerk", 200)])
def test_who_has_no_part_in_it_knows_of_none(api: Calls, press: Press, who: str, listed: int) -> None:
    published(api, press)
    found = api.by(who).get("/booklets", listed)
    assert listed == 403 or found["items"] == []
    api.by(who).get(place(press), 404)
    api.by(who).get(f"{place(press)}/pdf", 404)


def test_files_are_those_that_were_approved(api: Calls, press: Press) -> None:
    clerk = api.by("clerk")
    waiting = clerk.raw("GET", f"{place(press)}/pdf")
    assert waiting.status_code == 503 and waiting.headers["Retry-After"]
    published(api, press)
    prints = {file["kind"]: file["sha256"] for file in clerk.get(place(press))["files"]}
    for kind in ("pdf", "docx"):
        answer = clerk.raw("GET", f"{place(press)}/{kind}")
        assert answer.status_code == 200 and answer.get_etag()[0] == prints[kind]


def test_a_list_is_narrowed_by_state_and_turned(api: Calls, press: Press) -> None:
    other = api.world.booklet()
    clerk = api.by("clerk")
    first = clerk.get("/booklets", limit=1)
    rest = clerk.get("/booklets", limit=1, after=first["next"])
    assert [row["id"] for row in first["items"] + rest["items"]] == [other, press.id]
    assert rest["next"] is None
    moved(api, press, "clerk", "submit")
    assert [row["id"] for row in clerk.get("/booklets", state="submitted")["items"]] == [press.id]
    clerk.get("/booklets", 422, state="lost")


@pytest.mark.requirement("R4")
def test_a_step_looks_at_the_version_and_is_made_once_a_key(api: Calls, press: Press) -> None:
    clerk = api.by("clerk")
    submit = {"move": "submit"}
    seen = clerk.get(place(press))["version"]
    late = clerk.post(f"{place(press)}/moves", submit, 409, match='"99"')
    assert late["version"] == seen
    first = clerk.post(f"{place(press)}/moves", submit, key="b-1")
    assert clerk.post(f"{place(press)}/moves", submit, key="b-1") == first
