"""Checked forms become visits and cases, many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tracker.actions import cases, deadlines, diary, index, numbers, residents
from tracker.actions.base import action, session
from tracker.actions.imports import BATCH, Progress
from tracker.errors import Invalid
from tracker.extensions import clock
from tracker.incoming.cases import CaseIn, ResidentIn
from tracker.incoming.form_checks import Checked
from tracker.incoming.form_imports import Choices, VisitForm
from tracker.models import Area, Campaign, Case, Committee, Visit, Visitor
from tracker.models.base import new_public_id
from tracker.queries import campaigns, committees, reference
from tracker.queries.form_people import Member
from tracker.rules import drives, places
from tracker.rules import numbers as formats
from tracker.rules.actors import Actor
from tracker.rules.clock import midnight
from tracker.rules.words import N_

# The two boxes of annex 1 (S2-35, S2-36) and what a case remembers of where it came from.
BOXES = (("help_needed", "help"), ("coordination_needed", "coordination"))
_COMPANY = ("公司", "厂", "企业", "集团", "合作社", "商会", "商行", "门店")


@dataclass
class Place:
    """What all visits of one import share."""

    by: Actor
    committee: Committee
    choices: Choices
    areas: Sequence[Area]
    whole: Area | None
    campaigns: dict[date, Campaign | None]


@action
def store(forms: Sequence[Checked], choices: Choices, *, by: Actor, progress: Progress) -> list[Case]:
    """A visit for each form, with all its visitors; a case for each matter that is to become one."""
    place = _place(choices, by)
    raised: list[Case] = []
    for start in range(0, len(forms), BATCH):
        some = forms[start : start + BATCH]
        made = _visits(some, place)
        raised += _cases(some, made, place)
        for form, visit in zip(some, made, strict=True):
            form.stored.row.visit_id, form.stored.row.outcome = visit.id, "stored"
        # What is written need not be kept in mind: five thousand visits would only slow down the next.
        session().flush()
        progress(start + len(some))
    return raised


def matters(form: Checked) -> list[tuple[str, str]]:
    """Origin and words of every matter that is to become a case."""
    if form.given is None:
        return []
    found = []
    for box, origin in BOXES:
        wanted = form.stored.cases.get(box, [])
        for number, matter in enumerate(getattr(form.visit, box)):
            if number >= len(wanted) or wanted[number]:
                found.append((origin, matter))
    return found


def _place(choices: Choices, by: Actor) -> Place:
    committee = reference.committee(by)
    chosen = reference.area(by, choices.area) if choices.area else committees.whole_area(committee)
    return Place(by, committee, choices, reference.areas(by), chosen, {})


def _visits(forms: Sequence[Checked], place: Place) -> list[Visit]:
    with session().no_autoflush:
        made = [_visit(form, form.visit, place) for form in forms]
    session().add_all(made)
    diary.write_many(made, "visit", by=place.by)
    return made


def _visit(form: Checked, given: VisitForm, place: Place) -> Visit:
    owner = _owner(form.members, place.by)
    groups = {member.id: member.group_named(given.group) for member in form.members}
    campaign = _campaign(given.visited_on, place)
    return Visit(
        public_id=new_public_id(),
        committee_id=place.committee.id,
        campaign_id=campaign.id if campaign else None,
        drive=(campaign and drives.meant(given.drive, campaign.drives, campaign.name)) or "",
        member_id=owner.id,
        group_id=groups[owner.id],
        visitors=[Visitor(person_id=person, group_id=unit) for person, unit in groups.items()],
        visited_on=given.visited_on,
        circle=given.circle,
        persons_count=given.persons_count or 1,
        contact_kind=_kind(given),
        area=places.named(given.address, place.areas),
        reported=given.reported,
        help_needed="\n".join(given.help_needed),
        coordination_needed="\n".join(given.coordination_needed),
        resident=residents.new(_contact(given, place.choices), by=place.by),
    )


def _owner(members: Sequence[Member], by: Actor) -> Member:
    """Who wrote it down: oneself, else the first who is named."""
    return next((member for member in members if member.id == by.person_id), members[0])


def _contact(given: VisitForm, choices: Choices) -> ResidentIn:
    """Without consent the name stays in the sealed original and nowhere else."""
    if not choices.consent_process:
        return ResidentIn()
    return ResidentIn(name=given.contact, address=given.address, consent_process=True)


def _kind(given: VisitForm) -> str:
    if given.contact.endswith(_COMPANY):
        return "enterprise"
    return "sector_person" if given.circle == "sector" else "public_person"


def _campaign(day: date, place: Place) -> Campaign | None:
    if day not in place.campaigns:
        place.campaigns[day] = campaigns.running(place.committee.id, day)
    return place.campaigns[day]


def _cases(forms: Sequence[Checked], made: Sequence[Visit], place: Place) -> list[Case]:
    """What actions.cases.register does for one, done for many."""
    if not place.choices.cases:
        return []
    wanted = [
        (visit, origin, matter)
        for form, visit in zip(forms, made, strict=True)
        for origin, matter in matters(form)
    ]
    if not wanted:
        return []
    now = clock()
    year = formats.shanghai_year(now)
    series = numbers.take_many(f"case:{place.committee.code}", year, len(wanted))
    with session().no_autoflush:
        raised = [_case(visit, origin, matter, place, now) for visit, origin, matter in wanted]
        for case, number in zip(raised, series, strict=True):
            case.reference = formats.case_reference(place.committee.case_prefix, year, number)
            deadlines.start_stage(case, now)
    session().add_all(raised)
    diary.write_many(raised, "raise", by=place.by, after=raised[0].state)
    index.add(raised)
    return raised


def _case(visit: Visit, origin: str, matter: str, place: Place, now: datetime) -> Case:
    area = visit.area or place.whole
    if area is None:
        raise Invalid.one("area", N_("没有这个地区，请从地区列表中选"))
    line = " ".join(matter.split())
    given = CaseIn.model_validate(
        {
            "summary": (line.rstrip("。；;. ") if len(line) > 4 else line)[:80],
            "narrative": f"{matter}\n\n{visit.reported}"[:10_000],
            "area": area.code,
            "source": "visit",
            "origin": origin,
        }
    )
    case = cases.new(given, place.committee, by=place.by, now=now)
    case.raised_by_id, case.group_id = visit.member_id, visit.group_id
    case.area, case.resident = area, visit.resident
    case.occurred_at = midnight(visit.visited_on).astimezone(UTC)
    case.visit_id = visit.id
    return case
