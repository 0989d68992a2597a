"""The words of a file are handed out as lines and rows, whatever they look like."""

from datetime import date

from docx.document import Document

from tests.incoming.forms import specimens
from tests.incoming.forms.writing import book, document, table
from tracker.incoming.forms import showing
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.pages import Cell, Line, Page, Table
from tracker.incoming.forms.reader import Reader

OCCASION = Occasion(date(2026, 11, 22))


def test_a_document_is_told_line_by_line_and_its_table_row_by_row() -> None:
    def write(made: Document) -> None:
        made.add_paragraph("大走访活动情况登记表 <script>")
        table(made, [["走访对象", "顾阿婆"], ["走访地址", "北街12号"], ["走访日期", "2026.7.1"]])

    with Reader(OCCASION) as reader:
        (read,) = reader.read("a.docx", document(write))
    (page,) = read.shown
    assert page["lines"][0] == "大走访活动情况登记表 <script>"
    assert [row[1:] for row in page["lines"][1:]] == [
        ["走访对象", "顾阿婆"],
        ["走访地址", "北街12号"],
        ["走访日期", "2026.7.1"],
    ]


def test_a_row_of_a_list_has_the_number_that_its_form_has() -> None:
    rows, visits = specimens.register(specimens.Desk(), 3)
    with Reader(OCCASION) as reader:
        (read,) = reader.read("a.xlsx", book({"走访": rows}))
    lines = {line[0]: line for page in read.shown for line in page["lines"]}
    for visit, form in zip(visits, read.forms, strict=True):
        assert visit.reported in lines[int(form.place.partition("!")[2])]


def test_a_table_inside_a_cell_is_told_in_the_cell() -> None:
    inner = Table((Cell("户数", 0, 0), Cell("面积", 0, 1), Cell("12", 1, 0)))
    page = Page((Line("题"), Table((Cell("", 0, 0, inside=(Line("如下"), inner)),))))
    assert showing.plain([page]) == [{"name": "", "lines": ["题", [1, "如下\n户数  面积\n12"]]}]


def test_nobody_gets_more_than_fits() -> None:
    long = Page(tuple(Line("长" * 1_000_000) for _ in range(9)), "一")
    (page, _rest) = showing.plain([long, Page((Line("尾"),), "二")])
    assert len(page["lines"]) == showing.MOST // 1_000_000


def test_a_file_nobody_can_read_has_no_words() -> None:
    with Reader(OCCASION) as reader:
        (read,) = reader.read("a.docx", b"\xff\xd8\xff\xe0")
    assert list(read.shown) == []
