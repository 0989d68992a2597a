"""How often something may be tried: counted for everybody together, in windows, never for a whole office."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.together import together
from tests.world import PASSWORD, World
from tracker.actions import codes
from tracker.door import limits, policy
from tracker.door.limits import BY_ADDRESS, BY_LOCATOR, BY_LOGIN
from tracker.extensions import clock, db, transaction
from tracker.models import RateCount
from tracker.rules import codes as spelling

# The first second of an hour, and of a quarter.
HOUR = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Try = Callable[..., TestResponse]
CODE = spelling.new().text


def try_at(app: Flask, path: str, address: str, at: datetime, **form: str) -> TestResponse:
    """A try of a program or a form; the page's own token is not what is asked about here."""
    sent = {"json": form} if path.startswith("/api/") else {"data": form}
    with clock.at(at):
        return app.test_client().post(path, environ_base={"REMOTE_ADDR": address}, **sent)


@pytest.fixture
def knock(huiyin: World) -> Try:
    def ask(path: str, *, address: str = "10.0.0.1", at: datetime = HOUR, **form: str) -> TestResponse:
        return try_at(huiyin.app, path, address, at, **form)

    return ask


def statuses(knock: Try, times: int, path: str, **more: str) -> list[int]:
    return [knock(path, **more).status_code for _ in range(times)]


def counts(world: World) -> dict[str, int]:
    with world.reading():
        return {row.bucket: row.count for row in db.session.scalars(select(RateCount))}


# --- by address


@pytest.mark.requirement("T10", "T13")
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/api/v1/track", {"code": CODE}),
        ("/api/v1/track/letter", {"code": CODE, "pin": "1234"}),
        ("/api/v1/track/rating", {"code": CODE, "rating": "satisfied"}),
    ],
)
def test_a_code_may_be_tried_ten_times_an_hour(knock: Try, path: str, form: dict[str, str]) -> None:
    assert statuses(knock, 11, path, **form) == [404] * 10 + [429]


@pytest.mark.requirement("T10")
def test_all_ways_of_trying_a_code_count_together(knock: Try) -> None:
    for number, path in enumerate(["/api/v1/track", "/track", "/track/letter", "/track/rating"] * 3):
        assert (knock(path, code=CODE).status_code == 429) is (number >= 10), path


@pytest.mark.requirement("T17")
@pytest.mark.parametrize(("path", "most"), [("/sign-in", 30), ("/invitation", 20)])
def test_other_doors_have_limits_of_their_own(huiyin: World, knock: Try, path: str, most: int) -> None:
    assert 429 not in statuses(knock, most, path)
    assert knock(path).status_code == 429
    assert sorted(counts(huiyin).values()) == [most + 1]


@pytest.mark.requirement("T13")
def test_one_who_tries_too_often_does_not_shut_the_door_for_others(knock: Try) -> None:
    statuses(knock, 11, "/api/v1/track", code=CODE)
    other = spelling.new().text
    assert knock("/api/v1/track", address="10.0.0.2", code=other).status_code == 404
    assert knock("/sign-in", login="x").status_code != 429


@pytest.mark.requirement("T10")
def test_a_forged_address_in_a_header_is_not_believed(huiyin: World) -> None:
    client, found = huiyin.app.test_client(), []
    with clock.at(HOUR):
        for number in range(11):
            forged = {"X-Forwarded-For": f"192.0.2.{number}", "X-Real-IP": f"192.0.2.{number}"}
            found.append(client.post("/api/v1/track", json={"code": CODE}, headers=forged).status_code)
    assert found == [404] * 10 + [429]


@pytest.mark.parametrize("path", ["/track", "/sign-in", "/invitation/x", "/api/docs"])
def test_looking_is_not_counted(huiyin: World, path: str) -> None:
    for _ in range(3):
        assert huiyin.app.test_client().get(path).status_code == 200
    assert counts(huiyin) == {}


