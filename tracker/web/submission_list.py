"""The list of what members handed in, and what one still owes oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.list_pages import SubmissionPage, named, read_query
from tracker.queries import campaigns, reference, submissions
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.words import Sign
from workflows.submission import KINDS, LIVES


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

    moves = "export"

    @property
    def cells(self) -> list[str]:
        return [self.day, self.kind, self.title, self.member, self.group, self.sign.label]


def page() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "submission.read")
    asked = read_query(SubmissionPage, request.args)
    found = _fetch(asked, actor, asked.after, asked.limit)
    filters = _filters(actor)
    args = named(SubmissionPage, request.args)
    return render_template(
        "lists/submissions.html",
        frame=listing.frame("submission", gettext("三个一"), args, list(filters.values()), found.next, actor),
        filters=filters,
        rows=_rows(found.items, now),
        may_submit=permissions.may_any(actor, "submission.create"),
        may_convert=permissions.may_any(actor, "submission.convert"),
    )


def export() -> Response:
    actor = door.signed_in()
    permissions.require_any(actor, "submission.export")
    return _file(read_query(SubmissionPage, request.args), actor)


def act() -> ResponseReturnValue:
    actor = door.signed_in()
    if request.form.get("act") == "export":
        permissions.require_any(actor, "submission.export")
        return _file(SubmissionPage(), actor, tuple(request.form.getlist("ids"))[: listing.BATCH])
    return redirect(links.index("submission", **named(SubmissionPage, request.args)))


def _fetch(asked: SubmissionPage, actor: Actor, after: str | None, limit: int, **more: Any) -> Any:
    given = asked.model_dump(exclude={"limit", "after", "waiting"})
    return submissions.page(
        actor, now=clock(), waits=asked.waiting, **given, **more, limit=limit, after=after
    )


def _file(asked: SubmissionPage, actor: Actor, only: tuple[str, ...] | None = None) -> Response:
    heads = [
        gettext("日期"), gettext("种类"), gettext("标题"), gettext("委员"), gettext("小组"), gettext("状态"),
    ]  # fmt: skip
    now = clock()
    found = listing.every(lambda after: _fetch(asked, actor, after, listing.BATCH, only=only, verb="export"))
    return listing.file(gettext("三个一"), heads, [row.cells for row in _rows(found, now)])


def _rows(found: Iterable[Any], now: datetime) -> list[Row]:
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
        )
        for row in found
    ]


def _filters(actor: Actor) -> dict[str, Filter]:
    groups = {unit.public_id: unit.name for unit in reference.units(actor, "group")}
    kinds = dict(words.choices(KINDS)) | {"lead": gettext("“双招双引”线索")}
    found = [
        Filter("kind", gettext("种类"), kinds),
        Filter("state", gettext("状态"), words.states("submission")),
        Filter("campaign", gettext("活动"), {c.public_id: c.name for c in campaigns.listing(actor)}),
        Filter("group", gettext("委员小组"), {} if actor.roles == {"member"} else groups),
        Filter("from", gettext("报送不早于"), {}),
        Filter("to", gettext("报送不晚于"), {}),
        Filter("member", gettext("委员"), {}),
    ]
    return {entry.name: entry for entry in found}
