"""The real service with a few matters in every state, and a real browser."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import agendas, campaigning, inviting
from tests.conftest import KEYS, build
from tests.contacting import fingerprint
from tests.forms_world import annex1, confirmed, read_at_once, register
from tests.incoming.forms.writing import book
from tests.server import environment, serving
from tests.world import World
from tracker.actions import activities, contact_page, group_reports
from tracker.extensions import db
from tracker.incoming.activities import ActivityIn, PlannedDayIn, WorkstationIn
from tracker.incoming.contact_page import PublishIn
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn
from tracker.models import Category
from tracker.rules.clock import shanghai_date

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Service:
    """A running service: where it answers, what it wrote down, and the world in its database."""

    address: str
    log: Path
    instance: Path
    world: World
    places: dict[str, str]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    assert found, f"the journeys need a browser: one of {', '.join(NAMES)}"
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def service(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    instance = tmp_path_factory.mktemp("journey")
    shutil.copy(sqlite_template, instance / "huiyin.db")
    url = f"sqlite:///{instance / 'huiyin.db'}"
    world = World(build(url, instance))
    places = neighbours(world, datetime.now(UTC))
    log = instance / "service.log"
    env = environment(KEYS, url, instance, GRANIAN_LOG_ACCESS_ENABLED="true")
    with serving(env, workers=1, log=log) as address:
        yield Service(address, log, instance, world, places)
    with world.app.app_context():
        db.engine.dispose()


def neighbours(world: World, now: datetime) -> dict[str, str]:
    """Other people's matters, so that no list is empty; the addresses of one page of each kind."""
    day = timedelta(days=1)
    found_categories(world)
    two = (("housing", "lead"), ("transport", "co"))
    raised = world.raised(at=now - day, category="B02", summary="柏庄三区南侧排水沟堵塞，雨天积水漫到楼道口")
    world.raised(
        at=now - 2 * day,
        by="member2",
        category="B03",
        summary="东亭实验小学门口放学时段车辆乱停",
        urgency="urgent",
    )
    coordinated = world.coordinated(
        at=now - 3 * day, units=two, category="B03", summary="锡东大道与友谊路口信号灯配时过短"
    )
    replied = world.replied(
        at=now - 6 * day, category="B04", summary="新屯里小区二次供水水压不足，高层住户夜间无水"
    )
    handled = world.handled(at=now - 8 * day, category="C01", summary="春江花园快递柜占用消防通道")
    drafted = world.letter(handled, at=now - 8 * day)
    submitted = world.letter(
        world.handled(at=now - 12 * day, category="C02", summary="北街老年活动室白天不开门"),
        "submitted",
        at=now - 9 * day,
    )
    delivered = world.delivered(
        world.handled(at=now - 20 * day, summary="泾声路路灯间隔太远"), at=now - 18 * day
    )
    visited = world.visited(at=now - day, visited_on=(now - day).date().isoformat(), circle=None)
    brief = world.brief("sent_up", at=now - day)
    world.move_submission(
        brief,
        "adopt",
        at=now - day,
        level="city",
        manner="single",
        adopted_on=(now - day).date().isoformat(),
    )
    share = world.shares(coordinated)[0]
    world.move_share(share, "accept", at=now - 2 * day)
    booklet = world.booklet(at=now)
    agenda = agenda_page(world, now, coordinated, replied)
    return (
        campaign_pages(world, now)
        | import_pages(world, now)
        | meeting_pages(world, now)
        | {
            "agenda": agenda,
            "booklet": f"/booklets/{booklet}",
            "booklet_items": f"/booklets/{booklet}/items",
            "booklet_choice": f"/booklets/{booklet}/choose",
            "raised": f"/cases/{raised}",
            "triage": f"/cases/{raised}/coordinate",
            "coordinated": f"/cases/{coordinated}",
            "replied": f"/cases/{replied}",
            "handled": f"/cases/{handled}",
            "share": f"/assignments/{share}",
            "co_share": f"/assignments/{world.shares(coordinated)[1]}",
            "drafted": f"/letters/{drafted}",
            "submitted": f"/letters/{submitted}",
            "delivered": f"/letters/{delivered}",
            "visited": f"/visits/{visited}",
            "brief": f"/submissions/{brief}",
            "carry_on": f"/submissions/for/{raised}",
            "into_case": f"/submissions/{brief}/case",
            "edit_brief": f"/submissions/{world.submitted(at=now - day)}/edit",
        }
    )


