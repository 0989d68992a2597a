"""What residents may know of members and the ways to them (S1-32), asked by nobody in particular.

Columns are chosen one by one: what is not named here cannot reach the page or the poster.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Committee, Membership, OrgUnit, Person, ReceptionDay, Workstation
from tracker.models.committee import GROUP_KINDS
from tracker.rules.words import N_

# The next few are enough for a page and a poster.
MOST_DAYS = 4


@dataclass(frozen=True)
class Coming:
    """A reception day to come."""

    day: date
    hours: str


@dataclass(frozen=True)
class Station:
    kind: str
    name: str
    unit: str
    place: str
    reception: str
    days: tuple[Coming, ...]


@dataclass(frozen=True)
class Group:
    """The members of one unit, by name and nothing else."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class ContactPage:
    code: str
    committee: str
    phone: str
    address: str
    stations: tuple[Station, ...]
    groups: tuple[Group, ...]
    is_hidden: bool


def opened() -> list[tuple[str, str]]:
    """Code and name of each committee whose page is open."""
    rows = db.session.execute(
        select(Committee.code, Committee.name, Committee.settings).order_by(Committee.id)
    )
    return [(row.code, row.name) for row in rows if (row.settings.get("contact") or {}).get("open")]


def page(code: str, today: date) -> ContactPage:
    """One committee's page; an unknown committee and a closed one are the same to whoever asks."""
    found = db.session.scalar(select(Committee).where(Committee.code == code))
    if found is None or not found.contact.get("open"):
        raise NotFound(N_("没有这个页面，请核对地址；也可以打电话问政协办公室"))
    return of(found, today)


def of(committee: Committee, today: date) -> ContactPage:
    """The page as it would be, open or not."""
    return ContactPage(
        committee.code,
        committee.name,
        committee.office_phone,
        committee.office_address,
        _stations(committee, today),
        _groups(committee) if committee.contact.get("members") else (),
        bool(committee.contact.get("hidden")),
    )


def in_use(committee: Committee) -> Sequence[Workstation]:
    """The workstations there are to decide about, unit by unit."""
    return db.session.scalars(
        select(Workstation)
        .join(Workstation.unit)
        .where(Workstation.committee_id == committee.id, Workstation.closed_on.is_(None))
        .order_by(OrgUnit.path, Workstation.id)
        .options(contains_eager(Workstation.unit))
    ).all()


def fingerprint(committee: Committee, stations: Sequence[Workstation]) -> str:
    """What has been decided, as a form was drawn from it; another value means that somebody decided since."""
    decided = [sorted(committee.contact.items()), [(row.id, row.is_published) for row in stations]]
    return sha256(repr(decided).encode()).hexdigest()[:32]


def _stations(committee: Committee, today: date) -> tuple[Station, ...]:
    rows = db.session.execute(
        select(
            Workstation.id,
            Workstation.kind,
            Workstation.name,
            OrgUnit.name.label("unit"),
            Workstation.place,
            Workstation.reception,
        )
        .join(OrgUnit, OrgUnit.id == Workstation.unit_id)
        .where(Workstation.committee_id == committee.id)
        .where(Workstation.is_published, Workstation.closed_on.is_(None))
        .order_by(OrgUnit.path, Workstation.id)
    ).all()
    days = _days([row.id for row in rows], today)
    return tuple(
        Station(row.kind, row.name, row.unit, row.place, row.reception, tuple(days[row.id][:MOST_DAYS]))
        for row in rows
    )


def _days(stations: list[int], today: date) -> dict[int, list[Coming]]:
    """The days to come of each, the nearest first."""
    rows = db.session.execute(
        select(ReceptionDay.workstation_id, ReceptionDay.held_on, ReceptionDay.hours)
        .where(ReceptionDay.workstation_id.in_(stations))
        .where(ReceptionDay.is_planned, ReceptionDay.held_on >= today)
        .order_by(ReceptionDay.held_on, ReceptionDay.id)
    )
    found = defaultdict(list)
    for row in rows:
        found[row.workstation_id].append(Coming(row.held_on, row.hours))
    return found


def _groups(committee: Committee) -> tuple[Group, ...]:
    """Members in office whom nobody left out, group by group."""
    rows = db.session.execute(
        select(OrgUnit.id, OrgUnit.name.label("unit"), Person.name)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(OrgUnit, OrgUnit.id == Membership.unit_id)
        .where(Person.committee_id == committee.id, Person.is_active, Person.is_listed)
        .where(Membership.role == "member", OrgUnit.is_active, OrgUnit.kind.in_(GROUP_KINDS))
        .order_by(OrgUnit.path, Person.id)
    ).all()
    return tuple(
        Group(name, tuple(row.name for row in members))
        for (_, name), members in groupby(rows, key=lambda row: (row.id, row.unit))
    )
