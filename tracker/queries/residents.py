"""Who is behind a case, masked unless it is one's own or was opened with a reason."""

from dataclasses import dataclass

from tracker.models import Case, ContactLink, Visit, vault
from tracker.rules import masking, permissions
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Identity:
    """Name, phone and address as somebody may read them; ``masked`` says that letters are hidden."""

    name: str
    phone: str
    address: str
    masked: bool
    consent_forward: bool
    consent_publish: bool
    is_anonymous: bool


def identity(case: Case | ContactLink | Visit) -> Identity:
    """In clear. Only for those whose own it is, for a recorded look, and for the office's letter."""
    resident = case.resident
    if resident is None:
        return Identity("", "", "", False, False, False, True)

    def field(column: str, sealed: bytes | None) -> str:
        return vault.unseal_text("resident", resident.id, column, sealed)

    return Identity(
        field("name", resident.name_sealed),
        field("phone", resident.phone_sealed),
        field("address", resident.address_sealed),
        False,
        resident.consent_forward,
        resident.consent_publish,
        resident.is_anonymous,
    )


def identity_for(case: Case | ContactLink | Visit, actor: Actor) -> Identity | None:
    """What this actor's page shows: in clear for the raiser, masked for the office, None for the others."""
    seen = ResidentOf(case)
    if permissions.may(actor, "read_own", seen):
        return identity(case)
    if permissions.may(actor, "read_masked", seen):
        return _masked(identity(case))
    return None


def _masked(clear: Identity) -> Identity:
    return Identity(
        masking.mask_name(clear.name),
        masking.mask_phone(clear.phone),
        masking.mask_address(clear.address),
        True,
        clear.consent_forward,
        clear.consent_publish,
        clear.is_anonymous,
    )


@dataclass(frozen=True)
class ResidentOf:
    """A case, a visit or a contact seen as its resident, for the permission rows named ``resident.*``."""

    case: Case | ContactLink | Visit
    noun: str = "resident"

    @property
    def committee_id(self) -> int:
        return self.case.committee_id

    @property
    def owner_id(self) -> int:
        return self.case.owner_id

    @property
    def group_id(self) -> int | None:
        return self.case.group_id

    @property
    def is_accusation(self) -> bool:
        return self.case.is_accusation

    @property
    def state(self) -> str:
        return self.case.state if isinstance(self.case, Case) else ""
