"""Broken and hostile files: a sentence each, soon, in little memory, and the reader goes on to the next."""

import os
import re
import time
from datetime import date
from pathlib import Path

import pytest

from tests.counted import Counted
from tests.incoming.forms import hostile, specimens
from tests.incoming.forms.writing import archive, csv_bytes
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead

OCCASION = Occasion(date(2026, 11, 22), year=2026)
SOON = 2.0
MEMORY_KB = 256_000
SENTENCE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff）]|[\u4e00-\u9fff]{3,}")
# Some bites hit nothing that matters: such a file is read, and read whole.
MAY_BE_READ = ("bitten.", "cut.xls", "bad.csv", "word.xls", "sheet.docx", "old.csv", "torn.zip", "flags.zip")


@pytest.mark.requirement("T29")
@pytest.mark.requirement("T30")
def test_every_hostile_file_gets_a_sentence_and_soon(counted: Counted) -> None:
    files = hostile.all_of_them()
    slowest, most, refused = 0.0, 0, 0
    with Reader(OCCASION) as reader:
        for name, content in files:
            began, before, used = time.process_time(), reader.pid, _seconds(reader.pid)
            read = reader.read(name, content)
            spent = _seconds(reader.pid) - (used if reader.pid == before else 0)
            slowest = max(slowest, spent + time.process_time() - began)
            most = max(most, _memory(reader.pid))
            assert read and all(_has_sentence(one) or one.forms for one in read), (name, read)
            refused += _refused(name, read)
    counted(
        f"{len(files)} broken or hostile files, {refused} refused with a sentence, the rest read or told of;"
        f" slowest {slowest:.1f} s of processor time, at most {most / 1024:.0f} MB"
    )
    assert len(files) >= 300 and refused >= 250
    assert slowest < SOON
    assert most < MEMORY_KB


def test_the_reading_process_cannot_take_more_memory_or_write_a_file() -> None:
    good = specimens.official_sheet(specimens.Desk())
    with Reader(OCCASION) as reader:
        reader.read(good.name, good.content)
        limits = Path(f"/proc/{reader.pid}/limits").read_text()
        environment = Path(f"/proc/{reader.pid}/environ").read_bytes()
    assert int(_limit(limits, "Max address space")) <= MEMORY_KB * 1000
    assert _limit(limits, "Max file size") == "0"
    assert environment == b""


def _limit(limits: str, name: str) -> str:
    return next(line for line in limits.splitlines() if line.startswith(name)).removeprefix(name).split()[0]


def _seconds(pid: int | None) -> float:
    """What a process has used since it began; one that was ended for it used no more than it was given."""
    if pid is None:
        return 0
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int | None) -> int:
    status = Path(f"/proc/{pid}/status").read_text() if pid else ""
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) if peak else 0


def _has_sentence(read: FileRead) -> bool:
    return any(SENTENCE.search(str(problem)) for problem in read.problems)


def _refused(name: str, read: list[FileRead]) -> bool:
    refused = all(not one.forms and one.kind == "unknown" for one in read)
    assert refused or name.startswith(MAY_BE_READ), (name, read)
    return refused


def test_one_bad_file_in_an_archive_does_not_spoil_the_others() -> None:
    good = specimens.official_sheet(specimens.Desk())
    files = {"1.docx": good.content, "2.docx": b"%PDF-1.4", "3.docx": good.content}
    with Reader(OCCASION) as reader:
        read = reader.read("all.zip", archive(files))
    assert [(one.name, one.kind, len(one.forms)) for one in read] == [
        ("all.zip/1.docx", "annex1", 1),
        ("all.zip/2.docx", "unknown", 0),
        ("all.zip/3.docx", "annex1", 1),
    ]


def test_a_reader_whose_process_died_reads_on() -> None:
    good = specimens.official_sheet(specimens.Desk())
    rows, _ = specimens.register(specimens.Desk(), 1500)
    with Reader(OCCASION, seconds=0.01, seconds_each_mib=0) as reader:
        assert "中止" in str(reader.read("a.csv", csv_bytes(rows, "utf-8"))[0].problems[0])
        reader.seconds = 5
        assert reader.read(good.name, good.content)[0].kind == "annex1"


def test_clutter_of_other_systems_is_passed_over() -> None:
    clutter = {"__MACOSX/._1.docx": b"x", ".DS_Store": b"x", "~$1.docx": b"x", "Thumbs.db": b"x"}
    with Reader(OCCASION) as reader:
        assert "空的" in str(reader.read("all.zip", archive(clutter))[0].problems[0])


@pytest.mark.requirement("T25")
def test_a_name_keeps_nothing_invisible_or_turned_around() -> None:
    with Reader(OCCASION) as reader:
        assert reader.read("登记\u202exslx.\x00docx\n", b"%PDF-1.4")[0].name == "登记xslx.docx"
