"""How people write: dates, numbered matters, the word for none, blanks between characters."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import docx
import xlsxwriter
from docx.document import Document
from docx.table import Table

NONE = ("无", "/", "—", "暂无", "无。", "——", "／", "没有")
_HAN = "零一二三四五六七八九"
Cell = str | float | date | None


def day(value: date | None, style: int) -> str:
    if value is None:
        return ""
    y, m, d = value.year, value.month, value.day
    styles: tuple[Callable[[], str], ...] = (
        lambda: f"{y}年{m}月{d}日",
        lambda: f"{y}.{m}.{d}",
        lambda: f"{m}月{d}日",
        lambda: str((value - date(1899, 12, 30)).days),
        lambda: f"{''.join(_HAN[int(c)] for c in str(y)).replace('零', '〇')}年{_han(m)}月{_han(d)}日",
        lambda: f"{y}-{m:02}-{d:02}",
        lambda: f"{y} 年 {m} 月 {d} 日",
        lambda: f"{y}/{m}/{d}",
        lambda: f"{y}{m:02}{d:02}",
        lambda: "".join(chr(ord(c) + 0xFEE0) for c in str(y)) + f"年{m}月{d}日上午",
        lambda: f"{y % 100}.{m}.{d}",
        lambda: f"{m}.{d}",
    )
    return styles[style % len(styles)]()


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十") + (_HAN[ones] if ones else "")


def matters(items: Sequence[str], style: int) -> str:
    if not items:
        return NONE[style % len(NONE)]
    if len(items) == 1 and style % 2:
        return items[0]
    marks: tuple[Callable[[int], str], ...] = (
        lambda n: f"{n}、",
        lambda n: f"（{n}）",
        lambda n: "①②③④⑤⑥⑦"[n - 1],
        lambda n: f"{n}．",
        lambda n: f"{_HAN[n]}、",
        lambda n: f"第{_HAN[n]}，",
        lambda n: f"{n}. ",
    )
    mark = marks[style % len(marks)]
    between = ("；", "\n", "；\n")[style % 3]
    return between.join(mark(number) + item for number, item in enumerate(items, 1))


def spaced(text: str, blank: str = " ") -> str:
    """As a scanner or somebody filling a line writes it."""
    return blank.join(text)


def csv_bytes(rows: Sequence[Sequence[Cell]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t" if encoding == "utf-16" else ",").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def book(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    merged: Sequence[tuple[int, int, int, int, str]] = (),
    *,
    hidden: Sequence[str] = (),
) -> bytes:
    """``merged`` cells stand in the first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        days = made.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for position, (name, rows) in enumerate(sheets.items()):
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, days)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            for span in merged if position == 0 else ():
                sheet.merge_range(*span)
            if name in hidden:
                sheet.hide()
    return out.getvalue()


def document(write: Callable[[Document], None]) -> bytes:
    made = docx.Document()
    write(made)
    return saved(made)


def saved(made: Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(parent: Document, rows: Sequence[Sequence[str | None]]) -> Table:
    """None: the cell is one with the one before it."""
    made = parent.add_table(len(rows), max(map(len, rows)))
    fill(made, rows)
    return made


def fill(made: Table, rows: Sequence[Sequence[str | None]]) -> None:
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text is None:
                made.cell(row, column).merge(made.cell(row, column - 1))
        for column, text in enumerate(cells):
            if text is not None:
                made.cell(row, column).text = text


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()
