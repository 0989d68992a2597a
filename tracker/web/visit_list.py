"""The list of visits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.list_pages import VisitPage, named, read_query
from tracker.queries import campaigns, drives, reference, visits
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import lateness, links, listing, words
from tracker.web.listing import Filter
from tracker.web.words import Sign


@dataclass(frozen=True)
class Row:
    """One visit, never whom it was paid to; what was said stays on the screen, unread for names."""

    public_id: str
    url: str
    visited: str
    member: str
    group: str
    circle: str
    channel: str
    persons: int
    cases: int
    drive: str
    gist: str
    mark: Sign | None

    moves = "export"

    @property
    def cells(self) -> list[str]:
        return [
            self.visited, self.member, self.group, self.circle, self.channel, str(self.persons),
            str(self.cases), self.drive,
        ]  # fmt: skip


def page() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "visit.read")
    asked = read_query(VisitPage, request.args)
    found = _fetch(asked, actor, asked.after, asked.limit)
    gists = visits.gists(found, actor)
    filters = _filters(actor)
    args = named(VisitPage, request.args)
    frame = listing.frame("visit", gettext("走访"), args, list(filters.values()), found.next, actor)
    return render_template(
        "lists/visits.html",
        frame=frame,
        filters=filters,
        rows=[_row(row, now, gists[row.public_id]) for row in found.items],
        has_circles=reference.committee(actor).has_circles,
        may_visit=permissions.may_any(actor, "visit.create"),
    )


def export() -> Response:
    actor = door.signed_in()
    permissions.require_any(actor, "visit.export")
    return _file(read_query(VisitPage, request.args), actor)


def act() -> ResponseReturnValue:
    actor = door.signed_in()
    if request.form.get("act") == "export":
        permissions.require_any(actor, "visit.export")
        return _file(VisitPage(), actor, tuple(request.form.getlist("ids"))[: listing.BATCH])
    return redirect(links.index("visit", **named(VisitPage, request.args)))


def _fetch(asked: VisitPage, actor: Actor, after: str | None, limit: int, **more: Any) -> Any:
    given = asked.model_dump(exclude={"limit", "after"})
    return visits.page(actor, **given, **more, limit=limit, after=after)


def _file(asked: VisitPage, actor: Actor, only: tuple[str, ...] | None = None) -> Response:
    heads = [
        gettext("日期"), gettext("委员"), gettext("小组"), gettext("圈子"), gettext("方式"), gettext("人数"),
        gettext("提出诉求"), gettext("其他活动"),
    ]  # fmt: skip
    now = clock()
    found = listing.every(lambda after: _fetch(asked, actor, after, listing.BATCH, only=only, verb="export"))
    return listing.file(gettext("走访"), heads, [_row(row, now).cells for row in found])


def _row(row: Any, now: datetime, gist: str = "") -> Row:
    """A file has no gist."""
    return Row(
        row.public_id,
        links.visit(row.public_id),
        words.day(row.visited_on, now),
        row.member,
        row.group or "",
        words.say(words.CIRCLES, row.circle),
        words.say(words.CHANNELS, row.channel),
        row.persons_count,
        row.cases,
        row.drive,
        words.shortened(gist),
        lateness.sign(row.visited_on, row.created_at, row.campaign_ends_on, row.report_within),
    )


def _filters(actor: Actor) -> dict[str, Filter]:
    groups = {unit.public_id: unit.name for unit in reference.units(actor, "group")}
    circles = dict(words.choices(words.CIRCLES)) if reference.committee(actor).has_circles else {}
    found = [
        Filter("circle", gettext("圈子"), circles),
        Filter("campaign", gettext("活动"), {c.public_id: c.name for c in campaigns.listing(actor)}),
        Filter("group", gettext("委员小组"), {} if actor.roles == {"member"} else groups),
        Filter("from", gettext("走访不早于"), {}),
        Filter("to", gettext("走访不晚于"), {}),
        Filter("member", gettext("委员"), {}),
        Filter("contact", gettext("对象"), dict(words.choices(words.CONTACT_KINDS))),
        Filter("drive", gettext("在哪项活动中走访的"), {name: name for name in drives.named(actor)}),
        Filter("went", gettext("参加走访的组"), {} if actor.roles == {"member"} else groups),
    ]
    return {entry.name: entry for entry in found}
