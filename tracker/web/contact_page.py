"""联系委员: what residents read without an account; no cookie, no script, kept some minutes (S1-32)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask_babel import force_locale

from tracker.door import headers
from tracker.door.visitor import LANGUAGES, locale
from tracker.extensions import clock
from tracker.queries import contact_page
from tracker.queries.contact_page import Station
from tracker.rules.clock import shanghai_date
from tracker.web import words

blueprint = Blueprint("contact", __name__, url_prefix="/contact")

KEPT_SECONDS = 300


@dataclass(frozen=True)
class StationView:
    name: str
    kind: str
    unit: str
    place: str
    reception: str
    days: Sequence[str]


@blueprint.get("")
def index() -> Response:
    return _answer("contact_page/index.html", committees=contact_page.opened())


@blueprint.get("/<code>")
def show(code: str) -> Response:
    found = contact_page.page(code, shanghai_date(clock()))
    return _answer("contact_page/show.html", page=found, address=address(code), qr=_qr(address(code)))


def address(code: str) -> str:
    """As it stands on paper and in the QR code."""
    return f"{current_app.config['HUIYIN_BASE_URL'].rstrip('/')}{url_for('contact.show', code=code)}"


def _answer(template: str, **given: Any) -> Response:
    """Drawn in the language of the address, else of the reader; unchanged pages are answered by 304."""
    asked = request.args.get("language", "")
    language = asked if asked in LANGUAGES else locale()
    with force_locale(language):
        stations = [_view(station) for station in given["page"].stations] if "page" in given else []
        body = render_template(template, language=language, stations=stations, **given)
    response = make_response(body)
    # A kept page must hold nothing that is good for one answer only.
    response.headers["Content-Security-Policy"] = headers.without_nonce()
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_SECONDS
    response.vary.add("Accept-Language")
    response.add_etag()
    response.make_conditional(request)
    return response


def _view(station: Station) -> StationView:
    now = clock()
    days = [
        f"{words.day(coming.day, now)} {words.weekday(coming.day)} {coming.hours}" for coming in station.days
    ]
    return StationView(
        station.name,
        words.say(words.STATIONS, station.kind),
        station.unit,
        station.place,
        station.reception,
        [day.strip() for day in days],
    )


# Most of what the page costs, and there are as many as committees.
@lru_cache(maxsize=64)
def _qr(text: str) -> str:
    return str(segno.make(text, micro=False, error="m").svg_data_uri(scale=4, border=2))
