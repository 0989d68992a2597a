"""What stays behind in a browser and in the logs: no tracking code, and nothing to see after leaving."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.journeys.conftest import ARGUMENTS, Service
from tests.journeys.visitor import Visitor, device
from tests.world import NARRATIVE, World
from tracker.actions import codes

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]


@pytest.fixture
def profile(playwright: Playwright, chromium: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that remembers where it was, as people's own do."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium, args=ARGUMENTS, **device(360)
    )
    yield context
    context.close()


def code_of(world: World, reference: str) -> str:
    with world.writing(datetime.now(UTC)):
        return codes.issue(world.case(reference), by=world.actor("clerk")).code.text


def spelled(code: str) -> re.Pattern[bytes]:
    """The code with or without its dashes, in either case of letters; its secret half is enough."""
    return re.compile("-?".join(code[-17:]).encode(), re.IGNORECASE)


def history(profile: Path) -> bytes:
    copy = shutil.copy(profile / "Default" / "History", profile / "copy")
    with sqlite3.connect(copy) as database:
        rows = database.execute("select url, title from urls").fetchall()
    assert any("/track" in url for url, _ in rows)
    return repr(rows).encode()


@pytest.mark.requirement("T11")
@pytest.mark.parametrize("way", ["typed", "scanned"])
def test_a_code_stays_out_of_the_address_and_every_log(
    service: Service, profile: BrowserContext, tmp_path: Path, way: str
) -> None:
    code = code_of(service.world, told(service.world))
    with Visitor.in_context(profile, service.address, 360) as resident:
        arrive(resident, code, way)
        resident.press("查询")
        assert resident.sees("您反映的事已有答复")
        resident.choose("这件事办得怎么样", "满意")
        resident.press("提交评价")
        assert not spelled(code).search(resident.page.locator("body").inner_text().encode())
        addresses = resident.page.evaluate("navigation.entries().map((entry) => entry.url)")
        assert len(addresses) >= 2 and not [url for url in addresses if spelled(code).search(url.encode())]
    if way == "typed":
        # A browser notes the address of a scanned slip before the page can take the code out of it.
        assert not spelled(code).search(history(tmp_path / "profile"))
    assert b"POST /track" in service.log.read_bytes(), "the access log is not being kept"
    files = [service.log, *(path for path in service.instance.rglob("*") if path.is_file())]
    assert not [path.name for path in files if spelled(code).search(path.read_bytes())]


def arrive(resident: Visitor, code: str, way: str) -> None:
    """With the code in its field and the address without it."""
    if way == "scanned":
        resident.open(f"/track#{code}")
    else:
        resident.open("/track")
        resident.fill("查询码", code)
    assert resident.field("查询码").input_value().replace("-", "") == code
    assert resident.page.url == f"{resident.address}/track"


def told(world: World) -> str:
    """A case that was answered by letter an hour ago."""
    now = datetime.now(UTC)
    reference = world.handled(at=now - timedelta(days=1))
    world.delivered(reference, at=now - timedelta(hours=1))
    return reference


@pytest.mark.requirement("T43")
def test_the_way_back_after_leaving_shows_nothing(remembering: Browser, service: Service) -> None:
    with Visitor.at(remembering, service.address) as clerk:
        clerk.sign_in("clerk")
        clerk.open(service.places["coordinated"])
        assert NARRATIVE[:12] in clerk.page.content()
        clerk.page.locator("summary", has_text="周文博").click()
        clerk.press("退出登录")
        for _ in range(3):
            clerk.page.go_back()
            text = clerk.page.content()
            assert NARRATIVE[:12] not in text and "周文博" not in text and "欧阳" not in text
        clerk.open(service.places["coordinated"])
        assert "/sign-in" in clerk.page.url


@pytest.fixture
def remembering(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """With the cache that keeps whole pages for the way back, which the driver otherwise turns off."""
    browser = playwright.chromium.launch(
        executable_path=chromium, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()
