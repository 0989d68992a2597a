"""What the frame around every page shows: where one may go, the primary act, the bell."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user
from sqlalchemy.exc import DBAPIError
from werkzeug.local import LocalProxy

from tracker.door.language import gettext
from tracker.door.visitor import locale
from tracker.extensions import in_transaction, transaction
from tracker.queries import notices, reference
from tracker.rules import permissions
from tracker.rules.words import N_
from tracker.web import numbers


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, shown to whoever may ask ``question``; ``also`` are rooms behind it."""

    endpoint: str
    label: str
    icon: str
    question: str = ""
    not_for: frozenset[str] = frozenset()
    gap: bool = False
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Act:
    """The one thing a role does most; ``given`` is its query string."""

    endpoint: str
    label: str
    icon: str
    given: tuple[tuple[str, str], ...] = ()


PLACES = (
    Place("pages.desk", N_("待我办理"), "inbox"),
    Place("cases.index", N_("诉求"), "chat-left-text", "case.read"),
    # A member follows the case; the departments' shares of it stand on the case's page.
    Place("assignments.index", N_("交办"), "send", "assignment.read", frozenset({"member"})),
    Place("visits.index", N_("走访"), "geo-alt", "visit.read"),
    Place("submissions.index", N_("三个一"), "megaphone", "submission.read"),
    Place("contact_links.index", N_("联系对象"), "person-lines-fill", "contact_link.read"),
    Place("letters.index", N_("函件"), "envelope-paper", "letter.read"),
    Place("agenda.index", N_("会议议题"), "calendar-event", "meeting.read"),
    Place(
        "campaigns.index",
        N_("活动"),
        "flag",
        "campaign.read",
        also=frozenset({"group_reports", "activities", "invitees", "heard", "workstations"}),
    ),
    Place("imports.index", N_("导入表格"), "upload", "import.create"),
    Place("booklets.index", N_("汇编"), "journal-text", "booklet.open", frozenset({"member", "secretary"})),
    Place("digests.index", N_("定期汇总"), "bar-chart-line", "digest.read"),
    # The administrator finds members among all people.
    Place("members.index", N_("委员"), "people", "members.list", frozenset({"admin"})),
    Place("people.index", N_("人员"), "people", "person.read"),
    Place("units.index", N_("单位"), "building", "unit.edit"),
    Place("pages.help", N_("帮助"), "question-circle", gap=True, also=frozenset({"work_rules"})),
)
ACTS = {
    "member": Act("visits.new", N_("记一次走访"), "pencil-square"),
    "clerk": Act("cases.new", N_("登记诉求"), "pencil-square"),
    "director": Act("letters.index", N_("待签发"), "pen", (("waiting", "to_sign"),)),
}


@dataclass(frozen=True)
class NavItem:
    """A place as base.html draws it."""

    endpoint: str
    url: str
    label: str
    icon: str
    active: bool
    count: int
    gap: bool


@dataclass(frozen=True)
class PrimaryAct:
    url: str
    label: str
    icon: str


@dataclass(frozen=True)
class CommitteeView:
    """``short`` stands beside the brand, ``name`` on paper."""

    name: str
    short: str


@dataclass(frozen=True)
class Shell:
    """Everything the frame needs, looked up once a request."""

    committee: CommitteeView | None
    nav: list[NavItem]
    primary_act: PrimaryAct | None
    bell_count: int


def init_app(app: Flask) -> None:
    app.jinja_env.globals["idempotency_key"] = lambda: secrets.token_urlsafe(16)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    """Looked up only when a template asks: letters and public pages have no shell."""
    return {
        "language": "en" if locale() == "en" else "zh_CN",
        "committee": _lazy(lambda: shell().committee),
        "nav": _lazy(lambda: shell().nav),
        "primary_act": _lazy(lambda: shell().primary_act),
        "bell_count": _lazy(lambda: shell().bell_count),
    }


def _lazy(ask: Callable[[], Any]) -> Any:
    return LocalProxy(ask)


def shell() -> Shell:
    """The frame of this request; without its numbers where the database does not answer."""
    if "shell" not in g:
        g.shell = _build()
    found: Shell = g.shell
    return found


def _build() -> Shell:
    if not current_user.is_authenticated:
        return Shell(None, [], None, 0)
    try:
        with _reading():
            committee = reference.committee(current_user)
            waits = sum(n for tray, n in numbers.waiting(current_user).items() if tray.mine)
            bell = notices.unread(current_user)
            named = CommitteeView(committee.full_name, committee.name)
    except DBAPIError:
        # The page that says "the system is busy" must not fail for the same reason.
        return Shell(CommitteeView("", ""), _nav(0), _primary_act(), 0)
    return Shell(named, _nav(waits), _primary_act(), bell)


@contextmanager
def _reading() -> Iterator[None]:
    """A refused request's page is drawn after its transaction has ended."""
    if in_transaction():
        yield
        return
    with transaction("read"):
        yield


def _nav(waits: int) -> list[NavItem]:
    return [_item(place, waits if place.endpoint == "pages.desk" else 0) for place in PLACES if _open(place)]


def _open(place: Place) -> bool:
    if place.endpoint not in current_app.view_functions or current_user.roles <= place.not_for:
        return False
    return not place.question or permissions.may_any(current_user, place.question)


def _item(place: Place, count: int) -> NavItem:
    blueprint = place.endpoint.split(".")[0]
    here = request.endpoint == place.endpoint if blueprint == "pages" else request.blueprint == blueprint
    here = here or request.blueprint in place.also
    label = gettext(place.label)
    return NavItem(place.endpoint, url_for(place.endpoint), label, place.icon, here, count, place.gap)


def _primary_act() -> PrimaryAct | None:
    for role, act in ACTS.items():
        if role in current_user.roles and act.endpoint in current_app.view_functions:
            given: dict[str, Any] = dict(act.given)
            return PrimaryAct(url_for(act.endpoint, **given), gettext(act.label), act.icon)
    return None
