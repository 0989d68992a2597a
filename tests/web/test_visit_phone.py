"""What a phone keeps of the service, and what it asks before it sends."""

import json
import re

import html5lib
import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")

CONTACT = {"contact": {"name": "沈桂芳", "phone": "13612345678"}, "address": "云林苑3号楼201室"}


def fetched(browser: Browser, path: str) -> tuple[int, str, bytes]:
    """A file that is sent from the disk, which stays open until somebody closes it."""
    with browser.client.get(path) as answer:
        return answer.status_code, answer.mimetype, answer.data


def test_the_kept_form_holds_no_token_no_nonce_and_nobody_visited(visit: Visit, huiyin: World) -> None:
    huiyin.visited(**CONTACT, area="0101")
    answer = visit("member").client.get("/visits/offline")
    assert answer.status_code == 200
    for secret in ("csrf", "nonce", "沈桂芳", "13612345678", "云林苑3号楼"):
        assert secret not in answer.text
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(answer.text)
    assert not parser.errors
    assert all(script.get("src") for script in tree.iter("script"))


def test_everything_the_kept_form_loads_is_ours_and_there(visit: Visit) -> None:
    browser = visit("member")
    page = browser.client.get("/visits/offline").text
    needs = {need.partition("#")[0] for need in re.findall(r'(?:src|href)="(/[^"#]+[^"]*)"', page)}
    assert {"/static/drafts.js", "/static/visit.js", "/static/style.css"} <= needs
    assert {need: fetched(browser, need)[0] for need in needs} == dict.fromkeys(needs, 200)


def test_the_lines_are_split_on_the_phone_by_the_service_s_own_pattern(visit: Visit) -> None:
    page = visit("member").client.get("/visits/offline").text
    assert 'data-numbering="^\\s*(?:' in page and "data-nothing=" in page


def test_who_would_send_learns_a_token_that_is_good_for_sending(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    said = browser.client.get("/visits/sending").get_json()
    assert said["person"] in browser.client.get("/visits/offline").text
    body = {"visited_on": "2026-11-20", "reported": "走访困难群众", "client_id": "d1"}
    for token, status in ((said["csrf_token"], 201), ("", 400)):
        sent = browser.client.post("/api/v1/visits", json=body, headers={"X-CSRFToken": token})
        assert sent.status_code == status
    foreign = {"X-CSRFToken": said["csrf_token"], "Origin": "https://elsewhere.example"}
    assert browser.client.post("/api/v1/visits", json=body, headers=foreign).status_code == 400


def test_a_token_does_not_outlive_its_session(visit: Visit) -> None:
    """What one person's phone asked for cannot be used after somebody else signed in there."""
    browser = visit()
    browser.sign_in("member")
    token = browser.client.get("/visits/sending").get_json()["csrf_token"]
    browser.sign_in("member2")
    body = {"visited_on": "2026-11-20", "reported": "走访困难群众"}
    assert browser.client.post("/api/v1/visits", json=body, headers={"X-CSRFToken": token}).status_code == 400


@pytest.mark.parametrize("path", ["/visits/offline", "/visits/sending"])
def test_only_members_keep_the_form(visit: Visit, path: str) -> None:
    assert visit("clerk").client.get(path).status_code == 403
    assert visit().client.get(path).status_code == 302


def test_the_worker_looks_after_visits_only_and_keeps_no_page_but_the_form(visit: Visit) -> None:
    answer = visit().client.get("/visits/worker.js")
    assert answer.mimetype == "text/javascript" and "Service-Worker-Allowed" not in answer.headers
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert ".put(" not in answer.text and ".add" not in answer.text.replace("addEventListener", "")


def test_the_page_can_be_installed(visit: Visit) -> None:
    browser = visit("member")
    assert 'rel="manifest" href="/static/huiyin.webmanifest"' in browser.get("/visits/new").text
    _status, kind, content = fetched(browser, "/static/huiyin.webmanifest")
    assert kind == "application/manifest+json"
    manifest = json.loads(content)
    assert manifest["start_url"] == "/visits/new"
    for icon in manifest["icons"]:
        assert fetched(browser, icon["src"])[2].startswith(b"\x89PNG")


def test_only_a_member_s_pages_look_for_visits_that_wait(visit: Visit) -> None:
    assert "data-waiting" in visit("member").get("/").text
    assert "data-waiting" not in visit("clerk").get("/").text
    assert "请登录后发送" in visit().get("/sign-in").text
