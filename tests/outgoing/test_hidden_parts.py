"""The search for hidden parts finds them where there are some (T32)."""

import io

import pypdf
import pytest
from docx import Document

from tests.outgoing import hidden_parts
from tests.outgoing.sheets import sheet
from tests.outgoing.test_slip import RECEIPT, TRANSFER
from tracker.outgoing import pdf
from tracker.outgoing.letters import html
from tracker.outgoing.slip import receipt_html, transfer_html
from tracker.outgoing.workbook import PROPERTIES, new_book

pytestmark = pytest.mark.requirement("T32")


def excel(spoil) -> list[str]:
    made = io.BytesIO()
    book = new_book(made)
    sheet = book.add_worksheet("表")
    sheet.write_string(0, 0, "路灯")
    spoil(book, sheet)
    book.close()
    return hidden_parts.in_excel(made.getvalue())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda book, sheet: book.add_worksheet("暗").hide(),
        lambda book, sheet: book.add_worksheet("更暗").very_hidden(),
        lambda book, sheet: sheet.set_row(1, None, None, {"hidden": True}),
        lambda book, sheet: sheet.set_column(1, 1, None, None, {"hidden": True}),
        lambda book, sheet: sheet.set_column(1, 1, 5, None, {"level": 1}),
        lambda book, sheet: sheet.write_comment(0, 0, "批注"),
        lambda book, sheet: book.define_name("Secret", "=表!$A$1"),
        lambda book, sheet: sheet.autofilter(0, 0, 1, 1),
        lambda book, sheet: sheet.print_area(0, 0, 1, 1),
        lambda book, sheet: sheet.write_formula(1, 1, "=1+1"),
        lambda book, sheet: sheet.write_url(1, 1, "http://a.test"),
        lambda book, sheet: sheet.data_validation(0, 0, 1, 1, {"validate": "list", "source": ["a"]}),
        lambda book, sheet: book.set_properties(PROPERTIES | {"author": "王明"}),
        lambda book, sheet: book.set_custom_property("单位", "某局"),
    ],
)
def test_it_finds_what_an_excel_file_hides(spoil):
    assert excel(spoil)


def test_it_finds_nothing_where_nothing_is_hidden():
    assert excel(lambda book, sheet: None) == []


@pytest.mark.parametrize(
    "spoil", [lambda d: None, lambda d: d.add_comment(d.add_paragraph("x").runs, "批注")]
)
def test_it_finds_what_the_usual_empty_word_file_carries(spoil):
    document, made = Document(), io.BytesIO()
    spoil(document)
    document.save(made)
    found = hidden_parts.in_word(made.getvalue())

    assert "a part customXml/item1.xml" in found
    assert "creator is told: python-docx" in found


def test_it_finds_what_a_pdf_carries():
    writer, made = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("a.txt", b"x")
    writer.add_metadata({"/Author": "王明"})
    writer.write(made)
    found = hidden_parts.in_pdf(made.getvalue())

    assert {"/EmbeddedFiles in the PDF", "/Author is told"} <= set(found)


@pytest.mark.parametrize(
    "page",
    [html(sheet()), receipt_html(RECEIPT), transfer_html(TRANSFER)],
    ids=["letter", "receipt", "transfer"],
)
def test_nothing_is_hidden_in_letters_and_slips(page):
    assert hidden_parts.in_pdf(pdf.render(page)) == []
