"""What every input schema refuses, whatever it is for."""

from datetime import date
from typing import Any, Literal

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


class Inner(Input):
    name: str = Field("", max_length=3)


class Every(Input):
    words: str = Field("好的", min_length=2, max_length=4)
    count: int = Field(1, ge=1, le=9)
    on: date | None = None
    sure: bool = False
    way: Literal["by_foot", "by_bus"] = "by_foot"
    names: list[str] = Field(default_factory=list, max_length=2)
    some: list[str] = Field(default_factory=lambda: ["a"], min_length=1)
    inner: Inner = Field(default_factory=Inner)
    table: dict[str, int] = Field(default_factory=dict)


def told(given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read(Every, given)
    return [(fault.field, str(fault)) for fault in refused.value.errors]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "好", "请填写，至少 2 个字"),
        ("words", "一二三四五", "太长了，最多 4 个字"),
        ("words", 7, "请填写文字"),
        ("words", None, "请填写文字"),
        ("count", 0, "不能小于 1"),
        ("count", 10, "不能大于 9"),
        ("count", "一", "请填写整数"),
        ("count", None, "请填写整数"),
        ("on", "2026-02-30", "请填写日期，例如 2026-11-22"),
        ("on", "明天", "请填写日期，例如 2026-11-22"),
        ("on", [], "请填写日期，例如 2026-11-22"),
        ("sure", "maybe", "请填写是或否"),
        ("sure", [], "请填写 true 或 false"),
        ("way", "by_car", "只能是 'by_foot', 'by_bus' 之一"),
        ("names", "周敏", "请给出一个列表"),
        ("names", ["a", "b", "c"], "太多了，最多 2 项"),
        ("some", [], "请选，至少 1 项"),
        ("count", 1.5, "请填写整数"),
        ("inner", "周敏", "请给出一个对象"),
        ("table", [], "请给出一个对象"),
        ("other", 1, "没有这个字段，请检查拼写"),
    ],
)
def test_every_fault_is_told_in_a_sentence_beside_its_field(field: str, value: Any, sentence: str) -> None:
    assert told({field: value}) == [(field, sentence)]


def test_a_fault_that_has_no_words_of_its_own_asks_to_look_again() -> None:
    assert told({"count": float("inf")}) == [("count", "请检查这一项的内容")]


def test_a_fault_within_a_list_or_an_object_names_the_way_to_it() -> None:
    given = {"names": ["a", 7], "inner": {"name": "一二三四"}, "table": {"甲": "x"}}
    assert [field for field, _ in told(given)] == ["names.1", "inner.name", "table.甲"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"names": ["a", "b\x00"]}, "names.1"),
        ({"inner": {"name": "\ud800"}}, "inner.name"),
        ({"table": {"甲": "\x7f"}}, "table.甲"),
        ({"nobody": "\x1b"}, "nobody"),
    ],
)
def test_a_character_no_database_keeps_is_found_wherever_it_hides(given: dict[str, Any], field: str) -> None:
    assert told(given) == [(field, "含有不能保存的字符，请删去")]


def test_blanks_around_words_go_and_what_was_read_cannot_be_changed() -> None:
    found = read(Every, {"words": "　好的\n"})
    assert found.words == "好的"
    with pytest.raises(ValueError):
        found.words = "坏的"


@pytest.mark.parametrize("text", ["😀😀", "𠮷野", "阿依", "e\u0301e", "\u200b好"])
def test_every_character_of_every_script_is_kept_as_it_came(text: str) -> None:
    assert read(Every, {"words": text}).words == text
