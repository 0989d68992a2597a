"""Photos on the pages of a visit: with the form, afterwards, shown, taken away."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Photo
from tracker.models import Visit as VisitRow

pytestmark = pytest.mark.usefixtures("monday")

FORM = {
    "contact.kind": "public_person", "persons_count": "2", "area": "0101", "visited_on": "2026-11-22",
    "channel": "in_person", "reported": "楼道灯坏了三个月。", "client_id": "phone-1",
}  # fmt: skip


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(made, "JPEG")
    return made.getvalue()


def send(browser: Browser, path: str, *contents: bytes, **fields: str) -> TestResponse:
    form = MultiDict[str, Any]([("csrf_token", browser.token()), *fields.items()])
    for content in contents:
        form.add("photos", FileStorage(io.BytesIO(content), "IMG_1.jpg"))
    return browser.client.post(path, data=form, content_type="multipart/form-data")


def stored(huiyin: World) -> tuple[int, int, int]:
    """Visits, their photos, and photos that wait for a visit."""
    with huiyin.reading():
        waiting = db.session.query(Photo).filter(Photo.visit_id.is_(None)).count()
        return db.session.query(VisitRow).count(), db.session.query(Photo).count() - waiting, waiting


def photo_of(page: str) -> str:
    return re.findall(r'src="(/photos/[\w-]+)"', page)[0]


@pytest.mark.requirement("T28")
def test_photos_come_with_the_form_and_are_shown_on_the_visit(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    saved = send(browser, "/visits/new", picture(), picture(), **FORM)
    assert stored(huiyin) == (1, 2, 0)
    page = browser.get(saved.location).text
    shown = browser.get(photo_of(page))
    assert shown.mimetype == "image/jpeg" and shown.data.startswith(b"\xff\xd8")
    assert shown.headers["Content-Security-Policy"].startswith("sandbox;")
    assert shown.headers["Cache-Control"] == "no-store"


def test_photos_stay_while_lines_are_decided_and_while_a_fault_is_mended(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    refused = send(browser, "/visits/new", picture(), **FORM | {"reported": ""})
    assert refused.status_code == 422 and "已收下 1 张照片" in refused.text
    first = re.findall(r'name="photos\[\]" value="([\w-]+)"', refused.text)
    asked = send(
        browser, "/visits/new", picture(), **FORM, **{"help_needed": "楼道灯坏了", "photos[]": first[0]}
    )
    both = re.findall(r'name="photos\[\]" value="([\w-]+)"', asked.text)
    assert asked.status_code == 200 and first[0] in both and len(both) == 2
    assert stored(huiyin) == (0, 0, 2)
    lines = {"confirmed": "1", "cases.0.origin": "help", "cases.0.summary": "楼道灯坏了"}
    form = MultiDict[str, Any]([("csrf_token", browser.token()), *FORM.items(), *lines.items()])
    form.setlist("photos[]", both)
    assert browser.client.post("/visits/new", data=form).status_code == 302
    assert stored(huiyin) == (1, 2, 0)


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0 broken"])
def test_a_file_that_is_no_photo_stops_the_form(visit: Visit, huiyin: World, content: bytes) -> None:
    refused = send(visit("member"), "/visits/new", content, **FORM)
    assert refused.status_code == 415 and "请选 JPEG 或 PNG 照片" in refused.text
    assert "楼道灯坏了三个月。</textarea>" in refused.text
    assert stored(huiyin) == (0, 0, 0)


def test_photos_are_added_later_and_one_is_taken_away(visit: Visit, huiyin: World) -> None:
    place = f"/visits/{huiyin.visited()}"
    browser = visit("member")
    assert send(browser, f"{place}/photos", picture(), picture()).status_code == 302
    assert send(browser, f"{place}/photos").status_code == 422
    assert send(browser, f"{place}/photos", *[picture()] * 8).status_code == 422
    photo = photo_of(browser.get(place).text)
    assert browser.post(f"{photo}/remove", page=place).status_code == 302
    assert browser.get(photo).status_code == 404
    assert stored(huiyin) == (1, 1, 0)


@pytest.mark.parametrize(
    ("who", "page", "file", "add"),
    [("secretary", 200, 200, 403), ("clerk", 200, 200, 403), ("director", 200, 200, 403),
     ("leader", 200, 404, 403), ("member2", 404, 404, 404), ("dept", 404, 404, 404),
     ("dt-clerk", 404, 404, 404), ("auditor", 404, 404, 404)],
)  # fmt: skip
def test_who_sees_the_photos_of_a_visit(
    visit: Visit, huiyin: World, who: str, page: int, file: int, add: int
) -> None:
    place = f"/visits/{huiyin.visited()}"
    owner = visit("member")
    send(owner, f"{place}/photos", picture())
    photo = photo_of(owner.get(place).text)
    other = visit(who)
    assert (other.get(place).status_code, other.get(photo).status_code) == (page, file)
    assert send(other, f"{place}/photos", picture()).status_code == add
    assert stored(huiyin) == (1, 1, 0)


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("director", 200), ("clerk", 404), ("secretary", 404)]
)
def test_a_photo_of_where_somebody_was_accused_is_opened_by_few(
    who: str, status: int, visit: Visit, huiyin: World
) -> None:
    case = {"summary": "私分救济粮", "narrative": "村主任私分救济粮。", "area": "0101", "is_accusation": True}
    place = huiyin.visited(cases=[case])
    send(visit("member"), f"/visits/{place}/photos", picture())
    photo = photo_of(visit("member").get(f"/visits/{place}").text)
    assert visit(who).get(photo).status_code == status
    assert (photo in visit(who).get(f"/visits/{place}").text) is (status == 200)
