"""One file becomes forms: what it is called, what is blank in it, whose list it is, what its sum says."""

from datetime import date

import pytest

from tests.incoming.forms.writing import archive, book, csv_bytes, document, table
from tracker.incoming.forms import reading, sniffing
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.result import FileRead

OCCASION = Occasion(date(2026, 11, 22), year=2026)
HEAD = ["序号", "走访人员", "走访对象", "走访日期", "走访对象反映的情况"]
FIGURES = ["组别", "参与活动委员人数", "界别圈", "生活圈", "朋友圈"]
FORM = [
    ["走访人员", "周敏"],
    ["走访日期", "2026.7.15"],
    ["走访对象反映的情况", "巷口积水"],
]


def read(name: str, content: bytes) -> list[FileRead]:
    return reading.read(name, content, OCCASION)


def told(file: FileRead) -> list[str]:
    return [str(problem) for problem in file.problems]


@pytest.mark.parametrize(
    ("name", "told_of"),
    [
        ("登记表.docx", False),
        ("登记表.DOCX", False),
        ("登记表.doc", False),
        ("登记表.xlsx", True),
        ("登记表", True),
    ],
)
def test_a_file_is_read_by_its_content_and_told_of_when_its_name_says_otherwise(
    name: str, *, told_of: bool
) -> None:
    (file,) = read(name, document(lambda made: table(made, FORM) and None))
    assert (file.kind, len(file.forms)) == ("annex1", 1)
    assert told(file) == (["文件名的后缀与内容不符，已按内容读取"] if told_of else [])


def test_a_file_without_a_form_says_so_and_shows_nothing() -> None:
    (file,) = read("纪要.docx", document(lambda made: made.add_paragraph("今日无走访。") and None))
    assert (file.kind, list(file.forms), list(file.shown)) == ("unknown", [], [])
    assert told(file) == ["没有认出登记表、汇总表或名册，请核对文件，或用系统里的空白表重新填写"]


def test_one_label_alone_makes_no_form() -> None:
    (file,) = read("纪要.csv", csv_bytes([["走访日期", "2026.7.15"]], "utf-8"))
    assert file.kind == "unknown"


def test_a_blank_form_is_told_as_blank() -> None:
    blank = [[label, ""] for label, _ in FORM]
    (file,) = read("空.xlsx", book({"表": blank}))
    assert told(file) == ["表是空白的，没有填写任何内容"]
    (list_only,) = read("空.xlsx", book({"表": [HEAD]}))
    assert told(list_only) == ["表是空白的，没有填写任何内容"]


def test_blank_forms_among_others_are_counted() -> None:
    blank = [[label, ""] for label, _ in FORM]
    (file,) = read("a.xlsx", book({"一": FORM, "二": blank, "三": blank}))
    assert (file.kind, len(file.forms)) == ("annex1", 1)
    assert told(file) == ["有 2 份空白表，已略过"]


def test_two_kinds_of_forms_are_two_answers_of_the_same_name() -> None:
    results = [["委员姓名", "周敏"], ["经济社会发展建议", "增设公交"], ["社情民意信息", "路灯不亮"]]
    found = read("a.xlsx", book({"一": FORM, "二": results}))
    assert [(file.name, file.kind, len(file.forms)) for file in found] == [
        ("a.xlsx", "annex1", 1),
        ("a.xlsx", "annex2", 1),
    ]


@pytest.mark.parametrize(("visit", "results", "kind"), [(2, 2, "annex1"), (2, 3, "annex2"), (3, 2, "annex1")])
def test_the_annex_with_more_of_its_own_labels_wins(visit: int, results: int, kind: str) -> None:
    rows = [["走访对象", "甲"], ["走访地址", "乙"], ["走访日期", "7.15"]][:visit]
    rows += [["经济社会发展建议", "丙"], ["社情民意信息", "丁"], ["双招双引信息", "戊"]][:results]
    (file,) = read("a.csv", csv_bytes(rows, "utf-8"))
    assert file.kind == kind


