"""What in a text would tell who the resident is: the detector, fed with the record's own names."""

from collections.abc import Iterable

from tracker.models import Case, Visit
from tracker.queries.residents import ResidentOf, identity
from tracker.rules import permissions, publishing, redaction
from tracker.rules.actors import Actor
from tracker.rules.redaction import Hit

# These never leave the office; the other kinds are marked and left to the person who confirms.
REFUSED = frozenset({"name", "phone", "id", "card", "mail", "account", "address"})
# What stands where a visit's words are an accusation's: nothing, for any mark would tell that there is one.
WITHHELD = ""


def hits(case: Case, text: str) -> list[Hit]:
    return find_of([case], text)


def find_of(sources: Iterable[Case | Visit], text: str) -> list[Hit]:
    """What in a text would tell the residents of any of these records."""
    known = [identity(source) for source in sources]
    return redaction.find(
        text,
        own_names=tuple(one.name for one in known if one.name),
        own_addresses=tuple(one.address for one in known if one.address),
        own_phones=tuple(one.phone for one in known if one.phone),
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


def heard_for(visit: Visit, text: str, actor: Actor) -> str:
    """Words of a visit as this actor may read them: as told for its member and the office, else masked."""
    seen = ResidentOf(visit)
    if permissions.may(actor, "read_own", seen):
        return text
    if permissions.may(actor, "reveal", seen) and not is_withheld(visit, actor):
        return text
    return passed_on(visit, text, actor)


def passed_on(visit: Visit, text: str, actor: Actor) -> str:
    """The same for a paper that others will read: masked for everybody.

    Somebody may be named of whom there is no record; whatever reads like a name is masked with the rest.
    """
    if is_withheld(visit, actor):
        return WITHHELD
    return redaction.redact(text, [*find_of([visit, *visit.cases], text), *publishing.suspects(text)])


def is_withheld(visit: Visit, actor: Actor) -> bool:
    """Where an accusation was heard, its own few read what was said (Petition Regulation art. 30)."""
    if visit.member_id == actor.person_id:
        return False
    return any(case.is_accusation and not permissions.may(actor, "read_story", case) for case in visit.cases)
