"""What may be asked of the lists whose words are those of their own input."""

from datetime import date
from typing import get_args

import pytest

from tests.incoming import faults
from tracker.incoming.activities import Kind, Station
from tracker.incoming.contact_links import LinkKind
from tracker.incoming.lists import PageQuery, SubmissionQuery
from tracker.incoming.schema import read
from tracker.incoming.unit_lists import ActivityQuery, BookletQuery, ContactLinkQuery, WorkstationQuery

LISTS = [ContactLinkQuery, ActivityQuery, WorkstationQuery, BookletQuery, SubmissionQuery]


@pytest.mark.parametrize("schema", LISTS)
def test_every_list_comes_in_pages_and_knows_its_own_words_only(schema: type[PageQuery]) -> None:
    assert read(schema, {}).limit == 50
    assert faults.values(schema, {}, "limit", "1", "200", "0", "201") == ["1", "200"]
    assert faults.of(schema, {"committee": "xs"}) == ["committee"]


@pytest.mark.parametrize(
    ("schema", "field", "words"),
    [
        (ContactLinkQuery, "kind", get_args(LinkKind)),
        (ActivityQuery, "kind", get_args(Kind)),
        (WorkstationQuery, "kind", get_args(Station)),
        (BookletQuery, "state", ("draft", "submitted", "approved_once", "approved", "published")),
        (SubmissionQuery, "adopted", ("district", "city", "province", "nation")),
        (
            SubmissionQuery,
            "kind",
            ("suggestion", "brief", "investment_lead", "talent_lead", "lead"),
        ),
    ],
)
def test_a_filter_takes_each_word_of_its_input(
    schema: type[PageQuery], field: str, words: tuple[str, ...]
) -> None:
    assert faults.values(schema, {}, field, *words, None, "", "other") == [*words, None]


@pytest.mark.parametrize(
    ("schema", "field"),
    [
        (ContactLinkQuery, "group"),
        (ContactLinkQuery, "member"),
        (ActivityQuery, "unit"),
        (WorkstationQuery, "unit"),
        (SubmissionQuery, "campaign"),
        (SubmissionQuery, "group"),
        (SubmissionQuery, "member"),
    ],
)
def test_what_is_looked_up_is_named_in_few_characters(schema: type[PageQuery], field: str) -> None:
    assert faults.lengths(schema, {}, field, 0, 1, 64, 65) == [1, 64]


@pytest.mark.parametrize(("schema", "field"), [(ContactLinkQuery, "ended"), (WorkstationQuery, "closed")])
def test_what_is_over_is_told_only_when_asked_for(schema: type[PageQuery], field: str) -> None:
    assert getattr(read(schema, {}), field) is False
    assert getattr(read(schema, {field: "true"}), field) is True
    assert faults.of(schema, {field: "some"}) == [field]


@pytest.mark.parametrize("schema", [ActivityQuery, SubmissionQuery])
def test_a_span_has_two_days_of_the_calendar(schema: type[PageQuery]) -> None:
    asked = read(schema, {"from": "2026-01-01", "to": "2026-12-31"})
    assert asked.model_dump()["from_"] == date(2026, 1, 1)
    for field in ("from", "to"):
        assert faults.values(schema, {}, field, "1899-12-31", "1900-01-01", "yesterday") == ["1900-01-01"]


@pytest.mark.parametrize(
    "state", ["selected", "sent_up", "kept", "forwarded", "answered", "settled", "dropped", "withdrawn"]
)
def test_submissions_are_asked_for_by_each_way_they_may_end(state: str) -> None:
    assert faults.of(SubmissionQuery, {"state": state}) == []
    assert faults.of(SubmissionQuery, {"state": state.upper()}) == ["state"]
