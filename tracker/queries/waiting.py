"""What waits for whom, as conditions: a count and the list it opens ask the same question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, exists, false, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from tracker.errors import Invalid
from tracker.models import (
    Activity,
    AgendaItem,
    Assignment,
    Booklet,
    Case,
    FormImport,
    GroupReport,
    Invitee,
    Letter,
    Meeting,
    Person,
    Rating,
    ReturnRequest,
    Submission,
)
from tracker.queries.calendar import calendar
from tracker.rules import clock as clocks
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.outcome import RELEASED
from tracker.rules.words import N_

Condition = ColumnElement[bool]

# States in which somebody owes the next step.
PENDING_CASE = ("raised", "coordinated", "handled")
PENDING_SHARE = ("dispatched", "accepted", "reworking", "return_requested")
# A letter delivered to an untold resident spoke of an earlier outcome: the delivery of this one tells.
ON_ITS_WAY = ("submitted", "approved", "issued")

_OTHER = aliased(Assignment, name="other_share")
_ABOVE = aliased(Rating, name="verdict_above")


@dataclass(frozen=True)
class Asking:
    """Who asks, and when: what "mine", "overdue" and "soon" mean."""

    actor: Actor
    now: datetime

    @property
    def soon(self) -> datetime:
        """The evening of the next working day; until then a deadline is near."""
        return clocks.due(clocks.shanghai_midnight(self.now), 1, calendar()).at


@dataclass(frozen=True)
class Queue:
    """One list of waiting things: its name in the address bar, its label, its condition."""

    label: str
    where: Callable[[Asking], Condition]


def case_is_open() -> Condition:
    """Case.is_open as SQL."""
    undecided = or_(Case.disposition.is_(None), Case.disposition == "referred_out")
    return and_(undecided, Case.closed_at.is_(None))


def overdue_cases(asking: Asking) -> Condition:
    return and_(Case.state.in_(PENDING_CASE), Case.due_at < asking.now, case_is_open())


def overdue_shares(asking: Asking) -> Condition:
    return and_(Assignment.state.in_(PENDING_SHARE), Assignment.due_at < asking.now)


def _in_state(state: str) -> Callable[[Asking], Condition]:
    return lambda _asking: and_(Case.state == state, case_is_open())


def _share_in(state: str) -> Callable[[Asking], Condition]:
    return lambda _asking: Assignment.state == state


def _letter_in(state: str) -> Callable[[Asking], Condition]:
    return lambda _asking: Letter.state == state


def _soon_cases(asking: Asking) -> Condition:
    near = and_(Case.due_at >= asking.now, Case.due_at <= asking.soon)
    return and_(Case.state.in_(PENDING_CASE), near, case_is_open())


def _soon_shares(asking: Asking) -> Condition:
    near = and_(Assignment.due_at >= asking.now, Assignment.due_at <= asking.soon)
    return and_(Assignment.state.in_(PENDING_SHARE), near)


def _ready_to_handle(_asking: Asking) -> Condition:
    """Every reply is approved, or the office handles it itself."""
    own = select(Assignment.id).where(Assignment.case_id == Case.id)
    answered = own.where(Assignment.role.in_(("lead", "separate")), Assignment.state == "completed")
    unfinished = own.where(Assignment.state.not_in((*RELEASED, "completed")))
    complete = and_(answered.correlate(Case).exists(), ~unfinished.correlate(Case).exists())
    return and_(Case.state == "coordinated", case_is_open(), or_(Case.route != "assign", complete))


def _untold(_asking: Asking) -> Condition:
    """There is an answer, or a refusal, that the resident does not have yet."""
    handled = and_(Case.state == "handled", case_is_open())
    declined = and_(Case.disposition == "not_accepted", Case.state != "fed_back", Case.closed_at.is_(None))
    return or_(handled, declined)


def _unanswered(asking: Asking) -> Condition:
    """Untold, and no letter is on its way."""
    underway = exists().where(Letter.case_id == Case.id, Letter.state.in_(ON_ITS_WAY)).correlate(Case)
    return and_(_untold(asking), ~underway)


def _unrated(_asking: Asking) -> Condition:
    """Nobody has judged this answer yet; an earlier round was about another one."""
    this_round = Rating.round == Case.reopened_count + 1
    rated = exists().where(Rating.case_id == Case.id, this_round).correlate(Case)
    return and_(Case.state == "fed_back", case_is_open(), ~rated)


def _dissatisfied(_asking: Asking) -> Condition:
    """The verdict that stands: of the last round, and the resident's above the member's."""
    same_round = and_(_ABOVE.round == Rating.round, _ABOVE.by_kind == "resident", Rating.by_kind == "member")
    later = or_(_ABOVE.round > Rating.round, same_round)
    above = exists().where(_ABOVE.case_id == Rating.case_id, later).correlate(Rating)
    stands = and_(Rating.case_id == Case.id, Rating.rating == "dissatisfied", ~above)
    return and_(exists().where(stands).correlate(Case), case_is_open())


def _new_accusations(_asking: Asking) -> Condition:
    return and_(Case.is_accusation, Case.state == "raised", case_is_open())


def _returns() -> ColumnElement[int]:
    """How often the case of this assignment was asked to be taken back (Assignment.is_first_return)."""
    return (
        select(func.count(ReturnRequest.id))
        .join(_OTHER, _OTHER.id == ReturnRequest.assignment_id)
        .where(_OTHER.case_id == Assignment.case_id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _first_return(_asking: Asking) -> Condition:
    return and_(Assignment.state == "return_requested", _returns() <= 1)


def _second_return(_asking: Asking) -> Condition:
    return and_(Assignment.state == "return_requested", _returns() > 1)


def _to_sign(asking: Asking) -> Condition:
    """Never one's own draft: the signer is another person."""
    return and_(Letter.state == "submitted", Letter.drafter_id != asking.actor.id)


