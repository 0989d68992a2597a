"""A flat form becomes the nested values that a program would send."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.web.browser import Browser
from tests.world import World
from tracker.door import forms
from tracker.errors import BadRequest


def values(*fields: tuple[str, str]) -> dict[str, Any]:
    return forms.values(MultiDict(fields))


@pytest.mark.parametrize("name", ["csrf_token", "idempotency_key", "version", "next", "move"])
def test_what_is_the_forms_own_is_no_value(name: str) -> None:
    assert values((name, "x"), ("summary", "路灯")) == {"summary": "路灯"}


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000"])
def test_an_empty_field_is_as_good_as_none(text: str) -> None:
    assert values(("summary", text), ("resident.name", text), ("a", "b")) == {"a": "b"}


def test_what_was_typed_arrives_as_it_was_typed() -> None:
    assert values(("narrative", "  第一行\r\n\r\n第二行 ")) == {"narrative": "  第一行\r\n\r\n第二行 "}


def test_a_dot_makes_a_group() -> None:
    found = values(("resident.name", "欧阳桂兰"), ("resident.phone", "139"), ("summary", "路灯"))
    assert found == {"resident": {"name": "欧阳桂兰", "phone": "139"}, "summary": "路灯"}


def test_groups_may_stand_in_groups() -> None:
    assert values(("a.b.c", "1"), ("a.b.d", "2"), ("a.e", "3")) == {
        "a": {"b": {"c": "1", "d": "2"}, "e": "3"}
    }


def test_brackets_make_a_list_without_its_empty_entries() -> None:
    assert values(("copy_to[]", "甲"), ("copy_to[]", " "), ("copy_to[]", "乙")) == {"copy_to": ["甲", "乙"]}


def test_a_list_from_which_everything_was_taken_is_an_empty_list() -> None:
    """Not left out: taking the last one away is a change as well."""
    assert values(("copy_to[]", "")) == {"copy_to": []}


def test_a_list_may_stand_in_a_group() -> None:
    assert values(("content.lines[]", "一"), ("content.lines[]", "二")) == {
        "content": {"lines": ["一", "二"]}
    }


def test_of_two_fields_of_one_name_the_first_counts() -> None:
    assert values(("area", "0101"), ("area", "0102")) == {"area": "0101"}


def test_numbers_make_rows_in_their_order() -> None:
    sent = [(f"cases.{number}.summary", f"第{number}件") for number in (10, 2, 0)]
    assert [row["summary"] for row in values(*sent)["cases"]] == ["第0件", "第2件", "第10件"]


def test_a_row_that_was_left_empty_closes_up() -> None:
    found = values(("cases.0.summary", "一"), ("cases.1.summary", ""), ("cases.2.summary", "三"))
    assert found == {"cases": [{"summary": "一"}, {"summary": "三"}]}


def test_rows_may_hold_groups_and_rows() -> None:
    found = values(
        ("cases.0.resident.name", "甲"), ("cases.0.units.1.key", "b"), ("cases.0.units.0.key", "a")
    )
    assert found == {"cases": [{"resident": {"name": "甲"}, "units": [{"key": "a"}, {"key": "b"}]}]}


def test_a_group_with_one_name_among_the_numbers_stays_a_group() -> None:
    assert values(("a.0", "x"), ("a.b", "y")) == {"a": {"0": "x", "b": "y"}}


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "names",
    [
        ("a", "a.b"),
        ("a.b", "a.b.c"),
        ("a.b", "a.b.c.d.e"),
        ("a[]", "a.b"),
        ("a.0", "a.0.b"),
        (".".join("a" * 9),),
        (".".join("a" * 3000),),
    ],
)
def test_names_that_contradict_each_other_come_from_no_page_of_ours(names: tuple[str, ...]) -> None:
    with pytest.raises(BadRequest):
        values(*((name, "1") for name in names))


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("name", [".", "", "[]", "a.²", "a..b", f"a.{'9' * 5000}", "a.٣"])
def test_odd_names_do_not_make_it_fail(name: str) -> None:
    assert list(values((name, "1"))) == [name.partition(".")[0].removesuffix("[]")]


@pytest.mark.requirement("R14")
def test_a_form_of_odd_names_is_a_bad_request(huiyin: World) -> None:
    answer = Browser(huiyin.app, "member").post("/cases/new", page="/account", **{"area": "1", "area.x": "2"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("text", "version"),
    [("3", 3), ("0", 0), ("", None), ("-1", None), ("3.0", None), ("x", None), (" 3", None), ("²", None)],
)
def test_the_version_is_a_plain_number_or_none(text: str, version: int | None) -> None:
    assert forms.version(MultiDict({"version": text})) == version


@pytest.mark.requirement("R14")
def test_a_version_of_thousands_of_digits_does_not_make_it_fail() -> None:
    assert forms.version(MultiDict({"version": "9" * 5000})) is None


def test_a_form_without_a_version_has_none() -> None:
    assert forms.version(MultiDict()) is None


@pytest.mark.parametrize(("digits", "version"), [("9" * 9, 999_999_999), ("9" * 10, None), ("0" * 9, 0)])
def test_a_version_has_nine_digits_at_most(digits: str, version: int | None) -> None:
    assert forms.version(MultiDict({"version": digits})) == version


def test_a_name_of_eight_parts_is_the_deepest() -> None:
    found: Any = values((".".join("abcdefgh"), "1"))
    for part in "abcdefg":
        found = found[part]
    assert found == {"h": "1"}


def test_rows_with_numbers_too_long_for_rows_stay_a_group() -> None:
    assert values((f"cases.{'1' * 9}", "一"), ("cases.2", "二")) == {"cases": ["二", "一"]}
    assert values((f"cases.{'1' * 10}", "一"), ("cases.2", "二")) == {"cases": {"1" * 10: "一", "2": "二"}}


@pytest.mark.parametrize("name", ["csrf_token", "version", "move"])
def test_a_field_called_like_one_of_the_forms_own_in_a_group_is_a_value(name: str) -> None:
    assert values((f"resident.{name}", "x")) == {"resident": {name: "x"}}
