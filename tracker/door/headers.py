"""Headers every answer carries."""

import secrets
from urllib.parse import quote

from flask import Flask, Response, current_app, g, request

from tracker.door import policy

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'; worker-src 'self'; manifest-src 'self'; "
    "script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'"
)


def nonce() -> str:
    """One random value a request, for the scripts and styles the page itself brings."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def without_nonce() -> str:
    """For a page that a phone keeps: it brings no scripts or styles of its own, and a nonce must not last."""
    return _POLICY.replace(" 'nonce-{nonce}'", "")


def disposition(kind: str, name: str) -> str:
    """How a file is taken, and its name: percent-encoded, because a header holds no Chinese (RFC 6266)."""
    return f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": under it browsers send our own forms with "Origin: null".
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["X-Frame-Options"] = "SAMEORIGIN"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint is None or not policy.is_static(request.endpoint):
        headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response
