"""What was heard at an activity or on a reception day becomes a case or a brief (S1-26, S1-31)."""

from tracker.actions import cases
from tracker.actions.base import action
from tracker.errors import Invalid
from tracker.incoming.cases import HeardCaseIn
from tracker.models import Case
from tracker.queries import people, submissions
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def register(given: HeardCaseIn, *, by: Actor) -> Case:
    """A case of the member who heard it, or of the writer where nobody is named."""
    if given.member:
        if given.member not in {person.public_id for person, _unit in submissions.writers(by)}:
            raise Invalid.one("member", N_("没有这位委员，请从列表中选"))
        owner = people.as_actor(submissions.member(given.member, by))
        return cases.register(given, by=by, owner=owner)
    if not permissions.may_any(by, "case.create"):
        raise Invalid.one("member", N_("请选是哪位委员听到的"))
    return cases.register(given, by=by)
