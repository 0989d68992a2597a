"""What somebody keeps of a list: a short name, and filters the list would take."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.errors import Invalid
from tracker.incoming.saved_views import PAGES, SavedViewIn
from tracker.incoming.schema import read


def view(noun: str = "case", name: str = "我的", query: str = "state=raised") -> dict[str, Any]:
    return {"noun": noun, "name": name, "query": query}


@pytest.mark.parametrize("noun", sorted(PAGES))
def test_every_list_with_views_is_named(noun: str) -> None:
    assert faults.of(SavedViewIn, view(noun)) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (view("person"), "noun"),
        (view(name=""), "name"),
        (view(name="  "), "name"),
        (view(name="长" * 21), "name"),
        (view(query="x" * 2001), "query"),
        (view() | {"person_id": 7}, "person_id"),
    ],
)
def test_a_view_has_a_list_a_short_name_and_a_bounded_query(given: dict[str, Any], field: str) -> None:
    assert faults.of(SavedViewIn, given) == [field]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("state=raised&after=xyz&limit=100", "state=raised"),
        ("utm=1&overdue=true", "overdue=true"),
        ("state=&overdue=true", "overdue=true"),
        ("q=%E8%B7%AF%E7%81%AF+%26+%E7%94%B5", "q=%E8%B7%AF%E7%81%AF+%26+%E7%94%B5"),
        ("overdue=1&state=raised", "state=raised&overdue=1"),
    ],
)
def test_only_filters_are_kept_and_spelled_anew(query: str, kept: str) -> None:
    assert read(SavedViewIn, view(query=query)).filters == kept


@pytest.mark.parametrize("query", ["", "after=x", "limit=10", "utm=1", "state=", "%%%"])
def test_nothing_to_keep_is_no_view(query: str) -> None:
    with pytest.raises(Invalid) as refused:
        _ = read(SavedViewIn, view(query=query)).filters
    assert refused.value.errors[0].field == "query"


@pytest.mark.parametrize("query", ["state=closed", "overdue=perhaps", "from=yesterday"])
def test_a_filter_the_list_would_refuse_is_not_kept(query: str) -> None:
    with pytest.raises(Invalid) as refused:
        _ = read(SavedViewIn, view(query=query)).filters
    assert refused.value.errors[0].field == query.partition("=")[0]
