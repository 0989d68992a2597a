"""What every input schema refuses, whatever it is for."""

from datetime import date

import pytest
from pydantic import Field

from tracker.errors import Invalid
from tracker.incoming.schema import Input, read


class Sample(Input):
    text: str = ""
    on: date | None = Field(None, ge=date(1900, 1, 1))


@pytest.mark.requirement("T15")
def test_an_unknown_field_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read(Sample, {"text": "好", "state": "closed"})
    assert [(e.field, e.message) for e in refused.value.errors] == [("state", "没有这个字段，请检查拼写")]


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\x1b[2J"])
def test_characters_that_no_database_keeps_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(Sample, {"text": text})
    assert refused.value.errors[0].field == "text"


def test_line_ends_and_tabs_are_kept() -> None:
    assert read(Sample, {"text": "一\r\n二\t三"}).text == "一\r\n二\t三"


@pytest.mark.requirement("R14")
def test_a_body_nested_very_deep_is_refused_and_not_a_fault() -> None:
    deep: object = "\x00"
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(Invalid):
        read(Sample, {"text": deep})


def test_a_bound_that_is_a_date_is_told_in_words() -> None:
    with pytest.raises(Invalid) as refused:
        read(Sample, {"on": "0001-01-01"})
    assert str(refused.value.errors[0]) == "不能小于 1900-01-01"
