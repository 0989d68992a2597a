"""A notice to put up: where and when residents meet members, and the way to the page (S1-32).

It shows stations, days and the office, never a member's name: names go out of date on a wall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import segno

from tracker.outgoing.letters import PAPER, printed_date
from tracker.queries.contact_page import Coming, ContactPage, Station

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Poster:
    """``kinds`` are the words for kinds of stations."""

    page: ContactPage
    address: str
    day: date
    kinds: Mapping[str, str]

    @property
    def qr(self) -> str:
        return str(segno.make(self.address, micro=False, error="m").png_data_uri(scale=8, border=2))

    @property
    def track_address(self) -> str:
        return f"{self.address.partition('/contact/')[0]}/track"

    def kind(self, station: Station) -> str:
        return self.kinds.get(station.kind, station.kind)

    def when(self, coming: Coming) -> str:
        """Without the year: the notice is dated, and no day on it is a year away."""
        shown = printed_date(coming.day).partition("年")[2]
        return f"{shown}（周{_WEEKDAYS[coming.day.weekday()]}）{coming.hours}"


def poster_html(poster: Poster) -> str:
    return PAPER.get_template("poster.html").render(poster=poster, page=poster.page)
