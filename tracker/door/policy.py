"""Which routes are open to whom before any object is known. A route missing here fails the house test."""

import logging

from flask import current_app, request
from flask_login import current_user

from tracker.door import routes
from tracker.errors import Forbidden, NotFound, NotSignedIn
from tracker.rules import permissions
from tracker.rules.words import N_

log = logging.getLogger("huiyin")

# Opened without an account. Everything else needs one; what the account may do is asked per object.
PUBLIC = frozenset(
    {
        "sessions.form",
        "sessions.sign_in",
        "sessions.invitation",
        "sessions.accept",
        "track.show",
        "track.look",
        "track.letter",
        "track.rate",
        "contact.index",
        "contact.show",
        "api.track",
        "api.track_letter",
        "api.track_rating",
        "api.openapi",
        "api.docs",
        "health.ready",
        "pages.language",
        "visits.worker",
    }
)

# Sent by POST, because what they take must not stand in an address, but nothing is stored: they run like a
# GET, and the key of the form they were sent from stays free for the form's own answer.
WRITES_NOTHING = frozenset({"letters.preview", "cases.check_text", "cases.slip"})

# Writes whose proof is a code in the body, not a cookie: a page's token would protect nothing.
TOKENLESS = frozenset({"api.track", "api.track_letter", "api.track_rating"})

# Where a whole drawer of forms may be sent at once.
UPLOADS = frozenset({"imports.upload", "api.upload_forms"})

# Whose existence a refusal would betray: a resident is seen through the case.
SEEN_THROUGH = {"resident": "case.read", "attachment": "case.read"}

# Routes that look up nothing of their own and therefore carry no permission row.
STATIC = frozenset({"static", "bootstrap.static"})


def is_safe(method: str, endpoint: str) -> bool:
    """Whether the request changes nothing."""
    return method in ("GET", "HEAD", "OPTIONS") or endpoint in WRITES_NOTHING


def is_static(endpoint: str) -> bool:
    return endpoint in STATIC


def check_signed_in() -> None:
    """401 for whoever is not known, before anything else is looked at."""
    if request.endpoint in PUBLIC or current_user.is_authenticated:
        return
    raise NotSignedIn


def check_role() -> None:
    """Refuse what no post of this visitor may do to anything; which object it is, the view asks.

    A route about one object answers 404 where the visitor may not see such objects at all.
    """
    endpoint = request.endpoint or ""
    if endpoint in PUBLIC or endpoint in routes.OWN:
        return
    question = routes.ASKS.get(endpoint, "")
    if not question:
        log.error("route %s stands in no list of door/routes.py and is refused", endpoint)
    if permissions.may_any(current_user, question):
        return
    if question and request.view_args:
        noun = question.partition(".")[0]
        if permissions.may_any(current_user, SEEN_THROUGH.get(noun, f"{noun}.read")):
            # The view finds out whether this very object may be known (404) before it refuses the act (403).
            return
        raise NotFound(N_("没有找到，或者您不能查看"))
    raise Forbidden(N_("您的岗位不能办理这一步"))


def ask(thing: permissions.Thing) -> None:
    """Ask this route's own question of its object before what was sent is read: 403 comes before 422."""
    question = routes.ASKS[request.endpoint or ""]
    permissions.require(current_user, question.partition(".")[2], thing)


def endpoints() -> list[str]:
    """Every route of the app, for the test that compares them with the permission file."""
    return sorted({rule.endpoint for rule in current_app.url_map.iter_rules()})
