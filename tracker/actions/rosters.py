"""A roster becomes accounts: new people are invited, known ones follow it, a second time changes nothing."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tracker.actions import diary, people
from tracker.actions.base import action, session
from tracker.errors import FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.people import PersonEdit, PostIn
from tracker.incoming.rosters import Entry
from tracker.models import Invitation, Membership, OrgUnit, Person
from tracker.models.base import new_public_id
from tracker.queries import rosters
from tracker.queries.rosters import Known
from tracker.rules import permissions, tokens
from tracker.rules.actors import Actor, zone_of
from tracker.rules.words import N_


class Invited(NamedTuple):
    """``token`` is told once; a password is set with it."""

    login: str
    name: str
    token: str


class Taken(NamedTuple):
    changed: int
    unchanged: int
    invited: list[Invited]


@dataclass
class _Wanted:
    """One person of the roster, from one row or several: a row a post."""

    entries: list[Entry]
    person: Person | None
    posts: dict[tuple[int, str], OrgUnit] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.entries[0].row.name

    def last(self, name: str) -> Any:
        """What the last row that says something about it says."""
        said = [value for entry in self.entries if (value := getattr(entry.row, name)) is not None]
        return said[-1] if said else None


@action
def store(entries: Sequence[Entry], *, by: Actor) -> Taken:
    """The whole roster, or Invalid with each faulty row. A role's posts become those of the roster; posts in
    other roles, and people the roster does not name, stay as they are."""
    known = rosters.known(by, {entry.row.login for entry in entries if entry.row.login})
    faults: list[FieldError] = []
    wanted = _people(entries, known, faults)
    if faults:
        raise Invalid(faults)
    changed = sum(_follow(one, one.person, by) for one in wanted if one.person)
    new = [one for one in wanted if one.person is None]
    invited = _add(new, known, by) if new else []
    return Taken(changed, len(wanted) - len(new) - changed, invited)


def _people(entries: Sequence[Entry], known: Known, faults: list[FieldError]) -> list[_Wanted]:
    """Rows of one login, or of one name in one unit, are one person."""
    found: dict[tuple[str, ...], _Wanted] = {}
    for entry in entries:
        unit = _unit(entry, known, faults)
        if unit is None:
            continue
        row = entry.row
        key = (row.login,) if row.login else (row.name, str(unit.id))
        one = found.setdefault(key, _Wanted([], None))
        one.entries.append(entry)
        if (unit.id, row.role) in one.posts:
            faults.append(entry.fault("name", N_("同一单位有同名的人，请填登录名来区分")))
        one.posts[unit.id, row.role] = unit
    for one in found.values():
        one.person = _known_person(one, known, faults)
        faults += _contradictions(one, known)
    return list(found.values())


def _unit(entry: Entry, known: Known, faults: list[FieldError]) -> OrgUnit | None:
    units = known.units.get(entry.row.unit, ())
    if len(units) == 1:
        return units[0]
    unknown, several = N_("没有这个单位，请从单位列表中选"), N_("有几个单位叫这个名字，请写单位的代码")
    faults.append(entry.fault("unit", several if units else unknown))
    return None


def _known_person(one: _Wanted, known: Known, faults: list[FieldError]) -> Person | None:
    login = one.entries[0].row.login
    if login:
        return known.by_login.get(login)
    units = {unit for unit, _ in one.posts}
    same = [
        person
        for person in known.by_name.get(one.name, ())
        if units & {post.unit_id for post in person.posts}
    ]
    if len(same) > 1:
        faults.append(one.entries[0].fault("name", N_("同一单位有同名的人，请填登录名来区分")))
    return same[0] if same else None


def _contradictions(one: _Wanted, known: Known) -> Iterator[FieldError]:
    first = one.entries[0]
    if first.row.login in known.foreign:
        yield first.fault("login", N_("这个登录名已经有人用了"))
    for entry in one.entries[1:]:
        if entry.row.name != one.name:
            yield entry.fault("name", N_("同一个登录名写了不同的姓名"))
    roles = {role for _, role in _all_posts(one)}
    if zone_of(roles) is None:
        yield first.fault("role", N_("一个账号只能在一个区域任职；跨区域请另开账号"))
    if one.last("level") and "member" not in roles:
        yield first.fault("level", N_("只有委员才有层级"))
    if one.last("bridges") and "member" not in roles:
        yield first.fault("bridges", N_("只有委员才有桥梁身份"))


def _all_posts(one: _Wanted) -> set[tuple[int, str]]:
    """Those of the roster, and those the person holds in roles it does not speak of."""
    told = {role for _, role in one.posts}
    held = one.person.posts if one.person else []
    return set(one.posts) | {(post.unit_id, post.role) for post in held if post.role not in told}


def _follow(one: _Wanted, person: Person, by: Actor) -> bool:
    """Whether anything had to be changed. An account out of use stays out of use."""
    told = {name: one.last(name) for name in ("title", "level", "email", "bridges")} | {"name": one.name}
    changes: dict[str, Any] = {
        name: value for name, value in told.items() if value is not None and value != getattr(person, name)
    }
    wanted = _all_posts(one)
    if wanted != {(post.unit_id, post.role) for post in person.posts}:
        changes["posts"] = list(_as_posts(wanted, one, person))
    if changes:
        people.edit(person, PersonEdit(**changes), by=by)
    return bool(changes)


def _as_posts(wanted: set[tuple[int, str]], one: _Wanted, person: Person) -> Iterator[PostIn]:
    units = {post.unit_id: post.unit for post in person.posts} | {
        unit.id: unit for unit in one.posts.values()
    }
    for unit, role in sorted(wanted):
        yield PostIn(role=role, unit=units[unit].public_id)  # type: ignore[arg-type]


def _add(new: Sequence[_Wanted], known: Known, by: Actor) -> list[Invited]:
    """What actions.people.add and invite do for one, done for all: one flush, one seal of the diary each."""
    logins = _free_logins(known)
    made = [_person(one, one.entries[0].row.login or next(logins), by) for one in new]
    for person in made:
        permissions.require(by, "edit", person)
    session().add_all(made)
    posts = [{"posts": sorted([role, unit] for unit, role in one.posts)} for one in new]
    diary.write_many(made, "add_person", by=by, data=posts)
    invited = [Invited(person.login, person.name, secrets.token_urlsafe(32)) for person in made]
    session().add_all(
        Invitation(
            token_hash=tokens.digest(one.token),
            person_id=person.id,
            created_at=clock(),
            expires_at=clock() + people.INVITATION_VALID,
        )
        for one, person in zip(invited, made, strict=True)
    )
    diary.write_many(made, "invite", by=by)
    return invited


def _person(one: _Wanted, login: str, by: Actor) -> Person:
    return Person(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        login=login,
        name=one.name,
        title=one.last("title") or "",
        level=one.last("level"),
        email=one.last("email") or "",
        bridges=one.last("bridges") or [],
        posts=[Membership(unit_id=unit, role=role) for unit, role in sorted(one.posts)],
    )


def _free_logins(known: Known) -> Iterator[str]:
    """xs-0001, xs-0002, …: a Chinese name is no login, and two people may share one."""
    number = 0
    while True:
        number += 1
        login = f"{known.code}-{number:04}"
        if login not in known.taken:
            yield login
