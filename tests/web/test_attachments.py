"""Originals of a case: recognised by content, kept sealed, given back as files and nothing else."""

import io
import re

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


def listed(page: str) -> list[tuple[str, str]]:
    """Name and size of the files on a case's page."""
    part = page.partition('<ul class="files">')[2].partition("</ul>")[0]
    return re.findall(r'</svg>([^<]+)</a> <span class="meta num">([^<]+) ·', part)


@pytest.mark.parametrize("size, shown", [(len(PDF), "1 KB"), (2048, "2 KB"), (5 * 1024 * 1024, "5120 KB")])
def test_a_file_is_listed_with_its_size(visit: Visit, huiyin: World, size: int, shown: str) -> None:
    reference, browser = huiyin.raised(), visit("member")
    body = PDF.replace(b"trailer", b" " * (size - len(PDF)) + b"trailer")
    assert attach(browser, reference, (body, "现场情况说明.pdf")).status_code == 302
    assert listed(browser.get(f"/cases/{reference}").text) == [("现场情况说明.pdf", shown)]


def test_files_stand_in_the_order_they_came_and_may_share_a_name(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.raised(), visit("member")
    attach(browser, reference, (PDF, "甲.pdf"), (picture(), "乙.jpg"))
    attach(browser, reference, (PDF, "甲.pdf"))
    assert [name for name, _ in listed(browser.get(f"/cases/{reference}").text)] == [
        "甲.pdf",
        "乙.jpg",
        "甲.pdf",
    ]


@pytest.mark.requirement("T25")
@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "/tmp/x.pdf", "<script>alert(1)</script>.pdf",
     "长" * 300 + ".pdf", "a\u202efdp.exe.pdf", ".pdf", "没有后缀", "CON.pdf", "a;b='c'.pdf"],
)  # fmt: skip
def test_a_name_is_only_ever_a_name(visit: Visit, huiyin: World, name: str) -> None:
    reference, browser = huiyin.raised(), visit("member")
    assert attach(browser, reference, (PDF, name)).status_code == 302
    page = browser.get(f"/cases/{reference}")
    assert "<script>alert(1)" not in page.text
    heading = browser.get(f"/cases/attachments/{kept(huiyin)[0][0]}").headers["Content-Disposition"]
    spelled = heading.partition("filename*=UTF-8''")[2]
    assert spelled and set(spelled).isdisjoint("/\\\"'<>; \r\n")


def test_nothing_chosen_is_said_at_the_field(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = attach(visit("member"), reference)
    check_page(answer)
    assert answer.status_code == 422
    assert "请选要上传的文件" in answer.text and '<details class="more" open>' in answer.text


@pytest.mark.requirement("T04")
def test_an_original_of_another_case_is_not_reached_by_its_id(visit: Visit, huiyin: World) -> None:
    mine, foreign = huiyin.raised(), huiyin.raised(by="member2")
    attach(visit("member2"), foreign, (PDF, "合同.pdf"))
    attach(visit("member"), mine, (PDF, "照片.pdf"))
    (first, _, _), (second, _, _) = kept(huiyin)
    browser = visit("member")
    assert browser.get(f"/cases/attachments/{first}").status_code == 404
    assert browser.get(f"/cases/attachments/{second}").status_code == 200
    assert browser.get("/cases/attachments/nothing").status_code == 404


def test_adding_a_file_leads_back_into_the_list_and_says_so(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.raised(), visit("clerk")
    answer = attach(browser, f"{reference}", (PDF, "a.pdf"))
    assert answer.location == f"/cases/{reference}"
    assert "文件已加密保存" in browser.get(answer.location).text
