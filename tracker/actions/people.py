"""Accounts: made by invitation, one zone each, changed by an administrator who is not the person."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import FieldError, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.people import PasswordIn, PersonEdit, PersonIn
from tracker.models import ApiToken, Invitation, LoginSession, Membership, Person
from tracker.models.base import new_public_id
from tracker.queries import people, reference
from tracker.rules import passwords, permissions, tokens
from tracker.rules.actors import Actor, zone_of
from tracker.rules.words import N_

INVITATION_VALID = timedelta(days=7)
TOKEN_VALID = timedelta(days=365)


@action
def add(given: PersonIn, *, by: Actor) -> Person:
    """A new account without a password; an invitation sets the first one."""
    person = Person(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        login=given.login,
        name=given.name,
        title=given.title,
        level=given.level,
        email=given.email,
    )
    permissions.require(by, "edit", person)
    if session().scalar(select(Person.id).where(Person.login == given.login)):
        raise Invalid.one("login", N_("这个登录名已经有人用了"))
    session().add(person)
    _set_posts(person, given.posts, by)
    _set_bridges(person, given.bridges)
    diary.write(person, "add_person", by=by, data=_posts(person), notify=False)
    return person


@action
def edit(person: Person, given: PersonEdit, *, by: Actor, expect: int | None = None) -> Person:
    """Change what an account is or may; every open session of the person ends at once (T18, T40)."""
    permissions.require(by, "edit", person)
    lock(person, expect)
    for name in ("name", "title", "level", "email", "is_active", "is_listed"):
        value = getattr(given, name)
        if value is not None:
            setattr(person, name, value)
    if given.posts is not None:
        # Posts lie in rows of their own, but the slower of two editors must still notice.
        flag_modified(person, "name")
        _set_posts(person, given.posts, by)
    if given.bridges is not None or given.posts is not None:
        _set_bridges(person, given.bridges)
    end_sessions(person)
    flags = {"active": person.is_active, "listed": person.is_listed}
    diary.write(person, "edit_person", by=by, data=_posts(person) | flags, notify=False)
    return person


@action
def invite(person: Person, *, by: Actor) -> str:
    """A one-time token for setting a password; earlier ones stop working."""
    permissions.require(by, "edit", person)
    now = clock()
    session().execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.used_at.is_(None))
        .values(used_at=now)
    )
    token = secrets.token_urlsafe(32)
    session().add(
        Invitation(
            token_hash=tokens.digest(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + INVITATION_VALID,
        )
    )
    diary.write(person, "invite", by=by, notify=False)
    return token


@action
def accept_invitation(token: str, given: PasswordIn) -> Person:
    """Set the password the invitation was for; it works once."""
    found = session().scalar(select(Invitation).where(Invitation.token_hash == tokens.digest(token)))
    if found is None or found.used_at is not None or found.expires_at < clock():
        raise NotFound(N_("这个链接已经用过或过期了，请管理员重新发一个"))
    person = session().get_one(Person, found.person_id)
    found.used_at = clock()
    set_password(person, given)
    diary.write(person, "set_password", by=people.as_actor(person), notify=False)
    return person


@action
def change_password(person: Person, old: str, given: PasswordIn, *, by: Actor) -> None:
    """One's own password, with the old one as proof."""
    if (
        by.person_id != person.id
        or not person.password_hash
        or not passwords.verify(person.password_hash, old).ok
    ):
        raise Invalid.one("old_password", N_("原密码不对"))
    set_password(person, given)
    diary.write(person, "set_password", by=by, notify=False)


def set_password(person: Person, given: PasswordIn) -> None:
    faults = passwords.faults(given.password, login=person.login, name=person.name)
    if faults:
        raise Invalid([FieldError("password", fault.msgid, fault.params) for fault in faults])
    person.password_hash = passwords.hash_password(given.password)
    end_sessions(person)


@action
def issue_token(person: Person, name: str, *, by: Actor) -> str:
    """A bearer token for programs, shown once; from the shell or the person's own profile."""
    if by.kind != "system" and by.person_id != person.id:
        raise NotFound
    token = secrets.token_urlsafe(32)
    now = clock()
    session().add(
        ApiToken(
            token_hash=tokens.digest(token),
            person_id=person.id,
            name=name,
            created_at=now,
            expires_at=now + TOKEN_VALID,
            public_id=new_public_id(),
        )
    )
    diary.write(person, "issue_token", by=by, notify=False)
    return token


def end_sessions(person: Person) -> None:
    """Every browser and program of this person has to sign in again."""
    now = clock()
    for table in (LoginSession, ApiToken):
        session().execute(
            update(table).where(table.person_id == person.id, table.ended_at.is_(None)).values(ended_at=now)
        )


def _set_posts(person: Person, posts: list[Any], by: Actor) -> None:
    if zone_of({post.role for post in posts}) is None:
        raise Invalid.one("posts", N_("一个账号只能在一个区域任职；跨区域请另开账号"))
    wanted = {(reference.unit(by, post.unit, "posts").id, post.role) for post in posts}
    # A post that stays keeps its row: a new one beside it would be the same post twice.
    kept = [post for post in person.posts if (post.unit_id, post.role) in wanted]
    new = wanted - {(post.unit_id, post.role) for post in kept}
    person.posts = [*kept, *(Membership(unit_id=unit, role=role) for unit, role in sorted(new))]
    session().flush()


def _set_bridges(person: Person, bridges: Sequence[str] | None) -> None:
    """Only a member is one (S1-21); who is no member any more stops being one."""
    is_member = any(post.role == "member" for post in person.posts)
    if bridges and not is_member:
        raise Invalid.one("bridges", N_("只有委员才有桥梁身份"))
    wanted = list(bridges if bridges is not None else person.bridges) if is_member else []
    if set(wanted) != set(person.bridges):
        # They lie in rows of their own, but the slower of two editors must still notice.
        flag_modified(person, "name")
        person.bridges = wanted


def _posts(person: Person) -> dict[str, Any]:
    return {"posts": [[post.role, post.unit_id] for post in person.posts]}
