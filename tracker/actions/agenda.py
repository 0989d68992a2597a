"""Meetings take up cases: arranged, put on the agenda in an order, taken off, decided (S1-42).

Whoever changes several rows takes the meeting first, then the item, then cases, and the diary's head last.
"""

from datetime import date

from tracker.actions import diary
from tracker.actions.base import action, lock, lock_in_order, session
from tracker.errors import Conflict, FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.agenda import DecisionIn, MeetingIn, OrderIn, PutOnIn, TakenOffIn
from tracker.models import AgendaItem, Case, Meeting
from tracker.queries import agenda
from tracker.queries.redaction import refused_in
from tracker.rules import agenda as rules
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.outcome import RELEASED
from tracker.rules.words import N_
from workflows.case import CASE

_PERSONAL = N_("还有个人信息，请改写：%(found)s")


@action
def arrange(given: MeetingIn, *, by: Actor) -> Meeting:
    made = Meeting(committee_id=by.committee_id, kind=given.kind, held_on=given.held_on, place=given.place)
    permissions.require(by, "edit", made)
    _check_day(given.held_on)
    session().add(made)
    diary.write(made, "arrange", by=by, notify=False)
    return made


@action
def edit(meeting: Meeting, given: MeetingIn, *, by: Actor, expect: int | None = None) -> None:
    """Another kind, place or day; once something was decided it has met."""
    permissions.require(by, "edit", meeting)
    lock(meeting, expect)
    _still_upcoming(meeting)
    if any(item.decided_at for item in agenda.items(meeting)):
        raise Conflict(N_("已经有议定意见，会议不能再改"), version=meeting.version)
    _check_day(given.held_on)
    for name, value in given.model_dump().items():
        setattr(meeting, name, value)
    diary.write(meeting, "edit_meeting", by=by, data={"day": given.held_on.isoformat()}, notify=False)


@action
def cancel(meeting: Meeting, *, by: Actor) -> None:
    permissions.require(by, "edit", meeting)
    lock(meeting)
    _still_upcoming(meeting)
    if agenda.items(meeting):
        raise Conflict(N_("议题里还有诉求，先逐件移出再撤销会议"), version=meeting.version)
    # What stands there unseen turned out to be an accusation; a refusal would tell of it.
    unseen = [item for item in meeting.items if item.is_standing]
    lock_in_order(unseen)
    lock_in_order(item.case for item in unseen)
    for item in unseen:
        item.taken_off_at = clock()
        diary.write(item, "take_off", by=by, data={"meeting": meeting.id}, notify=False)
    meeting.cancelled_at = clock()
    diary.write(meeting, "cancel_meeting", by=by, notify=False)


@action
def put_on(case: Case, given: PutOnIn, *, by: Actor, expect: int | None = None) -> AgendaItem:
    """An open case onto an upcoming meeting; it stands on one at a time, and an accusation on none."""
    permissions.require(by, "put_on_agenda", case)
    upcoming = agenda.upcoming(by, _today())
    meeting = next((one for one in upcoming if one.public_id == given.meeting), None)
    if meeting is None:
        raise Invalid.one("meeting", N_("没有这次会议，或者会议已经开过"))
    lock(meeting)
    lock(case, expect)
    _still_upcoming(meeting)
    _may_stand(case)
    last = max((one.number for one in meeting.items), default=0)
    item = AgendaItem(committee_id=case.committee_id, case_id=case.id, case=case, number=last + 1)
    meeting.items.append(item)
    diary.write(item, "put_on", by=by, data={"meeting": meeting.id})
    return item


@action
def reorder(meeting: Meeting, given: OrderIn, *, by: Actor) -> None:
    """Let one item change places with the one above or below it."""
    permissions.require(by, "edit", meeting)
    lock(meeting)
    _still_upcoming(meeting)
    listed = list(agenda.items(meeting))
    here = listed.index(agenda.item(meeting, given.item))
    there = here + (-1 if given.to == "up" else 1)
    if not 0 <= there < len(listed):
        return
    listed[here], listed[there] = listed[there], listed[here]
    for number, item in enumerate(listed, start=1):
        item.number = number
    diary.write(meeting, "reorder", by=by, data={"items": [item.id for item in listed]}, notify=False)


@action
def take_off(item: AgendaItem, given: TakenOffIn, *, by: Actor, expect: int | None = None) -> None:
    """It will not be taken up there; also afterwards, where the meeting did not get to it."""
    permissions.require(by, "edit", item.meeting)
    lock(item, expect)
    _untouched(item)
    if item.decided_at is not None:
        raise Conflict(N_("已经记下议定意见，不能再移出"), version=item.version)
    _check_words(item.case, {"why_off": given.why_off})
    item.taken_off_at, item.why_off = clock(), given.why_off
    diary.write(item, "take_off", by=by, note=given.why_off, data={"meeting": item.meeting_id})


@action
def decide(item: AgendaItem, given: DecisionIn, *, by: Actor, expect: int | None = None) -> None:
    """Write down what was decided, or put it right; departments are told only the words meant for them."""
    permissions.require(by, "edit", item.meeting)
    lock(item, expect)
    _untouched(item)
    if not rules.may_decide(item.meeting.held_on, _today()):
        raise Conflict(N_("会议还没有开，开过以后再记议定意见"), version=item.version)
    _check_words(item.case, {"decision": given.decision, "told": given.told})
    is_news = bool(given.told) and given.told != item.told
    item.decided_at, item.decision, item.told = clock(), given.decision, given.told
    diary.write(item, "decide", by=by, note=given.decision, data={"meeting": item.meeting_id})
    if is_news:
        _tell_departments(item, by)


def _tell_departments(item: AgendaItem, by: Actor) -> None:
    for share in item.case.assignments:
        if share.state not in RELEASED:
            diary.write(share, "tell_decision", by=by, data={"meeting": item.meeting_id})


def _may_stand(case: Case) -> None:
    if case.is_accusation:
        raise Conflict(N_("检举控告不上会议议题，由办公室负责人办理"), version=case.version)
    if not case.is_open or CASE.states[case.state].final:
        raise Conflict(N_("这件诉求已经办完或不再办理，不用提交会议"), version=case.version)
    if agenda.standing(case, _today()):
        raise Conflict(N_("这件诉求已经在一次会议的议题里"), version=case.version)


def _check_words(case: Case, texts: dict[str, str]) -> None:
    """What is read at a meeting or by a department holds nobody's name, number or address (T03)."""
    hits = {field: refused_in(case, text) for field, text in texts.items()}
    faults = [
        FieldError(field, _PERSONAL, {"found": "、".join(dict.fromkeys(hit.text for hit in found))})
        for field, found in hits.items()
        if found
    ]
    if faults:
        raise Invalid(faults)


def _untouched(item: AgendaItem) -> None:
    if item.taken_off_at is not None or item.case.is_accusation:
        raise Conflict(N_("这件诉求不在这次会议的议题里"), version=item.version)


def _still_upcoming(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None or not rules.is_upcoming(meeting.held_on, _today()):
        raise Conflict(N_("会议已经开过或已撤销，议题不能再变"), version=meeting.version)


def _check_day(day: date) -> None:
    if not rules.may_be_held_on(day, _today()):
        raise Invalid.one("held_on", N_("请填今天到一年以内的日期"))


def _today() -> date:
    return shanghai_date(clock())
