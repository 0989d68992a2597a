"""Accounts: who makes and changes them, what ends with a change, and what an invitation is worth."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, PASSWORD, World
from tracker.actions import people
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.people import PasswordIn, PersonEdit, PersonIn, PostIn
from tracker.incoming.schema import read
from tracker.models import ApiToken, Event, Invitation, LoginSession, Person
from tracker.models.base import new_public_id
from tracker.queries import people as known
from tracker.rules import passwords, tokens
from tracker.rules.actors import system

NEW = {"login": "xs-new", "name": "新同事", "posts": [{"role": "clerk", "unit": "office"}]}
GOOD = PasswordIn(password="梅花香自苦寒来二月")


@contextmanager
def refused(field: str) -> Iterator[None]:
    with pytest.raises(Invalid) as fault:
        yield
    assert [error.field for error in fault.value.errors][:1] == [field]


def person(login: str) -> Person:
    """Inside an open transaction."""
    return db.session.scalars(select(Person).where(Person.login == login)).one()


def added(world: World, *, by: str = "admin", **changes: Any) -> None:
    with world.writing():
        people.add(read(PersonIn, NEW | changes), by=world.actor(by))


def edited(world: World, login: str, *, by: str = "admin", expect: int | None = None, **changes: Any) -> None:
    with world.writing():
        people.edit(person(login), read(PersonEdit, changes), by=world.actor(by), expect=expect)


def invited(world: World, login: str, *, late: timedelta = timedelta()) -> str:
    with world.writing(NOW + late):
        return people.invite(person(login), by=world.actor("admin"))


def accepted(world: World, token: str, *, late: timedelta = timedelta(), password: PasswordIn = GOOD) -> None:
    with world.writing(NOW + late):
        people.accept_invitation(token, password)


def opened(world: World, login: str) -> None:
    """A browser and a program of this person."""
    with world.writing():
        who = person(login)
        db.session.add(
            LoginSession(
                public_id=new_public_id(),
                token_hash=tokens.digest(login),
                person_id=who.id,
                last_seen_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )
        )
        people.issue_token(who, "报表", by=known.as_actor(who))


def still_open(world: World, login: str) -> list[bool]:
    with world.reading():
        who = person(login).id
        rows = [
            *db.session.scalars(select(LoginSession).where(LoginSession.person_id == who)),
            *db.session.scalars(select(ApiToken).where(ApiToken.person_id == who)),
        ]
        return [row.ended_at is None for row in rows]


# --- made
def test_a_new_account_has_posts_one_event_and_no_password(either: World) -> None:
    added(either)
    with either.reading():
        made = person("xs-new")
        assert [(post.role, post.unit.key) for post in made.posts] == [("clerk", "office")]
        assert made.password_hash is None and made.is_active
        event = db.session.scalars(select(Event).where(Event.verb == "add_person")).one()
        assert event.data == {"posts": [["clerk", made.posts[0].unit_id]]}


def test_a_login_is_given_once_in_the_whole_installation(either: World) -> None:
    for login in ("xs-clerk", "dt-clerk"):
        before = everything(either)
        with refused("login"):
            added(either, login=login)
        assert everything(either) == before


@pytest.mark.parametrize("unit", ["nowhere", "dt-office", ""])
def test_a_post_is_in_a_unit_of_ones_own_committee(huiyin: World, unit: str) -> None:
    before = everything(huiyin)
    with refused("posts"):
        added(huiyin, posts=[{"role": "clerk", "unit": unit}])
    assert everything(huiyin) == before


@pytest.mark.requirement("T40")
@pytest.mark.parametrize(
    "roles", [("clerk", "handler"), ("member", "admin"), ("auditor", "admin"), ("director", "auditor")]
)
def test_no_account_stands_in_two_zones(huiyin: World, roles: tuple[str, ...]) -> None:
    with refused("posts"):
        added(huiyin, posts=[{"role": role, "unit": "office"} for role in roles])


def test_one_account_may_hold_several_posts_of_the_office(huiyin: World) -> None:
    added(huiyin, posts=[{"role": "member", "unit": "group"}, {"role": "secretary", "unit": "group"}])
    with huiyin.reading():
        assert known.as_actor(person("xs-new")).roles == {"member", "secretary"}


def test_the_same_post_twice_is_one(either: World) -> None:
    added(either, posts=[{"role": "clerk", "unit": "office"}] * 2)
    with either.reading():
        assert len(person("xs-new").posts) == 1


@pytest.mark.parametrize("who", ["member", "clerk", "director", "leader", "auditor", "dept", "secretary"])
def test_only_the_administrator_makes_and_changes_accounts(huiyin: World, who: str) -> None:
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        added(huiyin, by=who)
    with pytest.raises(Forbidden):
        edited(huiyin, "xs-member", by=who, name="别人")
    with pytest.raises(Forbidden), huiyin.writing():
        people.invite(person("xs-member"), by=huiyin.actor(who))
    assert everything(huiyin) == before


def test_another_committees_administrator_changes_nothing_here(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        edited(huiyin, "xs-member", by="dt-admin", name="别人")


@pytest.mark.requirement("T18")
def test_nobody_gives_themselves_a_post(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        edited(huiyin, "xs-admin", posts=[{"role": "admin", "unit": "office"}])


# --- changed
@pytest.mark.requirement("T18")
@pytest.mark.parametrize("change", [{"name": "改名"}, {"is_active": False}, {"title": "主任"}, {}])
def test_a_change_ends_every_session_and_token_at_once(either: World, change: dict[str, Any]) -> None:
    opened(either, "xs-member")
    opened(either, "xs-member2")
    edited(either, "xs-member", **change)
    assert still_open(either, "xs-member") == [False, False]
    assert still_open(either, "xs-member2") == [True, True]


def test_what_is_left_out_of_an_edit_stays(huiyin: World) -> None:
    edited(huiyin, "xs-clerk", title="主任")
    with huiyin.reading():
        clerk = person("xs-clerk")
        assert (clerk.name, clerk.title, clerk.is_active) == ("周文博", "主任", True)
        assert [post.role for post in clerk.posts] == ["clerk"]


def test_a_post_that_stays_keeps_its_row_and_one_that_goes_is_gone(either: World) -> None:
    with either.reading():
        (kept,) = (post.id for post in person("xs-member").posts)
    both = [{"role": "member", "unit": "group"}, {"role": "secretary", "unit": "group"}]
    edited(either, "xs-member", posts=both)
    with either.reading():
        assert {post.role: post.id for post in person("xs-member").posts}["member"] == kept
    edited(either, "xs-member", posts=both[1:])
    with either.reading():
        assert known.as_actor(person("xs-member")).roles == {"secretary"}


def test_the_slower_of_two_who_change_posts_is_told(either: World) -> None:
    with either.reading():
        version = person("xs-member").version
    edited(either, "xs-member", expect=version, posts=[{"role": "secretary", "unit": "group"}])
    with pytest.raises(Conflict) as fault:
        edited(either, "xs-member", expect=version, posts=[{"role": "member", "unit": "group"}])
    assert fault.value.version == version + 1


def test_the_diary_says_what_somebody_may_now_and_no_name(huiyin: World) -> None:
    edited(huiyin, "xs-member", name="改名", is_active=False)
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "edit_person")).one()
        assert set(event.data) == {"posts", "active", "listed"} and event.data["active"] is False
        assert event.data["listed"] is True
        assert event.object_id == person("xs-member").id


# --- invited
@pytest.mark.requirement("T17")
def test_an_invitation_sets_the_password_once(either: World) -> None:
    token = invited(either, "xs-member")
    opened(either, "xs-member")
    accepted(either, token)
    assert still_open(either, "xs-member") == [False, False]
    with either.reading():
        assert passwords.verify(person("xs-member").password_hash or "", GOOD.password).ok
    with pytest.raises(NotFound):
        accepted(either, token, password=PasswordIn(password="另一个长长的密码"))


def test_the_token_of_an_invitation_is_kept_as_a_hash(huiyin: World) -> None:
    token = invited(huiyin, "xs-member")
    assert token not in repr(everything(huiyin))
    with huiyin.reading():
        assert db.session.scalars(select(Invitation.token_hash)).one() == tokens.digest(token)


def test_a_new_invitation_ends_the_earlier_one(huiyin: World) -> None:
    first, second = invited(huiyin, "xs-member"), invited(huiyin, "xs-member")
    with pytest.raises(NotFound):
        accepted(huiyin, first)
    accepted(huiyin, second)


def test_an_invitation_of_one_is_not_ended_by_that_of_another(huiyin: World) -> None:
    first = invited(huiyin, "xs-member")
    invited(huiyin, "xs-member2")
    accepted(huiyin, first)


@pytest.mark.parametrize(("late", "works"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_an_invitation_lasts_a_week(huiyin: World, late: timedelta, works: bool) -> None:
    token = invited(huiyin, "xs-member")
    if works:
        accepted(huiyin, token, late=people.INVITATION_VALID + late)
    else:
        with pytest.raises(NotFound):
            accepted(huiyin, token, late=people.INVITATION_VALID + late)


@pytest.mark.parametrize("password", ["password", "xs-member-2026", "12345678"])
def test_a_poor_password_uses_no_invitation_up(huiyin: World, password: str) -> None:
    token = invited(huiyin, "xs-member")
    before = everything(huiyin)
    with refused("password"):
        accepted(huiyin, token, password=PasswordIn(password=password))
    assert everything(huiyin) == before
    accepted(huiyin, token)


@pytest.mark.parametrize("token", ["", "x", "令牌"])
def test_a_token_nobody_was_given_opens_nothing(huiyin: World, token: str) -> None:
    with pytest.raises(NotFound):
        accepted(huiyin, token)


# --- one's own password
def change(world: World, login: str, old: str, *, by: str) -> None:
    with world.writing():
        people.change_password(person(login), old, GOOD, by=world.actor(by))


def test_the_old_password_proves_who_changes_it(huiyin: World) -> None:
    change(huiyin, "xs-member", PASSWORD, by="member")
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "set_password")).one()
        assert (event.actor_id, event.data) == (person("xs-member").id, {})


@pytest.mark.parametrize(
    ("login", "old", "by"),
    [("xs-member", "wrong", "member"), ("xs-member", "", "member"), ("xs-member", PASSWORD, "admin")],
)
def test_without_that_proof_nothing_changes(huiyin: World, login: str, old: str, by: str) -> None:
    before = everything(huiyin)
    with refused("old_password"):
        change(huiyin, login, old, by=by)
    assert everything(huiyin) == before


def test_who_has_no_password_yet_proves_nothing_with_an_empty_one(huiyin: World) -> None:
    added(huiyin)
    with refused("old_password"):
        change(huiyin, "xs-new", "", by="new")


# --- tokens
def test_a_token_is_ones_own_or_the_operators_to_give(huiyin: World) -> None:
    with huiyin.writing():
        member = person("xs-member")
        people.issue_token(member, "自己", by=huiyin.actor("member"))
        people.issue_token(member, "命令行", by=system(member.committee_id, "shell"))
        with pytest.raises(NotFound):
            people.issue_token(member, "管理员", by=huiyin.actor("admin"))
    with huiyin.reading():
        assert set(db.session.scalars(select(ApiToken.name))) == {"自己", "命令行"}


def test_a_token_is_kept_as_a_hash_and_ends_after_a_year(huiyin: World) -> None:
    with huiyin.writing():
        token = people.issue_token(person("xs-member"), "报表", by=huiyin.actor("member"))
    assert token not in repr(everything(huiyin))
    with huiyin.reading():
        row = db.session.scalars(select(ApiToken)).one()
        assert (row.token_hash, row.expires_at) == (tokens.digest(token), NOW + timedelta(days=365))


def tagged(world: World, login: str, **changes: Any) -> list[str]:
    """The person's tags after the administrator edited it."""
    with world.writing():
        person = known.by_login(login)
        assert person is not None
        people.edit(person, PersonEdit(**changes), by=world.actor("admin"))
    with world.reading():
        person = known.by_login(login)
        assert person is not None
        return person.bridges


