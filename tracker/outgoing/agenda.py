"""The agenda list of a meeting on paper: what each case is about and how far it is, not whose (S1-42)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.models import Case, Meeting
from tracker.outgoing.forms.templates import PAPER
from tracker.queries import agenda
from tracker.queries.calendar import calendar
from tracker.rules.agenda import KINDS
from tracker.rules.clock import Calendar, countdown, describe, shanghai_date
from tracker.rules.words import N_
from workflows.case import CASE, DISPOSITIONS


@dataclass(frozen=True)
class AgendaRow:
    """``days`` in words: how long it has been under way, and what is left of its deadline."""

    reference: str
    summary: str
    state: str
    department: str
    days: str


@dataclass(frozen=True)
class AgendaList:
    committee: str
    kind: str
    held_on: date
    place: str
    rows: Sequence[AgendaRow]


def agenda_html(listed: AgendaList) -> str:
    return PAPER.get_template("agenda.html").render(agenda=listed)


def of(meeting: Meeting, committee: str, now: datetime) -> AgendaList:
    """What stands on the agenda of a meeting the caller was given, with names in summaries hidden."""
    found = agenda.items(meeting)
    units = agenda.departments([item.case_id for item in found])
    days = calendar()
    rows = [
        AgendaRow(
            item.case.reference,
            agenda.summary(item.case),
            state_of(item.case),
            units.get(item.case_id, ""),
            "；".join(_days(item.case, now, days)),
        )
        for item in found
    ]
    return AgendaList(committee, KINDS[meeting.kind], meeting.held_on, meeting.place, rows)


def state_of(case: Case) -> str:
    if case.closed_at is not None:
        return N_("已结案")
    return DISPOSITIONS[case.disposition] if case.disposition else CASE.states[case.state].label


def _days(case: Case, now: datetime, days: Calendar) -> list[str]:
    since = (shanghai_date(now) - shanghai_date(case.raised_at)).days
    found = [N_("已提出 %(n)s 天") % {"n": since}]
    if case.due_at is not None and case.is_open:
        left = describe(countdown(now, case.due_at, days))
        found.append(left.msgid % left.params)
    return found
