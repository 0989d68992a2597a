"""The director replaces the rules of work; nothing that was in force is ever overwritten (S1-43)."""

from tracker.actions import diary
from tracker.actions.base import CHANGED, action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.incoming.work_rules import WorkRulesIn
from tracker.models import Committee, WorkRules
from tracker.queries import reference, work_rules
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def replace(given: WorkRulesIn, *, by: Actor, expect: int | None = None) -> WorkRules:
    """``expect`` is the number of the version the new one was written from, 0 where there was none."""
    permissions.require_any(by, "work_rules.edit")
    # Two who write at once would both give the next number.
    lock(reference.committee(by))
    before = work_rules.in_force(by)
    if expect is not None and expect != (before.number if before else 0):
        raise Conflict(CHANGED)
    text = "\n".join(line.rstrip() for line in given.text.splitlines())
    if before and before.text == text:
        raise Invalid.one("text", N_("没有改动"))
    made = _next(by.committee_id, text, before)
    made.why, made.author_id = given.why, by.person_id
    session().add(made)
    diary.write(made, "replace", by=by, data={"number": made.number}, notify=False)
    return made


def first(committee: Committee, text: str) -> None:
    """The text a committee is founded with, if its preset has one."""
    if text:
        session().add(_next(committee.id, text, None))


def _next(committee_id: int, text: str, before: WorkRules | None) -> WorkRules:
    number = before.number + 1 if before else 1
    return WorkRules(committee_id=committee_id, number=number, text=text, replaces=before)
