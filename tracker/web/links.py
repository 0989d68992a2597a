"""Where things live: the address of a case, a share, a letter, and of the list behind a number."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from tracker.queries.desk import Tray

INDEX = {
    "case": "cases.index",
    "assignment": "assignments.index",
    "letter": "letters.index",
    "visit": "visits.index",
    "submission": "submissions.index",
    "person": "people.index",
    "member": "members.index",
    "booklet": "booklets.index",
    "import": "imports.index",
    "group_report": "campaigns.reports",
    "activity": "activities.index",
    "meeting": "agenda.index",
}
# Stands for a reference, which is made of such letters and therefore never quoted.
_ANY = "ANY-REFERENCE"
# An act with a screen of its own.
_SCREENS = {"coordinate": "cases.triage"}


def thing(found: Any, **query: Any) -> str:
    """The page of a case, an assignment or a letter."""
    if found.noun == "case":
        return case(found.reference, **query)
    return url_for(f"{found.noun}s.show", public_id=found.public_id, **query)


def case(reference: str, **query: Any) -> str:
    return url_for("cases.show", reference=reference, **query)


def each_case(**query: Any) -> Callable[[str], str]:
    """The addresses of many cases; what they share is put together once."""
    before, after = case(_ANY, **query).split(_ANY)
    return lambda reference: f"{before}{reference}{after}"


def share(public_id: str, **query: Any) -> str:
    return url_for("assignments.show", public_id=public_id, **query)


def letter(public_id: str) -> str:
    return url_for("letters.show", public_id=public_id)


def visit(public_id: str) -> str:
    return url_for("visits.show", public_id=public_id)


def submission(public_id: str) -> str:
    return url_for("submissions.show", public_id=public_id)


def act(name: str, found: Any) -> str:
    """Where an act is done: on a screen of its own where it has one, else on the page of the thing."""
    if found.noun == "case" and name in _SCREENS:
        return url_for(_SCREENS[name], reference=found.reference)
    return thing(found)


def tray(found: Tray) -> str:
    """The list that holds exactly what the number counts."""
    return url_for(INDEX[found.noun], waiting=found.name)


def index(noun: str, **query: Any) -> str:
    return url_for(INDEX[noun], **query)


def came_from() -> str | None:
    """The filters of the list this page was opened from, empty for the whole list; None from elsewhere.

    Spelled anew: nothing odd travels on in our own addresses.
    """
    given = request.args.get("list")
    return None if given is None else respelled(given)


def respelled(query: str) -> str:
    return urlencode(parse_qsl(query))


def view(noun: str, query: str) -> str:
    """A list under filters that are spelled out already."""
    return f"{index(noun)}?{query}" if query else index(noun)


def query(kept: dict[str, str]) -> str:
    """The filters of a list in one parameter, which a case opened from it carries along."""
    return urlencode(kept)
