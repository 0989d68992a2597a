"""The same write sent again does nothing and answers the same: for seven days, for its sender alone (R4)."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.api.bodies import CASE, VISIT
from tests.api.caller import Calls
from tests.web.browser import Browser
from tests.world import NOW, World
from tracker import door
from tracker.door import idempotency
from tracker.extensions import clock, db
from tracker.models import Case, Event, IdempotencyKey, Outbox, Visit

pytestmark = [pytest.mark.requirement("R4"), pytest.mark.usefixtures("monday")]
Send = Callable[..., TestResponse]


@pytest.fixture
def send(huiyin: World) -> Send:
    return sender(huiyin)


@pytest.fixture
def either_send(either: World) -> Send:
    return sender(either)


def sender(world: World) -> Send:
    """A program of the member's; the case it raises unless another body or path is given."""
    calls = Calls(world)

    def ask(key: str, body: object = CASE, path: str = "/cases", by: str = "member") -> TestResponse:
        headers = {"Authorization": f"Bearer {calls.by(by).token}", idempotency.HEADER: key}
        return calls.http.post(f"/api/v1{path}", json=body, headers=headers)

    return ask


def cases(world: World) -> int:
    with world.reading():
        return db.session.query(Case).count()


def keys(world: World) -> list[str]:
    with world.reading():
        return list(db.session.scalars(select(IdempotencyKey.key).order_by(IdempotencyKey.key)))


