"""Accounts from the shell: one link that works once, one token that works at once."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.cli.conftest import Run, refused
from tests.world import NOW, World
from tracker.actions import people as accounts
from tracker.cli.people import OFFICE_ROLES, ROLES
from tracker.extensions import clock, db
from tracker.incoming.people import PasswordIn
from tracker.models import ApiToken, Committee, Event, Person

LINK = re.compile(r"http://127\.0\.0\.1:8000/invitation/([\w-]{43})\n")


def test_an_invitation_makes_the_account_and_sets_its_password_once(huiyin: World, run: Run) -> None:
    result = run("people", "invite", "boss", "--role", "admin", "--committee", "xs", "--name", "高远")
    link = LINK.fullmatch(result.stdout)
    assert result.exit_code == 0 and link
    with huiyin.writing():
        person = accounts.accept_invitation(link[1], PasswordIn(password="yan-wang-pi-hua-72"))
        assert (person.login, person.name) == ("boss", "高远")
        assert [(post.role, post.unit.key) for post in person.posts] == [("admin", "office")]


def test_the_printed_link_opens_a_page(run: Run, client: FlaskClient) -> None:
    link = run("people", "invite", "xs-clerk", "--role", "clerk").stdout.strip()
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_second_invitation_ends_the_first(huiyin: World, run: Run) -> None:
    links = [run("people", "invite", "boss", "--role", "admin", "--committee", "xs").stdout for _ in range(2)]
    assert links[0] != links[1]
    with huiyin.reading():
        assert db.session.query(Person).filter_by(login="boss").count() == 1
        verbs = [event.verb for event in db.session.query(Event).order_by(Event.id)]
    assert verbs == ["add_person", "invite", "invite"]


def test_a_member_needs_a_group_and_gets_it(huiyin: World, run: Run) -> None:
    assert "--unit" in refused(run("people", "invite", "mem", "--role", "member", "--committee", "xs"))
    result = run("people", "invite", "mem", "--role", "member", "--unit", "group2", "--committee", "xs")
    assert LINK.fullmatch(result.stdout)


def test_a_post_is_added_within_ones_zone_only(huiyin: World, run: Run) -> None:
    assert run("people", "invite", "xs-clerk", "--role", "director").exit_code == 0
    with huiyin.reading():
        person = db.session.query(Person).filter_by(login="xs-clerk").one()
        assert {post.role for post in person.posts} == {"clerk", "director"}
    assert "区域" in refused(run("people", "invite", "xs-clerk", "--role", "admin"))


def test_refusals_name_what_is_missing(run: Run) -> None:
    assert "--committee" in refused(run("people", "invite", "boss", "--role", "admin"))
    assert "另一个政协" in refused(
        run("people", "invite", "xs-clerk", "--role", "clerk", "--committee", "dt")
    )
    assert "没有这个代码" in refused(run("people", "invite", "boss", "--role", "admin", "--committee", "zz"))
    assert "login" in refused(run("people", "invite", "老板", "--role", "admin", "--committee", "xs"))
    assert "没有这个单位" in refused(
        run("people", "invite", "mem", "--role", "member", "--unit", "nowhere", "--committee", "xs")
    )
    assert run("people", "invite", "boss", "--role", "king").exit_code == 2
    assert run("people", "invite", "boss").exit_code == 2


def test_a_token_is_printed_and_nothing_else_and_opens_the_api(run: Run, client: FlaskClient) -> None:
    result = run("token", "create", "xs-clerk")
    assert re.fullmatch(r"[\w-]{43}\n", result.stdout) and result.stderr == ""
    given = client.get("/api/v1/me", headers={"Authorization": f"Bearer {result.stdout.strip()}"})
    assert given.status_code == 200


def test_no_token_for_nobody(huiyin: World, run: Run) -> None:
    assert "没有这个账号" in refused(run("token", "create", "nobody"))
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk").one().is_active = False
    assert "停用" in refused(run("token", "create", "xs-clerk"))
    assert run("token", "create").exit_code == 2


# --- what an invitation leaves as it was


def posts(world: World, login: str) -> set[tuple[str, str]]:
    with world.reading():
        person = db.session.query(Person).filter_by(login=login).one()
        return {(post.role, post.unit.key) for post in person.posts}


def test_an_invitation_for_a_post_one_holds_changes_no_post(huiyin: World, run: Run) -> None:
    before = posts(huiyin, "xs-clerk")
    assert run("people", "invite", "xs-clerk", "--role", "clerk").exit_code == 0
    assert posts(huiyin, "xs-clerk") == before
    with huiyin.reading():
        assert [event.verb for event in db.session.query(Event)] == ["invite"]


def test_a_second_group_stands_beside_the_first(huiyin: World, run: Run) -> None:
    assert run("people", "invite", "xs-member", "--role", "member", "--unit", "group2").exit_code == 0
    assert posts(huiyin, "xs-member") == {("member", "group"), ("member", "group2")}


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_who_works_in_the_office_needs_no_unit(huiyin: World, run: Run, role: str) -> None:
    assert run("people", "invite", "new", "--role", role, "--committee", "xs").exit_code == 0
    assert posts(huiyin, "new") == {(role, "office")}


@pytest.mark.parametrize("role", sorted(set(ROLES) - set(OFFICE_ROLES)))
def test_everybody_else_is_asked_for_one(huiyin: World, run: Run, role: str) -> None:
    assert "--unit" in refused(run("people", "invite", "new", "--role", role, "--committee", "xs"))
    with huiyin.reading():
        assert db.session.query(Person).filter_by(login="new").count() == 0


def test_a_known_login_needs_no_committee(huiyin: World, run: Run) -> None:
    assert LINK.fullmatch(run("people", "invite", "dt-clerk", "--role", "clerk").stdout)
    with huiyin.reading():
        (event,) = db.session.query(Event)
        assert (event.committee_id, event.actor_kind) == (_committee("dt"), "system")


def _committee(code: str) -> int:
    return int(db.session.query(Committee).filter_by(code=code).one().id)


def test_a_refused_invitation_leaves_the_earlier_one_open(huiyin: World, run: Run) -> None:
    link = LINK.fullmatch(run("people", "invite", "xs-clerk", "--role", "clerk").stdout)
    refused(run("people", "invite", "xs-clerk", "--role", "admin"))
    assert link
    with huiyin.writing(clock()):
        accounts.accept_invitation(link[1], PasswordIn(password="yan-wang-pi-hua-72"))


@pytest.mark.parametrize(
    ("base", "start"),
    [
        ("https://huiyin.example", "https://huiyin.example/invitation/"),
        ("https://huiyin.example/", "https://huiyin.example/invitation/"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/invitation/"),
    ],
)
def test_the_link_begins_with_the_address_people_type(huiyin: World, run: Run, base: str, start: str) -> None:
    huiyin.app.config["HUIYIN_BASE_URL"] = base
    assert run("people", "invite", "xs-clerk", "--role", "clerk").stdout.startswith(start)


@pytest.mark.parametrize("login", ["x", "a b", "老板", "a" * 65, "a/b", "<b>"])
def test_a_login_nobody_could_type_is_refused(run: Run, login: str) -> None:
    said = refused(run("people", "invite", login, "--role", "admin", "--committee", "xs"))
    assert said.startswith("login: ")


# --- tokens


def test_a_token_carries_its_name_and_its_year(huiyin: World, run: Run) -> None:
    with clock.at(NOW):
        run("token", "create", "xs-clerk", "--name", "导入程序")
        run("token", "create", "xs-clerk")
    with huiyin.reading():
        rows = db.session.query(ApiToken).order_by(ApiToken.id)
        assert [(row.name, row.expires_at) for row in rows] == [
            ("导入程序", NOW + timedelta(days=365)),
            ("shell", NOW + timedelta(days=365)),
        ]


def test_a_second_token_leaves_the_first(huiyin: World, run: Run, client: FlaskClient) -> None:
    tokens = [run("token", "create", "xs-clerk").stdout.strip() for _ in range(2)]
    for token in tokens:
        assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.requirement("T09")
def test_what_was_printed_stands_nowhere_else(huiyin: World, run: Run) -> None:
    token = run("token", "create", "xs-clerk").stdout.strip()
    with huiyin.reading():
        (event,) = db.session.query(Event)
        assert event.verb == "issue_token" and token not in str(event.data)


@pytest.mark.parametrize("name", ["", "长" * 61, "x" * 5000])
def test_a_name_without_measure_is_refused(either: World, name: str) -> None:
    result = either.app.test_cli_runner().invoke(args=["token", "create", "xs-clerk", "--name", name])
    assert refused(result).startswith("name: ")
    with either.reading():
        assert db.session.query(ApiToken).count() == 0
