"""Forty forms as offices fill them in, each with the truth about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.incoming.forms import texts, xls
from tests.incoming.forms.texts import Results, Visit
from tests.incoming.forms.writing import (
    Cell,
    archive,
    book,
    csv_bytes,
    day,
    document,
    fill,
    matters,
    spaced,
    table,
)

Truth = Sequence[tuple[str, Mapping[str, Any]]]
TITLE = "“访民情、惠民生、促和谐”大走访活动情况登记表"
RESULTS = "“三个一”工作成果登记表"
FIGURES = [
    ("城区联络组", 12, 31, 40, 18, 12, 14, 9),
    ("安丰镇委员联络组", 8, 16, 22, 7, 8, 8, 10),
    ("富安镇委员联络组", 6, 0, 19, 5, 6, 7, 6),
]
COLUMNS3 = ("group", "participants", "sector", "living", "friends", "suggestions", "briefs", "leads")


@dataclass(frozen=True)
class Specimen:
    """``truth``: kind and fields of every form inside, in order."""

    name: str
    content: bytes
    truth: Truth


class Desk:
    """Gives every specimen its own visits and results, and its own way of writing."""

    def __init__(self) -> None:
        self._visits, self._results = texts.visits(), texts.results()
        self.style = 0

    def visit(self) -> Visit:
        self.style += 1
        return next(self._visits)

    def result(self) -> Results:
        return next(self._results)

    def day(self, visit: Visit) -> str:
        return day(visit.visited_on, self.style)

    def help(self, visit: Visit) -> str:
        return matters(visit.help_needed, self.style)

    def overall(self, visit: Visit) -> str:
        return matters(visit.coordination_needed, self.style + 1)


def truth_of(*filled: Visit | Results, kind: str = "annex1") -> Truth:
    return [("annex2" if isinstance(one, Results) else kind, _plain(one)) for one in filled]


def _plain(one: Visit | Results) -> dict[str, Any]:
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(one).items()}
    if isinstance(one, Visit):
        fields["visited_on"] = one.visited_on.isoformat() if one.visited_on else None
        if one.circle is None:
            del fields["circle"]
    return fields


def who(visit: Visit) -> str:
    return "、".join(visit.visitors)


def official(desk: Desk, visit: Visit) -> list[list[str | None]]:
    """The annex as it was sent out: three lines in one cell, three with the label on the left."""
    return [
        [f"走访对象：{visit.contact}", None],
        [f"走访地址：{visit.address}", None],
        [f"走访日期：{desk.day(visit)}", None],
        ["走访对象\n反映的情况", visit.reported],
        ["需帮助解决\n\n问题情况", desk.help(visit)],
        ["需要统筹\n\n协调的问题", desk.overall(visit)],
    ]


def left(desk: Desk, visit: Visit) -> list[list[str]]:
    """Every label in the cell left of its value."""
    return [
        ["走访人员", who(visit)],
        ["所在委员工作（联络）组", visit.group],
        ["走访对象", visit.contact],
        ["走访地点", visit.address],
        ["走访时间", desk.day(visit)],
        ["走访对象反映的主要情况", visit.reported],
        ["需要帮助解决的问题", desk.help(visit)],
        ["需统筹协调的问题", desk.overall(visit)],
    ]


def heading(made: Document, visit: Visit, title: str = TITLE) -> None:
    if title:
        made.add_paragraph(title)
    made.add_paragraph(f"走访人员：{who(visit)}           所在委员工作（联络）组：{visit.group}")


# ---- Word --------------------------------------------------------------------------------------


def official_sheet(desk: Desk) -> Specimen:
    visit = desk.visit()

    def write(made: Document) -> None:
        made.add_paragraph("附件1")
        heading(made, visit)
        table(made, official(desk, visit))

    return Specimen("登记表.docx", document(write), truth_of(visit))


def labels_left(desk: Desk) -> Specimen:
    visit = desk.visit()
    return Specimen("left.docx", document(lambda made: table(made, left(desk, visit))), truth_of(visit))


def labels_inside(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows = [[f"{label}：{value}"] for label, value in left(desk, visit)]
    return Specimen("inside.docx", document(lambda made: table(made, rows)), truth_of(visit))


def labels_above_lines(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows = [[f"{label}\n{value}"] for label, value in left(desk, visit)]
    return Specimen("lines.docx", document(lambda made: table(made, rows)), truth_of(visit))


def labels_above(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows = [[part] for pair in left(desk, visit) for part in pair]
    return Specimen("above.docx", document(lambda made: table(made, rows)), truth_of(visit))


def four_columns(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows: list[list[str | None]] = [
        ["走访人", who(visit), "所属委员组", visit.group],
        ["受访人", visit.contact, "日期", desk.day(visit)],
        ["地址", visit.address, None, None],
        ["反映的问题", visit.reported, None, None],
        ["需帮助解决的问题", desk.help(visit), None, None],
        ["需要协调的问题", desk.overall(visit), None, None],
    ]
    return Specimen("four.docx", document(lambda made: table(made, rows)), truth_of(visit))


def two_on_a_page(desk: Desk) -> Specimen:
    visits = [desk.visit(), desk.visit()]

    def write(made: Document) -> None:
        for visit in visits:
            heading(made, visit, title="")
            table(made, official(desk, visit))

    return Specimen("two.docx", document(write), truth_of(*visits))


def three_in_one_table(desk: Desk) -> Specimen:
    visits = [desk.visit() for _ in range(3)]
    rows = [row for visit in visits for row in left(desk, visit)]
    return Specimen("three.docx", document(lambda made: table(made, rows)), truth_of(*visits))


def beside_each_other(desk: Desk) -> Specimen:
    """A frame of two cells, in each a table of its own."""
    visits = [desk.visit(), desk.visit()]

    def write(made: Document) -> None:
        frame = made.add_table(1, 2)
        for cell, visit in zip(frame.rows[0].cells, visits, strict=True):
            cell.text = TITLE
            rows = left(desk, visit)
            fill(cell.add_table(len(rows), 2), rows)

    return Specimen("beside.docx", document(write), truth_of(*visits))


def in_a_frame(desk: Desk) -> Specimen:
    visit = desk.visit()

    def write(made: Document) -> None:
        cell = made.add_table(2, 1).cell(1, 0)
        cell.text = f"走访人员：{who(visit)}  所在组：{visit.group}"
        rows = official(desk, visit)
        fill(cell.add_table(len(rows), 2), rows)

    return Specimen("frame.docx", document(write), truth_of(visit))


def a_table_as_answer(desk: Desk) -> Specimen:
    """What was reported is itself a little table."""
    visit = replace(desk.visit(), reported="户数 面积\n12 30亩\n8 21亩")

    def write(made: Document) -> None:
        outer = table(made, left(desk, visit))
        cell = outer.cell(5, 1)
        cell.text = ""
        fill(cell.add_table(3, 2), [["户数", "面积"], ["12", "30亩"], ["8", "21亩"]])

    return Specimen("answer.docx", document(write), truth_of(visit))


def matters_in_rows(desk: Desk) -> Specimen:
    """One matter a row, the label merged down over all of them."""
    visit = replace(desk.visit(), help_needed=tuple(texts.MATTERS[:3]))

    def write(made: Document) -> None:
        rows = left(desk, visit)
        numbered = [f"{number}、{matter}" for number, matter in enumerate(visit.help_needed, 1)]
        rows[6:7] = [["需要帮助解决的问题", numbered[0]], ["", numbered[1]], ["", numbered[2]]]
        outer = table(made, rows)
        outer.cell(6, 0).merge(outer.cell(8, 0)).text = "需要帮助解决的问题"

    return Specimen("rows.docx", document(write), truth_of(visit))


def scanned(desk: Desk) -> Specimen:
    """Blanks between the characters of labels and of short answers."""
    visit = desk.visit()
    rows = [[spaced(label, "　"), value] for label, value in left(desk, visit)]
    for row in (1, 2, 3, 4):
        rows[row][1] = f"  {spaced(rows[row][1])} "
    rows[0][1] = "、".join(spaced(name) for name in visit.visitors)
    return Specimen("scan.docx", document(lambda made: table(made, rows)), truth_of(visit))


def wrong_order(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows = left(desk, visit)
    rows = [rows[place] for place in (7, 4, 2, 6, 0, 5, 3, 1)]
    return Specimen("order.docx", document(lambda made: table(made, rows)), truth_of(visit))


def fields_missing(desk: Desk) -> Specimen:
    visit = texts.without(desk.visit(), "visitors", "address")
    rows = [row for row in left(desk, visit) if row[0] not in ("走访人员", "走访地点")]
    return Specimen("missing.docx", document(lambda made: table(made, rows)), truth_of(visit))


def no_date(desk: Desk) -> Specimen:
    visit = texts.without(desk.visit(), "visited_on")
    return Specimen("nodate.docx", document(lambda made: table(made, left(desk, visit))), truth_of(visit))


def blank_beside_filled(desk: Desk) -> Specimen:
    visit = desk.visit()

    def write(made: Document) -> None:
        heading(made, visit)
        table(made, official(desk, visit))
        made.add_paragraph(TITLE)
        made.add_paragraph("走访人员：           所在委员工作（联络）组：")
        table(
            made, [[label, ""] for label in ("走访对象：", "走访地址：", "走访日期：", "走访对象反映的情况")]
        )

    return Specimen("blank.docx", document(write), truth_of(visit))


def without_a_table(desk: Desk) -> Specimen:
    visit = desk.visit()

    def write(made: Document) -> None:
        made.add_paragraph("走访情况登记表")
        for number, (label, value) in enumerate(left(desk, visit), 1):
            made.add_paragraph(f"{'一二三四五六七八'[number - 1]}、{label}：{value.partition(chr(10))[0]}")
            for more in value.split("\n")[1:]:
                made.add_paragraph(more)
        made.add_paragraph("填表人：办公室")

    return Specimen("plain.docx", document(write), truth_of(visit))


def numbered_by_word(desk: Desk) -> Specimen:
    """The numbers are Word's own and stand nowhere in the text."""
    visit = replace(desk.visit(), help_needed=tuple(texts.MATTERS[3:6]))

    def write(made: Document) -> None:
        cell = table(made, left(desk, visit)).cell(6, 1)
        cell.text = ""
        for number, matter in enumerate(visit.help_needed):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.add_run(matter)
            numbering = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(numbering))

    return Specimen("auto.docx", document(write), truth_of(visit))


