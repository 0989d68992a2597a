"""A small world in which results of every kind count, and the same counted again by hand-written SQL."""

from datetime import date
from typing import Any

from sqlalchemy import text

from tests import campaigning
from tests.first_steps import step
from tests.world import World
from tracker.actions import exemplars, scores
from tracker.extensions import db
from tracker.incoming.scores import ScoreItemsIn
from tracker.models import Activity, Adoption, Submission, Workstation
from tracker.models.base import new_public_id
from tracker.queries import exemplars as marks
from tracker.queries import people
from tracker.rules.scoring import SCORED

POINTS = 2


@step
def of_everything(world: World, **caps: int) -> None:
    """Everything that can count counts two points; ``caps`` by what is counted."""
    items = [
        {
            "bearer": bearer,
            "counts": counts,
            "label": f"计{counts}",
            "points": POINTS,
            "cap": caps.get(counts),
        }
        for bearer, each in SCORED.items()
        for counts in each
    ]
    with world.writing():
        given = ScoreItemsIn.model_validate({"items": items})
        scores.set_items(campaigning.campaign(world), given, by=world.actor("director"))


def public_id(world: World, login: str) -> str:
    """Inside an open transaction."""
    return people.public_id(world.actor(login))


@step
def busy(world: World) -> None:
    """Visits alone and together, briefs adopted at several levels or taken back, marks, services, studios."""
    world.visited(contact={"kind": "enterprise"}, persons_count=4)
    world.visited(contact={"kind": "public_person"}, persons_count=3)
    with world.reading():
        together = [public_id(world, "member2")]
    shown = world.visited(contact={"kind": "sector_person"}, persons_count=2, visitors=together)
    for kind in ("suggestion", "brief", "brief", "talent_lead"):
        world.submitted(kind)
    world.submitted("brief", by="member2")
    _adopt(world)
    with world.writing():
        thing = marks.thing("visit", shown, world.actor("clerk"))
        exemplars.mark(thing, "走得勤", by=world.actor("clerk"))
        brief = db.session.query(Submission).filter_by(kind="suggestion").one()
        mark = exemplars.mark(brief, "写得好", by=world.actor("clerk"))
        exemplars.end(mark, by=world.actor("clerk"))
    _units(world)


def _adopt(world: World) -> None:
    """The first brief at two levels, the second only at the own one, the third was taken back."""
    with world.writing():
        first, second, third = db.session.query(Submission).filter_by(kind="brief").order_by(Submission.id)
        day = date(2026, 11, 20)
        for brief, level in (
            (first, "city"), (first, "province"), (second, "district"), (third, "nation"),
        ):  # fmt: skip
            adoption = Adoption(submission_id=brief.id, level=level, manner="single", adopted_on=day)
            db.session.add(adoption)
        third.state = "withdrawn"


def _units(world: World) -> None:
    with world.writing():
        campaign = campaigning.campaign(world)
        (unit,) = world.actor("secretary").units("secretary")
        common: dict[str, Any] = {"committee_id": campaign.committee_id, "unit_id": unit}
        for day in (date(2026, 5, 1), date(2026, 6, 1), date(2025, 5, 1)):
            row = Activity(public_id=new_public_id(), kind="service", title="义诊", held_on=day, **common)
            db.session.add(row)
        station = Workstation(kind="studio", name="东亭工作室", opened_on=date(2025, 1, 1), **common)
        db.session.add(station)


# Written from the words of the sheet, not from the queries.
_VISITS = """
SELECT p.name, COUNT(*), COUNT(CASE WHEN v.contact_kind = 'enterprise' THEN 1 END),
       SUM(CASE WHEN v.contact_kind = 'sector_person' THEN v.persons_count ELSE 0 END),
       SUM(CASE WHEN v.contact_kind = 'public_person' THEN v.persons_count ELSE 0 END)
FROM visitor w JOIN visit v ON v.id = w.visit_id JOIN person p ON p.id = w.person_id
WHERE v.campaign_id = :campaign GROUP BY p.name
"""
_HANDED = """
SELECT p.name, COUNT(CASE WHEN s.kind = 'suggestion' THEN 1 END),
       COUNT(CASE WHEN s.kind = 'brief' THEN 1 END),
       COUNT(CASE WHEN s.kind IN ('investment_lead', 'talent_lead') THEN 1 END)
FROM submission s JOIN person p ON p.id = s.member_id
WHERE s.campaign_id = :campaign AND s.state <> 'withdrawn' GROUP BY p.name
"""
_ADOPTED = """
SELECT p.name, COUNT(CASE WHEN r.top = 2 THEN 1 END), COUNT(CASE WHEN r.top = 3 THEN 1 END),
       COUNT(CASE WHEN r.top = 4 THEN 1 END)
FROM (SELECT submission_id, MAX(CASE level WHEN 'nation' THEN 4 WHEN 'province' THEN 3 WHEN 'city' THEN 2
      ELSE 1 END) AS top FROM adoption GROUP BY submission_id) r
JOIN submission s ON s.id = r.submission_id JOIN person p ON p.id = s.member_id
WHERE s.campaign_id = :campaign AND s.state <> 'withdrawn' GROUP BY p.name
"""
_MARKED = """
SELECT p.name, COUNT(*) FROM exemplar e LEFT JOIN visitor w ON w.visit_id = e.visit_id
LEFT JOIN submission s ON s.id = e.submission_id
JOIN person p ON p.id = w.person_id OR p.id = s.member_id WHERE e.ended_at IS NULL GROUP BY p.name
"""


def counted_again(campaign_id: int) -> dict[str, list[int]]:
    """Every member's counts in the order of SCORED."""
    found: dict[str, list[int]] = {}
    width = 0
    for query, columns in ((_VISITS, 4), (_HANDED, 3), (_ADOPTED, 3), (_MARKED, 1)):
        for name, *numbers in db.session.execute(text(query), {"campaign": campaign_id}):
            row = found.setdefault(name, [])
            row += [0] * (width - len(row)) + [int(number) for number in numbers]
        width += columns
    return {name: row + [0] * (width - len(row)) for name, row in found.items()}
