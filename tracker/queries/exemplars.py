"""Exemplary marks, and what may get one."""

from dataclasses import dataclass

from sqlalchemy import select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Case, Exemplar, Submission, Visit
from tracker.queries import cases, submissions, visits
from tracker.rules.actors import Actor
from tracker.rules.words import N_

Markable = Visit | Submission | Case


@dataclass(frozen=True)
class MarkOf:
    """A visit, submission or case seen as something to be marked, for the rows named ``exemplar.*``."""

    thing: Markable
    noun: str = "exemplar"

    @property
    def committee_id(self) -> int:
        return self.thing.committee_id

    @property
    def group_id(self) -> int | None:
        return self.thing.group_id

    @property
    def doer_ids(self) -> frozenset[int]:
        """Whose example it would be; nobody makes one of oneself."""
        return frozenset({self.thing.owner_id}) | getattr(self.thing, "along_ids", frozenset())

    @property
    def is_accusation(self) -> bool:
        return self.thing.is_accusation


def thing(kind: str, ident: str, actor: Actor) -> Markable:
    """What this actor may read under that name, or NotFound."""
    if kind == "visit":
        return visits.get(ident, actor)
    return submissions.get(ident, actor) if kind == "submission" else cases.get(ident, actor)


def of(marked: Markable) -> Exemplar | None:
    """The mark it bears now."""
    column = getattr(Exemplar, f"{marked.noun}_id")
    return db.session.scalar(select(Exemplar).where(column == marked.id, Exemplar.ended_at.is_(None)))


def get(public_id: str, actor: Actor) -> Exemplar:
    found = db.session.scalar(
        select(Exemplar).where(
            Exemplar.public_id == public_id,
            Exemplar.committee_id == actor.committee_id,
            Exemplar.ended_at.is_(None),
        )
    )
    if found is None:
        raise NotFound(N_("没有这条典型标记"))
    return found
