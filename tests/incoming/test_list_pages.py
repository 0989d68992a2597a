"""The address bar of a list: what is known and filled in counts, the rest is not ours."""

import pytest

from tests.incoming import faults
from tracker.errors import Invalid
from tracker.incoming.list_pages import (
    AssignmentPage,
    CasePage,
    LetterPage,
    PeoplePage,
    VisitPage,
    named,
    read_query,
)
from tracker.incoming.lists import PageQuery

PAGES = pytest.mark.parametrize("page", [CasePage, AssignmentPage, LetterPage, VisitPage, PeoplePage])


@PAGES
def test_a_foreign_parameter_in_the_address_does_no_harm(page: type[PageQuery]) -> None:
    assert read_query(page, {"utm_source": "wechat", "fbclid": "x"}) == read_query(page, {})


@PAGES
@pytest.mark.parametrize("blank", ["", "   ", "\t"])
def test_a_field_left_empty_in_a_form_is_no_filter(page: type[PageQuery], blank: str) -> None:
    empty = dict.fromkeys([field.alias or name for name, field in page.model_fields.items()], blank)
    assert read_query(page, empty) == read_query(page, {})


@PAGES
def test_a_wrong_value_of_a_known_one_is_told(page: type[PageQuery]) -> None:
    with pytest.raises(Invalid) as refused:
        read_query(page, {"limit": "many", "other": "x"})
    assert [fault.field for fault in refused.value.errors] == ["limit"]


def test_a_parameter_goes_by_the_name_in_the_address() -> None:
    assert named(VisitPage, {"from": "2026-11-01", "from_": "2026-01-01"}) == {"from": "2026-11-01"}


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "approved", "issued", "delivered", "acknowledged", "voided"]
)
def test_letters_are_filtered_by_each_of_their_states(state: str) -> None:
    assert faults.of(LetterPage, {"state": state}) == []


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        (LetterPage, "state", "signed"),
        (LetterPage, "waiting", "x" * 65),
        (CasePage, "waiting", ""),
        (PeoplePage, "q", "x" * 61),
        (PeoplePage, "role", "x" * 65),
    ],
)
def test_a_page_refuses_what_it_cannot_look_for(page: type[PageQuery], field: str, value: str) -> None:
    assert faults.of(page, {field: value}) == [field]
