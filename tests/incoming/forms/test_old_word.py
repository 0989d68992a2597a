"""An old .doc is turned into a .docx by LibreOffice, and refused with advice where there is none."""

import sys
from datetime import date
from pathlib import Path

import pytest

from tests.incoming.forms import specimens, xls
from tracker.incoming.forms.archives import Unreadable
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.old_word import as_docx
from tracker.incoming.forms.reader import Reader

OLD = xls.compound({"WordDocument": bytes(5000)})
# Stands in for the converter: takes the same words, does the last of them.
PROGRAM = """#!{python}
import pathlib, shutil, sys, time
{before}
assert "--headless" in sys.argv and pathlib.Path(sys.argv[-1]).read_bytes()[:4] == b"\\xd0\\xcf\\x11\\xe0"
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
shutil.copy({made!r}, folder / "form.docx")
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def _install(folder: Path, content: bytes, before: str = "") -> None:
    made = folder / "made.docx"
    made.write_bytes(content)
    program = folder / "soffice"
    program.write_text(PROGRAM.format(python=sys.executable, before=before, made=str(made)))
    program.chmod(0o755)


def test_without_a_converter_the_refusal_says_what_to_do(programs: Path) -> None:
    with Reader(Occasion(date(2026, 11, 22))) as reader:
        read = reader.read("登记表.doc", OLD)
    assert "另存为 .docx" in str(read[0].problems[0]) and not read[0].forms


def test_with_a_converter_the_form_is_read(programs: Path) -> None:
    form = specimens.official_sheet(specimens.Desk())
    _install(programs, form.content)
    with Reader(Occasion(date(2026, 11, 22), year=2026)) as reader:
        read = reader.read("登记表.doc", OLD)
    assert (read[0].name, read[0].kind, len(read[0].forms)) == ("登记表.doc", "annex1", 1)
    assert read[0].problems == []


def test_a_converter_that_fails_or_hangs_is_a_refusal(programs: Path) -> None:
    _install(programs, b"", before="sys.exit(1)")
    with pytest.raises(Unreadable, match="损坏"):
        as_docx(OLD)
    _install(programs, b"", before="time.sleep(60)")
    with pytest.raises(Unreadable, match="太长"):
        as_docx(OLD, seconds=0.5)
