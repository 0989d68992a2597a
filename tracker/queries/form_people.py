"""What filled forms are compared with: the committee's members by name, and the visits there are already."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Membership, OrgUnit, Person, Resident, Submission, Visit, Visitor, vault
from tracker.queries.form_imports import chunks
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Member:
    """``groups``: unit and its name, the lowest first, which is the one that counts elsewhere too."""

    id: int
    public_id: str
    name: str
    groups: tuple[tuple[int, str], ...]

    def group_named(self, text: str) -> int:
        """The group a form names, when the member is in it, else the usual one."""
        return next((unit for unit, name in self.groups if is_called(name, text)), self.groups[0][0])


@dataclass(frozen=True)
class Roll:
    """Every member in use, to be found by name or by public id."""

    by_token: Mapping[str, Member]
    by_name: Mapping[str, Sequence[Member]]

    def find(self, text: str, group: str) -> Sequence[Member]:
        """Whom a name may mean: of several those of the group that the form names, if there are any."""
        if text in self.by_token:
            return [self.by_token[text]]
        found = self.by_name.get(folded(text), ())
        if len(found) < 2 or not group:
            return found
        inside = [one for one in found if any(is_called(name, group) for _, name in one.groups)]
        return inside or found


def roll(actor: Actor) -> Roll:
    query = (
        select(
            Person.id, Person.public_id, Person.name, OrgUnit.id.label("unit"), OrgUnit.name.label("group")
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgUnit, OrgUnit.id == Membership.unit_id)
        .where(Person.committee_id == actor.committee_id, Membership.role == "member", Person.is_active)
        .order_by(OrgUnit.path, Person.name, Person.id)
    )
    units: dict[tuple[int, str, str], list[tuple[int, str]]] = defaultdict(list)
    for row in db.session.execute(query):
        units[row.id, row.public_id, row.name].append((row.unit, row.group))
    members = [Member(*who, tuple(sorted(groups))) for who, groups in units.items()]
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_name[folded(member.name)].append(member)
    return Roll({member.public_id: member for member in members}, by_name)


def folded(text: str) -> str:
    """A name as it is compared: without blanks and dots, full width or not."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if not char.isspace() and char not in "·•.")


def is_called(name: str, text: str) -> bool:
    """Whether a unit is the one a form names; people leave words out at either end."""
    known, given = folded(name), folded(text)
    return bool(given) and (known == given or (len(given) >= 2 and (given in known or known in given)))


# Who, when, whom: the same three are the same visit.
Key = tuple[int, date, str]


def visits_of(actor: Actor, keys: Iterable[Key]) -> dict[Key, str]:
    """Which of these visits are known: key → the visit's public id."""
    wanted = set(keys)
    if not wanted:
        return {}
    found: dict[Key, str] = {}
    days = [day for _, day, _ in wanted]
    people = sorted({person for person, _, _ in wanted})
    for some in chunks(people):
        found |= _known(actor, some, min(days), max(days), wanted)
    return found


def _known(actor: Actor, people: Sequence[int], first: date, last: date, wanted: Set[Key]) -> dict[Key, str]:
    query = (
        select(
            Visitor.person_id,
            Visit.visited_on,
            Visit.public_id,
            Visit.reported,
            Resident.id,
            Resident.name_sealed,
        )
        .join(Visit, Visit.id == Visitor.visit_id)
        .outerjoin(Resident, Resident.id == Visit.resident_id)
        .where(
            Visit.committee_id == actor.committee_id,
            Visitor.person_id.in_(people),
            Visit.visited_on >= first,
            Visit.visited_on <= last,
        )
        .order_by(Visit.id)
    )
    days = {(person, day) for person, day, _ in wanted}
    found: dict[Key, str] = {}
    for person, day, public_id, reported, resident, name in db.session.execute(query):
        if (person, day) not in days:
            continue
        contact = vault.unseal_text("resident", resident, "name", name) if name else ""
        for whom in known_as(contact, reported):
            found.setdefault((person, day, whom), public_id)
    return {key: public_id for key, public_id in found.items() if key in wanted}


def asked_as(contact: str, reported: str) -> tuple[str, ...]:
    """By what a form's visit is looked for. Whoever is not named is known by what they said."""
    said = folded(reported)
    return (folded(contact), f"?{said}") if folded(contact) else (f"={said}",)


def known_as(contact: str, reported: str) -> tuple[str, ...]:
    """By what a visit that is known is found."""
    said = folded(reported)
    return (folded(contact), f"={said}") if folded(contact) else (f"={said}", f"?{said}")


def submissions_of(pairs: Set[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """What these members handed in under these keys: pair → the submission's public id."""
    found: dict[tuple[int, str], str] = {}
    for some in chunks(sorted({key for _, key in pairs})):
        query = select(Submission.member_id, Submission.client_id, Submission.public_id)
        for member, key, public_id in db.session.execute(query.where(Submission.client_id.in_(some))):
            if key and (member, key) in pairs:
                found[member, key] = public_id
    return found
