"""Messages from another system as cases: id, title, time and body of each row; the other columns are left."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tracker.errors import FieldError, Invalid
from tracker.incoming import tables
from tracker.incoming.cases import ImportedCase
from tracker.incoming.schema import read as check
from tracker.incoming.tables import TableRow
from tracker.rules.clock import SHANGHAI
from tracker.rules.words import N_

COLUMNS = ("id", "title", "time", "body")
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")
SUMMARY = 80
_NAMES = {"summary": "title", "narrative": "body", "occurred_at": "time", "import_key": "id"}


def read(content: bytes, *, committee: str, area: str, now: datetime) -> list[ImportedCase]:
    """Every row as a case to register, or Invalid with each faulty row's number and column."""
    found: list[ImportedCase] = []
    faults: list[FieldError] = []
    rows = list(tables.read_csv(content, COLUMNS))
    for row in rows:
        try:
            found.append(_case(row, committee, area, now))
        except Invalid as refused:
            faults += [_at(row, fault) for fault in refused.errors]
    faults += _repeated(rows)
    if not rows:
        faults.append(FieldError("file", N_("文件里没有数据行")))
    if faults:
        raise Invalid(faults)
    return found


def _case(row: TableRow, committee: str, area: str, now: datetime) -> ImportedCase:
    title, body, key = (row.cells[name].strip() for name in ("title", "body", "id"))
    if not key:
        raise Invalid.one("import_key", N_("请填写这一项"))
    given = {
        # A title of one character says nothing; the story's beginning goes on from it.
        "summary": (title if len(title) > 1 else f"{title} {body}".strip())[:SUMMARY],
        "narrative": body,
        "area": area,
        "source": "import",
        "occurred_at": _moment(row.cells["time"], now),
        "import_key": f"{committee}:{key}",
    }
    return check(ImportedCase, given)


def _moment(text: str, now: datetime) -> datetime:
    """On the clock of Shanghai; what lies ahead was mistyped."""
    for form in TIMES:
        try:
            moment = datetime.strptime(text.strip(), form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
        if moment > now:
            raise Invalid.one("occurred_at", N_("时间晚于现在"))
        return moment
    raise Invalid.one("occurred_at", N_("请写成 2026-11-22 09:30:00 这样的时间"))


def _repeated(rows: list[TableRow]) -> Iterator[FieldError]:
    times = Counter(row.cells["id"].strip() for row in rows)
    for row in rows:
        if times[row.cells["id"].strip()] > 1:
            yield FieldError(f"{row.number}.id", N_("这个编号在文件里出现了不止一次"))


def _at(row: TableRow, fault: FieldError) -> FieldError:
    return replace(fault, field=f"{row.number}.{_NAMES.get(fault.field, fault.field)}")
