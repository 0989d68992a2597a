"""The verdict on the answer: the resident's, or the member's in the resident's words; nobody else's."""

from tracker.actions import cases, diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict
from tracker.extensions import clock
from tracker.incoming.cases import RatingIn
from tracker.models import Case, Rating
from tracker.rules import permissions
from tracker.rules.actors import Actor, system
from tracker.rules.words import N_
from workflows.case import CASE


@action
def rate(case: Case, given: RatingIn, *, by: Actor, expect: int | None = None) -> Rating:
    """Record it once a round; a first 不满意 sends the case back to its departments (C11)."""
    permissions.require(by, "rate", case)
    lock(case, expect)
    if case.state != "fed_back" or case.closed_at is not None:
        raise Conflict(N_("收到反馈之后才能评价"), missing=["is_fed_back"], version=case.version)
    kind = "resident" if by.kind == "resident" else "member"
    this_round = case.reopened_count + 1
    if any(r.by_kind == kind and r.round == this_round for r in case.ratings):
        raise Conflict(N_("已经评价过了"), missing=["not_rated"], version=case.version)
    rating = Rating(
        case_id=case.id,
        round=this_round,
        rating=given.rating,
        by_kind=kind,
        person_id=by.person_id,
        created_at=clock(),
    )
    case.ratings.append(rating)
    session().flush()
    diary.write(
        case, "rate", by=by, note=given.note, data={"rating": given.rating, "by": kind, "round": this_round}
    )
    # A merged or declined case has nobody of its own to go back to: the verdict is recorded, no more.
    if given.rating == "dissatisfied" and CASE.missing("reopen", case) == ():
        cases.move(case, "reopen", by=system(case.committee_id, "rating"))
        case.reopened_count += 1
    return rating
