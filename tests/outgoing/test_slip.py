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
    "address", ["", "javascript:alert(1)", "huiyin.example", "https://a#b", "https://a?b=c"]
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
