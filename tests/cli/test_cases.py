"""Importing a list: whole or not at all, once, and quickly."""

import csv
import io
import os
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.extensions import db
from tracker.models import Case

FULL = os.environ.get("HUIYIN_TIER") == "gate"
ROWS = 2000 if FULL else 200


def table(count: int, **changes: str) -> bytes:
    """Rows in the shape other systems export; ``changes`` go to the last one."""
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", "user", "title", "time", "body", "likes", "dislikes"])
    writer.writeheader()
    for number in range(count):
        row = {
            "id": str(number),
            "user": f"A{number}",
            "title": f"第{number}号路口信号灯不亮",
            "time": "2019-03-04 05:06:07",
            "body": f"第{number}号路口的信号灯已经连续一周不亮，早晚高峰很危险。" * 12,
            "likes": "0",
            "dislikes": "1",
        }
        writer.writerow(row | (changes if number == count - 1 else {}))
    return text.getvalue().encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "messages.csv"
    path.write_bytes(table(5))
    return path


def cases(world: World) -> int:
    with world.reading():
        return db.session.query(Case).count()


def test_a_list_is_imported_once(huiyin: World, run: Run, file: Path) -> None:
    given = ("cases", "import", file, "--committee", "xs", "--by", "xs-clerk", "--json")
    assert answer(run(*given)) == {"added": 5, "known": 0}
    assert answer(run(*given)) == {"added": 0, "known": 5}
    assert "已有 5 件" in run(*given[:-1]).stdout
    with huiyin.reading():
        case = db.session.query(Case).order_by(Case.id).first()
        assert case and (case.source, case.area and case.area.code) == ("import", "01")
        assert case.occurred_at and case.occurred_at.isoformat() == "2019-03-03T21:06:07+00:00"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_arrive_whole(huiyin: World, run: Run, file: Path, encoding: str) -> None:
    file.write_bytes(table(2).decode().encode(encoding))
    run("cases", "import", file, "--committee", "xs", "--by", "xs-member", "--area", "0101")
    with huiyin.reading():
        assert {case.summary for case in db.session.query(Case)} == {
            "第0号路口信号灯不亮",
            "第1号路口信号灯不亮",
        }


def test_one_faulty_row_stores_nothing_and_is_named(huiyin: World, run: Run, file: Path) -> None:
    file.write_bytes(table(5, time="昨天", body=""))
    reason = refused(run("cases", "import", file, "--committee", "xs", "--by", "xs-clerk"))
    assert reason.startswith("6.time: ") and cases(huiyin) == 0


def test_refusals_name_what_is_wrong(huiyin: World, run: Run, file: Path) -> None:
    given = ("cases", "import", file, "--committee", "xs")
    assert "没有这个账号" in refused(run(*given, "--by", "nobody"))
    assert "没有这个账号" in refused(run(*given, "--by", "dt-clerk"))
    assert "岗位" in refused(run(*given, "--by", "xs-auditor"))
    assert "area" in refused(run(*given, "--by", "xs-clerk", "--area", "9999"))
    file.write_bytes(b"id;title\n1;x\n")
    assert "缺少这些列" in refused(run(*given, "--by", "xs-clerk"))
    file.write_bytes(b"\xff\xfe\x00")
    assert "编码" in refused(run(*given, "--by", "xs-clerk"))
    assert cases(huiyin) == 0


def test_misuse_is_told_apart(run: Run, file: Path) -> None:
    assert run("cases", "import", "missing.csv", "--by", "xs-clerk").exit_code == 2
    assert run("cases", "import", file).exit_code == 2


@pytest.mark.gate(seconds=30)
def test_two_thousand_rows_take_less_than_a_minute(huiyin: World, run: Run, file: Path) -> None:
    file.write_bytes(table(ROWS))
    started = time.monotonic()
    result = run("cases", "import", file, "--committee", "xs", "--by", "xs-clerk", "--json")
    took = time.monotonic() - started
    assert answer(result)["added"] == ROWS and f"{ROWS} / {ROWS}" in result.stderr
    assert took < 60
    print(f"\n{ROWS} rows in {took:.1f} s")
