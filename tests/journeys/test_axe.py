"""No page has a fault that axe can find: every role, phone and desk, light and dark, refusals included."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys.conftest import Service
from tests.journeys.visitor import Visitor
from tests.web.test_every_page import PAGES
from tests.world import World
from tracker.actions import codes

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

AXE = Axe()
# Only the faults are handed over: all that axe found to be right is ten times as long.
# The one frame there is holds the browser's own viewer of PDFs: axe would wait in vain for an answer from it.
_VIOLATIONS = """axe.run({resultTypes: ["violations"], iframes: false}).then((found) => found.violations)"""
# One page of each kind that hangs on a row, by the names of tests/journeys/conftest.py.
DETAILS = {
    "member": (
        "raised", "coordinated", "handled", "delivered", "visited", "edit_brief", "campaign", "scores",
        "own_forms",
    ),
    "secretary": ("raised", "visited", "brief", "group", "activity", "workstation", "meeting", "heard"),
    "clerk": (
        "raised", "triage", "replied", "handled", "share", "drafted", "submitted", "delivered", "visited",
        "booklet", "booklet_items", "booklet_choice", "agenda",
        "brief", "carry_on", "into_case",
        "campaign", "group", "remind", "scores", "score_items",
        "forms_read", "forms_stored",
    ),
    "director": ("raised", "submitted", "meeting", "booklet"),
    "dept": ("share",),
    "dept2": ("co_share",),
    "leader": ("raised", "share", "agenda"),
    "auditor": ("coordinated", "share", "delivered"),
    "admin": (),
}  # fmt: skip
# In an ordinary run each page is looked at by one role, on a phone or at a desk in turn; by all at the gate.
FULL = os.environ.get("HUIYIN_TIER") == "gate"
SCREENS = (("member", "secretary", "dept"), ("clerk", "director", "leader", "auditor", "admin"))
REFUSED = {
    "/no-such-page": "没有找到",
    "/cases?waiting=nonsense": "内容需要改正",
    "/people": "不能",
}


@pytest.mark.gate(seconds=120)
@pytest.mark.parametrize(
    "who, width, scheme",
    [
        ("member", 360, "light"),
        ("secretary", 360, "dark"),
        ("clerk", 1440, "light"),
        ("director", 1440, "dark"),
        ("dept", 360, "light"),
        ("dept2", 1440, "dark"),
        ("leader", 1440, "light"),
        ("auditor", 1440, "dark"),
        ("admin", 1440, "light"),
    ],
)
def test_nothing_is_wrong_on_what_a_role_can_open(
    browser: Browser, service: Service, who: str, width: int, scheme: Any
) -> None:
    with Visitor.at(browser, service.address, width) as visitor:
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.sign_in(who)
        addresses = ["/", *(service.places[name] for name in details_of(who))]
        addresses += pages_of(who.rstrip("2")) + [
            link for link in offered(visitor) if FULL or link not in PAGES
        ]
        found = {path: faults_of(visitor, path) for path in dict.fromkeys(addresses)}
        assert len(found) >= 2
        assert not {path: faults for path, faults in found.items() if faults}


def pages_of(role: str) -> list[str]:
    """Those this role looks at: all it may open, or its share of them."""
    pages = [(path, roles) for path, roles in PAGES.items() if not path.endswith("/export")]
    if FULL:
        return [path for path, roles in pages if role in roles]
    return [path for number, (path, roles) in enumerate(pages) if role in _lookers(number, roles)]


def details_of(who: str) -> list[str]:
    """In the same way, of the pages that hang on a row."""
    if FULL:
        return list(DETAILS[who])
    everybody = {name: [one.rstrip("2") for one in DETAILS if name in DETAILS[one]] for name in DETAILS[who]}
    order = sorted({name for names in DETAILS.values() for name in names})
    return [name for name, able in everybody.items() if who.rstrip("2") in _lookers(order.index(name), able)]


def _lookers(number: int, roles: Sequence[str]) -> list[str]:
    """One of those who may open it, on each kind of screen in turn."""
    able = [screen for kind in SCREENS if (screen := [role for role in kind if role in roles])]
    screen = able[number % len(able)]
    return [screen[number // 2 % len(screen)]]


def test_every_page_is_looked_at_by_somebody() -> None:
    looked_at = {path for screen in SCREENS for role in screen for path in pages_of(role)}
    assert looked_at == {path for path in PAGES if not path.endswith("/export")}
    seen = {name for who in DETAILS for name in details_of(who)}
    assert seen == {name for names in DETAILS.values() for name in names}


def test_nothing_is_wrong_on_the_office_s_forms_in_the_dark(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address, 360) as clerk:
        clerk.page.emulate_media(color_scheme="dark")
        clerk.sign_in("clerk")
        for place in ("raised", "triage", "replied", "drafted", "delivered"):
            assert not faults_of(clerk, service.places[place]), place
        clerk.open("/cases/new")
        clerk.page.locator("main form").evaluate("form => { form.noValidate = true; }")
        with clerk.expecting("422"):
            clerk.press("保存并出回执")
        assert clerk.page.locator(".error-summary").is_visible()
        assert not faults_of(clerk)


def test_nothing_is_wrong_on_the_steps_of_a_visit(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address, 360) as member:
        member.sign_in("member")
        member.follow("记一次走访")
        member.fill("反映的情况", "楼道感应灯坏了两盏。")
        member.fill("需帮助解决的问题", "云林苑3号楼楼道感应灯坏了两盏")
        with member.expecting("422"):
            member.press("保存")
        assert member.sees("有要办的事，请选是哪个镇街或社区的")
        assert not faults_of(member)
        member.pick("镇街或社区", "云林社区")
        member.press("保存")
        assert not faults_of(member)
        member.press("确认并保存")
        assert member.page.locator(".receipt-secret").is_visible()
        assert not faults_of(member)


def test_nothing_is_wrong_on_the_form_that_a_phone_keeps(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address, 360) as member:
        member.page.emulate_media(color_scheme="dark")
        member.sign_in("member")
        member.open("/visits/offline")
        member.page.route("**/api/v1/visits", lambda route: route.fulfill(status=503))
        member.fill("反映的情况", "楼道感应灯坏了两盏。")
        member.fill("需帮助解决的问题", "云林苑3号楼楼道感应灯坏了两盏")
        member.page.locator(".companions summary").click()
        member.page.get_by_role("button", name="保存").click()
        assert member.sees("有要办的事，请选是哪个镇街或社区的")
        assert not faults_of(member)
        member.pick("镇街或社区", "云林社区")
        with member.expecting("503"):
            member.page.get_by_role("button", name="保存").click()
            assert member.sees("可能已经送到")
        assert not faults_of(member)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wrong_on_what_a_resident_sees(browser: Browser, service: Service, scheme: Any) -> None:
    world, now = service.world, datetime.now(UTC)
    with Visitor.at(browser, service.address, 360) as resident:
        resident.page.emulate_media(color_scheme=scheme)
        assert not faults_of(resident, "/track")
        assert not faults_of(resident, "/contact")
        assert not faults_of(resident, "/contact/xs")
        with resident.expecting("404"):
            look(resident, "ABCD")
        assert not faults_of(resident)
        for told in (world.raised(at=now), world.coordinated(at=now), world.fed_back(at=now)):
            look(resident, code_of(world, told))
            assert not faults_of(resident), told
        resident.choose("这件事办得怎么样", "基本满意")
        resident.press("提交评价")
        assert not faults_of(resident)


def test_nothing_is_wrong_on_pages_that_say_no(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address) as clerk:
        assert not faults_of(clerk, "/sign-in")
        clerk.fill("登录名", "xs-nobody")
        clerk.fill("密码", "not the password")
        with clerk.expecting("4"):
            clerk.press("登录")
        assert not faults_of(clerk)
        clerk.sign_in("clerk")
        for path, words in REFUSED.items():
            with clerk.expecting("4"):
                clerk.open(path)
            assert clerk.sees(words)
            assert not faults_of(clerk), path


def test_a_fault_would_be_found(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address) as visitor:
        visitor.open("/sign-in")
        visitor.page.evaluate("document.querySelectorAll('main label').forEach((label) => label.remove())")
        assert any(fault.startswith("label") for fault in faults_of(visitor))


def code_of(world: World, reference: str) -> str:
    with world.writing(datetime.now(UTC)):
        return codes.issue(world.case(reference), by=world.actor("clerk")).code.text


def look(resident: Visitor, code: str) -> None:
    resident.open("/track")
    resident.fill("查询码", code)
    resident.press("查询")


def offered(visitor: Visitor) -> list[str]:
    """Where the frame around the page leads: navigation, the primary act, bell and account."""
    links = visitor.page.locator("header a[href], nav a[href]").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    return sorted({link for link in links if link.startswith("/")})


def faults_of(visitor: Visitor, path: str = "") -> list[str]:
    """What axe objects to, in a few words each; ``path`` is opened first."""
    if path:
        visitor.open(path)
    visitor.page.evaluate(AXE.axe_script)
    violations = visitor.page.evaluate(_VIOLATIONS)
    return [f"{fault['id']}: {node['html'][:160]}" for fault in violations for node in fault["nodes"]]
