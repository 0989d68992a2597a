"""One request, one unit of work: in which order it is refused, and what stays of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.api.bodies import CASE
from tests.door.conftest import Bearer, Visit
from tests.web.browser import Browser
from tests.world import NOW, World
from tracker import door
from tracker.door import service, visitor
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db, in_transaction, writing
from tracker.models import Person, RateCount

pytestmark = pytest.mark.usefixtures("monday")
Probe = Callable[..., TestResponse]
READ, WRITE = ("GET", "pages.help", "/help"), ("POST", "notices.read_all", "/notices/all")


def mark(name: str = "mark") -> None:
    """Something that is stored or not."""
    db.session.add(RateCount(bucket=name, window=1, count=1, expires_at=NOW))
    db.session.flush()


def marks(app: Flask) -> int:
    with World(app).reading():
        return db.session.query(RateCount).count()


def ask(app: Flask, method: str, path: str) -> TestResponse:
    browser = Browser(app, "clerk")
    return browser.client.get(path) if method == "GET" else browser.post(path, page="/account")


@pytest.fixture
def reads(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Probe:
    """What becomes of a request whose view does what the test says."""
    return _probe(app, monkeypatch, *READ)


@pytest.fixture
def writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Probe:
    return _probe(app, monkeypatch, *WRITE)


@pytest.fixture
def either_writes(either_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Probe:
    return _probe(either_app, monkeypatch, *WRITE)


def _probe(app: Flask, patch: pytest.MonkeyPatch, method: str, endpoint: str, path: str) -> Probe:
    def run(view: Callable[[], Any]) -> TestResponse:
        patch.setitem(app.view_functions, endpoint, view)
        return ask(app, method, path)

    return run


# --- in which order it is refused


@pytest.fixture
def foreign(bearer: Bearer, client: Any) -> Probe:
    """A call of the member's with everything wrong that the words say."""

    def call(path: str, body: bytes = b"{}", by: str = "member", **headers: str) -> TestResponse:
        given = bearer(by) if by else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer: TestResponse = client.post(
            path, data=body, headers=given | named, content_type="application/json"
        )
        return answer

    return call


def test_a_wrong_name_stands_before_everything(foreign: Probe) -> None:
    assert foreign("/api/v1/cases", by="", Host="evil.example").status_code == 400


def test_not_signed_in_stands_before_what_was_sent(foreign: Probe) -> None:
    assert foreign("/api/v1/cases", b"{", by="", Origin="https://evil.example").status_code == 401
    assert foreign("/api/v1/cases/a%00b/moves", b"{", by="").status_code == 401


def test_too_often_stands_before_whose_page_it_was(app: Flask) -> None:
    client = app.test_client()
    found = [client.post("/track", headers={"Origin": "null"}).status_code for _ in range(12)]
    assert found == [400] * 10 + [429] * 2


def test_an_impossible_address_stands_before_the_role(visit: Visit) -> None:
    assert visit("member").client.get("/people/a%00b").status_code == 404
    assert visit("member").client.get("/people?q=%00").status_code == 400
    assert visit("member").client.get("/people").status_code == 403


def test_the_role_stands_before_whose_page_it_was(visit: Visit) -> None:
    """Nobody learns from a token that is missing whether there would have been something to do."""
    foreign = {"Origin": "https://evil.example"}
    assert visit("member").client.post("/people/new", headers=foreign).status_code == 403
    assert visit("admin").client.post("/people/new", headers=foreign).status_code == 400


def test_the_matter_stands_before_what_was_sent_about_it(huiyin: World, foreign: Probe) -> None:
    path = f"/api/v1/cases/{huiyin.raised(by='member2')}/moves"
    wrong = b'{"move": "handle", "nonsense": 1}'
    assert foreign(path, b"{").status_code == 400
    assert foreign(path, wrong).status_code == 404
    assert foreign(path, wrong, by="member2").status_code == 403
    assert foreign(path, wrong, by="clerk").status_code == 422
    assert foreign(path, b'{"move": "handle"}', by="clerk").status_code == 409


def test_a_version_that_is_over_is_told_last(huiyin: World, foreign: Probe) -> None:
    path = f"/api/v1/cases/{huiyin.raised()}/moves"
    answer = foreign(path, b'{"move": "handle", "nonsense": 1}', by="clerk", If_Match='"99"')
    assert answer.status_code == 422


# --- what stays of it


@pytest.mark.parametrize(("status", "stays"), [(200, 1), (201, 1), (302, 1), (400, 0), (422, 0), (503, 0)])
def test_an_answer_that_refuses_leaves_nothing_behind(
    either_app: Flask, either_writes: Probe, status: int, stays: int
) -> None:
    assert either_writes(lambda: (mark(), ("answer", status))[1]).status_code == status
    assert marks(either_app) == stays


@pytest.mark.parametrize("error", [Forbidden("x"), Invalid.one("a", "b"), Conflict("x"), RuntimeError("x")])
def test_whatever_a_view_raises_leaves_nothing_behind(app: Flask, writes: Probe, error: Exception) -> None:
    def view() -> None:
        mark()
        raise error

    assert writes(view).status_code >= 400
    assert marks(app) == 0


def test_a_refusal_that_must_stay_counted_stays(app: Flask, writes: Probe) -> None:
    def view() -> tuple[str, int]:
        mark()
        door.keep_refused()
        return "wrong", 403

    assert writes(view).status_code == 403
    assert marks(app) == 1