def tracked_and_controlled(desk: Desk) -> Specimen:
    """A deleted word is gone, an inserted one counts, and a content control is not in the way."""
    visit = desk.visit()

    def write(made: Document) -> None:
        outer = table(made, left(desk, visit))
        old = f"<w:del {nsdecls('w')}><w:r><w:delText>某人</w:delText></w:r></w:del>"
        new = f"<w:ins {nsdecls('w')}><w:r><w:t>{visit.contact}</w:t></w:r></w:ins>"
        outer.cell(2, 1).text = ""
        paragraph = outer.cell(2, 1).paragraphs[0]._p
        paragraph.append(parse_xml(old))
        paragraph.append(parse_xml(new))
        control = (
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>{visit.group}</w:t></w:r></w:sdtContent></w:sdt>"
        )
        outer.cell(1, 1).text = ""
        outer.cell(1, 1).paragraphs[0]._p.append(parse_xml(control))

    return Specimen("tracked.docx", document(write), truth_of(visit))


def with_a_circle(desk: Desk) -> Specimen:
    visit = replace(desk.visit(), circle="living")
    rows = [["圈子", "□界别圈  ☑生活圈  □朋友圈"], *left(desk, visit)]
    return Specimen("circle.docx", document(lambda made: table(made, rows)), truth_of(visit))


