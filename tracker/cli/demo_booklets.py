"""The demonstration's booklets: one being edited, one that two others approved and that is published."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.actions import booklet_items, booklets, exemplars
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock, transaction
from tracker.incoming.booklets import BookletIn
from tracker.jobs.booklets import make_booklet
from tracker.models import Booklet
from tracker.queries import booklet_sources, visits
from tracker.queries import booklets as find
from tracker.queries.booklet_sources import Wanted
from tracker.rules import publishing
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

ITEMS = 24
FOREWORD = (
    "一年来，全体委员走进界别圈、生活圈、朋友圈，听群众说、帮群众办。\n"
    "本册选编了部分走访纪实、意见建议和办结的诉求，均已隐去个人信息。"
)
REASONS = ("走得勤、问得细，群众愿意说心里话。", "一次走访解决了多年的老问题。", "回访及时，群众满意。")
Who = Callable[[str], Actor]


def compile_both(end: datetime, actor: Who) -> None:
    with clock.at(office_hours(end - timedelta(days=9))):
        with transaction("write"):
            _mark(actor)
            book = _edited("三圈走访成果汇编", Wanted(kind="visit"), actor)
            booklets.move(book, "submit", by=actor("dt-clerk"))
            job = {"booklet": book.id, "revision": book.revision}
        store = make_booklet(job)
        with transaction("write"):
            store()
            _publish(find.to_make(job["booklet"]), actor)
    with clock.at(office_hours(end - timedelta(days=1))), transaction("write"):
        _begun("群众诉求办理选编", Wanted(kind="case", quality="satisfied"), actor)


def _publish(book: Booklet, actor: Who) -> None:
    booklets.move(book, "check", by=actor("dt-clerk2"))
    booklets.move(book, "approve", by=actor("dt-director"))
    booklets.move(book, "publish", by=actor("dt-clerk"))


def _begun(title: str, wanted: Wanted, actor: Who) -> Booklet:
    clerk = actor("dt-clerk")
    cover = BookletIn(title=title, subtitle="走进三个圈 共圆小康梦", foreword=FOREWORD)
    book = booklets.begin(cover, by=clerk)
    booklet_items.add(book, booklet_sources.found(book, wanted, clerk)[:ITEMS], by=clerk)
    return book


def _edited(title: str, wanted: Wanted, actor: Who) -> Booklet:
    """What the detector still objects to is left out, as a careful clerk would."""
    clerk, book = actor("dt-clerk"), _begun(title, wanted, actor)
    for item in list(book.items):
        told = f"{item.title}\n{item.text}"
        if publishing.refused(find.found_in(item, told)) or publishing.suspects(told):
            booklet_items.leave_out(book, item, out=True, by=clerk)
    booklet_items.confirm(book, book.chosen, by=clerk)
    return book


def _mark(actor: Who) -> None:
    """The last visits of the tale that were made by then."""
    clerk = actor("dt-clerk")
    made = visits.page(clerk, limit=len(REASONS), to=shanghai_date(clock())).items
    for row, reason in zip(made, REASONS, strict=False):
        exemplars.mark(visits.get(row.public_id, clerk), reason, by=clerk)
