"""委员: the members as the office looks them up, with what makes some of them a bridge (S1-21)."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from tracker import door
from tracker.door.language import gettext
from tracker.incoming.list_pages import MembersPage, named, read_query
from tracker.models import Person
from tracker.queries import members, reference
from tracker.queries.members import Sought
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import listing, words
from tracker.web.listing import Filter

blueprint = Blueprint("members", __name__, url_prefix="/members")


@dataclass(frozen=True)
class Row:
    """``visits_url`` is empty for whoever reads no visits."""

    name: str
    title: str
    groups: str
    level: str
    bridges: list[str]
    visits_url: str


@blueprint.get("")
def index() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "members.list")
    asked, args = read_query(MembersPage, request.args), named(MembersPage, request.args)
    sought = Sought(asked.group, asked.bridge, asked.q)
    found = members.page(actor, sought, limit=asked.limit, after=asked.after)
    filters = _filters(actor)
    return render_template(
        "members/index.html",
        frame=listing.frame("member", gettext("委员"), args, list(filters.values()), found.next, actor),
        filters=filters,
        rows=[_row(person, actor) for person in found.items],
    )


def _row(person: Person, actor: Actor) -> Row:
    reads = permissions.may_any(actor, "visit.read")
    groups = [post.unit.name for post in person.posts if post.role == "member"]
    return Row(
        person.name,
        person.title,
        gettext("、").join(groups),
        words.say(words.LEVELS, person.level),
        [words.say(words.BRIDGES, kind) for kind in person.bridges],
        url_for("visits.index", member=person.public_id) if reads else "",
    )


def _filters(actor: Actor) -> dict[str, Filter]:
    groups = {unit.public_id: unit.name for unit in reference.units(actor, "group")}
    found = [
        Filter("group", gettext("委员小组"), groups),
        Filter("bridge", gettext("桥梁身份"), words.bridges()),
        Filter("q", gettext("姓名"), {}),
    ]
    return {entry.name: entry for entry in found}