def test_every_write_that_is_open_to_everybody_is_limited_but_the_choice_of_language(app: Flask) -> None:
    writes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert (writes & policy.PUBLIC) - set(BY_ADDRESS) == {"pages.language"}


# --- by what is tried


@pytest.mark.requirement("T10")
def test_one_locator_may_be_tried_thirty_times_from_anywhere(knock: Try) -> None:
    found = [knock("/api/v1/track", address=f"10.0.1.{n}", code=CODE).status_code for n in range(31)]
    assert found == [404] * 30 + [429]
    assert knock("/api/v1/track", address="10.0.2.1", code=spelling.new().text).status_code == 404


@pytest.mark.requirement("T10")
@pytest.mark.parametrize("code", ["", "ABCD", "0" * 20 + "1", "x" * 500])
def test_what_is_no_code_counts_for_its_address_alone(huiyin: World, knock: Try, code: str) -> None:
    knock("/api/v1/track", code=code)
    assert list(counts(huiyin)) == ["track:address:10.0.0.1"]


@pytest.mark.parametrize("spelt", [str.lower, lambda text: "-".join(text), lambda text: f" {text} "])
def test_one_code_in_other_letters_is_the_same_locator(
    huiyin: World, knock: Try, spelt: Callable[[str], str]
) -> None:
    knock("/api/v1/track", code=CODE)
    knock("/track", code=spelt(CODE))
    assert counts(huiyin)[f"track:locator:{CODE[:4]}"] == 2


@pytest.mark.requirement("T17")
def test_a_login_may_be_tried_ten_times_from_one_address(knock: Try) -> None:
    assert 429 not in statuses(knock, 10, "/sign-in", login="xs-clerk")
    assert knock("/sign-in", login="xs-clerk").status_code == 429
    assert knock("/sign-in", login="xs-member").status_code != 429


@pytest.mark.requirement("T17")
def test_whoever_guesses_does_not_lock_the_owner_out(huiyin: World, knock: Try) -> None:
    statuses(knock, 12, "/sign-in", login="xs-clerk", password="wrong")
    assert knock("/sign-in", address="10.0.9.9", login="xs-clerk", password=PASSWORD).status_code != 429


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("login", ["长" * 500, "x\x00y", "\x00", "'; DROP", "e\u0301"])
def test_a_login_of_any_shape_is_counted_without_a_failure(either: World, login: str) -> None:
    answer = try_at(either.app, "/sign-in", "2001:db8::1", HOUR, login=login)
    assert answer.status_code == 400
    assert all(len(bucket) <= 120 and "\x00" not in bucket for bucket in counts(either))


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("body", ["[" * 60_000, "[]", "null", "1", '{"code": 5}', '{"code": ["x"]}', "{", ""])
def test_a_body_that_names_nothing_counts_for_its_address(huiyin: World, body: str) -> None:
    answer = huiyin.app.test_client().post("/api/v1/track", data=body, content_type="application/json")
    assert answer.status_code in (400, 404, 422)
    assert counts(huiyin) == {"track:address:127.0.0.1": 1}


# --- windows


@pytest.mark.parametrize(
    ("seconds", "status", "wait"), [(0, 429, 3600), (3599, 429, 1), (3600, 404, None), (7200, 404, None)]
)
def test_the_next_window_begins_anew(knock: Try, seconds: int, status: int, wait: int | None) -> None:
    statuses(knock, 10, "/api/v1/track", code=CODE)
    answer = knock("/api/v1/track", at=HOUR + timedelta(seconds=seconds), code=CODE)
    assert answer.status_code == status
    assert answer.headers.get("Retry-After", type=int) == wait


def test_the_wait_is_the_one_of_the_limit_that_was_met(knock: Try) -> None:
    statuses(knock, 10, "/sign-in", login="xs-clerk")
    answer = knock("/sign-in", at=HOUR + timedelta(minutes=4), login="xs-clerk")
    assert answer.headers["Retry-After"] == str(11 * 60)


