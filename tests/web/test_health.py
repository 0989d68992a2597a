"""Whoever watches from outside is told whether the database answers, and nothing else."""

import pytest
from sqlalchemy.exc import OperationalError

from tests.web.conftest import Visit
from tracker.web import health


def test_nothing_is_told_but_that_it_is_well(visit: Visit) -> None:
    answer = visit().client.get("/healthz")
    assert (answer.status_code, answer.data) == (200, b"ok\n")
    assert answer.mimetype == "text/plain" and answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.requirement("T42")
def test_a_silent_database_is_told_without_its_words(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise OperationalError("SELECT canary-7", {}, Exception("disk I/O error at /srv/huiyin.db"))

    monkeypatch.setattr(health, "answers", silent)
    answer = visit().client.get("/healthz")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "canary-7" not in answer.text and "huiyin.db" not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_can_only_be_asked(method: str, visit: Visit) -> None:
    assert getattr(visit().client, method)("/healthz").status_code in (400, 405)


def test_a_watcher_may_ask_for_the_head_alone_and_as_often_as_it_likes(visit: Visit) -> None:
    client = visit().client
    assert {client.head("/healthz").status_code for _ in range(40)} == {200}


def test_being_signed_in_changes_nothing(visit: Visit) -> None:
    assert visit("clerk").client.get("/healthz").data == b"ok\n"
