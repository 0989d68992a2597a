"""Annex 3 on the screen, for programs, as Excel, Word and PDF is what an independent count says."""

import io
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pdfplumber
import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from tests.campaigning import begun
from tests.counted import Counted
from tests.web.browser import Browser
from tests.world import NOW, World
from tracker.extensions import clock, db
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reading import read
from tracker.models import Campaign, Membership, OrgUnit, Person, Submission, Visit, Visitor
from tracker.models.base import new_public_id

GROUPS, VISITS = 20, 3000
MEMBERS = 6
OCCASION = Occasion(date(2026, 11, 23), starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
FIRST = date(2026, 7, 15)
CIRCLES = ("sector", "living", "friends")
KINDS = ("suggestion", "brief", "investment_lead", "talent_lead")
Table = dict[str, list[int]]


@pytest.fixture
def busy(either_app: Flask) -> Iterator[tuple[World, str]]:
    world = World(either_app, "dt")
    campaign = begun(world)
    with world.writing():
        _seed(world, campaign, random.Random(5))
    with clock.at(NOW):
        yield world, campaign


def _seed(world: World, public_id: str, chance: random.Random) -> None:
    committee = world.actor("clerk").committee_id
    campaign = db.session.scalars(select(Campaign.id).where(Campaign.public_id == public_id)).one()
    members = _members(committee)
    visits = [_visit(chance, committee, campaign, members) for _ in range(VISITS)]
    db.session.execute(insert(Visit), visits)
    ids = dict(db.session.execute(select(Visit.public_id, Visit.id)).all())
    went = [
        {"visit_id": ids[visit["public_id"]], "person_id": person, "group_id": group}
        for visit in visits
        for person, group in {visit["member_id"]: visit["group_id"]}.items()
        | dict(chance.sample(members, chance.choice((0, 0, 1, 2)))).items()
    ]
    db.session.execute(insert(Visitor), [dict(row) for row in {tuple(sorted(one.items())) for one in went}])
    handed = [_submission(chance, committee, campaign, members) for _ in range(VISITS // 4)]
    db.session.execute(insert(Submission), handed)


def _members(committee: int) -> list[tuple[int, int]]:
    """(person, group) of everybody in the new groups."""
    root = db.session.scalars(
        select(OrgUnit).where(OrgUnit.committee_id == committee, OrgUnit.key == "root")
    ).one()
    found = []
    for number in range(GROUPS):
        name = f"第{number + 1:02}联络组"
        unit = OrgUnit(
            committee_id=committee, parent_id=root.id, kind="township_group", key=f"g{number}", name=name
        )
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{root.path}{unit.id}/"
        for place in range(MEMBERS):
            person = Person(
                committee_id=committee, login=f"dt-g{number}-{place}", name="王明", password_hash="-"
            )
            person.posts = [Membership(unit_id=unit.id, role="member")]
            db.session.add(person)
            db.session.flush()
            found.append((person.id, unit.id))
    return found


def _visit(
    chance: random.Random, committee: int, campaign: int, members: list[tuple[int, int]]
) -> dict[str, Any]:
    person, group = chance.choice(members)
    return {
        "public_id": new_public_id(),
        "committee_id": committee,
        # Some count for no campaign, some stand in no circle.
        "campaign_id": campaign if chance.random() < 0.9 else None,
        "member_id": person,
        "group_id": group,
        "visited_on": FIRST + timedelta(days=chance.randrange(45)),
        "circle": chance.choice((*CIRCLES, None)),
        "persons_count": chance.randint(1, 9),
    }


def _submission(
    chance: random.Random, committee: int, campaign: int, members: list[tuple[int, int]]
) -> dict[str, Any]:
    person, group = chance.choice(members)
    return {
        "committee_id": committee,
        "campaign_id": campaign,
        "member_id": person,
        "group_id": group,
        "kind": chance.choice(KINDS),
        "state": chance.choice(("submitted", "submitted", "submitted", "withdrawn")),
        "title": "建议",
        "text": "建议",
        "submitted_on": FIRST,
    }


@pytest.mark.requirement("S2-41")
@pytest.mark.requirement("S2-42")
@pytest.mark.requirement("S2-43")
@pytest.mark.requirement("S2-44")
@pytest.mark.requirement("S2-45")
def test_annex_3_is_the_same_everywhere(busy: tuple[World, str], counted: Counted) -> None:
    world, campaign = busy
    expected = _counted(world, campaign)
    clerk = Browser(world.app, "dt-clerk")
    address = f"/campaigns/{campaign}"
    found = {
        "the screen": _on_screen(clerk.get(address).text),
        "the interface": _told(clerk.client.get(f"/api/v1{address}/summary").get_json()),
        "Excel": _read("a.xlsx", clerk.client.get(f"{address}/summary.xlsx").data),
        "Word": _read("a.docx", clerk.client.get(f"{address}/summary.docx").data),
        "PDF": _printed(clerk.client.get(f"{address}/summary.pdf").data),
    }
    assert sum(sum(row) for row in expected.values()) > VISITS
    for where, table in found.items():
        assert table == expected, where
    cells = sum(map(len, expected.values()))
    counted(f"{len(expected) - 1} groups, {VISITS} visits: {cells} figures alike in {', '.join(found)}")


def _counted(world: World, campaign: str) -> Table:
    """Straight from the tables, group by group, with statements of its own."""
    found: Table = {}
    with world.reading():
        number = db.session.execute(
            text("SELECT id FROM campaign WHERE public_id = :id"), {"id": campaign}
        ).scalar_one()
        groups = db.session.execute(
            text(
                "SELECT id, name FROM org_unit WHERE kind IN ('special_committee', 'working_committee',"
                " 'sector_group', 'party', 'city_group', 'township_group') AND committee_id ="
                " (SELECT committee_id FROM campaign WHERE id = :campaign)"
            ),
            {"campaign": number},
        ).all()
        for group, name in groups:
            found[name] = _figures(number, group)
    found["汇总"] = [sum(column) for column in zip(*found.values(), strict=True)]
    return found


def _figures(campaign: int, group: int) -> list[int]:
    def one(statement: str, **more: str) -> int:
        values = {"campaign": campaign, "group": group} | more
        return int(db.session.execute(text(statement), values).scalar() or 0)

    reached = (
        "SELECT sum(persons_count) FROM visit"
        " WHERE campaign_id = :campaign AND group_id = :group AND circle = :circle"
    )
    submission = (
        "SELECT count(*) FROM submission WHERE campaign_id = :campaign AND group_id = :group"
        " AND state <> 'withdrawn' AND kind LIKE :kind"
    )
    went = (
        "SELECT count(DISTINCT w.person_id) FROM visitor w, visit v"
        " WHERE v.id = w.visit_id AND v.campaign_id = :campaign AND w.group_id = :group"
    )
    return [
        one(went),
        *(one(reached, circle=circle) for circle in CIRCLES),
        *(one(submission, kind=kind) for kind in ("suggestion", "brief", "%_lead")),
    ]


def _on_screen(page: str) -> Table:
    table = page.partition('id="summary"')[2].partition("</tbody>")[0].partition("<tbody>")[2]
    found = {}
    for row in re.findall(r"<tr data-row>(.*?)</tr>", table, re.S):
        head, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        found[_words(head.partition("<span")[0])] = [int(_words(cell)) for cell in cells]
    return found


def _words(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def _told(answer: dict[str, Any]) -> Table:
    names = ("participants", *CIRCLES, "suggestions", "briefs", "leads")
    found = {row["group_name"]: [row[name] for name in names] for row in answer["rows"]}
    return found | {"汇总": [answer["total"][name] for name in names]}


def _read(name: str, content: bytes) -> Table:
    """By the product's own reader, which checks the last row against those above it."""
    (one,) = read(name, content, OCCASION)
    assert [str(problem) for form in one.forms for problem in form.problems] == []
    found = {
        form.fields["group"]: [form.fields[name] for name in list(form.fields)[1:]] for form in one.forms
    }
    return found | {"汇总": [sum(column) for column in zip(*found.values(), strict=True)]}


def _printed(content: bytes) -> Table:
    found = {}
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            for row in page.extract_tables()[0][2:]:
                name, *numbers = ["".join((cell or "").split()) for cell in row]
                found[name] = [int(number) for number in numbers]
    return found