def misread_labels(desk: Desk) -> Specimen:
    """A wrong character in a label, as recognised from paper."""
    visit = desk.visit()
    rows = left(desk, visit)
    rows[4][0], rows[2][0] = "走访曰期", "走访对像"
    return Specimen("misread.docx", document(lambda made: table(made, rows)), truth_of(visit))


def register_in_word(desk: Desk) -> Specimen:
    visits = [desk.visit() for _ in range(4)]
    rows = [register_head(), *(register_row(desk, number, visit) for number, visit in enumerate(visits, 1))]

    def write(made: Document) -> None:
        made.add_paragraph("大走访情况一览表")
        table(made, [[str(cell) for cell in row] for row in rows])

    return Specimen("register.docx", document(write), truth_of(*visits, kind="register"))


def written_on_lines(desk: Desk) -> Specimen:
    """Half-width colons, lines to write on, two answers in one line, several lines in one cell."""
    visit = desk.visit()

    def write(made: Document) -> None:
        made.add_paragraph(TITLE)
        made.add_paragraph(f"走访人员:__{who(visit)}____ 所在组:__{visit.group}__")
        first = f"走访对象：{visit.contact}\n走访地址：{visit.address}\n走访日期：{desk.day(visit)}"
        table(made, [[first], *([f"{label}：\n{text}"] for label, text in left(desk, visit)[5:])])

    return Specimen("ruled.docx", document(write), truth_of(visit))