def test_a_place_names_the_sheet_and_the_row_or_counts_the_forms() -> None:
    rows = [HEAD, [1, "周敏", "甲", "7.15", "路灯"], [2, "周敏", "乙", "7.16", "积水"]]
    (register,) = read("a.xlsx", book({"走访": rows}))
    assert [form.place for form in register.forms] == ["走访!2", "走访!3"]
    (lines,) = read("a.csv", csv_bytes(rows, "utf-8"))
    assert [form.place for form in lines.forms] == ["2", "3"]
    (papers,) = read("a.docx", document(lambda made: [table(made, FORM) for _ in "12"] and None))
    assert [form.place for form in papers.forms] == ["1", "2"]


def test_a_line_above_a_list_says_whose_it_is() -> None:
    rows = [
        ["所在组：教育界别组"],
        ["序号", "走访对象", "走访日期", "走访对象反映的情况"],
        [1, "甲", "7.15", "路灯"],
    ]
    (file,) = read("a.csv", csv_bytes(rows, "utf-8"))
    (form,) = file.forms
    assert (form.fields["group"], form.confidence["group"]) == ("教育界别组", 0.75)


def test_a_list_that_names_the_group_itself_is_believed() -> None:
    rows = [["所在组：教育界别组"], [*HEAD, "所在组"], [1, "周敏", "甲", "7.15", "路灯", "工商界别组"]]
    (file,) = read("a.csv", csv_bytes(rows, "utf-8"))
    assert file.forms[0].fields["group"] == "工商界别组"


@pytest.mark.requirement("S2-45")
def test_the_sum_below_the_figures_is_checked_and_is_no_group() -> None:
    rows = [FIGURES, ["教育组", 9, 3, 4, 5], ["工商组", 8, 2, 3, 4], ["合计", 17, 5, 7, 8]]
    (file,) = read("a.xlsx", book({"表": rows}))
    assert (file.kind, [form.fields["group"] for form in file.forms]) == ("annex3", ["教育组", "工商组"])
    assert told(file) == ["汇总行写的是 8，各组相加是 9，请核对"]


def test_a_sum_below_visits_is_left_out_without_a_word() -> None:
    rows = [HEAD, [1, "周敏", "甲", "7.15", "路灯"], ["合计", 1, None, None, None]]
    (file,) = read("a.xlsx", book({"表": rows}))
    assert (len(file.forms), told(file)) == (1, [])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", archive({"b.csv": b"x"}), "压缩包"),
        ("a.doc", sniffing.OLE + "WordDocument".encode("utf-16-le").ljust(64, b"\0") + b"\x1a\0", ".doc"),
        ("a.csv", b'a,"b\n', "引号"),
        ("a.csv", b"a,\xff\xff\n", "编码"),
        ("a.docx", b"%PDF-1.4", "PDF"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, words: str) -> None:
    (file,) = read(name, content)
    assert (file.kind, list(file.forms)) == ("unknown", [])
    assert words in "".join(told(file))


def test_a_text_is_read_line_by_line_unless_it_is_a_table() -> None:
    text = "走访人员：周敏\n走访日期：2026.7.15\n走访对象反映的情况：路灯不亮，巷口积水".encode()
    (file,) = read("a.txt", text)
    assert (file.kind, file.forms[0].fields["reported"]) == ("annex1", "路灯不亮，巷口积水")


def test_more_forms_than_anybody_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [HEAD, *([n, "周敏", f"户{n}", "7.15", "路灯"] for n in range(3))]
    monkeypatch.setattr(reading, "MOST_FORMS", 3)
    assert len(read("a.csv", csv_bytes(rows, "utf-8"))[0].forms) == 3
    monkeypatch.setattr(reading, "MOST_FORMS", 2)
    assert told(read("a.csv", csv_bytes(rows, "utf-8"))[0]) == ["表太多，请分成几个文件再试"]
