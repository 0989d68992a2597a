"""What is asked of members and units, what counts, and what a group hands in."""

from datetime import date

from sqlalchemy import select

from tests import campaigning
from tests.campaigning import campaign
from tests.deeds.deed import DIRECTOR, OFFICE, Deed, facts
from tests.world import NOW, World
from tracker.actions import campaigns, digests, group_reports, scores
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.campaigns import CampaignIn, DrivesIn, ExemptionIn
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn, PlanDoneIn, StoryIn
from tracker.incoming.scores import NominationIn, ScoreItemsIn
from tracker.models import GroupReport, LiaisonDuty
from tracker.queries import people
from tracker.rules.spans import span

DAY = date(2026, 11, 20)
OWN = CampaignIn(name="访企业解难题", starts_on=DAY, ends_on=date(2026, 12, 20), visits=2)
WRITERS = ("secretary", "clerk")
ITEMS = ScoreItemsIn.model_validate(
    {"items": [{"bearer": "member", "counts": "enterprise", "label": "走访企业", "points": 3, "cap": 30}]}
)


def of_the_campaign(world: World) -> list[Deed]:
    campaigning.begun(world)
    with world.reading():
        who, excused = (people.public_id(world.actor(login)) for login in ("member", "member2"))
    with world.writing():
        clerk = world.actor("clerk")
        campaigns.exempt(campaign(world), ExemptionIn(who=excused, reason="长期驻外"), by=clerk)
    exempt = ExemptionIn(who=who, quota="enterprise", reason="因病住院")
    return [
        Deed(
            "campaigns.open_from",
            lambda by: campaigns.open_from(presets.load("xishan").campaigns[0], 2027, by=by),
            OFFICE,
            ("campaign.open",),
            facts("key"),
            is_new=True,
        ),
        Deed(
            "campaigns.draw_up",
            lambda by: campaigns.draw_up(OWN, by=by),
            OFFICE,
            ("campaign.open",),
            facts("key"),
            is_new=True,
        ),
        Deed(
            "campaigns.name_drives",
            lambda by: campaigns.name_drives(campaign(world), DrivesIn(drives=["大走访"]), by=by),
            OFFICE,
            ("campaign.name_drives",),
            facts("drives"),
        ),
        Deed(
            "campaigns.exempt",
            lambda by: campaigns.exempt(campaign(world), exempt, by=by),
            OFFICE,
            ("campaign.exempt",),
            facts("person", "quota"),
        ),
        Deed(
            "campaigns.end_exemption",
            lambda by: campaigns.end_exemption(
                campaign(world), campaign(world).exemptions[0].public_id, by=by
            ),
            OFFICE,
            ("campaign.end_exemption",),
            facts("exemption"),
        ),
        Deed(
            "campaigns.mark_done",
            lambda by: campaigns.mark_done(
                campaign(world), campaign(world).plan[0].public_id, PlanDoneIn(done_on=DAY), by=by
            ),
            OFFICE,
            ("campaign.mark_done",),
            facts("item", "on"),
        ),
        Deed(
            "campaigns.remind",
            lambda by: campaigns.remind(campaign(world), by=by),
            ("secretary", *OFFICE),
            ("campaign.remind",),
            facts("people"),
        ),
        Deed(
            "digests.send",
            lambda by: digests.send(span("week", NOW.date()), by=by),
            OFFICE,
            ("digest.send",),
            facts("period", "first"),
            is_new=True,
        ),
    ]


def of_the_sheet(world: World) -> list[Deed]:
    """Points, and who is put forward for an award."""
    campaigning.begun(world)
    world.visited()
    with world.reading():
        one, other = (people.public_id(world.actor(who)) for who in ("member", "member2"))
    reason = NominationIn(reason="全年走访十二次")
    with world.writing():
        candidate = scores.nominate(campaign(world), one, reason, by=world.actor("director")).public_id
    return [
        Deed(
            "scores.set_items",
            lambda by, **seen: scores.set_items(campaign(world), ITEMS, by=by, **seen),
            DIRECTOR,
            ("campaign.set_score_items",),
            facts("before", "after"),
            row=lambda: campaign(world),
        ),
        Deed(
            "scores.nominate",
            lambda by: scores.nominate(campaign(world), other, reason, by=by),
            OFFICE,
            ("campaign.nominate",),
            facts("person", "candidate", "points"),
        ),
        Deed(
            "scores.end_nomination",
            lambda by: scores.end_nomination(campaign(world), candidate, by=by),
            OFFICE,
            ("campaign.end_nomination",),
            facts("candidate"),
        ),
    ]


def of_a_group(world: World) -> list[Deed]:
    """A report about which something was written already."""
    campaigning.begun(world)
    correction = CorrectionIn(figure="living", value=3, reason="三户没有登记")
    with world.writing():
        clerk, other = world.actor("clerk"), campaigning.group_id(world, "group2")
        group_reports.correct(campaigning.report(world), correction, by=clerk)
        group_reports.liaise(campaigning.report(world), DutyIn(unit=other), by=clerk)

    def report() -> GroupReport:
        return db.session.scalars(select(GroupReport)).one()

    def duty() -> str:
        return db.session.scalars(select(LiaisonDuty)).one().public_id

    again = correction.model_copy(update={"value": 4})
    finding = FindingIn(found_on=DAY, finding="走访记录不完整")
    return [
        Deed(
            "group_reports.correct",
            lambda by: group_reports.correct(report(), again, by=by),
            WRITERS,
            ("group_report.correct_figure",),
            facts("figure", "counted", "value"),
            note=True,
        ),
        Deed(
            "group_reports.end_correction",
            lambda by: group_reports.end_correction(report(), report().corrections[0].public_id, by=by),
            WRITERS,
            ("group_report.end_correction",),
            facts("figure"),
        ),
        Deed(
            "group_reports.write_story",
            lambda by, **seen: group_reports.write_story(
                report(), StoryIn(story="走访二十户。"), by=by, **seen
            ),
            WRITERS,
            ("group_report.write_story",),
            facts("length"),
            row=report,
        ),
        Deed(
            "group_reports.liaise",
            lambda by: group_reports.liaise(report(), DutyIn(unit="office"), by=by),
            OFFICE,
            ("group_report.liaise",),
            facts("unit"),
        ),
        Deed(
            "group_reports.end_duty",
            lambda by: group_reports.end_duty(report(), duty(), by=by),
            OFFICE,
            ("group_report.end_duty",),
            facts("unit"),
        ),
        Deed(
            "group_reports.supervise",
            lambda by: group_reports.supervise(report(), finding, by=by),
            OFFICE,
            ("group_report.supervise",),
        ),
    ]
