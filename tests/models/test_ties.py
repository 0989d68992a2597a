"""Whose a row is: what the permissions ask of everything that belongs to somebody."""

from datetime import date, timedelta

import pytest

from tests.world import NOW
from tracker.extensions import clock
from tracker.models import (
    Activity,
    AgendaItem,
    Area,
    Case,
    ContactLink,
    Conversion,
    FormImport,
    GroupReport,
    Invitee,
    LiaisonDuty,
    Meeting,
    Photo,
    ReceptionDay,
    Resident,
    Submission,
    Visit,
    Visitor,
    Workstation,
)
from tracker.models.contact_link import CONTACT_KINDS, INSTITUTIONS
from tracker.rules.clock import shanghai_date

TODAY = shanghai_date(NOW)


# --- visits
def test_a_visit_is_its_writers_and_of_everybody_who_went_along() -> None:
    visit = Visit(member_id=11, group_id=5, visitors=[Visitor(person_id=11), Visitor(person_id=12)])
    assert (visit.owner_id, visit.group_id, visit.along_ids) == (11, 5, {11, 12})
    assert visit.unit_ids == frozenset() and Visit(member_id=11).along_ids == frozenset()


def test_a_photo_is_of_the_group_of_its_visit_once_it_has_one() -> None:
    waiting, arrived = Photo(taken_by_id=11), Photo(taken_by_id=11, visit=Visit(group_id=5))
    assert [(photo.owner_id, photo.group_id) for photo in (waiting, arrived)] == [(11, None), (11, 5)]


# --- what is handed in
@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("cases", "secret"),
    [([], False), ([None], False), ([False], False), ([True], True), ([False, None, True], True)],
)
def test_what_went_on_as_an_accusation_is_as_secret_as_that(cases: list[bool | None], secret: bool) -> None:
    rows = [Conversion(case=None if found is None else Case(is_accusation=found)) for found in cases]
    assert Submission(conversions=rows).is_accusation is secret


@pytest.mark.parametrize(
    ("title", "text", "edited"),
    [("", "", False), ("题目", "", False), ("", "正文", False), ("题目", "正文", True)],
)
def test_an_edited_brief_has_a_title_and_a_text(title: str, text: str, edited: bool) -> None:
    assert Submission(edited_title=title, edited_text=text).has_edited_text is edited


@pytest.mark.parametrize(
    ("kind", "life"),
    [("brief", "brief"), ("suggestion", "suggestion"), ("investment_lead", "lead"), ("talent_lead", "lead")],
)
def test_each_kind_lives_the_life_of_its_rulebook(kind: str, life: str) -> None:
    handed_in = Submission(kind=kind, member_id=11)
    assert (handed_in.life, handed_in.owner_id, handed_in.unit_ids) == (life, 11, frozenset())


# --- groups
def test_a_unit_looks_after_a_group_until_its_duty_ends() -> None:
    duties = [LiaisonDuty(unit_id=7), LiaisonDuty(unit_id=8, ended_at=NOW), LiaisonDuty(unit_id=9)]
    assert GroupReport(duties=duties).unit_ids == {7, 9}
    assert GroupReport(duties=[]).unit_ids == frozenset()


@pytest.mark.parametrize(
    "row", [Activity(unit_id=5), Workstation(unit_id=5), Invitee(activity=Activity(unit_id=5))]
)
def test_what_a_unit_holds_is_its_groups(row: Activity | Workstation | Invitee) -> None:
    assert row.group_id == 5


def test_days_at_a_workstation_are_told_apart_and_the_nearest_planned_one_comes_first() -> None:
    """They are kept with the latest first."""
    days = [
        ReceptionDay(held_on=date(2026, 12, 20), is_planned=True),
        ReceptionDay(held_on=date(2026, 12, 6), is_planned=True),
        ReceptionDay(held_on=date(2026, 11, 8), is_planned=False),
        ReceptionDay(held_on=date(2026, 10, 11), is_planned=False),
    ]
    station = Workstation(days=days)
    assert [day.held_on.day for day in station.planned] == [6, 20]
    assert [day.held_on.day for day in station.held] == [8, 11]


# --- people who are asked
@pytest.mark.parametrize(
    ("held_on", "begun"),
    [(TODAY + timedelta(days=1), False), (TODAY, True), (TODAY - timedelta(days=1), True)],
)
def test_a_meeting_has_begun_on_its_day(held_on: date, begun: bool) -> None:
    with clock.at(NOW):
        assert Invitee(activity=Activity(held_on=held_on)).has_begun is begun


def test_the_day_of_a_meeting_begins_at_midnight_in_wuxi() -> None:
    guest = Invitee(activity=Activity(held_on=date(2026, 11, 24)))
    with clock.at(NOW.replace(hour=15, minute=59, second=59)):
        assert not guest.has_begun
    with clock.at(NOW.replace(hour=16)):
        assert guest.has_begun


@pytest.mark.parametrize(
    ("state", "admitted"),
    [
        ("proposed", False),
        ("approved", True),
        ("attended", True),
        ("absent", True),
        ("declined", False),
        ("withdrawn", False),
    ],
)
def test_who_was_let_in_is_admitted_whether_they_came_or_not(state: str, admitted: bool) -> None:
    assert Invitee(state=state).is_admitted is admitted


def test_nobody_is_called_to_an_activity_that_was_taken_down() -> None:
    assert Invitee(activity=Activity()).is_called_for
    assert not Invitee(activity=Activity(cancelled_at=NOW)).is_called_for


def test_who_spoke_was_there() -> None:
    assert Invitee(speech="").has_not_spoken and not Invitee(speech="建议增设充电桩").has_not_spoken


# --- contacts
@pytest.mark.parametrize("kind", [*CONTACT_KINDS, *INSTITUTIONS, "hardship_family"])
def test_a_contact_counts_for_a_quota_where_one_asks_for_it(kind: str) -> None:
    link = ContactLink(kind=kind, person_id=11)
    assert link.counts_as == (kind if kind in ("enterprise", "sector_person", "public_person") else None)
    assert (link.owner_id, link.unit_ids) == (11, frozenset())


@pytest.mark.parametrize(
    ("name", "phone", "anonymous"),
    [(None, None, True), (b"x", None, False), (None, b"x", False), (b"x", b"x", False)],
)
def test_a_resident_is_anonymous_who_left_neither_name_nor_phone(
    name: bytes | None, phone: bytes | None, anonymous: bool
) -> None:
    resident = Resident(name_sealed=name, phone_sealed=phone, address_sealed=b"x")
    assert resident.is_anonymous is anonymous


# --- imports, agendas, places
@pytest.mark.parametrize(
    ("status", "waiting"),
    [
        ("queued", True),
        ("reading", True),
        ("storing", True),
        ("ready", False),
        ("confirmed", False),
        ("failed", False),
    ],
)
def test_an_import_waits_while_the_background_is_at_it(status: str, waiting: bool) -> None:
    assert FormImport(status=status, by_id=11).is_waiting is waiting
    assert FormImport(status=status, by_id=11).owner_id == 11


def test_a_case_stands_on_an_agenda_until_it_is_taken_off() -> None:
    meeting = Meeting(items=[AgendaItem(), AgendaItem(taken_off_at=NOW)])
    assert [item.is_standing for item in meeting.items] == [True, False]


def test_a_department_sees_the_street_and_never_the_community() -> None:
    street = Area(kind="township", name="东亭街道", parent=Area(kind="district", name="锡山区"))
    assert street.township == "东亭街道"
    assert Area(kind="community", name="云林社区", parent=street).township == "东亭街道"
    assert Area(kind="district", name="锡山区").township == "锡山区"
