import base64
import dataclasses
import io
import re
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
import segno
from PIL import Image

from tests.outgoing import pdf_contents
from tracker.outgoing import pdf, slip
from tracker.rules.codes import parse

CODE = parse("0123-4567-89AB-CDEF-GHJK" + "0") or next(
    found for one in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if (found := parse("0123456789ABCDEFGHJK" + one))
)
RECEIPT = slip.ReceiptSlip(
    committee="政协无锡市锡山区委员会",
    reference="XS-2026-000123",
    summary="香樟苑小区北门路灯不亮",
    received_on=date(2026, 11, 22),
    code=CODE,
    base_url="https://huiyin.example/",
    office="政协锡山区委员会办公室",
    office_phone="0510-00000000",
)
TRANSFER = slip.TransferSlip(
    office="政协锡山区委员会办公室",
    reference="XS-2026-000123",
    transfer_text="群众反映路灯夜间不亮。\n请核实。",
    unit="区住房和城乡建设局",
    role="主办",
    class_name="城乡建设",
    dispatched_on=date(2026, 11, 22),
    due_on=date(2026, 12, 11),
)
TEMPLATES = Path(slip.__file__).parents[2] / "templates" / "letters"


def test_the_receipt_is_one_page_in_large_type_however_long_the_summary():
    for summary in ("路灯不亮", "路灯不亮，雨天积水，" * 30):
        made = pdf.render(slip.receipt_html(dataclasses.replace(RECEIPT, summary=summary)))
        with pdfplumber.open(io.BytesIO(made)) as document:
            assert len(document.pages) == 1
            assert min(one["size"] for one in document.pages[0].chars) >= 11.9


def test_the_receipt_shows_reference_code_and_where_to_look():
    said = pdf_contents.text(pdf.render(slip.receipt_html(RECEIPT)))

    code = CODE.display.replace("-", "")
    for wanted in (RECEIPT.reference, code, RECEIPT.track_url, "0510-00000000", "2026年11月22日", "24个月"):
        assert wanted in said


def test_the_picture_leads_to_the_code_page_with_the_code_behind_the_number_sign():
    expected = segno.make(f"https://huiyin.example/track#{CODE.text}", micro=False, error="m", mask=slip.MASK)
    shown = Image.open(io.BytesIO(base64.b64decode(RECEIPT.qr.partition(",")[2]))).convert("L")
    size = expected.symbol_size(border=0)[0]
    modules = [
        [shown.getpixel(((x + 2) * 6 + 3, (y + 2) * 6 + 3)) < 128 for x in range(size)] for y in range(size)
    ]

    assert modules == [[bool(module) for module in row] for row in expected.matrix]


def test_the_code_is_not_in_the_words_of_the_slip_object():
    assert CODE.secret not in repr(RECEIPT)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "huiyin.example",
        "https://a#b",
        "https://a?b=c",
        "https://",
        "ftp://a",
        "https://a b",
    ],
)
def test_a_strange_address_is_refused(address):
    with pytest.raises(ValueError, match="base_url"):
        slip.receipt_html(dataclasses.replace(RECEIPT, base_url=address))


@pytest.mark.requirement("T02")
def test_the_transfer_slip_knows_only_what_was_approved_for_the_department():
    allowed = {
        "office",
        "reference",
        "transfer_text",
        "unit",
        "role",
        "class_name",
        "dispatched_on",
        "due_on",
    }
    source = (TEMPLATES / "transfer.html").read_text("utf-8")
    used = set(re.findall(r"\bslip\.(\w+)", source))

    assert {field.name for field in dataclasses.fields(slip.TransferSlip)} == allowed
    assert used <= allowed


@pytest.mark.requirement("T02")
def test_the_transfer_slip_prints_the_approved_text():
    said = pdf_contents.text(pdf.render(slip.transfer_html(TRANSFER)))

    for wanted in (
        "群众反映路灯夜间不亮。",
        "请核实。",
        "区住房和城乡建设局",
        "2026年12月11日前",
        "不载反映人信息",
    ):
        assert wanted in said


def words(page):
    """What is printed of a document, tags and blanks away."""
    return "".join(re.sub("<[^>]+>", "", page).split())


@pytest.mark.parametrize("length, ends", [(1, False), (72, False), (73, True), (500, True)])
def test_a_summary_is_cut_only_where_it_would_need_a_second_page(length, ends):
    shown = dataclasses.replace(RECEIPT, summary="路" * length).short_summary

    assert shown.endswith("…") == ends
    assert len(shown) == min(length, slip.LONGEST_SUMMARY)


@pytest.mark.parametrize(
    "base", ["https://huiyin.example", "https://huiyin.example/", "http://10.0.0.7:8000//"]
)
def test_the_address_of_the_page_has_one_slash(base):
    assert dataclasses.replace(RECEIPT, base_url=base).track_url == base.rstrip("/") + "/track"


@pytest.mark.requirement("T11")
def test_the_printed_address_holds_no_code():
    page = slip.receipt_html(RECEIPT)

    assert CODE.text not in page
    assert all(group in page for group in CODE.display.split("-"))


@pytest.mark.parametrize(
    "phone, said", [("0510-1", "打电话报登记编号询问：0510-1"), ("", "到登记的地方报登记编号询问")]
)
def test_who_has_no_internet_is_told_where_to_ask(phone, said):
    assert said in words(slip.receipt_html(dataclasses.replace(RECEIPT, office_phone=phone)))


@pytest.mark.parametrize("field", ["committee", "reference", "summary", "office", "office_phone"])
def test_markup_in_any_field_of_the_receipt_is_printed(field):
    page = slip.receipt_html(dataclasses.replace(RECEIPT, **{field: "<b>x</b>{{ 7*7 }}"}))

    assert "&lt;b&gt;x&lt;/b&gt;{{ 7*7 }}" in page


@pytest.mark.parametrize("field", ["office", "reference", "unit", "role", "class_name", "transfer_text"])
def test_markup_in_any_field_of_the_transfer_slip_is_printed(field):
    page = slip.transfer_html(dataclasses.replace(TRANSFER, **{field: "<b>x</b>{{ 7*7 }}"}))

    assert "&lt;b&gt;x&lt;/b&gt;{{ 7*7 }}" in page


@pytest.mark.parametrize("due, said", [(date(2026, 12, 1), "2026年12月1日前"), (None, "按规定期限")])
def test_the_transfer_slip_says_until_when(due, said):
    assert said in words(slip.transfer_html(dataclasses.replace(TRANSFER, due_on=due)))


def test_each_line_of_the_transfer_text_is_a_paragraph():
    page = slip.transfer_html(dataclasses.replace(TRANSFER, transfer_text="一。\r\n\r\n　二。\n"))

    assert "<p>一。</p><p>二。</p>" in page


@pytest.mark.requirement("T02")
def test_the_receipt_too_has_no_place_for_a_name_a_phone_or_a_story():
    fields = {field.name for field in dataclasses.fields(slip.ReceiptSlip)}
    source = (TEMPLATES / "receipt.html").read_text("utf-8")
    used = set(re.findall(r"\bslip\.(\w+)", source)) - {"short_summary", "track_url", "qr"}

    assert used <= fields - {"base_url", "summary"}
    assert not fields & {"name", "phone", "address", "narrative", "resident"}
