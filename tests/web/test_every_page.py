"""Who may open which page, on the whole cast; every page that opens is valid HTML (tests.web.browser)."""

import pytest

from tests.web.conftest import Visit
from tests.world import World

EVERYBODY = (
    "member", "secretary", "clerk", "director", "dept", "leader", "auditor", "admin",
)  # fmt: skip

# path → the roles that may open it; everybody else is told that they may not (403).
PAGES = {
    "/": EVERYBODY,
    "/help": EVERYBODY,
    "/account": EVERYBODY,
    "/notices": EVERYBODY,
    "/search": EVERYBODY,
    "/search?q=路灯": EVERYBODY,
    "/cases": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/cases?waiting=overdue&state=raised": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/cases/export": ("member", "secretary", "clerk", "director", "auditor"),
    "/assignments": ("member", "secretary", "clerk", "director", "dept", "leader", "auditor"),
    "/assignments/export": ("member", "secretary", "clerk", "director", "dept", "auditor"),
    "/letters": ("member", "secretary", "clerk", "director", "auditor"),
    "/letters/export": ("member", "secretary", "clerk", "director", "auditor"),
    "/visits": ("member", "secretary", "clerk", "director", "leader"),
    "/visits/new": ("member",),
    "/visits/export": ("member", "secretary", "clerk", "director"),
    "/submissions": ("member", "secretary", "clerk", "director", "leader"),
    "/submissions/export": ("member", "secretary", "clerk", "director"),
    "/submissions/new": ("member", "secretary", "clerk"),
    "/booklets": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/digests": ("clerk", "director", "leader", "auditor"),
    "/digests?period=quarter&on=2026-11-20": ("clerk", "director", "leader", "auditor"),
    "/campaigns/reports": ("secretary", "clerk", "director", "leader", "auditor"),
    "/campaigns/reports?waiting=reports_to_receive": ("secretary", "clerk", "director", "leader", "auditor"),
    "/booklets?waiting=booklets_to_check": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/imports?waiting=forms_to_confirm": ("member", "secretary", "clerk", "admin"),
    "/campaigns": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/activities": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/activities?waiting=invitees_to_approve": (
        "member",
        "secretary",
        "clerk",
        "director",
        "leader",
        "auditor",
    ),
    "/activities/new": ("secretary", "clerk", "director"),
    "/workstations": ("member", "secretary", "clerk", "director", "leader", "auditor"),
    "/workstations/public": ("clerk", "director"),
    "/workstations/new": ("secretary", "clerk", "director"),
    "/meetings": ("clerk", "director", "leader", "auditor"),
    "/meetings?waiting=meetings_to_record": ("clerk", "director", "leader", "auditor"),
    "/work-rules": EVERYBODY,
    "/work-rules/edit": ("director",),
    "/imports": ("member", "secretary", "clerk", "admin"),
    "/contact_links": ("member", "secretary", "clerk", "director", "leader"),
    "/people": ("admin", "auditor"),
    "/members": ("secretary", "clerk", "director", "admin"),
    "/members?bridge=any": ("secretary", "clerk", "director", "admin"),
    "/people/new": ("admin",),
    "/units": ("admin",),
    "/units/new": ("admin",),
}


@pytest.fixture
def busy(huiyin: World) -> World:
    """Something at every stage, so that no list is empty."""
    huiyin.raised(summary="一件紧急的事", urgency="urgent")
    huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    huiyin.replied()
    huiyin.letter(huiyin.handled(), "submitted")
    huiyin.brief("edited")
    return huiyin


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_opens_its_pages_and_no_other(who: str, busy: World, visit: Visit) -> None:
    browser = visit(who)
    opened = {path: browser.get(path).status_code for path in PAGES}
    assert opened == {path: 200 if who in roles else 403 for path, roles in PAGES.items()}


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_asked_to_sign_in_first(path: str, visit: Visit) -> None:
    answer = visit().get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_empty_installation_has_no_broken_page(who: str, visit: Visit) -> None:
    browser = visit(who)
    for path, roles in PAGES.items():
        if who in roles:
            assert browser.get(path).status_code == 200, path


def test_pages_are_also_there_in_english(busy: World, visit: Visit) -> None:
    browser = visit("clerk")
    browser.post("/language", language="en", next="/cases")
    for path, roles in PAGES.items():
        if "clerk" in roles:
            assert browser.get(path).status_code == 200, path
    assert '<html lang="en">' in browser.get("/").text


@pytest.mark.parametrize(
    "path", ["/cases?waiting=nonsense", "/cases?state=nonsense", "/cases?after=%1B", "/visits?from=yesterday"]
)
def test_a_filter_that_does_not_exist_is_refused_with_a_sentence(path: str, visit: Visit) -> None:
    answer = visit("clerk").get(path)
    assert answer.status_code == 422
    assert "内容需要改正" in answer.text


@pytest.mark.parametrize("path", ["/no-such-page", "/cases/XS-2026-999999", "/people/nobody"])
def test_what_does_not_exist_has_a_page_that_leads_back(path: str, visit: Visit) -> None:
    answer = visit("clerk").get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("who", ["clerk", "dept", "admin"])
def test_a_wrong_address_is_told_inside_the_frame_of_the_person_who_is_there(who: str, visit: Visit) -> None:
    browser = visit(who)
    for path in ("/no-such-page", "/cases/XS-2026-000001/nothing", "/help/"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert 'class="side"' in answer.text and 'class="bottom"' in answer.text
        assert "请核对地址，或者回到首页从列表里找。" in answer.text


def test_a_wrong_way_to_an_address_is_told_there_too(visit: Visit) -> None:
    answer = visit("clerk").client.post("/help")
    assert answer.status_code == 405
    assert 'class="side"' in answer.text


def test_a_stranger_sees_a_plain_page_at_a_wrong_address(visit: Visit) -> None:
    browser = visit()
    browser.client.set_cookie("huiyin-login", "made up")
    answer = browser.get("/no-such-page")
    assert answer.status_code == 404
    assert 'class="side"' not in answer.text
    assert 'href="/"' in answer.text


def test_a_program_at_a_wrong_address_gets_a_problem_and_no_page(visit: Visit) -> None:
    answer = visit("clerk").get("/api/v1/no-such-thing")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_health_is_open_to_whoever_watches(visit: Visit) -> None:
    answer = visit().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
