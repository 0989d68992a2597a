"""Originals of a case: recognised by content, kept sealed, given back as files and nothing else."""

import io

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Attachment

pytestmark = pytest.mark.usefixtures("monday")

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 8)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, kind)
    return made.getvalue()


def attach(browser: Browser, reference: str, *files: tuple[bytes, str]) -> TestResponse:
    form = MultiDict[str, object]([("csrf_token", browser.token())])
    for content, name in files:
        form.add("file", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(form)
    return browser.client.post(
        f"/cases/{reference}/attachments",
        data=body,
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )


def kept(huiyin: World) -> list[tuple[str, str, str]]:
    with huiyin.reading():
        rows = db.session.query(Attachment).order_by(Attachment.id)
        return [(row.public_id, row.media_type, row.sha256) for row in rows]


def test_an_original_is_kept_sealed_and_given_back_whole(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("member")
    assert attach(browser, reference, (picture(), "现场.jpg"), (PDF, "合同.pdf")).status_code == 302
    (first, kind, _), (second, _, _) = kept(huiyin)
    assert kind == "image/jpeg"
    with huiyin.reading():
        row = db.session.query(Attachment).filter_by(public_id=second).one()
        assert PDF not in row.content_sealed and "合同".encode() not in row.name_sealed
    answer = browser.get(f"/cases/attachments/{second}")
    assert answer.data == PDF
    assert "现场.jpg" in browser.get(f"/cases/{reference}").text
    assert browser.get(f"/cases/attachments/{first}").data == picture()


@pytest.mark.requirement("T28")
def test_a_file_is_saved_by_the_browser_and_never_shown(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("member")
    attach(browser, reference, (PDF, 'a"\r\nX: 1.html'))
    headers = browser.get(f"/cases/attachments/{kept(huiyin)[0][0]}").headers
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert headers["Content-Disposition"].endswith(".pdf")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.requirement("T28")
@pytest.mark.parametrize(
    "content, name, status",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.jpg", 415),
        (b"<html><script>alert(1)</script>", "a.png", 415),
        (b"%PDF-1.7 without an end", "a.pdf", 415),
        (b"PK\x03\x04 a document", "a.docx", 415),
        (b"\xff\xd8\xff not really a picture", "a.jpg", 415),
        (b"", "a.jpg", 422),
        (PDF + b" " * (10 * 1024 * 1024), "a.pdf", 413),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused_on_the_page(
    visit: Visit, huiyin: World, content: bytes, name: str, status: int
) -> None:
    reference = huiyin.raised()
    answer = attach(visit("member"), reference, (content, name))
    check_page(answer)
    assert answer.status_code == status
    assert "没有办成" in answer.text
    assert kept(huiyin) == []


def test_of_several_files_all_or_none_are_kept(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    assert attach(visit("member"), reference, (PDF, "a.pdf"), (b"MZ", "b.exe")).status_code == 415
    assert kept(huiyin) == []


@pytest.mark.requirement("T04")
@pytest.mark.parametrize(
    "who, status",
    [("member", 200), ("secretary", 200), ("clerk", 200), ("director", 200), ("member2", 404), ("dept", 404),
     ("leader", 404), ("auditor", 404), ("dt-clerk", 404)],
)  # fmt: skip
def test_originals_stay_with_the_office_and_the_raiser(
    visit: Visit, huiyin: World, who: str, status: int
) -> None:
    reference = huiyin.coordinated()
    attach(visit("clerk"), reference, (PDF, "原件.pdf"))
    browser = visit(who)
    assert browser.get(f"/cases/attachments/{kept(huiyin)[0][0]}").status_code == status
    page = browser.get(f"/cases/{reference}")
    assert ("原件.pdf" in page.text) == (status == 200)


@pytest.mark.parametrize("who, status", [("secretary", 403), ("leader", 403), ("dept", 404)])
def test_others_add_nothing(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.coordinated()
    assert attach(visit(who), reference, (PDF, "a.pdf")).status_code == status
    assert kept(huiyin) == []
