"""Accounts and passwords as people type them."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.people import PasswordIn, PersonEdit, PersonIn
from tracker.incoming.schema import read

POST = {"role": "clerk", "unit": "office"}
PERSON: dict[str, Any] = {"login": "xs-new", "name": "新同事", "posts": [POST]}


@pytest.mark.parametrize("login", ["ab", "a" * 64, "xs-clerk", "Zhou.Wenbo", "a_1"])
def test_a_login_is_of_plain_letters_and_signs(login: str) -> None:
    assert read(PersonIn, PERSON | {"login": login}).login == login


@pytest.mark.parametrize(
    "login", ["a", "a" * 65, "", "xs clerk", "周文博", "a/b", "a@b", "ａｂｃ", "a\u200bb", "a:b", None, 77]
)
def test_another_login_is_refused(login: Any) -> None:
    assert faults.of(PersonIn, PERSON | {"login": login}) == ["login"]


@pytest.mark.parametrize("mail", ["", "a@b", "zhou.wenbo+1@office.example.cn"])
def test_mail_may_be_left_empty(mail: str) -> None:
    assert faults.of(PersonIn, PERSON | {"email": mail}) == faults.of(PersonEdit, {"email": mail}) == []


@pytest.mark.parametrize(
    "mail",
    ["a", "a@", "@b", "a@b, c@d", "a@b;c@d", "a b@c", "<a@b>", "a@b\nBcc: c@d", "x" * 119 + "@b", None],
)
def test_an_address_never_carries_a_second_one_or_a_header(mail: Any) -> None:
    assert faults.of(PersonIn, PERSON | {"email": mail}) == ["email"]


def test_the_edit_of_an_account_checks_addresses_alike() -> None:
    assert faults.of(PersonEdit, {"email": "a@b\nBcc: c@d"}) == ["email"]


@pytest.mark.parametrize(
    ("posts", "field"),
    [
        ([], "posts"),
        ([POST] * 7, "posts"),
        (POST, "posts"),
        (None, "posts"),
        ([{"role": "resident", "unit": "office"}], "posts.0.role"),
        ([{"role": "system", "unit": "office"}], "posts.0.role"),
        ([POST, {"role": "clerk"}], "posts.1.unit"),
        ([POST | {"committee": "dt"}], "posts.0.committee"),
    ],
)
def test_an_account_has_one_to_six_posts_that_a_person_can_hold(posts: Any, field: str) -> None:
    assert faults.of(PersonIn, PERSON | {"posts": posts}) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "长" * 61), ("title", "长" * 61), ("is_active", "perhaps"), ("posts", [])],
)
def test_an_edit_keeps_within_the_same_limits(field: str, value: Any) -> None:
    assert faults.of(PersonEdit, {field: value}) == [field]


@pytest.mark.parametrize("field", ["login", "password", "password_hash", "committee_id", "id", "locale"])
def test_an_edit_reaches_neither_login_nor_password(field: str) -> None:
    assert faults.of(PersonEdit, {field: "x"}) == [field]


def test_an_edit_without_fields_changes_nothing() -> None:
    assert set(read(PersonEdit, {}).model_dump().values()) == {None}


def test_a_password_keeps_its_blanks() -> None:
    assert read(PasswordIn, {"password": "  梅花香自苦寒来  "}).password == "  梅花香自苦寒来  "


@pytest.mark.parametrize("password", ["1234567", "x" * 201, "", None, 12345678, "a\x00bcdefgh"])
def test_a_password_has_eight_to_two_hundred_characters(password: Any) -> None:
    assert faults.of(PasswordIn, {"password": password}) == ["password"]
