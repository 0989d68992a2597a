"""What pages show of meetings: the lists, one agenda, and what a case and an assignment tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, request, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import AgendaItem, Assignment, Case, Meeting
from tracker.queries import agenda, waiting
from tracker.rules import agenda as rules
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import words
from tracker.web.move_forms import Button, Spec
from tracker.web.words import CountdownView, Sign
from workflows.case import CASE


@dataclass(frozen=True)
class Row:
    """One meeting of a list."""

    url: str
    day: str
    weekday: str
    kind: str
    place: str
    number: int
    decided: int


@dataclass(frozen=True)
class ItemView:
    """One case on an agenda; ``first`` and ``last`` say where it cannot move further."""

    public_id: str
    version: int
    reference: str
    url: str
    summary: str
    sign: Sign
    department: str
    since: str
    due: CountdownView | None
    is_decided: bool
    decision: str
    told: str
    why_off: str
    given: Mapping[str, Any]
    opened: str


@dataclass(frozen=True)
class Mention:
    """A meeting, seen from a case or an assignment."""

    title: str
    url: str = ""
    sign: Sign | None = None
    words: str = ""


@dataclass(frozen=True)
class Redraw:
    """A refused form: ``form`` is arrange, edit, off or decision; ``item`` whose it is."""

    form: str = ""
    item: str = ""
    typed: Mapping[str, Any] | None = None
    errors: Sequence[FieldError] = ()


def index(again: Redraw | None = None, case: Case | None = None) -> str:
    """``case`` waits for a meeting to be arranged for it."""
    actor, now, again = door.signed_in(), clock(), again or Redraw()
    today, name = shanghai_date(now), request.args.get("waiting", "")
    return render_template(
        "agenda/index.html",
        upcoming=[] if name else _rows(agenda.upcoming(actor, today)),
        past=_rows(agenda.waits(actor, name, now) if name else agenda.past(actor, today)),
        waiting=gettext(waiting.MEETINGS[name].label) if name else "",
        may_edit=permissions.may_any(actor, "meeting.edit"),
        kinds=words.choices(rules.KINDS),
        today=today.isoformat(),
        case=case,
        given=again.typed or {"kind": "chair"},
        errors=list(again.errors),
    )


def show(meeting: Meeting, again: Redraw | None = None) -> str:
    actor, now, again = door.signed_in(), clock(), again or Redraw()
    today = shanghai_date(now)
    upcoming = rules.is_upcoming(meeting.held_on, today) and meeting.cancelled_at is None
    may_edit = permissions.may(actor, "edit", meeting)
    listed = agenda.items(meeting)
    return render_template(
        "agenda/show.html",
        meeting=meeting,
        title=title(meeting),
        facts=_facts(meeting, len(listed)),
        items=_items(listed, now, again),
        off=_items(agenda.taken_off(meeting), now, again),
        is_upcoming=upcoming,
        may_edit=may_edit,
        may_change=may_edit and upcoming and not any(item.decided_at for item in listed),
        may_decide=may_edit and rules.may_decide(meeting.held_on, today) and meeting.cancelled_at is None,
        may_print=permissions.may(actor, "export", meeting),
        kinds=words.choices(rules.KINDS),
        today=today.isoformat(),
        given=again.typed if again.form == "edit" else _typed(meeting),
        again=again,
        errors=list(again.errors),
    )


def title(meeting: Meeting) -> str:
    return f"{words.full_day(meeting.held_on)} {words.say(rules.KINDS, meeting.kind)}"


def to_meeting(case: Case, actor: Actor, typed: Mapping[str, Any]) -> Button | None:
    """Putting a case on an agenda; where no meeting is ahead, the page on which one is arranged."""
    today = shanghai_date(clock())
    done = not case.is_open or CASE.states[case.state].final
    if done or case.is_accusation or not permissions.may(actor, "put_on_agenda", case):
        return None
    if agenda.standing(case, today):
        return None
    ahead = agenda.upcoming(actor, today)
    label = gettext("提交会议研究")
    if not ahead:
        url = url_for("agenda.index", case=case.reference, _anchor="arrange")
        return Button("put_on_agenda", label, [], False, url=url, link=True)
    options = [(one.public_id, title(one)) for one in ahead]
    hint = gettext("议题清单只列编号、事由、状态、承办单位和天数，不列反映人。")
    fields = (
        Spec(
            "meeting",
            gettext("哪次会议"),
            "select",
            True,
            hint,
            options,
            typed.get("meeting", options[0][0]),
        ),
    )
    url = url_for("agenda.put_on", reference=case.reference)
    return Button("put_on_agenda", label, [], False, fields, url=url)


def of_case(case: Case, actor: Actor) -> list[Mention]:
    today = shanghai_date(clock())
    return [
        Mention(
            title(item.meeting), url_for("agenda.show", public_id=item.meeting.public_id), _sign(item, today)
        )
        for item in agenda.of_case(case, actor)
    ]


def passed_on(share: Assignment) -> list[Mention]:
    """The office's words for the department, under the meeting they come from."""
    return [Mention(title(item.meeting), words=item.told) for item in agenda.told(share)]


def _sign(item: AgendaItem, today: date) -> Sign:
    if item.decided_at is not None:
        return Sign(gettext("已议定"), "ok", "check2-circle")
    if rules.is_upcoming(item.meeting.held_on, today):
        return Sign(gettext("待研究"), "info", "calendar-event")
    return Sign(gettext("待记议定意见"), "warn", "hourglass-split")


def _rows(meetings: Sequence[Meeting]) -> list[Row]:
    counted = agenda.counts(meetings)
    return [
        Row(
            url_for("agenda.show", public_id=one.public_id),
            words.full_day(one.held_on),
            words.weekday(one.held_on),
            words.say(rules.KINDS, one.kind),
            one.place,
            *counted.get(one.id, (0, 0)),
        )
        for one in meetings
    ]


def _items(listed: Sequence[AgendaItem], now: datetime, again: Redraw) -> list[ItemView]:
    units = agenda.departments([item.case_id for item in listed])
    return [_item(item, units.get(item.case_id, ""), now, again) for item in listed]


def _item(item: AgendaItem, department: str, now: datetime, again: Redraw) -> ItemView:
    case = item.case
    mine = again.item == item.public_id
    days = (shanghai_date(now) - shanghai_date(case.raised_at)).days
    return ItemView(
        item.public_id,
        item.version,
        case.reference,
        url_for("cases.show", reference=case.reference),
        agenda.summary(case),
        words.case_sign(case.state, case.disposition, case.closed_at),
        department,
        gettext("已提出 %(n)s 天", n=days),
        words.due(case.due_at, now, provisional=case.due_provisional) if case.is_open else None,
        item.decided_at is not None,
        item.decision,
        item.told,
        item.why_off,
        again.typed if mine and again.typed else {"decision": item.decision, "told": item.told},
        again.form if mine else "",
    )


def _typed(meeting: Meeting) -> dict[str, Any]:
    return {"kind": meeting.kind, "held_on": meeting.held_on.isoformat(), "place": meeting.place}


def _facts(meeting: Meeting, number: int) -> list[tuple[str, Any]]:
    return [
        (gettext("日期"), f"{words.full_day(meeting.held_on)} {words.weekday(meeting.held_on)}"),
        (gettext("会议"), words.say(rules.KINDS, meeting.kind)),
        (gettext("地点"), meeting.place),
        (gettext("议题"), gettext("%(n)s 件", n=number)),
    ]
