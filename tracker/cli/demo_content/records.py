"""What the demonstration consists of, as the loader receives it: people, stories and visits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Committee = Literal["xs", "dt"]
Source = Literal["visit", "mailbox", "reception", "symposium", "wechat", "phone", "letter", "other"]
Route = Literal["quick", "assign", "refer", "brief"]
Circle = Literal["sector", "living", "friends"]
Channel = Literal["in_person", "phone", "wechat", "qq", "other"]
Rating = Literal["satisfied", "basically", "dissatisfied"]
ResultClass = Literal["A", "B", "C", "D"]
SlaClass = Literal["urgent", "simple", "normal", "complex"]
Told = Literal["letter", "oral", "code_page"]
LifeName = Literal[
    "raised",
    "coordinated_waiting",
    "accepted",
    "return_requested",
    "returned",
    "replied",
    "reworked",
    "handled",
    "letter_draft",
    "letter_submitted",
    "letter_approved",
    "issued",
    "fed_back_unrated",
    "fed_back_satisfied",
    "fed_back_basically",
    "reopened",
    "declined",
    "withdrawn",
    "merged",
    "quick",
    "refer",
    "brief",
    "accusation",
]
Move = Literal[
    "raise",
    "coordinate",
    "accept",
    "request_return",
    "decide_return",
    "reply",
    "approve_reply",
    "rework_reply",
    "handle",
    "draft_letter",
    "submit_letter",
    "approve_letter",
    "issue_letter",
    "deliver_letter",
    "tell",
    "rate",
    "decline",
    "withdraw",
    "merge",
    "close",
]


@dataclass(frozen=True)
class Person:
    """An account of the demonstration. ``sector`` is a member's 界别; ``level`` marks 盐城市政协 members."""

    committee: Committee
    login: str
    name: str
    role: Literal["member", "secretary", "clerk", "director", "handler", "leader", "auditor", "admin"]
    unit: str
    title: str
    sector: str = ""
    level: Literal["county", "prefecture"] = "county"
    bridges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resident:
    """Whoever raised a concern; an anonymous one has no name, phone or address."""

    name: str = ""
    phone: str = ""
    address: str = ""
    consent_process: bool = False
    consent_forward: bool = False
    consent_publish: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not (self.name or self.phone or self.address)


@dataclass(frozen=True)
class Answer:
    """A department's reply."""

    result_class: ResultClass
    text: str
    contact_record: Literal["through_office", "on_site", "not_possible"] | None = None
    contact_reason: str = ""


@dataclass(frozen=True)
class Task:
    """One department's share. ``answers`` are in order: the thin one that was sent back, then the good one.

    ``return_reason`` is set on the department that had it by mistake; ``suggested`` is the one it named.
    """

    unit: str
    role: Literal["lead", "co", "separate"]
    sla_class: SlaClass
    transfer_text: str
    answers: tuple[Answer, ...] = ()
    rework_reason: str = ""
    return_reason: str = ""
    return_note: str = ""
    suggested: str | None = None


@dataclass(frozen=True)
class Step:
    """One act, so long ``before`` the end of the demonstration; ``task`` numbers the story's tasks.

    ``by`` is a login, or ``resident`` for a rating by code.
    """

    move: Move
    before: timedelta
    by: str
    task: int | None = None


@dataclass(frozen=True)
class Story:
    """One case from the day it is raised to where the demonstration finds it. Steps are in order of time.

    ``reason`` explains a decline, withdrawal or merge; ``outcome`` is the result text of a route without
    departments; ``overdue`` says that the pending stage is past its day.
    """

    key: str
    committee: Committee
    matter: str
    life: LifeName
    area: str
    category: str
    category_at_raise: bool
    summary: str
    narrative: str
    source: Source
    urgency: Literal["normal", "urgent"]
    is_petition: bool
    is_accusation: bool
    subject_unit: str | None
    resident: Resident
    raised_by: str
    steps: tuple[Step, ...]
    route: Route | None = None
    transfer_text: str = ""
    tasks: tuple[Task, ...] = ()
    outcome: str = ""
    reason: str = ""
    told: Told | None = None
    told_note: str = ""
    letter_follow_up: str = ""
    rating: Rating | None = None
    rating_note: str = ""
    merge_into: str | None = None
    visit: str | None = None
    origin: Literal["help", "coordination"] | None = None
    overdue: bool = False

    @property
    def raised_before(self) -> timedelta:
        return self.steps[0].before


@dataclass(frozen=True)
class Visit:
    """Annex 1 of the Dongtai plan; ``stories`` names the cases that came of it."""

    key: str
    committee: Committee
    member: str
    group: str
    circle: Circle | None
    channel: Channel
    contact: Resident
    contact_kind: Literal["enterprise", "sector_person", "public_person"]
    persons_count: int
    area: str
    before: timedelta
    reported: str
    help_needed: str
    coordination_needed: str
    stories: tuple[str, ...]
