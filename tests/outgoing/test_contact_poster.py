"""The notice for a wall: stations, days, the office and a QR code that leads to the page (S1-32)."""

import base64
import dataclasses
import io
from datetime import date, timedelta

import pdfplumber
import pytest
import segno
from PIL import Image

from tests.outgoing import pdf_contents
from tracker.outgoing import pdf
from tracker.outgoing.contact_poster import Poster, poster_html
from tracker.queries.contact_page import Coming, ContactPage, Group, Station

pytestmark = pytest.mark.requirement("S1-32")
DAY = date(2026, 12, 28)
STATION = Station(
    "studio",
    "“邻里议事”委员工作室",
    "东亭街道工委会",
    "东亭街道春江路12号社区服务中心二楼",
    "每周三上午，遇节假日顺延",
    (Coming(date(2026, 12, 30), "上午9:00—11:30"), Coming(date(2027, 1, 6), "")),
)
PAGE = ContactPage(
    "xs",
    "政协无锡市锡山区委员会",
    "0510-88700000",
    "锡山区二泉中路88号",
    (STATION,),
    (Group("教育界别组", ("陈丽华", "吴海燕")),),
    False,
)
POSTER = Poster(PAGE, "https://huiyin.example/contact/xs", DAY, {"studio": "委员工作室"})


def told(page: ContactPage) -> str:
    return pdf_contents.text(pdf.render(poster_html(dataclasses.replace(POSTER, page=page))))


def test_the_notice_says_where_when_and_whom_to_ask() -> None:
    said = poster_html(POSTER)
    for wanted in (
        PAGE.committee, "有事找委员", STATION.name, "委员工作室", STATION.unit, STATION.place,
        STATION.reception, PAGE.phone, PAGE.address, "https://huiyin.example/contact/xs", "https://huiyin.example/track",
        "2026年12月28日",
    ):  # fmt: skip
        assert wanted in said, wanted


def test_the_next_two_days_stand_with_their_weekday() -> None:
    later = (*STATION.days, Coming(date(2027, 1, 13), "下午"))
    page = dataclasses.replace(PAGE, stations=(dataclasses.replace(STATION, days=later),))
    said = told(page)
    assert "12月30日（周三）上午9:00—11:30" in said and "1月6日（周三）" in said
    assert "1月13日" not in said


def test_it_names_no_member() -> None:
    said = told(PAGE)
    assert "陈丽华" not in said and "吴海燕" not in said
    assert "委员名单" in said and "委员名单" not in told(dataclasses.replace(PAGE, groups=()))


def test_it_is_one_page_of_a4_in_type_that_is_read_from_a_wall() -> None:
    stations = tuple(dataclasses.replace(STATION, name=f"第{n}委员工作室") for n in range(1, 6))
    made = pdf.render(
        poster_html(dataclasses.replace(POSTER, page=dataclasses.replace(PAGE, stations=stations)))
    )
    with pdfplumber.open(io.BytesIO(made)) as document:
        (sheet,) = document.pages
        assert (round(sheet.width), round(sheet.height)) == (595, 842)
        assert min(one["size"] for one in sheet.chars) >= 12.9


def test_many_stations_go_on_to_further_sheets_with_the_head_of_the_table() -> None:
    days = tuple(Coming(DAY + timedelta(days=n), "上午") for n in range(4))
    many = tuple(dataclasses.replace(STATION, name=f"第{n}站", days=days) for n in range(1, 31))
    made = pdf.render(poster_html(dataclasses.replace(POSTER, page=dataclasses.replace(PAGE, stations=many))))
    with pdfplumber.open(io.BytesIO(made)) as document:
        texts = [sheet.extract_text().replace(" ", "") for sheet in document.pages]
    assert len(texts) > 1
    assert all("接待时间" in text for text in texts if "站" in text and "每周三" in text)
    assert "第30站" in "".join(texts)


def test_a_committee_without_stations_phone_and_address_still_has_a_notice() -> None:
    said = told(dataclasses.replace(PAGE, stations=(), phone="", address=""))
    assert "以政协办公室通知为准" in said and "电话" not in said and "办公室地址" not in said


def test_the_picture_leads_to_the_page() -> None:
    expected = segno.make(POSTER.address, micro=False, error="m")
    shown = Image.open(io.BytesIO(base64.b64decode(POSTER.qr.partition(",")[2]))).convert("L")
    size = expected.symbol_size(border=0)[0]
    modules = [
        [shown.getpixel(((x + 2) * 8 + 4, (y + 2) * 8 + 4)) < 128 for x in range(size)] for y in range(size)
    ]
    assert modules == [[bool(module) for module in row] for row in expected.matrix]


def test_words_that_look_like_tags_stay_words() -> None:
    odd = dataclasses.replace(STATION, name="<b>议事</b>{{ 7 * 7 }}", place="<script>x</script>")
    made = poster_html(dataclasses.replace(POSTER, page=dataclasses.replace(PAGE, stations=(odd,))))
    assert "<script>" not in made and "&lt;b&gt;议事" in made and "{{ 7 * 7 }}" in made
