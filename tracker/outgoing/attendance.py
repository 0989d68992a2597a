"""The list of those who were let in to an activity, to be signed at the door (S1-33, S1-36)."""

from collections.abc import Sequence

from tracker.models import Activity, Invitee
from tracker.outgoing.forms.templates import PAPER
from tracker.outgoing.letters import printed_date
from tracker.queries import invitees
from tracker.rules.clock import shanghai_date
from workflows.invitee import CAPACITIES


def sheet(event: Activity, committee: str, listed: Sequence[Invitee]) -> str:
    """The paper as HTML; like all our paper it speaks Chinese to everybody."""
    return PAPER.get_template("attendance.html").render(
        committee=committee, event=event, rows=[_row(one) for one in listed]
    )


def _row(one: Invitee) -> tuple[str, ...]:
    decided = printed_date(shanghai_date(one.decided_at)) if one.decided_at else ""
    who = one.decider.name if one.decider else ""
    return invitees.name(one), one.sector, CAPACITIES[one.capacity], who, decided
