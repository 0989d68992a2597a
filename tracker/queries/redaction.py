"""What in a text would tell who the resident is: the detector, fed with the record's own names."""

from tracker.models import Case
from tracker.queries.residents import ResidentOf, identity
from tracker.rules import permissions, redaction
from tracker.rules.actors import Actor
from tracker.rules.redaction import Hit

# These never leave the office; the other kinds are marked and left to the person who confirms.
REFUSED = frozenset({"name", "phone", "id", "card", "mail", "account", "address"})


def hits(case: Case, text: str) -> list[Hit]:
    clear = identity(case)
    return redaction.find(
        text,
        own_names=tuple(filter(None, [clear.name])),
        own_addresses=tuple(filter(None, [clear.address])),
        own_phones=tuple(filter(None, [clear.phone])),
    )


def refused_in(case: Case, text: str) -> list[Hit]:
    return [hit for hit in hits(case, text) if hit.kind in REFUSED]


def suggestion(case: Case) -> str:
    """The narrative with everything found replaced by a word for its kind: where the clerk starts from."""
    return redaction.redact(case.narrative, hits(case, case.narrative))


def story_for(case: Case, actor: Actor) -> str:
    """The narrative as this actor may read it: as told for the raiser and the office, masked for the others.

    An accusation is read by so few that whoever may read it at all reads it whole. The caller has asked
    ``read_story`` before.
    """
    seen = ResidentOf(case)
    whole = permissions.may(actor, "read_own", seen) or permissions.may(actor, "reveal", seen)
    return case.narrative if whole or case.is_accusation else suggestion(case)
