"""What every test of the commands says: run one as the shell would, look at what it printed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import Result

from tests.world import World

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def chinese_shell() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            patched.delenv(name, raising=False)
        yield


@pytest.fixture
def run(huiyin: World) -> Run:
    runner = huiyin.app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


def answer(result: Result) -> Any:
    """What a program reads, after a success."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    """The reason a person reads; nothing was printed as a result, and no traceback."""
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output and result.stdout == ""
    return result.stderr.strip()
