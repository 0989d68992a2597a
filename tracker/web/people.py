"""人员: accounts, made by invitation; the administrator never sees a password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import people as acts
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.list_pages import PeoplePage, named, read_query
from tracker.incoming.people import PersonEdit, PersonIn
from tracker.incoming.schema import read
from tracker.models import Person
from tracker.queries import directory, people
from tracker.queries.waiting import PEOPLE
from tracker.rules import permissions
from tracker.web import choices, faults, listing, words
from tracker.web.listing import Filter
from tracker.web.words import Sign

blueprint = Blueprint("people", __name__, url_prefix="/people")

Page = tuple[str, int]

# One person rarely holds more; the form has this many rows for them.
POSTS = 3
# The page of an account shows every field, so that an emptied one is meant to be empty.
_EMPTIED: dict[str, Any] = {"name": "", "title": "", "email": "", "posts": [], "bridges": []}
# A box that is not ticked is not sent.
BOXES = ("is_active", "is_listed")
ROLES = tuple(role for role in words.ROLES if role not in ("resident", "system"))


@dataclass(frozen=True)
class Row:
    """One account in the list."""

    url: str
    name: str
    login: str
    title: str
    posts: list[tuple[str, str]]
    bridges: list[str]
    sign: Sign
    seen: str


@blueprint.get("")
def index() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "person.read")
    asked, args = read_query(PeoplePage, request.args), named(PeoplePage, request.args)
    found = directory.people(
        actor,
        now=now,
        waits=asked.waiting,
        role=asked.role,
        bridge=asked.bridge,
        q=asked.q,
        limit=asked.limit,
        after=asked.after,
    )
    filters = _filters()
    frame = listing.frame("person", gettext("人员"), args, list(filters.values()), found.next, actor)
    return render_template(
        "people/index.html",
        frame=frame,
        filters=filters,
        rows=[_row(person, now) for person in found.items],
        may_edit=permissions.may_any(actor, "person.edit"),
    )


@blueprint.get("/new")
def new() -> str:
    permissions.require_any(door.signed_in(), "person.edit")
    return _form(None)


@blueprint.post("/new")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "person.edit")
    try:
        with door.attempt():
            person = acts.add(read(PersonIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return _form(None, faults.told(refused)), faults.status(refused)
    flash(gettext("账号已建好。发一个邀请链接，本人就能设置密码。"), "ok")
    return make_response(redirect(url_for("people.show", public_id=person.public_id)))


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return _form(people.get(public_id, door.signed_in()))


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    by = door.signed_in()
    person = people.get(public_id, by)
    permissions.require(by, "edit", person)
    try:
        with door.attempt():
            given = _EMPTIED | values(request.form) | {box: box in request.form for box in BOXES}
            acts.edit(person, read(PersonEdit, given), by=by, expect=version(request.form))
    except faults.REDRAWN as refused:
        return _form(person, faults.told(refused)), faults.status(refused)
    flash(gettext("已保存。这个账号的登录都已退出，下次登录按新的岗位。"), "ok")
    return make_response(redirect(url_for("people.show", public_id=public_id)))


@blueprint.post("/<public_id>/invitation")
def invite(public_id: str) -> str:
    """The link stands on this one answer and nowhere else."""
    by = door.signed_in()
    person = people.get(public_id, by)
    token = acts.invite(person, by=by)
    # A repeat of this request gets the page without the link.
    g.repeatable_body = _form(person).encode()
    return _form(person, link=url_for("sessions.invitation", token=token, _external=True))


def _form(person: Person | None, errors: Sequence[FieldError] = (), link: str = "") -> str:
    actor = door.signed_in()
    return render_template(
        "people/person.html",
        person=person,
        given=values(request.form) if errors else _given(person),
        errors=errors,
        link=link,
        may_edit=permissions.may(actor, "edit", person) if person else True,
        roles=[(role, words.role(role)) for role in ROLES],
        units=choices.all_units(actor),
        bridges=words.choices(words.BRIDGES),
        rows=range(POSTS),
    )


def _given(person: Person | None) -> dict[str, Any]:
    """The account as the form would send it."""
    if person is None:
        return {}
    posts = [{"role": post.role, "unit": post.unit.public_id} for post in person.posts]
    return {
        "name": person.name,
        "title": person.title,
        "email": person.email,
        "posts": posts,
        "bridges": person.bridges,
    }


def _row(person: Person, now: datetime) -> Row:
    return Row(
        url_for("people.show", public_id=person.public_id),
        person.name,
        person.login,
        person.title,
        [(words.role(post.role), post.unit.name) for post in person.posts],
        [words.say(words.BRIDGES, kind) for kind in person.bridges],
        _sign(person),
        words.recently(person.last_seen_at, now),
    )


def _sign(person: Person) -> Sign:
    if not person.is_active:
        return Sign(gettext("已停用"), "", "slash-circle")
    if person.password_hash is None:
        return Sign(gettext("未设密码"), "warn", "hourglass-split")
    return Sign(gettext("在用"), "ok", "check-circle")


def _filters() -> dict[str, Filter]:
    found = [
        Filter("waiting", gettext("视图"), {name: gettext(queue.label) for name, queue in PEOPLE.items()}),
        Filter("role", gettext("岗位"), {role: words.role(role) for role in ROLES}),
        Filter("bridge", gettext("桥梁身份"), words.bridges()),
        Filter("q", gettext("姓名或登录名"), {}),
    ]
    return {entry.name: entry for entry in found}