CASES: Mapping[str, Queue] = {
    "to_coordinate": Queue(N_("待协调"), _in_state("raised")),
    "handling": Queue(N_("办理中"), _in_state("coordinated")),
    "to_handle": Queue(N_("待办结"), _ready_to_handle),
    "to_answer": Queue(N_("待反馈"), _unanswered),
    "to_tell": Queue(N_("待告知群众"), _untold),
    "to_rate": Queue(N_("待评价"), _unrated),
    "fed_back": Queue(N_("已反馈"), lambda _asking: Case.state == "fed_back"),
    "soon": Queue(N_("即将到期"), _soon_cases),
    "overdue": Queue(N_("已逾期"), overdue_cases),
    "dissatisfied": Queue(N_("群众不满意"), _dissatisfied),
    "accusations": Queue(N_("检举控告待转送"), _new_accusations),
}
ASSIGNMENTS: Mapping[str, Queue] = {
    "to_accept": Queue(N_("待签收"), _share_in("dispatched")),
    "working": Queue(N_("办理中"), _share_in("accepted")),
    "reworking": Queue(N_("退回重办"), _share_in("reworking")),
    "to_review": Queue(N_("待审核答复"), _share_in("replied")),
    "replied": Queue(N_("已答复待审核"), _share_in("replied")),
    "returning": Queue(N_("申请退回中"), _share_in("return_requested")),
    "to_decide": Queue(N_("退回待定"), _first_return),
    "second_return": Queue(N_("二次退回"), _second_return),
    "soon": Queue(N_("即将到期"), _soon_shares),
    "overdue": Queue(N_("已逾期"), overdue_shares),
}
LETTERS: Mapping[str, Queue] = {
    "to_sign": Queue(N_("待签发"), _to_sign),
    "to_issue": Queue(N_("待编号"), _letter_in("approved")),
    "to_deliver": Queue(N_("待送达"), _letter_in("issued")),
}
PEOPLE: Mapping[str, Queue] = {
    "active": Queue(N_("在用账号"), lambda _asking: Person.is_active.is_(True)),
    "invited": Queue(N_("未设密码"), lambda _asking: and_(Person.is_active, Person.password_hash.is_(None))),
    "inactive": Queue(N_("已停用"), lambda _asking: ~Person.is_active),
}