def headings_and_paragraphs(desk: Desk) -> Specimen:
    """No table: three answers in a line, the long ones below their headings."""
    visit = desk.visit()

    def write(made: Document) -> None:
        made.add_paragraph(f"走访人员：{who(visit)}；所在组：{visit.group}；走访日期：{desk.day(visit)}")
        made.add_paragraph(f"走访对象：{visit.contact}，走访地址：{visit.address}")
        for number, (label, text) in zip("一二三", left(desk, visit)[5:], strict=True):
            made.add_paragraph(f"{number}、{label}")
            for line in text.split("\n"):
                made.add_paragraph(line)

    return Specimen("headings.docx", document(write), truth_of(visit))


def numbers_in_a_column(desk: Desk) -> Specimen:
    """The numbers of the matters stand in cells of their own."""
    visit = replace(desk.visit(), help_needed=tuple(texts.MATTERS[6:9]))
    rows = [[label, "", value] for label, value in left(desk, visit)]
    rows[6:7] = [["需要帮助解决的问题", str(n), text] for n, text in enumerate(visit.help_needed, 1)]

    def write(made: Document) -> None:
        outer = table(made, rows)
        outer.cell(6, 0).merge(outer.cell(8, 0)).text = "需要帮助解决的问题"

    return Specimen("counted.docx", document(write), truth_of(visit))


def labels_over_answers(desk: Desk) -> Specimen:
    """A row of labels, a row of answers, and below them the long ones across the table."""
    visit = desk.visit()
    pairs = left(desk, visit)
    rows: list[list[str | None]] = [
        [label for label, _ in pairs[:5]],
        [text for _, text in pairs[:5]],
        *([part, None, None, None, None] for pair in pairs[5:] for part in pair),
    ]
    return Specimen("over.docx", document(lambda made: table(made, rows)), truth_of(visit))


def in_a_text_box(desk: Desk) -> Specimen:
    """The line above the table floats in a box, written down for new programs and again for old ones."""
    visit = desk.visit()
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>'
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    line = f"<w:p><w:r><w:t>走访人员：{who(visit)}　　所在组：{visit.group}</w:t></w:r></w:p>"

    def write(made: Document) -> None:
        made.add_paragraph("")._p.append(parse_xml(box.format(line)))
        table(made, official(desk, visit))

    return Specimen("box.docx", document(write), truth_of(visit))


# ---- annex 2 and 3 -----------------------------------------------------------------------------


def results_rows(result: Results) -> list[list[str]]:
    return [
        ["一条经济社会发展建议", result.suggestion or "/"],
        ["一条关系民生的社情民意\n信  息", result.brief or "/"],
        ["一条“双招双引”信息", result.lead or "/"],
    ]