def meeting_pages(world: World, now: datetime) -> dict[str, str]:
    """A meeting with somebody proposed, somebody to come and somebody who spoke, and the form from there."""
    meeting = inviting.meeting(world, at=now, held_on=shanghai_date(now).isoformat())
    inviting.proposed(world, meeting, at=now, called="华银娣")
    asked = inviting.proposed(world, meeting, at=now, called="浦志良")
    inviting.moved(world, asked, "approve", by="director", at=now)
    inviting.spoken(world, meeting, at=now)
    return {"meeting": f"/activities/{meeting}", "heard": f"/heard/activity/{meeting}/case"}


def agenda_page(world: World, now: datetime, *cases: str) -> str:
    """Today's meeting: the first case is decided, the second not, one was taken off."""
    meeting = agendas.arranged(world, at=now, held_on=shanghai_date(now).isoformat())
    items = [agendas.put_on(world, meeting, reference, at=now) for reference in cases]
    off = agendas.put_on(world, meeting, world.raised(at=now, summary="路名牌褪色"), at=now)
    agendas.taken_off(world, off, at=now)
    agendas.decided(world, items[0], at=now)
    return f"/meetings/{meeting}"


def import_pages(world: World, now: datetime) -> dict[str, str]:
    """Uploads: one that waits with a doubt and a fault, one of a member, one that was confirmed."""
    day = (now - timedelta(days=3)).date()
    doubtful = annex1(visitors="吴海燕、查无此人", visited_on=f"{day.month}月{day.day}日")
    figures = [["组别", "参与活动委员人数", "界别圈", "生活圈", "朋友圈", "发展建议", "社情民意", "双招双引"]]
    figures.append(["东亭街道工委会", "3", "0", "1", "0", "0", "0", "0"])
    files = (("登记表.docx", doubtful), ("一览表.xlsx", book({"走访": register(3)})))
    waiting = read_at_once(world, now, *files, ("附件3.xlsx", book({"表": figures})))
    mine = read_at_once(world, now, ("我的.docx", annex1(contact="毛桂芳")), by="member")
    stored = read_at_once(world, now, ("登记表.docx", annex1(contact="陆师傅")))
    confirmed(world, stored)
    places = {"forms_read": waiting, "own_forms": mine, "forms_stored": stored}
    return {name: f"/imports/{public_id}" for name, public_id in places.items()}


def campaign_pages(world: World, now: datetime) -> dict[str, str]:
    """A running campaign with a group somebody corrected, confirmed and supervised; a service, a studio."""
    campaign = campaigning.begun(world)
    correction = CorrectionIn(figure="participants", value=3, reason="两位委员一同走访，没有登记", sure=True)
    with world.writing(now):
        clerk, secretary, day = world.actor("clerk"), world.actor("secretary"), now.date() - timedelta(days=2)
        report, group = campaigning.report(world), campaigning.group_id(world)
        group_reports.liaise(report, DutyIn(unit=campaigning.group_id(world, "office")), by=clerk)
        finding = FindingIn(found_on=day, finding="一位委员尚未走访", action="月底前补齐")
        group_reports.supervise(report, finding, by=clerk)
        group_reports.correct(report, correction, by=secretary)
        group_reports.move(report, "confirm", by=secretary, given={})
        held = activities.hold(ActivityIn(unit=group, title="义诊进社区", held_on=day), by=secretary)
        given = WorkstationIn(unit=group, kind="studio", name="东亭委员工作室", opened_on=day)
        station = activities.set_up(given, by=secretary)
        soon = PlannedDayIn(held_on=now.date() + timedelta(days=9), hours="上午9:00—11:30")
        contact_page.plan_day(station, soon, by=secretary)
        public = PublishIn(open=True, members=True, stations=[station.public_id], seen=fingerprint(world))
        contact_page.decide(public, by=clerk)
        return {
            "campaign": f"/campaigns/{campaign}",
            "group": f"/campaigns/{campaign}/groups/{group}",
            "remind": f"/campaigns/{campaign}/reminders",
            "scores": f"/campaigns/{campaign}/scores",
            "score_items": f"/campaigns/{campaign}/scores/items",
            "activity": f"/activities/{held.public_id}",
            "workstation": f"/workstations/{station.public_id}",
        }


def found_categories(world: World) -> None:
    """Beside the street lamps of the small world."""
    names = {"B02": "防汛排水", "B03": "交通出行", "B04": "供水供气", "C01": "社区安全", "C02": "养老服务"}
    with world.writing():
        top = (
            db.session.query(Category)
            .filter_by(code="B", committee_id=world.actor("clerk").committee_id)
            .one()
        )
        for code, name in names.items():
            full = f"{top.name} / {name}"
            db.session.add(
                Category(
                    committee_id=top.committee_id,
                    code=code,
                    name=name,
                    full_name=full,
                    level=2,
                    parent_id=top.id,
                )
            )
