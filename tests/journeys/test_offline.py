"""Visits without a signal: written in a village, kept over the closing of the browser, sent once each."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route

from tests.journeys.conftest import ARGUMENTS, Service
from tests.journeys.line import Line, line_to
from tests.journeys.visitor import device
from tests.world import PASSWORD
from tracker.extensions import db
from tracker.models import Person, Photo, Visit
from tracker.queries import photos

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

HOUSES = ("云林苑3号楼201室", "云林苑3号楼302室", "云林苑5号楼101室")
# Resolved when no draft is left on the phone.
ALL_SENT = """async () => {
  while ((await drafts.everybodys()).length) await new Promise((done) => setTimeout(done, 50));
}"""
GPS, CAMERA = 0x8825, 0x0110


def picture(shade: int) -> bytes:
    """As a phone takes it: with the place and the camera written inside."""
    exif = Image.Exif()
    exif[CAMERA] = "Secret Phone 9"
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 33.0, 41.5), 3: "E", 4: (120.0, 21.0, 7.2)})
    made = io.BytesIO()
    Image.new("RGB", (2400, 1800), (shade, 120, 90)).save(made, "JPEG", exif=exif)
    assert b"Secret Phone" in made.getvalue()
    return made.getvalue()


@dataclass
class Phone:
    """A browser whose profile outlives it, on a line that can be cut."""

    context: BrowserContext
    line: Line
    page: Page

    def lose_signal(self) -> None:
        self.line.cut()
        self.context.set_offline(True)

    def find_signal(self) -> None:
        self.line.mend()
        self.context.set_offline(False)


@contextmanager
def phone(playwright: Playwright, chromium: str, profile: Path, line: Line) -> Iterator[Phone]:
    given: dict[str, Any] = device(360)
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=ARGUMENTS, offline=line.is_cut, **given
    )
    context.set_default_timeout(20_000)
    try:
        yield Phone(context, line, context.new_page())
    finally:
        context.close()


def waiting(page: Page) -> Locator:
    return page.locator("[data-queue-list] [data-draft]")


def write_down(page: Page, house: int) -> None:
    page.get_by_label("门牌地址").fill(HOUSES[house])
    page.get_by_label("反映的情况").fill(f"第{house + 1}户说楼道感应灯坏了两盏。")
    page.get_by_label("需帮助解决的问题").fill("1. 楼道感应灯坏了\n2. 晾衣绳占用绿地")
    page.get_by_label("晾衣绳占用绿地").uncheck()
    page.get_by_label("同意登记姓名和电话").check()
    shots = [{"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture(40 * (house + 1))}]
    page.get_by_label("照片", exact=False).set_input_files(shots)  # type: ignore[arg-type]
    page.locator("[data-shots] img").wait_for()
    page.get_by_role("button", name="保存").click()
    waiting(page).nth(house).wait_for()


def stored(service: Service) -> list[tuple[str, int, int]]:
    """Address, cases and photos of each visit the second member wrote; no photo tells where it was taken."""
    with service.world.reading():
        rows = (
            db.session.query(Visit).join(Person, Person.id == Visit.member_id).filter_by(login="xs-member2")
        )
        found = []
        for visit in rows.order_by(Visit.id):
            for photo in visit.photos:
                with Image.open(io.BytesIO(photos.content(photo))) as picture:
                    assert not picture.getexif() and not picture.info.get("exif")
            found.append((visit.reported[:3], len(visit.cases), len(visit.photos)))
        assert db.session.query(Photo).filter(Photo.visit_id.is_(None)).count() == 0
        return found


@pytest.mark.requirement("S2-28")
def test_three_visits_without_a_signal_arrive_once_each(
    playwright: Playwright, chromium: str, service: Service, tmp_path: Path
) -> None:
    with line_to(service.address) as line:
        with phone(playwright, chromium, tmp_path, line) as held:
            sign_in(held.page, line.address, "xs-member2")
            held.page.goto(line.address + "/visits/new")
            held.page.locator("html[data-kept]").wait_for()
            held.lose_signal()
            held.page.goto(line.address + "/visits/new")
            held.page.get_by_label("镇街或社区").select_option(label="云林社区")
            for house in range(3):
                write_down(held.page, house)
                assert held.page.get_by_label("镇街或社区").input_value()
            assert held.page.locator("[data-queue-count]").inner_text() == "3"
            assert held.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert stored(service) == []

        with phone(playwright, chromium, tmp_path, line) as held:
            held.page.goto(line.address + "/visits/new")
            waiting(held.page).nth(2).wait_for()
            held.find_signal()
            # The login ended with the browser; what waits is still there and says what it needs.
            held.page.get_by_text("请重新登录后发送").wait_for()
            assert waiting(held.page).count() == 3 and stored(service) == []
            sign_in(held.page, line.address, "xs-member2")
            held.page.evaluate(ALL_SENT)
            assert not held.page.locator("[data-waiting]").is_visible()
    assert stored(service) == [("第1户", 1, 1), ("第2户", 1, 1), ("第3户", 1, 1)]


def test_a_draft_is_sent_once_by_its_writer_alone_and_says_what_is_wrong(
    browser: Browser, service: Service
) -> None:
    before = counted(service)
    with browser.new_context(**device(360), service_workers="block") as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, service.address, "xs-member")
        page.goto(service.address + "/visits/offline")
        page.get_by_label("反映的情况").fill("楼道感应灯坏了两盏。")
        page.route("**/api/v1/visits", lose_the_answer)
        page.get_by_role("button", name="保存").click()
        page.get_by_text("可能已经送到").wait_for()
        # What may have arrived can no longer be changed here.
        assert waiting(page).get_by_role("button", name="修改").count() == 0
        assert counted(service) == before + 1

        sign_in(page, service.address, "xs-member2")
        page.unroute("**/api/v1/visits")
        page.goto(service.address + "/visits/offline")
        page.get_by_text("别的账号写的 1 条").wait_for()
        assert waiting(page).count() == 0 and counted(service) == before + 1

        sign_in(page, service.address, "xs-member")
        page.evaluate(ALL_SENT)
        assert counted(service) == before + 1
        page.goto(service.address + "/visits/offline")
        page.route("**/api/v1/visits", with_a_wrong_area)
        page.get_by_label("反映的情况").fill("楼道感应灯坏了两盏。")
        page.get_by_label("同时属于哪项活动").select_option("三解三促")
        page.get_by_role("button", name="保存").click()
        page.get_by_text("没有这个地区").wait_for()
        page.unroute("**/api/v1/visits")
        page.get_by_label("同时属于哪项活动").select_option("")
        waiting(page).get_by_role("button", name="修改").click()
        page.get_by_role("button", name="保存").click()
        page.evaluate(ALL_SENT)
        assert counted(service) == before + 2 and last_drive(service) == "三解三促"


def test_a_form_that_cannot_be_sent_is_kept_and_its_lines_are_still_decided(
    browser: Browser, service: Service
) -> None:
    before = counted(service)
    with browser.new_context(**device(360), service_workers="block") as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, service.address, "xs-member")
        page.goto(service.address + "/visits/new")
        page.get_by_label("镇街或社区").select_option(label="云林社区")
        page.get_by_label("反映的情况").fill("楼道感应灯坏了两盏。")
        page.get_by_label("需帮助解决的问题").fill("1. 楼道感应灯坏了\n2. 晾衣绳占用绿地")
        page.route("**/visits/sending", lambda route: route.abort())
        page.get_by_role("button", name="保存").click()
        page.wait_for_url("**/visits/offline#*")
        page.unroute("**/visits/sending")
        page.get_by_label("晾衣绳占用绿地").uncheck()
        assert counted(service) == before
        page.get_by_role("button", name="保存").click()
        page.evaluate(ALL_SENT)
        codes = page.locator("[data-sent]").get_by_text("查询码")
        # What was sent is drawn a moment after its draft is gone.
        codes.wait_for()
        assert codes.count() == 1
        assert page.get_by_role("region", name="都已发出").is_visible()
    assert counted(service) == before + 1


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def with_a_wrong_area(route: Route) -> None:
    route.continue_(post_data=json.dumps(route.request.post_data_json | {"area": "9999"}))


def last_drive(service: Service) -> str:
    with service.world.reading():
        return str(db.session.query(Visit.drive).order_by(Visit.id.desc()).limit(1).scalar())


def counted(service: Service) -> int:
    with service.world.reading():
        return db.session.query(Visit).count()


def sign_in(page: Page, address: str, login: str) -> None:
    page.context.clear_cookies()
    page.goto(address + "/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator("header .bell").wait_for()
    # The scripts of the page run when it has been read whole.
    page.wait_for_load_state()
