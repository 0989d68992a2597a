"""A visit, submission or case is put forward as exemplary, or no longer (S1-49)."""

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict
from tracker.extensions import clock
from tracker.models import Case, Exemplar, Submission, Visit
from tracker.models.base import new_public_id
from tracker.queries import exemplars
from tracker.queries.exemplars import Markable, MarkOf
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def mark(thing: Markable, reason: str, *, by: Actor) -> Exemplar:
    """With a reason; an accusation is nobody's example."""
    permissions.require(by, "mark", MarkOf(thing))
    # Two at once would both find none, and each mark is worth points.
    lock(thing)
    if thing.is_accusation:
        raise Conflict(N_("这件不能树为典型"))
    if exemplars.of(thing) is not None:
        raise Conflict(N_("已经是典型了"))
    found = Exemplar(
        public_id=new_public_id(),
        committee_id=thing.committee_id,
        visit=thing if isinstance(thing, Visit) else None,
        submission=thing if isinstance(thing, Submission) else None,
        case=thing if isinstance(thing, Case) else None,
        reason=reason,
        marked_by_id=by.id,
    )
    session().add(found)
    diary.write(found, "mark", by=by, data={thing.noun: thing.id}, notify=False)
    return found


@action
def end(found: Exemplar, *, by: Actor) -> None:
    permissions.require(by, "mark", found)
    found.ended_at = clock()
    diary.write(found, "unmark", by=by, notify=False)
