"""A program shows a bearer token: valid for a year, of one person, and nothing else counts beside it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.api.bodies import VISIT
from tests.door.conftest import Bearer, Visit
from tests.world import NOW, World
from tracker.actions import people as accounts
from tracker.extensions import clock, db
from tracker.models import ApiToken, Person

YEAR = timedelta(days=365)


def me(client: FlaskClient, headers: dict[str, str]) -> tuple[int, str]:
    answer = client.get("/api/v1/me", headers=headers)
    return answer.status_code, answer.json.get("login", "")


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
@pytest.mark.parametrize("around", ["", "  "])
def test_a_token_opens_the_interface_as_its_person(
    client: FlaskClient, bearer: Bearer, scheme: str, around: str
) -> None:
    token = bearer("member")["Authorization"].split()[1]
    assert me(client, {"Authorization": f"{scheme} {around}{token}{around}"}) == (200, "xs-member")


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer x", "Bearer \xff", "Bearer " + "a" * 5000])
def test_what_is_no_token_is_nobody(client: FlaskClient, given: str) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": given})
    assert answer.status_code == 401 and answer.mimetype == "application/problem+json"


@pytest.mark.usefixtures("monday")
def test_a_wrong_token_is_not_mended_by_a_good_cookie(visit: Visit) -> None:
    """Whoever shows a token is judged by it alone."""
    browser = visit("clerk")
    assert browser.client.get("/api/v1/me").status_code == 200
    assert browser.client.get("/api/v1/me", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.usefixtures("monday")
def test_the_token_stands_above_the_cookie(visit: Visit, bearer: Bearer) -> None:
    browser = visit("clerk")
    assert me(browser.client, bearer("member")) == (200, "xs-member")


@pytest.mark.usefixtures("monday")
def test_another_scheme_leaves_the_cookie_its_say(visit: Visit) -> None:
    assert me(visit("clerk").client, {"Authorization": "Basic eDp5"}) == (200, "xs-clerk")


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(
    ("later", "status"), [(timedelta(0), 200), (YEAR - timedelta(seconds=1), 200), (YEAR, 401)]
)
def test_a_token_is_valid_for_a_year(
    client: FlaskClient, bearer: Bearer, later: timedelta, status: int
) -> None:
    with clock.at(NOW):
        headers = bearer("member")
    with clock.at(NOW + later):
        assert me(client, headers)[0] == status


@pytest.mark.requirement("T18")
@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("change", ["disabled", "ended"])
def test_a_token_dies_with_its_account_or_its_end(
    huiyin: World, client: FlaskClient, bearer: Bearer, change: str
) -> None:
    headers = bearer("member")
    with huiyin.writing():
        if change == "disabled":
            db.session.query(Person).filter_by(login="xs-member").update({"is_active": False})
        else:
            db.session.query(ApiToken).update({"ended_at": NOW})
    assert me(client, headers)[0] == 401


@pytest.mark.usefixtures("monday")
def test_one_ended_token_leaves_the_persons_others(
    huiyin: World, client: FlaskClient, bearer: Bearer
) -> None:
    first, second = bearer("member"), bearer("member")
    with huiyin.writing():
        oldest = db.session.query(ApiToken).order_by(ApiToken.id).first()
        assert oldest is not None
        oldest.ended_at = NOW
    assert (me(client, first)[0], me(client, second)[0]) == (401, 200)


@pytest.mark.usefixtures("monday")
def test_a_new_password_ends_the_tokens_too(huiyin: World, client: FlaskClient, bearer: Bearer) -> None:
    headers = bearer("member")
    with huiyin.writing():
        person = db.session.query(Person).filter_by(login="xs-member").one()
        accounts.end_sessions(person)
    assert me(client, headers)[0] == 401


@pytest.mark.requirement("T18")
@pytest.mark.usefixtures("monday")
def test_a_lost_post_bites_on_the_next_call(huiyin: World, client: FlaskClient, bearer: Bearer) -> None:
    headers = bearer("member")
    assert client.post("/api/v1/visits", json=VISIT, headers=headers).status_code == 201
    with huiyin.writing():
        person = db.session.query(Person).filter_by(login="xs-member").one()
        person.posts = []
    assert client.post("/api/v1/visits", json=VISIT, headers=headers).status_code == 403


@pytest.mark.usefixtures("monday")
def test_a_token_also_opens_pages_and_leaves_no_session(
    huiyin: World, client: FlaskClient, bearer: Bearer
) -> None:
    answer = client.get("/account", headers=bearer("member"))
    assert answer.status_code == 200 and "吴海燕" in answer.text
    assert "huiyin-login" not in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.requirement("T09")
@pytest.mark.usefixtures("monday")
def test_the_database_holds_no_token(huiyin: World, bearer: Bearer) -> None:
    token = bearer("member")["Authorization"].split()[1]
    with huiyin.reading():
        kept = db.session.query(ApiToken).one()
        assert token.encode() not in kept.token_hash and len(kept.token_hash) == 32
