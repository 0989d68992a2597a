"""What every list shares: filters in the address bar, views with counts, pages, acts on many rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, url_for

from tracker.door import attempt
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.errors import HuiyinError
from tracker.extensions import clock
from tracker.incoming.saved_views import PAGES
from tracker.outgoing import sheets
from tracker.queries import bulk, desk, saved_views
from tracker.queries.cases import Page
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import faults, links, numbers, words

# A file holds this many rows at most; more is a matter for the statistics.
FILE_ROWS = 20_000
BATCH = 500


@dataclass(frozen=True)
class Filter:
    """One parameter of the address bar: its label and the word of each value."""

    name: str
    label: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, as parts/table.html draws it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class Tab:
    """A saved view; one of the person's own can be removed."""

    label: str
    url: str
    active: bool
    count: str | None
    remove_url: str = ""


@dataclass(frozen=True)
class BulkAct:
    """Something that can be done to several rows; ``why`` says when a row is ready for it."""

    name: str
    label: str
    why: str


@dataclass(frozen=True)
class Listed:
    """The frame of a list as templates/lists/base.html takes it."""

    endpoint: str
    title: str
    noun: str
    args: dict[str, str]
    tabs: list[Tab]
    chips: list[Chip]
    clear_url: str
    next_url: str
    first_url: str
    export_url: str
    bulk_acts: list[BulkAct]
    bulk_url: str
    query: str

    @property
    def filtered(self) -> bool:
        return bool(self.chips)

    @property
    def open_view(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.active), None)

    @property
    def may_be_kept(self) -> bool:
        """Filters that no tab stands for yet."""
        return self.filtered and self.noun in PAGES and self.open_view is None


ACTS = {
    "close": BulkAct("close", N_("结案"), N_("只有已反馈、还没结案的可以结案")),
    "accept": BulkAct("accept", N_("签收"), N_("只有待签收的可以签收")),
    "issue": BulkAct("issue", N_("编号并定稿"), N_("只有已签发的可以编号")),
}
EXPORT = BulkAct("export", N_("导出所选"), N_("您能看、但不能带走的，不在导出的文件里"))


def carried(args: dict[str, str]) -> str:
    """The filters in use, as a case opened from the list carries them along."""
    return links.query(_kept(args))


def _kept(args: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in args.items() if name not in ("after", "limit")}


def frame(
    noun: str, title: str, args: dict[str, str], filters: Sequence[Filter], after: str | None, actor: Actor
) -> Listed:
    """``args`` are the parameters in use, ``after`` the cursor of the next page."""
    kept = _kept(args)
    exports = permissions.may_any(actor, f"{noun}.export")
    index = links.INDEX[noun]
    base = index.split(".")[0]
    acts = [ACTS[name] for name in bulk.offered(noun, actor)] + ([EXPORT] if exports else [])
    return Listed(
        endpoint=index,
        title=title,
        noun=noun,
        args=args,
        tabs=_tabs(noun, kept, actor),
        chips=_chips(noun, kept, filters),
        clear_url=url_for(index),
        next_url=links.index(noun, **kept, after=after) if after else "",
        first_url=links.index(noun, **kept) if args.get("after") else "",
        export_url=_url(f"{base}.export", kept) if exports else "",
        bulk_acts=[_said(act) for act in acts],
        bulk_url=_url(f"{base}.bulk", kept) if acts else "",
        query=links.query(kept),
    )


def waits(noun: str, name: str | None) -> list[Chip]:
    """The queue a list without a frame is narrowed to."""
    if not name:
        return []
    return [Chip(gettext("视图"), gettext(desk.QUEUES[noun][name].label), links.index(noun))]


def readiness(noun: str, actor: Actor, left: Collection[int] = ()) -> Callable[[Any], str]:
    """Says of a row which acts it is ready for, as row_check() takes them; ``left`` are in no file."""
    offered = bulk.offered(noun, actor)
    exports = permissions.may_any(actor, f"{noun}.export")

    def ready(row: Any) -> str:
        taken = ["export"] if exports and row.id not in left else []
        return " ".join([*bulk.ready(noun, row, offered), *taken])

    return ready


def file(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Response:
    """The rows as CSV, named after the list and the day."""
    response = Response(sheets.csv_file(heads, rows), content_type="text/csv; charset=utf-8")
    filename = f"{name}-{shanghai_date(clock()):%Y%m%d}.csv"
    response.headers["Content-Disposition"] = disposition("attachment", filename)
    return response


def every(fetch: Callable[[str | None], Page]) -> Iterator[Any]:
    """All rows, page by page, so that no file makes the server hold the whole table."""
    after, seen = None, 0
    while True:
        found = fetch(after)
        yield from found.items
        seen += len(found.items)
        if found.next is None or seen >= FILE_ROWS:
            return
        after = found.next


def make(name: str, chosen: Mapping[str, str], one: Callable[[str], None]) -> None:
    """One act on each ticked row (id → its name for people), and a sentence on what became of them."""
    done, refused = 0, {}
    for key, shown in chosen.items():
        try:
            with attempt():
                one(key)
        except HuiyinError as refusal:
            refused[shown] = gettext("；").join(fault.message for fault in faults.told(refusal))
        else:
            done += 1
    flash(*_told(done, refused, gettext(ACTS[name].label)))


def _told(done: int, refused: Mapping[str, str], label: str) -> tuple[str, str]:
    """What became of several rows, and the tone to say it in."""
    parts = [gettext("%(label)s %(n)s 件。", label=label, n=done)] if done else []
    for shown, reason in list(refused.items())[:5]:
        parts.append(gettext("%(what)s 没有办：%(reason)s。", what=shown, reason=reason))
    if len(refused) > 5:
        parts.append(gettext("另有 %(n)s 件没有办。", n=len(refused) - 5))
    return "".join(parts) or gettext("没有勾选任何一行。"), "warn" if refused or not done else "ok"


def _said(act: BulkAct) -> BulkAct:
    return BulkAct(act.name, gettext(act.label), gettext(act.why))


def _tabs(noun: str, kept: dict[str, str], actor: Actor) -> list[Tab]:
    counts = {tray: number for tray, number in numbers.waiting(actor).items() if tray.noun == noun}
    alone = {"waiting": kept.get("waiting")} == kept
    found = [
        Tab(
            gettext(tray.queue.label),
            links.tray(tray),
            alone and kept["waiting"] == tray.name,
            words.capped(number, numbers.CAP),
        )
        for tray, number in counts.items()
    ]
    found += _own_tabs(noun, links.query(kept), actor) if noun in PAGES else []
    return [*found, Tab(gettext("全部"), links.index(noun), not kept, None)] if found else []


def _own_tabs(noun: str, query: str, actor: Actor) -> list[Tab]:
    return [
        Tab(
            view.name,
            links.view(noun, view.query),
            view.query == query,
            None,
            url_for("saved_views.drop", public_id=view.public_id),
        )
        for view in saved_views.of_list(noun, actor)
    ]


def _chips(noun: str, kept: dict[str, str], filters: Sequence[Filter]) -> list[Chip]:
    labels = {entry.name: entry for entry in filters}
    found = []
    for name, value in kept.items():
        if name not in labels:
            continue
        rest = {key: kept[key] for key in kept if key != name}
        word = labels[name].options.get(value, value)
        found.append(Chip(labels[name].label, word, links.index(noun, **rest)))
    return found


def _url(endpoint: str, kept: dict[str, str]) -> str:
    given: dict[str, Any] = dict(kept)
    return url_for(endpoint, **given)
