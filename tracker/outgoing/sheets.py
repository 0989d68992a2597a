"""Lists as files that a spreadsheet opens as they are and never as formulas (T31)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from tracker.outgoing.plain_text import INVISIBLE

# A spreadsheet reads what begins so as a formula, full-width and small forms included; so may a careless
# import that cuts a cell at a separator.
_FORMULA = re.compile(r"(^|[,;|])([\s\"']*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def safe(text: str) -> str:
    """The text on one line, marked as text wherever a spreadsheet might calculate it.

    What cannot be seen goes first: a program that drops it would lay the sign bare.
    """
    return _FORMULA.sub(r"\1\2'", INVISIBLE.sub("", _BREAKS.sub(" ", text)))


def calculates(text: str) -> bool:
    """Whether a spreadsheet might calculate this, or a line or piece of it."""
    return _FORMULA.search(_BREAKS.sub(",", text)) is not None


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at the beginning, so that an office program reads Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe(head) for head in heads])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
