"""The list of what members handed in, and what one still owes oneself."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.door.language import gettext
from tracker.incoming.list_pages import SubmissionPage
from tracker.queries import campaigns, reference, submissions
from tracker.queries.cases import Page
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.tables import Table
from tracker.web.words import Sign
from workflows.submission import ADOPTION_LEVELS, KINDS, LIVES


@dataclass(frozen=True)
class Row:
    """One matter, on the screen and in the file."""

    public_id: str
    url: str
    day: str
    kind: str
    title: str
    member: str
    group: str
    sign: Sign
    moves: str

    @property
    def cells(self) -> list[str]:
        return [self.day, self.kind, self.title, self.member, self.group, self.sign.label]


class Submissions(Table[SubmissionPage]):
    noun, title, template, asks = "submission", N_("三个一"), "lists/submissions.html", SubmissionPage
    heads = (N_("日期"), N_("种类"), N_("标题"), N_("委员"), N_("小组"), N_("状态"))

    def fetch(self, asked: SubmissionPage, actor: Actor, now: datetime, **page: Any) -> Page:
        given = asked.model_dump(exclude={"limit", "after", "waiting"})
        return submissions.page(actor, now=now, waits=asked.waiting, **given, **page)

    def lines(
        self, found: Iterable[Any], actor: Actor, now: datetime, *, left: Collection[int] = ()
    ) -> list[Row]:
        ready = listing.readiness("submission", actor, left)
        return [
            Row(
                row.public_id,
                links.submission(row.public_id),
                words.day(row.submitted_on, now),
                words.say(KINDS, row.kind),
                row.title,
                row.member,
                row.group or "",
                words.sign(LIVES[row.kind], row.state),
                ready(row),
            )
            for row in found
        ]

    def filters(self, actor: Actor) -> list[Filter]:
        groups = {unit.public_id: unit.name for unit in reference.units(actor, "group")}
        kinds = dict(words.choices(KINDS)) | {"lead": gettext("“双招双引”线索")}
        return [
            Filter("kind", gettext("种类"), kinds),
            Filter("state", gettext("状态"), words.states("submission")),
            Filter("adopted", gettext("采用"), dict(words.choices(ADOPTION_LEVELS))),
            Filter("campaign", gettext("活动"), {c.public_id: c.name for c in campaigns.listing(actor)}),
            Filter("group", gettext("委员小组"), {} if actor.roles == {"member"} else groups),
            Filter("from", gettext("报送不早于"), {}),
            Filter("to", gettext("报送不晚于"), {}),
            Filter("member", gettext("委员"), {}),
        ]

    def more(self, actor: Actor) -> dict[str, Any]:
        return {
            "may_submit": permissions.may_any(actor, "submission.create"),
            "may_convert": permissions.may_any(actor, "submission.convert"),
        }
