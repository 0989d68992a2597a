"""The next number of a series: gap-free, because the row is locked until the number's owner is stored."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.actions.base import session
from tracker.models import Counter


def take(series: str, year: int) -> int:
    return take_many(series, year, 1)[0]


def take_many(series: str, year: int, count: int) -> range:
    """The next numbers of a series, one after the other."""
    query = select(Counter).where(Counter.series == series, Counter.year == year).with_for_update()
    counter = session().scalar(query)
    if counter is None:
        _open(series, year)
        counter = session().scalars(query).one()
    first = counter.last + 1
    counter.last += count
    session().flush()
    return range(first, first + count)


def _open(series: str, year: int) -> None:
    # Two first users of a year may meet here; the slower one goes on with the other's row.
    insert = sqlite.insert if session().get_bind().dialect.name == "sqlite" else postgresql.insert
    session().execute(insert(Counter).values(series=series, year=year, last=0).on_conflict_do_nothing())