def test_what_must_stay_counted_does_not_survive_a_failure(app: Flask, writes: Probe) -> None:
    def view() -> None:
        mark()
        door.keep_refused()
        raise RuntimeError

    assert writes(view).status_code == 500
    assert marks(app) == 0


def test_what_was_asked_to_stay_is_asked_for_one_request_only(app: Flask, writes: Probe) -> None:
    writes(lambda: (door.keep_refused(), ("wrong", 403))[1])
    writes(lambda: (mark(), ("wrong", 403))[1])
    assert marks(app) == 0


@pytest.mark.requirement("T20")
@pytest.mark.parametrize("endpoint", ["pages.help", "cases.index"])
def test_a_read_cannot_change_anything(app: Flask, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    monkeypatch.setitem(app.view_functions, endpoint, lambda: mark() or "done")
    path = {"pages.help": "/help", "cases.index": "/cases"}[endpoint]
    assert Browser(app, "clerk").client.get(path).status_code >= 500
    assert marks(app) == 0


def test_a_read_sees_one_moment_and_a_write_holds_the_lock(reads: Probe, writes: Probe) -> None:
    seen: list[tuple[bool, bool]] = []
    for probe in (reads, writes):
        probe(lambda: seen.append((in_transaction(), writing())) or "")
    assert seen == [(True, False), (True, True)]


def test_what_is_sent_by_post_but_stores_nothing_reads(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setitem(
        huiyin.app.view_functions, "cases.check_text", lambda reference: seen.append(writing()) or "ok"
    )
    path = f"/cases/{huiyin.raised()}/check-text"
    answer = Browser(huiyin.app, "clerk").post(path, page="/account")
    assert (answer.status_code, seen) == (200, [False])


def test_files_for_everybody_ask_nobody_and_nothing(huiyin: World) -> None:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    with huiyin.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    for path in ("/static/style.css", "/static/nothing.css"):
        Browser(huiyin.app).client.get(path, buffered=True)
    event.remove(engine, "before_cursor_execute", note)
    assert asked == []


# --- trying


def test_what_was_attempted_is_undone_and_what_came_before_stays(app: Flask, writes: Probe) -> None:
    def view() -> tuple[str, int]:
        mark("before")
        try:
            with door.attempt():
                mark("inside")
                raise Invalid.one("a", "b")
        except Invalid:
            mark("after")
        return "drawn again", 200

    assert writes(view).status_code == 200
    with World(app).reading():
        assert {row.bucket for row in db.session.query(RateCount)} == {"before", "after"}


def test_what_was_attempted_well_is_kept(either_app: Flask, either_writes: Probe) -> None:
    def view() -> str:
        with door.attempt():
            mark()
        return "done"

    assert either_writes(view).status_code == 200 and marks(either_app) == 1


def test_rows_changed_in_vain_are_drawn_as_they_are(huiyin: World, writes: Probe) -> None:
    reference = huiyin.raised()

    def view() -> str:
        case = huiyin.case(reference)
        try:
            with door.attempt():
                case.summary = "改到一半"
                db.session.flush()
                raise Conflict("x")
        except Conflict:
            return case.summary

    assert writes(view).text == "云林苑北门路灯连续半月不亮"


def test_a_fault_of_the_database_inside_an_attempt_does_not_end_the_whole(
    either_app: Flask, either_writes: Probe
) -> None:
    def view() -> str:
        mark("one")
        try:
            with door.attempt():
                db.session.execute(RateCount.__table__.insert(), {"bucket": "one", "window": 1})
        except DBAPIError:
            mark("two")
        return "done"

    assert either_writes(view).status_code == 200 and marks(either_app) == 2


# --- who is at the door


def test_a_changed_right_bites_within_the_same_session(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    assert browser.client.get("/people").status_code == 200
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-admin").one().posts = []
    assert browser.client.get("/people").status_code == 403


def test_one_is_forgotten_within_the_request_when_one_goes(app: Flask) -> None:
    with app.test_request_context():
        g.actor = "somebody"
        service.reset()
        assert visitor.who() is None and not door.signed_in().is_authenticated


def test_nobody_has_no_role_and_speaks_chinese(app: Flask) -> None:
    with app.test_request_context():
        nobody = door.signed_in()
    assert (nobody.has("clerk"), nobody.roles, nobody.locale, nobody.login) == (False, frozenset(), "zh", "")


def test_whoever_is_lost_is_refused_in_the_frame_they_know(visit: Visit) -> None:
    assert "周文博" in visit("clerk").get("/nothing/here").text
    assert "周文博" not in visit().get("/nothing/here").text


def test_a_program_at_a_wrong_address_is_not_even_looked_up(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/nothing", headers={"Authorization": "Bearer wrong"})
    assert answer.status_code == 404


def test_a_page_at_a_wrong_address_with_a_wrong_token_asks_to_sign_in(app: Flask) -> None:
    answer = app.test_client().get("/nothing", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/nothing")


@pytest.mark.parametrize("body", [CASE | {"area": "99"}, CASE | {"nonsense": 1}])
def test_a_refused_call_stores_neither_the_matter_nor_its_number(
    huiyin: World, bearer: Bearer, body: dict[str, Any]
) -> None:
    client, headers = huiyin.app.test_client(), bearer("member")
    assert client.post("/api/v1/cases", json=body, headers=headers).status_code == 422
    answer = client.post("/api/v1/cases", json=CASE, headers=headers)
    assert answer.json["reference"] == "XS-2026-000001"
