"""One person with a browser of their own, who goes by the words on the page; every page is looked at."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from tests.journeys import pictures
from tests.world import PASSWORD
from tracker.config import ROOT

# What the page looked like when a journey came to a stop; beside the service's own files, never committed.
_FAILURES = ROOT / "instance" / "journeys"
HEIGHTS = {360: 740, 1440: 900}
_ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
# A refused script or style says so here; the console does not tell every kind.
_LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`));"""

# A click on what still scrolls towards its place may meet something else, or nothing.
_MOVES = """new Promise((done) => { const before = scrollY;
  requestAnimationFrame(() => requestAnimationFrame(() => done(Math.abs(scrollY - before)))); })"""


def device(width: int) -> dict[str, Any]:
    """What a browser of this width says about itself."""
    found: dict[str, Any] = {
        "viewport": {"width": width, "height": HEIGHTS[width]},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
    }
    if width < 720:
        found |= {"is_mobile": True, "has_touch": True, "device_scale_factor": 2, "user_agent": _ANDROID}
    return found


@dataclass
class Visitor:
    """``faults`` grows with every complaint of the browser and every page that is wider than the screen."""

    context: BrowserContext
    address: str
    width: int
    page: Page
    faults: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser, address: str, width: int = 1440) -> "Visitor":
        context = browser.new_context(**device(width))
        context.set_default_timeout(20_000)
        return cls.in_context(context, address, width)

    @classmethod
    def in_context(cls, context: BrowserContext, address: str, width: int) -> "Visitor":
        context.add_init_script(_LISTEN)
        visitor = cls(context, address, width, context.new_page())
        visitor.page.on("console", visitor._hear)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(f"{visitor.page.url}: {error}"))
        return visitor

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            _FAILURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(
                path=_FAILURES / f"{datetime.now():%H%M%S%f}-{self.width}.png", full_page=True
            )
        self.context.close()
        if kind is None:
            assert not self.faults, self.faults

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.page.url}: {message.text}")

    @contextmanager
    def expecting(self, status: str) -> Iterator[None]:
        """The browser complains about a page that says no; here that is what it should say."""
        before = len(self.faults)
        yield
        heard, self.faults[before:] = self.faults[before:], []
        assert len(heard) == 1 and f"status of {status}" in heard[0], heard

    # ---- going somewhere ----

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")
        self.look()

    def sign_in(self, login: str) -> None:
        self.open("/sign-in")
        self.fill("登录名", f"xs-{login}")
        self.fill("密码", PASSWORD)
        self.press("登录")

    def follow(self, name: str) -> None:
        """A link, by the words on it."""
        self._leave(self.page.get_by_role("link", name=re.compile(name)).filter(visible=True).first)

    def press(self, name: str) -> None:
        """The button of a form that is sent."""
        self._leave(self.page.get_by_role("button", name=name, exact=True).filter(visible=True).first)

    def act(self, name: str, **given: str) -> None:
        """One of the things that may be done now; one that asks for more is opened first."""
        panel = self.page.get_by_role("region", name="现在可以")
        opener = panel.locator("summary", has_text=re.compile(rf"^\s*{name}\s*$"))
        if opener.count():
            opener.click()
        for label, text in given.items():
            self.fill(label, text)
        self._leave(panel.get_by_role("button", name=name, exact=True).filter(visible=True))

    def _leave(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            target.click()
        self.look()

    def look(self) -> None:
        """No page may be wider than its screen; a browser that zooms out would hide it from innerWidth."""
        if self.page.evaluate("document.contentType") != "text/html":
            return
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self.faults.append(f"{self.page.url}: {wide} px wide on a screen of {self.width}")
        if "#" in self.page.url and (moved := self.page.evaluate(_MOVES)):
            self.faults.append(f"{self.page.url}: moves on by {moved} px under the hand")

    # ---- what one types and ticks ----

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).filter(visible=True).first

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def pick(self, label: str, choice: str) -> None:
        """An entry of a list that folds down, by a part of its words."""
        box = self.field(label)
        value = box.locator("option:not([value=''])", has_text=choice).first.get_attribute("value")
        box.select_option(value)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def choose(self, group: str, choice: str) -> None:
        """One of several that stand open, by its words."""
        box = self.page.get_by_role("group", name=re.compile(rf"^\s*{group}"))
        box.locator("label").filter(has=self.page.get_by_text(choice, exact=True)).click()

    # ---- what one sees ----

    def sees(self, text: str) -> bool:
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for()
        return found.is_visible()

    def picture(self, name: str) -> None:
        pictures.take(self.page, name, self.width)
