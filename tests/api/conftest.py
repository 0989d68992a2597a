"""Programs that call, on a Monday morning."""

from collections.abc import Iterator

import pytest

from tests.api.caller import Calls
from tests.world import NOW, World
from tracker.extensions import clock


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def api(huiyin: World) -> Calls:
    return Calls(huiyin)


@pytest.fixture
def either_api(either: World) -> Calls:
    return Calls(either)