def _briefs_to_sign(asking: Asking) -> Condition:
    """Never one's own editing: the signer is another person."""
    return and_(Submission.state == "edited", Submission.editor_id != asking.actor.id)


SUBMISSIONS: Mapping[str, Queue] = {
    "to_select": Queue(N_("成果待处理"), lambda _asking: Submission.state == "submitted"),
    "to_check": Queue(N_("信息待核稿"), lambda _asking: Submission.state == "selected"),
    "briefs_to_sign": Queue(N_("信息待签发"), _briefs_to_sign),
    "to_send_up": Queue(N_("信息待报送"), lambda _asking: Submission.state == "signed"),
}


def _edits(asking: Asking) -> Condition:
    """Booklet.editor_ids names this person; every database writes such a list as ``[1, 2]``."""
    ids = func.replace(cast(Booklet.editor_ids, Text), " ", "")
    ids = func.replace(func.replace(ids, "[", ","), "]", ",")
    return ids.contains(f",{asking.actor.id},", autoescape=True)


def _to_check(asking: Asking) -> Condition:
    return and_(Booklet.state == "submitted", ~_edits(asking))


def _to_approve(asking: Asking) -> Condition:
    """Three people: who edited it, who checked it, who approves it (T45)."""
    return and_(Booklet.state == "approved_once", ~_edits(asking), Booklet.checker_id != asking.actor.id)


def _sent_back(asking: Asking) -> Condition:
    return and_(Booklet.state == "draft", Booklet.returned_at.is_not(None), _edits(asking))


BOOKLETS: Mapping[str, Queue] = {
    "booklets_to_check": Queue(N_("汇编待初审"), _to_check),
    "booklets_to_approve": Queue(N_("汇编待终审"), _to_approve),
    "booklets_sent_back": Queue(N_("汇编退回修改"), _sent_back),
}


def _to_confirm(_asking: Asking) -> Condition:
    """Spelled out: with a placeholder SQLite does not take the index of the few that wait."""
    return FormImport.status == literal_column("'ready'")


IMPORTS: Mapping[str, Queue] = {
    "forms_to_confirm": Queue(N_("导入待核对"), _to_confirm),
}
REPORTS: Mapping[str, Queue] = {
    "reports_to_receive": Queue(N_("汇总待接收"), lambda _asking: GroupReport.state == "group_confirmed"),
}


def _invitees_to_approve(asking: Asking) -> Condition:
    """Somebody is proposed, and by somebody else (S1-36); nobody is, for whoever does not approve."""
    if not permissions.may_any(asking.actor, "invitee.approve"):
        return false()
    named = and_(Invitee.activity_id == Activity.id, Invitee.state == "proposed")
    waiting = exists().where(named, Invitee.proposer_id != asking.actor.id).correlate(Activity)
    return and_(waiting, Activity.cancelled_at.is_(None))


ACTIVITIES: Mapping[str, Queue] = {
    "invitees_to_approve": Queue(N_("邀请名单待审核"), _invitees_to_approve),
}


def _meetings_to_record(asking: Asking) -> Condition:
    """The day is over, and of a case that stood there nobody wrote down what was decided."""
    stood = and_(AgendaItem.meeting_id == Meeting.id, AgendaItem.taken_off_at.is_(None))
    open_case = and_(Case.id == AgendaItem.case_id, Case.is_accusation.is_(False))
    undecided = exists().where(stood, AgendaItem.decided_at.is_(None), open_case).correlate(Meeting)
    over = Meeting.held_on < clocks.shanghai_date(asking.now)
    return and_(over, Meeting.cancelled_at.is_(None), undecided)


MEETINGS: Mapping[str, Queue] = {
    "meetings_to_record": Queue(N_("议定意见待记"), _meetings_to_record),
}


def condition(queues: Mapping[str, Queue], name: str, actor: Actor, now: datetime) -> Condition:
    """The condition behind a name, or Invalid when the address bar holds something else."""
    if name not in queues:
        raise Invalid.one("waiting", N_("没有这种筛选"))
    return queues[name].where(Asking(actor, now))
