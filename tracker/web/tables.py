"""A list, said once: its page, the same rows as a file, and the acts on those that were ticked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.list_pages import named, read_query
from tracker.incoming.lists import PageQuery
from tracker.queries import bulk
from tracker.queries.cases import Page
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, listing
from tracker.web.listing import Filter

Asked = TypeVar("Asked", bound=PageQuery)


class Line(Protocol):
    """A row in words; ``cells`` stand under the table's ``heads`` in the file."""

    @property
    def cells(self) -> list[str]: ...


class Table(Generic[Asked]):
    """The list of one noun. Who keeps one says what stands in it; how a list works is the same for all.

    ``title`` and ``heads`` are marked words; ``key`` names the column a ticked row is known by;
    the template gets ``frame``, ``filters`` and ``rows``.
    """

    noun: ClassVar[str]
    title: ClassVar[str]
    template: ClassVar[str]
    heads: ClassVar[tuple[str, ...]]
    key: ClassVar[str] = "public_id"
    asks: type[Asked]

    def fetch(self, asked: Asked, actor: Actor, now: datetime, **page: Any) -> Page:
        """The rows asked for; ``page`` has ``limit``, ``after``; for a file also ``verb``, ``only``."""
        raise NotImplementedError

    def lines(
        self, found: Iterable[Any], actor: Actor, now: datetime, *, left: Collection[int] = ()
    ) -> Sequence[Line]:
        """``left`` are the ids of rows that may not be taken along as a file."""
        raise NotImplementedError

    def filters(self, actor: Actor) -> list[Filter]:
        raise NotImplementedError

    def move(self, key: str, name: str, actor: Actor) -> None:
        """Make one move on one row; for nouns that queries.bulk offers any."""
        raise NotImplementedError

    def names(self, keys: tuple[str, ...], actor: Actor, now: datetime) -> Mapping[str, str]:
        """What people call the ticked rows."""
        found = self.fetch(self.asks(), actor, now, only=keys, limit=listing.BATCH)
        return {row.public_id: row.reference for row in found.items}

    def shown(self, asked: Asked, actor: Actor, now: datetime) -> tuple[Sequence[Line], str | None]:
        """The rows of a page, and the cursor of the next one."""
        found = self.fetch(asked, actor, now, limit=asked.limit, after=asked.after)
        left = self.left_behind(found.items, actor, now)
        return self.lines(found.items, actor, now, left=left), found.next

    def left_behind(self, rows: Iterable[Any], actor: Actor, now: datetime) -> frozenset[int]:
        """Of the rows of a page, those a file of them would not hold."""
        if not permissions.may_any(actor, f"{self.noun}.export"):
            return frozenset()
        doubtful = [row for row in rows if bulk.may_stay_behind(self.noun, row, actor)]
        asked = {row.id: getattr(row, self.key) for row in doubtful}
        if not asked:
            return frozenset()
        keys = tuple(asked.values())
        taken = self.fetch(self.asks(), actor, now, verb="export", only=keys, limit=len(keys))
        return frozenset(asked) - {row.id for row in taken.items}

    def more(self, actor: Actor) -> dict[str, Any]:
        """What else the template needs."""
        return {}

    # ---- the three routes ----

    def stand_in(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("", "index", self.page)
        blueprint.add_url_rule("/export", "export", self.export)
        blueprint.add_url_rule("/bulk", "bulk", self.act, methods=["POST"])

    def page(self) -> str:
        actor, now = door.signed_in(), clock()
        permissions.require_any(actor, f"{self.noun}.read")
        rows, following = self.shown(read_query(self.asks, request.args), actor, now)
        filters = self.filters(actor)
        args = named(self.asks, request.args)
        return render_template(
            self.template,
            frame=listing.frame(self.noun, gettext(self.title), args, filters, following, actor),
            filters={entry.name: entry for entry in filters},
            rows=rows,
            **self.more(actor),
        )

    def export(self) -> Response:
        """Every row that matches, with the columns of the screen."""
        actor = door.signed_in()
        permissions.require_any(actor, f"{self.noun}.export")
        return self._file(read_query(self.asks, request.args), actor)

    def act(self) -> ResponseReturnValue:
        """One act on the rows that were ticked; each is decided by itself."""
        actor, name = door.signed_in(), request.form.get("act", "")
        chosen = tuple(request.form.getlist("ids"))[: listing.BATCH]
        if name == "export":
            permissions.require_any(actor, f"{self.noun}.export")
            return self._file(self.asks(), actor, only=chosen)
        if name in bulk.offered(self.noun, actor):
            known = self.names(chosen, actor, clock())
            listing.make(name, known, lambda key: self.move(key, name, actor))
        return redirect(links.index(self.noun, **named(self.asks, request.args)))

    def _file(self, asked: Asked, actor: Actor, **only: tuple[str, ...]) -> Response:
        now = clock()
        found = listing.every(
            lambda after: self.fetch(
                asked, actor, now, verb="export", limit=listing.BATCH, after=after, **only
            )
        )
        heads = [gettext(head) for head in self.heads]
        return listing.file(gettext(self.title), heads, [row.cells for row in self.lines(found, actor, now)])