def results_sheet(desk: Desk) -> Specimen:
    result = desk.result()

    def write(made: Document) -> None:
        made.add_paragraph("附件2")
        made.add_paragraph("政协委员聚焦“三圈”大走访活动")
        made.add_paragraph(RESULTS)
        made.add_paragraph(f"委员姓名：{result.member}             所在委员工作（联络）组：{result.group}")
        table(made, results_rows(result))

    return Specimen("annex2.docx", document(write), truth_of(result))


def several_results(desk: Desk) -> Specimen:
    results = [desk.result() for _ in range(3)]

    def write(made: Document) -> None:
        for result in results:
            rows = [["委员姓名", result.member], ["所在组", result.group], *results_rows(result)]
            table(made, rows)
            made.add_paragraph("")

    return Specimen("annex2s.docx", document(write), truth_of(*results))


def both_annexes(desk: Desk) -> Specimen:
    visit, result = desk.visit(), desk.result()

    def write(made: Document) -> None:
        heading(made, visit)
        table(made, official(desk, visit))
        made.add_paragraph(RESULTS)
        made.add_paragraph(f"委员姓名：{result.member}   所在组：{result.group}")
        table(made, results_rows(result))

    return Specimen("both.docx", document(write), truth_of(visit, result))


def results_list(desk: Desk) -> Specimen:
    results = [desk.result() for _ in range(4)]
    rows: list[list[Cell]] = [["序号", "姓名", "组别", "发展建议", "社情民意信息", "“双招双引”信息"]]
    rows += [[n, r.member, r.group, r.suggestion, r.brief, r.lead or "无"] for n, r in enumerate(results, 1)]
    return Specimen("annex2.xlsx", book({"三个一": rows}), truth_of(*results))


def summary_in_word(desk: Desk) -> Specimen:
    def write(made: Document) -> None:
        made.add_paragraph("附件3")
        outer = table(made, [["" if cell is None else str(cell) for cell in row] for row in summary_rows()])
        for column in (0, 1):
            text = outer.cell(0, column).text
            outer.cell(0, column).merge(outer.cell(1, column)).text = text
        outer.cell(0, 2).merge(outer.cell(0, 4)).text = "走访“圈子”人数"
        outer.cell(0, 5).merge(outer.cell(0, 7)).text = "“三个一”工作报送条数"

    return Specimen("annex3.docx", document(write), summary_truth())


def summary_in_a_book(desk: Desk) -> Specimen:
    rows = [["汇总表"], *summary_rows()]
    rows[1][2] = rows[1][5] = None
    merged = [(1, 2, 1, 4, "走访“圈子”人数"), (1, 5, 1, 7, "“三个一”工作报送条数")]
    return Specimen("annex3.xlsx", book({"Sheet1": rows}, merged), summary_truth())


def summary_as_text(desk: Desk) -> Specimen:
    return Specimen("annex3.csv", csv_bytes(summary_rows(), "gb18030"), summary_truth())


def summary_rows() -> list[list[Cell]]:
    total: list[Cell] = ["汇总", *(sum(column) for column in list(zip(*FIGURES, strict=True))[1:])]  # type: ignore[arg-type]
    head: list[list[Cell]] = [
        ["组别", "参与活动\n委员人数", "走访“圈子”人数", None, None, "“三个一”工作报送条数", None, None],
        [None, None, "界别圈", "生活圈", "朋友圈", "经济社会发展建议", "社情民意信息", "“双招双引”信息"],
    ]
    return [*head, *([*figures] for figures in FIGURES), total]


def summary_truth() -> Truth:
    return [("annex3", dict(zip(COLUMNS3, figures, strict=True))) for figures in FIGURES]


# ---- workbooks and text ------------------------------------------------------------------------


