"""What takes long and needs no lock is made before the request's write transaction opens.

A short read finds what it takes, the work is done outside any transaction, and the view hands the result to
its action, which looks whether it still fits.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request

Make = Callable[[], Any]
Reader = Callable[..., Make | None]
View = TypeVar("View", bound=Callable[..., Any])


def prepares(reader: Reader) -> Callable[[View], View]:
    """Mark a view. ``reader`` takes its path arguments; it gives back the work, or None when there is none.

    It leaves refusals to the view, but may raise what the view would raise first.
    """

    def mark(view: View) -> View:
        view.prepares = reader  # type: ignore[attr-defined]
        return view

    return mark


def reader() -> Reader | None:
    """What the view of this request wants prepared."""
    found: Reader | None = getattr(current_app.view_functions[request.endpoint or ""], "prepares", None)
    return found


def keep(made: Any) -> None:
    g.made_before = made


def made() -> Any:
    """What was prepared for this request; None when there was nothing to prepare or it failed."""
    return g.get("made_before")
