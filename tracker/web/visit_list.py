"""The list of visits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.door.language import gettext
from tracker.incoming.list_pages import VisitPage
from tracker.queries import campaigns, drives, reference, visits
from tracker.queries.cases import Page
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import lateness, links, listing, words
from tracker.web.listing import Filter
from tracker.web.tables import Table
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
    moves: str

    @property
    def cells(self) -> list[str]:
        return [
            self.visited, self.member, self.group, self.circle, self.channel, str(self.persons),
            str(self.cases), self.drive,
        ]  # fmt: skip


class Visits(Table[VisitPage]):
    noun, title, template, asks = "visit", N_("走访"), "lists/visits.html", VisitPage
    heads = (
        N_("日期"), N_("委员"), N_("小组"), N_("圈子"), N_("方式"), N_("人数"), N_("提出诉求"),
        N_("其他活动"),
    )  # fmt: skip

    def fetch(self, asked: VisitPage, actor: Actor, now: datetime, **page: Any) -> Page:
        return visits.page(actor, **asked.model_dump(exclude={"limit", "after"}), **page)

    def lines(
        self, found: Iterable[Any], actor: Actor, now: datetime, *, left: Collection[int] = ()
    ) -> list[Row]:
        """A file has no gist."""
        return [_row(row, now) for row in found]

    def shown(self, asked: VisitPage, actor: Actor, now: datetime) -> tuple[list[Row], str | None]:
        found = self.fetch(asked, actor, now, limit=asked.limit, after=asked.after)
        gists = visits.gists(found, actor)
        ready = listing.readiness("visit", actor, self.left_behind(found.items, actor, now))
        return [_row(row, now, gists[row.public_id], ready(row)) for row in found.items], found.next

    def filters(self, actor: Actor) -> list[Filter]:
        groups = {unit.public_id: unit.name for unit in reference.units(actor, "group")}
        circles = dict(words.choices(words.CIRCLES)) if reference.committee(actor).has_circles else {}
        return [
            Filter("circle", gettext("圈子"), circles),
            Filter("campaign", gettext("活动"), {c.public_id: c.name for c in campaigns.listing(actor)}),
            Filter("group", gettext("委员小组"), {} if actor.roles == {"member"} else groups),
            Filter("from", gettext("走访不早于"), {}),
            Filter("to", gettext("走访不晚于"), {}),
            Filter("member", gettext("委员"), {}),
            Filter("visitor", gettext("参加走访的委员"), {}),
            Filter("contact", gettext("对象"), dict(words.choices(words.CONTACT_KINDS))),
            Filter("drive", gettext("同时属于哪项活动"), {name: name for name in drives.named(actor)}),
            Filter("reported", gettext("报送"), dict(words.choices(lateness.WORDS))),
            Filter("went", gettext("参加走访的组"), {} if actor.roles == {"member"} else groups),
        ]

    def more(self, actor: Actor) -> dict[str, Any]:
        return {
            "has_circles": reference.committee(actor).has_circles,
            "may_visit": permissions.may_any(actor, "visit.create"),
        }


def _row(row: Any, now: datetime, gist: str = "", moves: str = "") -> Row:
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
        moves,
    )
