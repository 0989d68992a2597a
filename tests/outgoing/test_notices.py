"""Every event has its row, and no row has a place for more than a number and a link (T33)."""

import re

import pytest
from flask import Flask

from tracker.outgoing import notices
from tracker.outgoing.notices import NOTICES, Silent, Template
from tracker.queries.moves import RULEBOOKS
from tracker.queries.recipients import AUDIENCES

MOVES = sorted(f"{noun}.{name}" for noun, book in RULEBOOKS.items() for name in book.names)
ELSE = ("case.raise", "case.rate", "case.instruct", "case.receipt", "letter.freeze", "job.park")


@pytest.mark.parametrize("name", [*MOVES, *ELSE])
def test_every_event_is_told_or_silent_on_purpose(name: str) -> None:
    assert isinstance(NOTICES[name], Template | Silent)


@pytest.mark.parametrize("name", sorted(name for name, row in NOTICES.items() if isinstance(row, Template)))
def test_a_sentence_is_for_somebody_and_has_no_place_for_a_name(name: str) -> None:
    template = NOTICES[name]
    assert isinstance(template, Template)
    assert template.audience and set(template.audience) <= set(AUDIENCES)
    assert re.fullmatch(r"[\u4e00-\u9fff，]+", template.text)


@pytest.mark.parametrize("name", sorted(name for name, row in NOTICES.items() if isinstance(row, Silent)))
def test_silence_has_a_reason(name: str) -> None:
    row = NOTICES[name]
    assert isinstance(row, Silent) and len(row.why) > 10
    assert notices.template(name) is None


def test_an_event_nobody_thought_of_is_refused() -> None:
    with pytest.raises(KeyError):
        notices.template("case.surprise")


@pytest.mark.parametrize(
    ("given", "endpoint"),
    [
        ({"case": "XS-2026-000001"}, "cases.show"),
        ({"assignment": "Ab_-9", "case": "XS-2026-000001"}, "assignments.show"),
        ({"letter": "Ab_-9", "case": "XS-2026-000001"}, "letters.show"),
        ({}, "pages.desk"),
    ],
)
def test_links_open_pages_that_exist(app: Flask, given: dict[str, str], endpoint: str) -> None:
    address = notices.link("https://huiyin.example/", **given)
    adapter = app.url_map.bind("huiyin.example", url_scheme="https")
    found, _ = adapter.match(address.removeprefix("https://huiyin.example"))
    assert found == endpoint
