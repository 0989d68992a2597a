"""What the tests counted, told at the end of the run, and the long ones first when the long tier runs.

A test asks for ``counted`` and says in a line what it saw: ``counted("1,000 rounds, one winner in each")``.
"""

import os
from collections.abc import Callable, Iterator

import pytest

NAME = "counted"
Counted = Callable[[str], None]


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Counted:
    """Kept with the test's report, so that it also arrives from the processes of pytest-xdist."""
    return lambda line: request.node.user_properties.append((NAME, line))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = list(_lines(terminalreporter))
    if lines:
        terminalreporter.section(NAME)
        for line in lines:
            terminalreporter.write_line(line)


def _lines(terminal: pytest.TerminalReporter) -> Iterator[str]:
    done = [*terminal.stats.get("passed", ()), *terminal.stats.get("failed", ())]
    for report in sorted(done, key=lambda report: report.nodeid):
        for name, line in report.user_properties:
            if name == NAME:
                failed = "FAILED " if report.failed else ""
                yield f"{report.duration:6.0f} s  {failed}{_title(report.nodeid)}: {line}"


def _title(nodeid: str) -> str:
    file, _, test = nodeid.partition("::")
    return f"{file.removeprefix('tests/').removesuffix('.py')}{test[test.find('[') :] if '[' in test else ''}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the tests of the long tier out like cards, the longest first; else begin with the journeys.

    pytest-xdist cuts the list into one piece for each worker, and only what waits can change hands later:
    journeys at the end would leave one worker alone with them, behind a second service and browser.
    """
    if os.environ.get("HUIYIN_TIER") == "gate":
        hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        items.sort(key=_seconds, reverse=True)
        items[:] = [item for first in range(hands) for item in items[first::hands]]
    else:
        items.sort(key=lambda item: item.get_closest_marker("journey") is None)


def _seconds(item: pytest.Item) -> float:
    mark = item.get_closest_marker("gate")
    return float(mark.kwargs.get("seconds", 0)) if mark else 0
