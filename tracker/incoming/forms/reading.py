"""One file becomes forms. Nothing here knows a database, a request or the network."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from tracker.errors import FieldError, HuiyinError, Invalid
from tracker.incoming.forms import (
    building,
    columns,
    old_word,
    plain,
    scanning,
    sheets,
    showing,
    sniffing,
    word,
)
from tracker.incoming.forms.archives import Unreadable, scan
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.pages import Block, Page, Table
from tracker.incoming.forms.result import FileRead, Form, refused
from tracker.incoming.forms.scanning import Found
from tracker.rules.words import N_

MOST_FORMS: Final = 20_000
_NO_FORM = N_("没有认出登记表、汇总表或名册，请核对文件，或用系统里的空白表重新填写")
_ALL_BLANK = N_("表是空白的，没有填写任何内容")
_BLANK_LEFT_OUT = N_("有 %(count)d 份空白表，已略过")
_OTHER_NAME = N_("文件名的后缀与内容不符，已按内容读取")
_VISIT: Final = frozenset(
    {"contact", "address", "visited_on", "reported", "help_needed", "coordination_needed"}
)
_RESULTS: Final = frozenset({"suggestion", "brief", "lead"})
_ENDINGS: Final = {
    "word": (".docx", ".doc"),
    "sheets": (".xlsx",),
    "old_sheets": (".xls",),
    "text": (".csv", ".txt", ".tsv"),
}


@dataclass
class _Gathered:
    forms: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    problems: dict[str, list[FieldError]] = field(default_factory=lambda: defaultdict(list))
    blank: int = 0


def read(name: str, content: bytes, occasion: Occasion) -> list[FileRead]:
    """The forms of one file, one result a kind of form; a file that cannot be read says why."""
    try:
        kind = sniffing.kind_of(content)
        pages = _OPENERS[kind](name, content)
        found = _gather(pages, occasion)
    except Invalid as refusal:
        return [FileRead(name, problems=refusal.errors)]
    except HuiyinError as refusal:
        return [refused(name, refusal.message)]
    notes = [note for page in pages for note in page.notes]
    if PurePosixPath(name.lower()).suffix not in _ENDINGS[kind]:
        notes.append(_OTHER_NAME)
    told = _told(name, found, [FieldError("file", note) for note in notes])
    return [replace(file, shown=showing.plain(pages)) if file.forms else file for file in told]


def _told(name: str, found: _Gathered, notes: Sequence[FieldError]) -> list[FileRead]:
    kinds = [kind for kind, forms in found.forms.items() if forms]
    if not kinds:
        sentence = _ALL_BLANK if found.blank else _NO_FORM
        return [FileRead(name, problems=[FieldError("file", sentence), *notes])]
    if found.blank:
        notes = [*notes, FieldError("file", _BLANK_LEFT_OUT, {"count": found.blank})]
    return [FileRead(name, kind, [*notes, *found.problems[kind]], found.forms[kind]) for kind in kinds]


def _gather(pages: Sequence[Page], occasion: Occasion) -> _Gathered:
    found = _Gathered()
    for page in pages:
        rest: list[Block] = []
        for block in page.blocks:
            lists = columns.listings(block) if isinstance(block, Table) else []
            rest += [_above(block, lists)] if lists and isinstance(block, Table) else [block]
            told = _told_before(rest) if lists else {}
            for listing in lists:
                _add_list(listing, told, page, occasion, found)
        for sheet in scanning.sheets(rest):
            _add_sheet(sheet, page, occasion, found)
    if sum(map(len, found.forms.values())) > MOST_FORMS:
        raise Unreadable(N_("表太多，请分成几个文件再试"))
    return found


def _above(table: Table, lists: Sequence[columns.Listing]) -> Table:
    """What stands above the first list: there may be a form of another kind."""
    return replace(table, cells=[cell for cell in table.cells if cell.row < lists[0].head.row])


def _told_before(blocks: Sequence[Block]) -> dict[str, Found]:
    """Whose list it is, when a line above it says so."""
    sheets = scanning.sheets(blocks)
    if not sheets or _kind(sheets[-1].answers):
        return {}
    answers = sheets[-1].answers
    return {name: replace(answers[name], sure=0.75) for name in ("group", "visitors") if name in answers}


def _add_list(
    listing: columns.Listing, told: Mapping[str, Found], page: Page, occasion: Occasion, found: _Gathered
) -> None:
    kind = listing.head.kind
    rows: list[Form] = []
    for row in listing.rows:
        answers = {**told, **row.answers} if kind in ("register", "annex2") else row.answers
        form = building.form(kind, answers, occasion, _place(page, row.number))
        if row.is_total and kind == "annex3":
            found.problems[kind] += building.sums(rows, form)
        elif not row.is_total:
            rows.append(form)
    found.blank += not rows
    found.forms[kind] += rows


def _add_sheet(sheet: scanning.Sheet, page: Page, occasion: Occasion, found: _Gathered) -> None:
    kind = _kind(sheet.answers)
    if kind is None:
        return
    if building.is_blank(kind, sheet.answers):
        found.blank += 1
        return
    place = _place(page, sheet.row) if page.name else str(len(found.forms[kind]) + 1)
    found.forms[kind].append(building.form(kind, sheet.answers, occasion, place))


def _kind(answers: Mapping[str, Found]) -> str | None:
    """Two of an annex's own labels make it that annex; one alone may stand in any text."""
    visit, results = len(_VISIT & answers.keys()), len(_RESULTS & answers.keys())
    if max(visit, results) < 2:
        return None
    return "annex1" if visit >= results else "annex2"


def _place(page: Page, row: int) -> str:
    number = str(row) if row else ""
    return f"{page.name}!{number}" if page.name and number else page.name or number


def _word(_: str, content: bytes) -> list[Page]:
    return word.read(scan(content))


def _sheets(_: str, content: bytes) -> list[Page]:
    return sheets.read_new(scan(content))


def _old_sheets(_: str, content: bytes) -> list[Page]:
    return sheets.read_old(content)


def _text(name: str, content: bytes) -> list[Page]:
    return plain.read(content, is_table=not name.lower().endswith(".txt"))


def _not_here(_: str, content: bytes) -> list[Page]:
    raise Unreadable(N_("压缩包里还有压缩包，请先解开再上传"))


def _old_word(_: str, content: bytes) -> list[Page]:
    raise Unreadable(old_word.NOT_HERE)


_OPENERS: Final[Mapping[sniffing.Kind, Callable[[str, bytes], list[Page]]]] = {
    "word": _word,
    "sheets": _sheets,
    "old_sheets": _old_sheets,
    "old_word": _old_word,
    "text": _text,
    "archive": _not_here,
}