def register_head() -> list[Cell]:
    return [
        "序号", "走访人员", "所在组", "走访对象", "走访地址", "走访日期", "走访对象反映的情况",
        "需帮助解决问题情况", "需要统筹协调的问题", "备注",
    ]  # fmt: skip


def register_row(desk: Desk, number: int, visit: Visit) -> list[Cell]:
    desk.style += 1
    return [
        number, who(visit), visit.group, visit.contact, visit.address, desk.day(visit), visit.reported,
        desk.help(visit), desk.overall(visit), "",
    ]  # fmt: skip


def register(desk: Desk, count: int = 6) -> tuple[list[list[Cell]], list[Visit]]:
    visits = [desk.visit() for _ in range(count)]
    rows = [register_head(), *(register_row(desk, number, visit) for number, visit in enumerate(visits, 1))]
    return rows, visits


def register_book(desk: Desk) -> Specimen:
    """Typed dates, a heading over the head, and a line below the last row."""
    rows, visits = register(desk)
    for row, visit in zip(rows[1:], visits, strict=True):
        row[5] = visit.visited_on
    rows = [["2026年大走访情况一览表"], *rows, ["填表人：办公室"]]
    return Specimen("register.xlsx", book({"走访": rows}), truth_of(*visits, kind="register"))


def register_of_a_group(desk: Desk) -> Specimen:
    """The group is named once, above the list; the head has two rows."""
    visits = [replace(desk.visit(), group=texts.GROUPS[0], coordination_needed=()) for _ in range(3)]
    head: list[list[Cell]] = [
        [f"填报单位：{texts.GROUPS[0]}", None, None, None, None, None, "填报日期：2026年9月1日"],
        ["序号", "委员姓名", "走访情况", None, None, "反映的问题", "需帮助解决的问题", "需统筹协调的问题"],
        [None, None, "时间", "地点", "对象"],
    ]
    rows = [
        [number, who(visit), visit.visited_on, visit.address, visit.contact, visit.reported, desk.help(visit)]
        for number, visit in enumerate(visits, 1)
    ]
    return Specimen("group.xlsx", book({"表": [*head, *rows]}), truth_of(*visits, kind="register"))


def register_merged(desk: Desk) -> Specimen:
    """One member's three visits: the name stands once, over three rows, and 同上 in the next column."""
    rows, visits = register(desk, 3)
    visits = [replace(visit, visitors=visits[0].visitors, group=visits[0].group) for visit in visits]
    for row in rows[1:]:
        row[1] = None
        row[2] = "同上" if row is not rows[1] else visits[0].group
    merged = [(1, 1, 3, 1, who(visits[0]))]
    return Specimen("merged.xlsx", book({"走访": rows}, merged), truth_of(*visits, kind="register"))


def register_as(encoding: str, name: str) -> Callable[[Desk], Specimen]:
    def make(desk: Desk) -> Specimen:
        rows, visits = register(desk)
        return Specimen(name, csv_bytes(rows, encoding), truth_of(*visits, kind="register"))

    return make


def register_old(desk: Desk) -> Specimen:
    rows, visits = register(desk, 4)
    for row, visit in zip(rows[1:], visits, strict=True):
        row[5] = visit.visited_on
    return Specimen("register.xls", xls.workbook({"走访": rows}), truth_of(*visits, kind="register"))


def sheet_old(desk: Desk) -> Specimen:
    visit = desk.visit()
    rows: list[list[Cell]] = [[TITLE, None], *([*row] for row in left(desk, visit))]
    rows[5][1] = visit.visited_on
    return Specimen("登记表.xls", xls.workbook({"表1": rows}, [(0, 0, 0, 1)]), truth_of(visit))


def sheet_in_a_book(desk: Desk) -> Specimen:
    """Merged answers over four columns, the date a number without its format."""
    visit = desk.visit()
    assert visit.visited_on
    rows: list[list[Cell]] = [[]] + [[row[0]] for row in left(desk, visit)]
    rows[5] = ["走访时间", float((visit.visited_on - texts.date(1899, 12, 30)).days)]
    merged = [(0, 0, 0, 4, TITLE)]
    merged += [(n, 1, n, 4, row[1]) for n, row in enumerate(left(desk, visit), 1) if n != 5]
    return Specimen("form.xlsx", book({"表": rows}, merged), truth_of(visit))


