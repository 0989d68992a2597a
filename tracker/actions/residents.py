"""The resident behind a case: stored sealed, opened only with a reason and a row that says so."""

from dataclasses import dataclass

from sqlalchemy import func, select

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import TooMany
from tracker.extensions import clock
from tracker.incoming.cases import ResidentIn, RevealIn
from tracker.models import Case, IdentityView, Person, Resident, vault
from tracker.models.resident import SEALED, new_resident_id
from tracker.queries.residents import Identity, ResidentOf, identity
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_midnight
from tracker.rules.words import N_

LOOKS_A_DAY = 50


@dataclass(frozen=True)
class Look:
    """An opened identity and the row that recorded it."""

    identity: Identity
    view: IdentityView


@action
def register(given: ResidentIn, *, by: Actor) -> Resident:
    resident = new(given, by=by)
    session().add(resident)
    return resident


@action
def correct(resident: Resident | None, given: ResidentIn, *, by: Actor) -> Resident:
    """Other words for the same person; cases of an imported form, and looks, go on pointing there."""
    if resident is None:
        return register(given, by=by)
    _write(resident, given)
    return resident


def new(given: ResidentIn, *, by: Actor) -> Resident:
    """A sealed resident; the row's id is made before sealing, because the seal is bound to it."""
    resident = Resident(id=new_resident_id(), committee_id=by.committee_id, created_by_id=by.person_id)
    _write(resident, given)
    return resident


def _write(resident: Resident, given: ResidentIn) -> None:
    for name in SEALED:
        sealed = vault.seal_text("resident", resident.id, name, getattr(given, name))
        setattr(resident, f"{name}_sealed", sealed)
    resident.phone_index = vault.phone_index(given.phone) if given.phone else None
    resident.consent_process = given.consent_process
    resident.consent_forward = given.consent_forward
    resident.consent_publish = given.consent_publish


@action
def reveal(case: Case, given: RevealIn, *, by: Actor) -> Look:
    """Open the identity for one person, once; reason and look are recorded in the same transaction."""
    permissions.require(by, "reveal", ResidentOf(case))
    _check_cap(by)
    view = IdentityView(
        committee_id=case.committee_id,
        person_id=by.person_id,
        resident_id=case.resident_id,
        case_id=case.id,
        reason=given.reason,
    )
    session().add(view)
    diary.write(case, "reveal", by=by, note=given.reason, notify=False)
    return Look(identity(case), view)


@action
def pass_on_name(resident: Resident, *, by: Actor, reason: str) -> ResidentIn:
    """A name in clear for another paper on which the person agreed to stand; recorded like any look."""
    _check_cap(by)
    session().add(
        IdentityView(
            committee_id=resident.committee_id,
            person_id=by.person_id,
            resident_id=resident.id,
            reason=reason,
        )
    )
    name = vault.unseal_text("resident", resident.id, "name", resident.name_sealed)
    return ResidentIn(name=name, consent_process=True)


def _check_cap(by: Actor) -> None:
    # One look at a time, or two at once would both be the fiftieth.
    lock(session().get_one(Person, by.id))
    today = shanghai_midnight(clock())
    looks = (
        session().scalar(
            select(func.count()).where(IdentityView.person_id == by.id, IdentityView.created_at >= today)
        )
        or 0
    )
    if looks >= LOOKS_A_DAY:
        raise TooMany(N_("今天查看群众信息已达 50 次，请明天再看或请负责人查看"), retry_after=3600)
