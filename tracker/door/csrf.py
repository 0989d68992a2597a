"""A write must come from our own page: right Host, right Origin, and the page's own token (T20, T21)."""

from urllib.parse import urlsplit

from flask import current_app, request

from tracker.door import tokens
from tracker.errors import BadRequest
from tracker.extensions import csrf
from tracker.rules.words import N_

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def check_host() -> None:
    """Only the configured name; on loopback any port, so that a changed PORT still works."""
    wanted = urlsplit(current_app.config["HUIYIN_BASE_URL"])
    host = request.host
    if host == wanted.netloc:
        return
    if wanted.hostname in ("127.0.0.1", "localhost") and host.rsplit(":", 1)[0] in _LOOPBACK:
        return
    raise BadRequest(N_("地址不对，请用单位公布的网址打开"))


def check() -> None:
    """Bearer requests carry no cookie and need neither; everything else needs both."""
    if tokens.given():
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise BadRequest(N_("请求不是从本站页面发出的，请重新打开页面再办"))
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest(N_("请求不是从本站页面发出的，请重新打开页面再办"))
    csrf.protect()