def test_a_repeat_is_marked_and_has_the_first_answers_place_and_version(
    either: World, either_send: Send
) -> None:
    first, again = either_send("k"), either_send("k")
    assert (first.status_code, again.status_code, cases(either)) == (201, 201, 1)
    for name in ("Location", "ETag", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert "Idempotency-Replayed" not in first.headers and again.headers["Idempotency-Replayed"] == "true"


def test_a_repeat_of_a_repeat_is_still_the_same(send: Send) -> None:
    answers = [send("k", VISIT, "/visits") for _ in range(4)]
    assert {answer.data for answer in answers[1:]} == {answers[1].data}


def test_what_is_shown_once_is_not_in_the_repeat(send: Send) -> None:
    first, again = send("k").json, send("k").json
    assert first.pop("tracking_code")
    assert again == first


def test_without_a_key_each_write_counts(huiyin: World, send: Send) -> None:
    send("")
    send("")
    assert cases(huiyin) == 2 and keys(huiyin) == []


@pytest.mark.parametrize(("length", "status"), [(80, 201), (81, 422)])
def test_a_key_has_eighty_characters_at_most(huiyin: World, send: Send, length: int, status: int) -> None:
    answer = send("k" * length)
    assert answer.status_code == status and cases(huiyin) == (status == 201)


def test_the_same_key_for_another_matter_is_refused_and_changes_nothing(huiyin: World, send: Send) -> None:
    send("k")
    for body, path in ((CASE | {"summary": "另一件事情"}, "/cases"), (CASE, "/visits"), ({}, "/cases")):
        refused = send("k", body, path)
        assert refused.status_code == 422 and refused.json["errors"][0]["field"] == "Idempotency-Key"
    assert cases(huiyin) == 1 and send("k").status_code == 201


@pytest.mark.parametrize(
    ("refused", "status"),
    [({**CASE, "area": "99"}, 422), ({**CASE, "nonsense": 1}, 422), ("no object", 422)],
)
def test_a_refusal_does_not_use_the_key_up(huiyin: World, send: Send, refused: object, status: int) -> None:
    assert send("k", refused).status_code == status
    assert keys(huiyin) == [] and send("k").status_code == 201


def test_a_failure_does_not_use_the_key_up(
    huiyin: World, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(huiyin.app.view_functions, "api.raise_case", lambda: 1 / 0)
        assert send("k").status_code == 500
    assert keys(huiyin) == [] and send("k").status_code == 201


def test_a_refusal_that_stays_counted_does_not_use_the_key_up(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> tuple[str, int]:
        door.keep_refused()
        return "wrong", 403

    monkeypatch.setitem(huiyin.app.view_functions, "notices.read_all", view)
    browser = Browser(huiyin.app, "member")
    assert browser.post("/notices/all", page="/account", idempotency_key="k").status_code == 403
    assert keys(huiyin) == []


def test_two_people_may_use_one_key(huiyin: World, send: Send) -> None:
    assert send("k").json["reference"] != send("k", by="member2").json["reference"]
    assert keys(huiyin) == ["k", "k"]


def test_a_reader_needs_no_key_and_leaves_none(huiyin: World, send: Send) -> None:
    calls = Calls(huiyin)
    headers = {"Authorization": f"Bearer {calls.by('member').token}", idempotency.HEADER: "k"}
    assert calls.http.get("/api/v1/cases", headers=headers).status_code == 200
    assert keys(huiyin) == [] and send("k").status_code == 201


def test_whoever_has_no_account_has_no_key_either(huiyin: World) -> None:
    answer = huiyin.app.test_client().post(
        "/api/v1/track", json={"code": "0" * 21}, headers={idempotency.HEADER: "k" * 200}
    )
    assert answer.status_code == 404 and keys(huiyin) == []


@pytest.mark.requirement("T09")
def test_the_kept_answer_is_sealed(huiyin: World, send: Send) -> None:
    reference = send("k").json["reference"]
    with huiyin.reading():
        row = db.session.scalars(select(IdempotencyKey)).one()
        assert row.body_sealed and reference.encode() not in row.body_sealed
        assert (row.status, row.location, row.actor[:7]) == (201, f"/api/v1/cases/{reference}", "person:")


# --- for seven days


@pytest.mark.parametrize(("days", "cases_then"), [(6.99, 1), (7.01, 2)])
def test_a_key_is_known_for_seven_days(
    either: World, either_send: Send, days: float, cases_then: int
) -> None:
    either_send("k")
    with clock.at(NOW + timedelta(days=days)):
        assert either_send("k").status_code == 201
    assert cases(either) == cases_then


def test_the_next_write_of_anybody_sweeps_away_what_is_over(either: World, either_send: Send) -> None:
    for key in ("a", "b"):
        either_send(key, VISIT, "/visits")
    with clock.at(NOW + timedelta(days=8)):
        either_send("c", VISIT, "/visits", by="member2")
    assert keys(either) == ["c"]


# --- forms


def form(browser: Browser, **changes: str) -> TestResponse:
    given = {
        "visited_on": "2026-11-20",
        "reported": "走访困难群众",
        "circle": "living",
        "idempotency_key": "k",
    }
    return browser.post("/visits/new", page="/account", **(given | changes))


def visits(world: World) -> int:
    with world.reading():
        return db.session.query(Visit).count()


def test_a_form_sent_twice_leads_to_the_same_page(huiyin: World) -> None:
    browser = Browser(huiyin.app, "member")
    first, again = form(browser), form(browser)
    assert first.status_code == 302 and (again.status_code, again.location) == (302, first.location)
    assert visits(huiyin) == 1


def test_the_pages_own_token_is_no_part_of_what_was_typed(huiyin: World) -> None:
    one, other = Browser(huiyin.app, "member"), Browser(huiyin.app, "member")
    assert one.token("/account") != other.token("/account")
    assert form(one).location == form(other).location and visits(huiyin) == 1


def test_one_who_typed_something_else_is_told(huiyin: World) -> None:
    browser = Browser(huiyin.app, "member")
    form(browser)
    assert form(browser, reported="走访企业").status_code == 422
    assert visits(huiyin) == 1


def test_a_form_that_is_shown_again_with_its_faults_keeps_its_key(huiyin: World) -> None:
    browser = Browser(huiyin.app, "member")
    assert form(browser, visited_on="2027-01-01").status_code == 422
    assert form(browser).status_code == 302 and visits(huiyin) == 1


def test_a_repeat_tells_nobody_twice(huiyin: World, send: Send) -> None:
    for _ in range(3):
        send("k")
    with huiyin.reading():
        assert db.session.query(Event).filter_by(verb="raise").count() == 1
        assert db.session.query(Outbox).count() == 2


def test_a_form_and_a_program_of_one_person_share_their_keys(huiyin: World, send: Send) -> None:
    send("k", VISIT, "/visits")
    assert form(Browser(huiyin.app, "member")).status_code == 422


def test_a_repeated_answer_of_a_program_is_still_json(send: Send) -> None:
    send("k")
    assert json.loads(send("k").data)["reference"] and send("k").mimetype == "application/json"