@pytest.mark.requirement("S1-21")
def test_a_member_is_a_bridge_for_several_reasons_until_told_otherwise(either: World) -> None:
    both = ["community_cadre", "professional"]
    assert tagged(either, "xs-member", bridges=["professional", "community_cadre", "professional"]) == both
    assert tagged(either, "xs-member", title="社区书记") == both
    assert tagged(either, "xs-member", bridges=["professional"]) == ["professional"]
    assert tagged(either, "xs-member", bridges=[]) == []


@pytest.mark.requirement("S1-21")
def test_who_is_no_member_is_no_bridge(huiyin: World) -> None:
    with pytest.raises(Invalid) as refused:
        tagged(huiyin, "xs-clerk", bridges=["professional"])
    assert [error.field for error in refused.value.errors] == ["bridges"]
    tagged(huiyin, "xs-member", bridges=["professional"])
    assert tagged(huiyin, "xs-member", posts=[PostIn(role="secretary", unit="group")]) == []


def test_tags_make_a_form_about_the_person_stale(huiyin: World) -> None:
    with huiyin.reading():
        person = known.by_login("xs-member")
        assert person is not None
        seen = person.version
    tagged(huiyin, "xs-member", bridges=["professional"])
    with pytest.raises(Conflict), huiyin.writing():
        person = known.by_login("xs-member")
        assert person is not None
        people.edit(person, PersonEdit(bridges=[]), by=huiyin.actor("admin"), expect=seen)
