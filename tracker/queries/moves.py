"""One rule for every entrance: which moves are open to this actor now, and what each still lacks."""

from dataclasses import dataclass
from typing import Any

from tracker.errors import Conflict
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from workflows import assignment, booklet, case, group_report, invitee, letter, submission
from workflows.rulebook import OpenMove, Rulebook

RULEBOOKS: dict[str, Rulebook] = {
    "case": case.CASE,
    "assignment": assignment.ASSIGNMENT,
    "letter": letter.LETTER,
    "group_report": group_report.GROUP_REPORT,
    "booklet": booklet.BOOKLET,
    "invitee": invitee.INVITEE,
    **submission.BOOKS,
}
WORDS = (
    case.MISSING
    | assignment.MISSING
    | letter.MISSING
    | booklet.MISSING
    | invitee.MISSING
    | submission.MISSING
    | {
        "another_person": N_("起草人不能签发自己的函，请另一位负责人签发"),
        "another_reader": N_("要由没有参加编辑、也没有审核过的人来办"),
        "another_approver": N_("提出邀请的人不能自己审核，请另一位负责人审核"),
        "another_signer": N_("核稿人不能签发自己核的稿，请另一位负责人签发"),
    }
)

# Whose own work nobody may sign, in the words of each noun.
_ANOTHER = {"submission": "another_signer", "booklet": "another_reader", "invitee": "another_approver"}


@dataclass(frozen=True)
class MoveView:
    """A move as an entrance shows it.

    ``missing`` holds needs by name, empty = it may be made now; ``brings`` those that are not met yet but
    come with the move's own input.
    """

    name: str
    variant: str | None
    label: str
    missing: tuple[str, ...]
    primary: bool
    brings: tuple[str, ...] = ()

    @property
    def enabled(self) -> bool:
        return not self.missing

    @property
    def reasons(self) -> list[str]:
        """Chinese msgids of what is missing."""
        return [WORDS[need] for need in self.missing]


def book_of(thing: Any) -> Rulebook:
    """The rulebook a thing lives by: one a noun, or one a kind where the thing says so."""
    return RULEBOOKS[getattr(thing, "life", thing.noun)]


def moves_for(thing: Any, actor: Actor) -> list[MoveView]:
    """Every move the actor's role may make from here; moves not for this role are left out."""
    found = []
    for entry in book_of(thing).open_from(thing):
        if entry.move.by_system:
            continue
        if permissions.may(actor, entry.permission, thing):
            found.append(_view(entry, entry.barred_by))
        elif _is_only_excluded(actor, entry.permission, thing):
            found.append(_view(entry, (*entry.barred_by, _ANOTHER.get(thing.noun, "another_person"))))
    return found


def is_open(thing: Any, name: str, actor: Actor) -> bool:
    """Whether the move starts from here and is the actor's to make, whatever it still lacks."""
    return any(view.name == name for view in moves_for(thing, actor))


def _is_only_excluded(actor: Actor, verb: str, thing: Any) -> bool:
    """The role may, this person may not."""
    question = f"{thing.noun}.{verb}"
    return permissions.may_any(actor, question) and permissions.excluded(actor, verb, thing)


def find(thing: Any, name: str, variant: str | None = None) -> OpenMove:
    """The open row behind a name; Conflict when it does not start from here.

    Without a variant the rows of that name must leave no choice.
    """
    rows = [row for row in book_of(thing).open_from(thing) if row.name == name]
    if variant is not None:
        rows = [row for row in rows if row.move.variant == variant]
    rows = [row for row in rows if not row.move.by_system] or rows
    if len(rows) != 1:
        raise Conflict(N_("现在的状态不能这样办，请刷新后再看"), version=thing.version)
    return rows[0]


def _view(entry: OpenMove, missing: tuple[str, ...]) -> MoveView:
    brings = tuple(need for need in entry.missing if need in entry.move.gives)
    return MoveView(entry.name, entry.move.variant, entry.label, missing, entry.move.primary, brings)
