"""Accounts from the shell: one link that works once, one token that works at once."""

import re

from flask.testing import FlaskClient

from tests.cli.conftest import Run, refused
from tests.world import World
from tracker.actions import people as accounts
from tracker.extensions import db
from tracker.incoming.people import PasswordIn
from tracker.models import Event, Person

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
