"""flask digests send: for cron, every day, without ever sending a period twice by itself (S1-47)."""

import pytest

from tests.cli.conftest import Run, answer, refused
from tests.world import World

pytestmark = pytest.mark.requirement("S1-47")


def test_a_period_comes_by_itself_once(huiyin: World, run: Run) -> None:
    given = ("digests", "send", "--period", "month", "--on", "2026-10-31")
    assert answer(run(*given, "--json"))["sent"] == ["xs", "dt"]
    assert "这一期已经送过：2026-10-01—2026-10-31" in run(*given).stdout
    assert answer(run(*given, "--again", "--committee", "dt", "--json"))["sent"] == ["dt"]


def test_without_a_day_it_is_the_last_one_that_is_over(huiyin: World, run: Run) -> None:
    assert "已送出" in run("digests", "send").stdout


def test_a_committee_that_is_not_there_is_refused(huiyin: World, run: Run) -> None:
    assert "没有这个代码的政协委员会" in refused(run("digests", "send", "--committee", "nowhere"))
