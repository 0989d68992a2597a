"""What units organise and keep, what residents read of it, and meetings that take up cases."""

from datetime import date, timedelta

from tests import agendas, campaigning, contacting, inviting
from tests.deeds.deed import OFFICE, UNIT, Deed, facts
from tests.world import NOW, World
from tracker.actions import activities, agenda, contact_page
from tracker.extensions import db
from tracker.incoming.activities import (
    ActivityEdit,
    ActivityIn,
    ClosingIn,
    PlannedDayGone,
    PlannedDayIn,
    ReceptionIn,
    WorkstationEdit,
    WorkstationIn,
)
from tracker.incoming.agenda import DecisionIn, MeetingIn, OrderIn, PutOnIn, TakenOffIn
from tracker.incoming.contact_page import PublishIn
from tracker.models import Activity, Workstation

DAY = date(2026, 11, 20)
STATION = {"kind": "studio", "name": "云林社区委员工作室", "opened_on": date(2026, 11, 2)}


def of_units(world: World) -> list[Deed]:
    """Written down by the unit itself or by the office."""
    public_id = inviting.meeting(world, kind="service", title="义诊进社区", held_on=DAY.isoformat())
    with world.reading():
        unit = campaigning.group_id(world)

    def event() -> Activity:
        return db.session.query(Activity).filter_by(public_id=public_id).one()

    return [
        Deed(
            "activities.hold",
            lambda by: activities.hold(ActivityIn(unit=unit, title="送法下乡", held_on=DAY), by=by),
            UNIT,
            ("activity.hold",),
            facts("unit"),
        ),
        Deed(
            "activities.edit_event",
            lambda by, **seen: activities.edit_event(
                event(), ActivityEdit(title="送医上门", held_on=DAY), by=by, **seen
            ),
            UNIT,
            ("activity.edit_activity",),
            row=event,
        ),
        Deed(
            "activities.cancel_event",
            lambda by, **seen: activities.cancel_event(event(), by=by, **seen),
            UNIT,
            ("activity.cancel_activity",),
            row=event,
        ),
        Deed(
            "activities.set_up",
            lambda by: activities.set_up(WorkstationIn(unit=unit, **STATION), by=by),
            UNIT,
            ("workstation.set_up",),
            facts("unit", "kind"),
        ),
    ]


def of_stations(world: World) -> list[Deed]:
    public_id = contacting.kept(world)
    planned = contacting.planned(world, public_id)

    def station() -> Workstation:
        return db.session.query(Workstation).filter_by(public_id=public_id).one()

    def publish() -> PublishIn:
        return PublishIn(open=True, stations=[public_id], seen=contacting.fingerprint(world))

    return [
        Deed(
            "activities.edit_workstation",
            lambda by, **seen: activities.edit_workstation(
                station(), WorkstationEdit(**STATION), by=by, **seen
            ),
            UNIT,
            ("workstation.edit_workstation",),
            row=station,
        ),
        Deed(
            "activities.close_workstation",
            lambda by, **seen: activities.close_workstation(
                station(), ClosingIn(closed_on=DAY), by=by, **seen
            ),
            UNIT,
            ("workstation.close_workstation",),
            row=station,
        ),
        Deed(
            "activities.receive_residents",
            lambda by, **seen: activities.receive_residents(
                station(), ReceptionIn(held_on=DAY, members="吴海燕", people_count=6), by=by, **seen
            ),
            UNIT,
            ("workstation.receive_residents",),
            facts("people"),
            row=station,
        ),
        Deed(
            "contact_page.plan_day",
            lambda by: contact_page.plan_day(station(), PlannedDayIn(held_on=contacting.LATER), by=by),
            UNIT,
            ("workstation.plan_day",),
            facts("day"),
        ),
        Deed(
            "contact_page.cancel_day",
            lambda by: contact_page.cancel_day(station(), PlannedDayGone(day=planned), by=by),
            UNIT,
            ("workstation.cancel_day",),
            facts("day"),
        ),
        Deed(
            "contact_page.decide",
            lambda by: contact_page.decide(publish(), by=by),
            OFFICE,
            ("workstation.make_public", "unit.decide_contact_page"),
            is_new=True,
        ),
    ]


def of_meetings(world: World) -> list[Deed]:
    """One meeting that is still ahead with two cases on it, an empty one, and one that was held on Friday."""
    before = NOW - timedelta(days=4)
    ahead, empty = agendas.arranged(world), agendas.arranged(world, kind="standing")
    held = agendas.arranged(world, at=before, held_on=DAY.isoformat())
    taken_up = agendas.put_on(world, held, world.raised(at=before), at=before)
    first = agendas.put_on(world, ahead, world.raised())
    agendas.put_on(world, ahead, world.raised())
    waiting = world.raised()
    given = MeetingIn(kind="special", held_on=agendas.TOMORROW, place="五楼会议室")
    words = DecisionIn(decision=agendas.DECISION, told="")
    return [
        Deed(
            "agenda.arrange",
            lambda by: agenda.arrange(given, by=by),
            OFFICE,
            ("meeting.arrange",),
            is_new=True,
        ),
        Deed(
            "agenda.edit",
            lambda by, **seen: agenda.edit(agendas.row(ahead), given, by=by, **seen),
            OFFICE,
            ("meeting.edit_meeting",),
            facts("day"),
            row=lambda: agendas.row(ahead),
        ),
        Deed(
            "agenda.cancel",
            lambda by: agenda.cancel(agendas.row(empty), by=by),
            OFFICE,
            ("meeting.cancel_meeting",),
        ),
        Deed(
            "agenda.put_on",
            lambda by, **seen: agenda.put_on(world.case(waiting), PutOnIn(meeting=ahead), by=by, **seen),
            OFFICE,
            ("agenda_item.put_on",),
            facts("meeting"),
            row=lambda: world.case(waiting),
        ),
        Deed(
            "agenda.reorder",
            lambda by: agenda.reorder(agendas.row(ahead), OrderIn(item=first, to="down"), by=by),
            OFFICE,
            ("meeting.reorder",),
            facts("items"),
        ),
        Deed(
            "agenda.take_off",
            lambda by, **seen: agenda.take_off(
                agendas.item_row(first), TakenOffIn(why_off="材料还不齐"), by=by, **seen
            ),
            OFFICE,
            ("agenda_item.take_off",),
            facts("meeting"),
            row=lambda: agendas.item_row(first),
            note=True,
        ),
        Deed(
            "agenda.decide",
            lambda by, **seen: agenda.decide(agendas.item_row(taken_up), words, by=by, **seen),
            OFFICE,
            ("agenda_item.decide",),
            facts("meeting"),
            row=lambda: agendas.item_row(taken_up),
            note=True,
        ),
    ]