def test_a_refused_try_counts_too_and_a_window_does_not_move_with_it(huiyin: World, knock: Try) -> None:
    statuses(knock, 14, "/api/v1/track", code=CODE)
    assert counts(huiyin)["track:address:10.0.0.1"] == 14
    assert knock("/api/v1/track", at=HOUR + timedelta(hours=1), code=CODE).status_code == 404


def test_what_is_over_is_swept_away(huiyin: World, knock: Try) -> None:
    knock("/api/v1/track", code=CODE)
    knock("/api/v1/track", address="10.0.0.2", at=HOUR + timedelta(hours=2, seconds=1))
    assert list(counts(huiyin)) == ["track:address:10.0.0.2"]


# --- forgiven


def test_a_right_code_gives_its_address_its_tries_back(huiyin: World, knock: Try) -> None:
    with huiyin.app.app_context():
        reference = huiyin.raised(at=HOUR)
    with huiyin.writing(HOUR):
        code = codes.issue(huiyin.case(reference), by=huiyin.actor("clerk")).code.text
    statuses(knock, 9, "/api/v1/track", code=CODE)
    assert knock("/api/v1/track", code=code).status_code == 200
    assert "track:address:10.0.0.1" not in counts(huiyin)
    assert statuses(knock, 10, "/api/v1/track", code=CODE) == [404] * 10


def test_a_right_code_forgives_nobody_else_and_no_locator(huiyin: World, knock: Try) -> None:
    knock("/api/v1/track", address="10.0.0.7", code=CODE)
    with huiyin.app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.1"}), transaction("write"):
        limits.forgive("track")
    assert set(counts(huiyin)) == {"track:address:10.0.0.7", f"track:locator:{CODE[:4]}"}


# --- together


@pytest.mark.requirement("T10")
def test_tries_at_the_same_moment_are_all_counted(either: World) -> None:
    def deed() -> int:
        return try_at(either.app, "/api/v1/track", "10.0.0.1", HOUR, code=CODE).status_code

    found = together(*[deed] * 14)
    assert sorted(str(status) for status in found) == ["404"] * 10 + ["429"] * 4


def test_the_limits_are_the_ones_that_were_promised() -> None:
    tracking = {(limit.tries, limit.seconds) for name, limit in BY_ADDRESS.items() if "track" in name}
    assert tracking == {(10, 3600)}
    assert ((BY_LOCATOR.tries, BY_LOCATOR.seconds), (BY_LOGIN.tries, BY_LOGIN.seconds)) == (
        (30, 3600),
        (10, 900),
    )


# --- looks that ask the database


@pytest.fixture
def unseen() -> Iterator[None]:
    limits.forget_looks()
    yield
    limits.forget_looks()


def look(world: World, address: str, path: str = "/contact", at: datetime = HOUR) -> int:
    with clock.at(at):
        return world.app.test_client().get(path, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.requirement("T13")
def test_a_page_drawn_for_everybody_may_be_looked_at_so_often_a_minute(huiyin: World, unseen: None) -> None:
    most = limits.LOOKS["contact.index"].tries
    found = [look(huiyin, "10.0.0.1") for _ in range(most + 2)]
    assert found == [200] * most + [429] * 2
    assert look(huiyin, "10.0.0.1", "/contact/xs") == 429
    assert look(huiyin, "10.0.0.2") == 200
    assert look(huiyin, "10.0.0.1", at=HOUR + timedelta(seconds=60)) == 200


def test_looks_leave_no_row_behind(huiyin: World, unseen: None) -> None:
    look(huiyin, "10.0.0.1")
    assert counts(huiyin) == {}


def test_only_the_running_minute_is_remembered(huiyin: World, unseen: None) -> None:
    for minute in range(5):
        look(huiyin, f"10.0.0.{minute}", at=HOUR + timedelta(minutes=minute))
    assert len(limits._looks) == 1


def test_pages_that_are_counted_as_looks_are_open_to_everybody(app: Flask) -> None:
    assert set(limits.LOOKS) <= policy.PUBLIC
    assert not set(limits.LOOKS) & set(BY_ADDRESS)
