"""What a roster is compared with: a committee's units by every name, its people by login and by name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.models import Committee, OrgUnit, Person
from tracker.rules import permissions
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Known:
    """``units``: those in use by key, public id, name and short name; ``foreign`` logins are elsewhere's.

    ``taken``: logins that are somebody's, or that the roster gives to somebody.
    """

    code: str
    units: Mapping[str, Sequence[OrgUnit]]
    by_login: Mapping[str, Person]
    by_name: Mapping[str, Sequence[Person]]
    foreign: frozenset[str]
    taken: frozenset[str]


def known(actor: Actor, logins: Set[str]) -> Known:
    """For somebody who may change accounts; a few statements, however long the roster is."""
    permissions.require_any(actor, "person.edit")
    people = db.session.scalars(
        select(Person)
        .where(Person.committee_id == actor.committee_id)
        .options(selectinload(Person.posts), selectinload(Person.bridge_rows))
    ).all()
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[person.name].append(person)
    by_login = {person.login: person for person in people}
    code = db.session.get_one(Committee, actor.committee_id).code
    others = _others(logins, code, by_login.keys())
    foreign = others & logins
    return Known(code, _units(actor), by_login, by_name, foreign, others | logins | by_login.keys())


def _units(actor: Actor) -> dict[str, list[OrgUnit]]:
    found: dict[str, list[OrgUnit]] = defaultdict(list)
    query = select(OrgUnit).where(OrgUnit.committee_id == actor.committee_id, OrgUnit.is_active)
    for unit in db.session.scalars(query):
        for word in {unit.key, unit.public_id, unit.name, unit.short_name} - {""}:
            found[word].append(unit)
    return found


def _others(logins: Set[str], code: str, own: Set[str]) -> frozenset[str]:
    """Logins are unique in the whole installation: those of these, or of our series, that are elsewhere's."""
    alike = or_(Person.login.in_(logins - own), Person.login.startswith(f"{code}-", autoescape=True))
    return frozenset(db.session.scalars(select(Person.login).where(alike))) - own