def many_sheets(desk: Desk) -> Specimen:
    visits = [desk.visit() for _ in range(3)]
    sheets = {f"{n}号": [[TITLE], *left(desk, visit)] for n, visit in enumerate(visits, 1)}
    sheets["旧"] = left(desk, texts.without(visits[0], "contact"))
    return Specimen("sheets.xlsx", book(sheets, hidden=["旧"]), truth_of(*visits))


def beside_in_a_book(desk: Desk) -> Specimen:
    visits = [desk.visit(), desk.visit()]
    halves = zip(left(desk, visits[0]), left(desk, visits[1]), strict=True)
    rows = [[*one, None, *other] for one, other in halves]
    return Specimen("beside.xlsx", book({"表": rows}), truth_of(*visits))


def stacked_in_a_book(desk: Desk) -> Specimen:
    visits = [desk.visit(), desk.visit()]
    rows = [row for visit in visits for row in ([TITLE], *left(desk, visit), [])]
    return Specimen("stacked.xlsx", book({"表": rows}), truth_of(*visits))


def sheet_as_csv(desk: Desk) -> Specimen:
    visit = desk.visit()
    return Specimen("form.csv", csv_bytes(left(desk, visit), "gb18030"), truth_of(visit))


def sheet_as_text(desk: Desk) -> Specimen:
    visit = desk.visit()
    lines = [f"{label}：{value}" for label, value in left(desk, visit)]
    return Specimen("form.txt", "\r\n".join(lines).encode("gb18030"), truth_of(visit))


def many_files(desk: Desk) -> Specimen:
    inner = [official_sheet(desk), register_as("utf-8", "清单.csv")(desk), results_sheet(desk)]
    content = archive({f"{n}/{one.name}": one.content for n, one in enumerate(inner)})
    return Specimen("all.zip", content, [form for one in inner for form in one.truth])


def roster_book(desk: Desk) -> Specimen:
    levels = ("市级", "县级", "县级")
    people = [
        (name, texts.GROUPS[number % 4], "委员", levels[number % 3])
        for number, name in enumerate(texts.NAMES)
    ]
    rows: list[list[Cell]] = [["序号", "姓名", "所在组", "角色", "委员层级"]]
    rows += [[number, *person] for number, person in enumerate(people, 1)]
    columns = ("name", "unit", "role", "level")
    truth = [("roster", dict(zip(columns, person, strict=True))) for person in people]
    return Specimen("roster.xlsx", book({"名册": rows}), truth)


MAKERS: tuple[Callable[[Desk], Specimen], ...] = (
    official_sheet, labels_left, labels_inside, labels_above_lines, labels_above, four_columns,
    two_on_a_page, three_in_one_table, beside_each_other, in_a_frame, a_table_as_answer,
    matters_in_rows, scanned, wrong_order, fields_missing, no_date, blank_beside_filled,
    without_a_table, numbered_by_word, tracked_and_controlled, with_a_circle, misread_labels,
    written_on_lines, in_a_text_box, headings_and_paragraphs, numbers_in_a_column, labels_over_answers,
    register_of_a_group, register_in_word, results_sheet, several_results, both_annexes, results_list,
    summary_in_word, summary_in_a_book, summary_as_text, register_book, register_merged,
    register_as("gb18030", "gbk.csv"), register_as("utf-8-sig", "bom.csv"),
    register_as("utf-16", "utf16.csv"), register_as("utf-8", "utf8.csv"), register_old, sheet_old,
    sheet_in_a_book, many_sheets, beside_in_a_book, stacked_in_a_book, sheet_as_csv, sheet_as_text,
    many_files, roster_book,
)  # fmt: skip


def all_of_them() -> Iterator[Specimen]:
    desk = Desk()
    for make in MAKERS:
        yield make(desk)
