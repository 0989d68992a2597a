"""A write must come from our own page: right Host, right Origin, and the page's own token (T20, T21)."""

from urllib.parse import urlsplit

from flask import current_app, request

from tracker.door import policy, tokens
from tracker.errors import BadRequest
from tracker.extensions import csrf
from tracker.rules.words import N_

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
# Neither a browser nor we ourselves repeat the port that a scheme has anyway.
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def check_host() -> None:
    """Only the configured name; on loopback any port, so that a changed PORT still works."""
    wanted = urlsplit(current_app.config["HUIYIN_BASE_URL"])
    name = wanted.netloc.lower().removesuffix(_USUAL_PORTS.get(wanted.scheme, ""))
    if request.host.lower() == name or (_is_loopback(name) and _is_loopback(request.host)):
        return
    raise BadRequest(N_("地址不对，请用单位公布的网址打开"))


def check() -> None:
    """Bearer requests carry no cookie and need neither; everything else needs both.

    Calls whose only proof is the tracking code in their body need no page's token: there is no right in the
    cookie that a foreign page could borrow.
    """
    if tokens.given():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if not _is_ours(request.headers.get("Origin"), site) or site not in (None, "same-origin", "none"):
        raise BadRequest(N_("请求不是从本站页面发出的，请重新打开页面再办"))
    if request.endpoint not in policy.TOKENLESS:
        csrf.protect()


def _is_loopback(host: str) -> bool:
    return host in _LOOPBACK or host.rpartition(":")[0] in _LOOPBACK


def _is_ours(origin: str | None, site: str | None) -> bool:
    if origin is None:
        return True
    # A page that sends no referrer also hides its origin; the browser itself still says whose page it was.
    # Not urlsplit(): it fails on an address that is none.
    return origin.partition("://")[2] == request.host or (origin == "null" and site == "same-origin")
