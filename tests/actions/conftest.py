"""What tests of actions share: a printer that costs nothing, and a look at everything that is stored."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from tests.printing import printing
from tests.world import World
from tracker.extensions import db
from tracker.models import Base


@pytest.fixture(autouse=True)
def printer() -> Iterator[None]:
    """Previews are drawn by tests of outgoing; here only what follows from one counts."""
    with printing():
        yield


def everything(world: World) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with world.reading():
        return {
            table.name: sorted(map(repr, db.session.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
            if table.name != "calendar_day"
        }
