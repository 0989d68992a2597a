"""Members who go on a visit together: one of them writes it down."""

from typing import Any

from sqlalchemy import select

from tests.first_steps import step
from tests.world import World
from tracker.extensions import db
from tracker.models import Person

HEARD: dict[str, Any] = {
    "summary": "楼道灯坏了",
    "narrative": "楼道灯坏了三个月，一直没人修。",
    "area": "0101",
    "source": "visit",
    "resident": {},
}


def ids(world: World, *logins: str) -> list[str]:
    """Public ids of members, by login."""
    with world.reading():
        named = [login if "-" in login else f"{world.committee}-{login}" for login in logins]
        found = {
            person.login: person.public_id
            for person in db.session.scalars(select(Person).where(Person.login.in_(named)))
        }
        return [found[login] for login in named]


@step
def together(world: World, *, by: str = "member", along: tuple[str, ...] = ("member2",), **told: Any) -> str:
    """The public id of a visit ``by`` wrote down and the others went on as well."""
    return world.visited(by=by, visitors=ids(world, *along), **told)
