"""Who is at the door: a browser session, a bearer token, or nobody."""

from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_login import AnonymousUserMixin, current_user

from tracker.door import sessions, tokens
from tracker.rules.actors import Actor

LANGUAGES = ("zh", "en")


class Nobody(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor without an account."""

    name = ""
    login = ""
    locale = "zh"
    roles: frozenset[str] = frozenset()

    def has(self, *roles: str) -> bool:
        return False


def identify() -> None:
    """Look the visitor up inside this request's transaction, so that changed rights bite at once."""
    g.pop("_login_user", None)
    g.actor = tokens.actor() if tokens.given() else sessions.actor()


def who() -> Actor | None:
    found: Actor | None = g.get("actor")
    return found


def locale() -> str:
    """Chosen by the person, else by the browser; names, codes and numbers never change with it."""
    if not has_request_context():
        return "zh"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    # Not best_match(): it prefers a plain "en" to the "zh-CN" that stands before it.
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
    return next((tag for tag in asked if tag in LANGUAGES), "zh")


def init_app(app: Flask) -> None:
    @app.context_processor
    def _shell() -> dict[str, Any]:
        return {"current_user": current_user}
