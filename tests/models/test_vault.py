"""A sealed field opens at its own row and column, and nowhere else (T01)."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tracker.models import vault
from tracker.rules import cipher
from tracker.rules.cipher import CannotDecrypt, Keyring

pytestmark = pytest.mark.requirement("T01")

ROW = "0f" * 16
NAME = "欧阳桂兰"


@pytest.fixture(autouse=True)
def inside(sqlite_home: Flask) -> Iterator[None]:
    """The keys are the app's; no row is needed."""
    with sqlite_home.app_context():
        yield


def test_what_was_sealed_opens_at_its_own_place() -> None:
    sealed = vault.seal("resident", ROW, "name", NAME)
    assert NAME.encode() not in sealed
    assert vault.unseal("resident", ROW, "name", sealed).decode() == NAME


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("resident", "0e" * 16, "name"),
        ("resident", ROW, "address"),
        ("visit", ROW, "name"),
        ("resident", "", "name"),
        ("residentn", ROW, "ame"),
        (f"resident{ROW}", "", "name"),
    ],
)
def test_a_name_carried_to_another_row_or_column_stays_shut(table: str, row: str, column: str) -> None:
    """Whoever can write into the database must not put one resident's name under another's case."""
    sealed = vault.seal("resident", ROW, "name", NAME)
    with pytest.raises(CannotDecrypt):
        vault.unseal(table, row, column, sealed)


def test_a_number_and_its_digits_are_the_same_row() -> None:
    assert vault.unseal("letter", "7", "content", vault.seal("letter", 7, "content", b"{}")) == b"{}"
    with pytest.raises(CannotDecrypt):
        vault.unseal("letter", 8, "content", vault.seal("letter", 7, "content", b"{}"))


@pytest.mark.parametrize("at", [0, 1, 2, 4, 12, -1])
def test_one_changed_byte_shuts_it(at: int) -> None:
    sealed = bytearray(vault.seal("resident", ROW, "phone", "13912342186"))
    sealed[at] ^= 1
    with pytest.raises(CannotDecrypt):
        vault.unseal("resident", ROW, "phone", bytes(sealed))


@pytest.mark.parametrize("left", [0, 1, 3, 10, 30])
def test_a_cut_value_is_shut_and_no_fault_of_the_program(left: int) -> None:
    sealed = vault.seal("resident", ROW, "phone", "13912342186")
    with pytest.raises(CannotDecrypt):
        vault.unseal("resident", ROW, "phone", sealed[:left])


def test_the_same_words_sealed_twice_look_different() -> None:
    assert vault.seal("resident", ROW, "name", NAME) != vault.seal("resident", ROW, "name", NAME)


def test_what_was_not_given_is_not_sealed_and_comes_back_empty() -> None:
    assert vault.seal_text("resident", ROW, "address", "") is None
    assert vault.unseal_text("resident", ROW, "address", None) == ""
    blank = vault.seal_text("resident", ROW, "address", " ")
    assert vault.unseal_text("resident", ROW, "address", blank) == " "


@pytest.mark.parametrize(
    "text", ["0", "𠮷田", "云林苑12号楼\n3单元", "长" * 10_000], ids=["0", "rare", "lines", "long"]
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert (
        vault.unseal_text("resident", ROW, "address", vault.seal_text("resident", ROW, "address", text))
        == text
    )


@pytest.mark.parametrize(
    "spelled", ["13912342186", "139-1234-2186", "+86 139 1234 2186", "１３９１２３４２１８６"]
)
def test_a_phone_is_found_in_every_spelling_and_never_read_from_its_index(spelled: str) -> None:
    index = vault.phone_index("13912342186")
    assert vault.phone_index(spelled) == index and len(index) == 32
    assert b"13912342186" not in index
    assert vault.phone_index("13912342187") != index


def test_the_index_of_another_key_is_another_index(sqlite_home: Flask) -> None:
    before = vault.phone_index("13912342186")
    sealed = vault.seal("resident", ROW, "name", NAME)
    own = sqlite_home.extensions["huiyin.keyring"]
    sqlite_home.extensions["huiyin.keyring"] = Keyring.read(cipher.new_key("t1"))
    try:
        assert vault.phone_index("13912342186") != before
        with pytest.raises(CannotDecrypt):
            vault.unseal("resident", ROW, "name", sealed)
    finally:
        sqlite_home.extensions["huiyin.keyring"] = own


def test_an_older_key_still_opens_what_it_sealed(sqlite_home: Flask) -> None:
    own = sqlite_home.extensions["huiyin.keyring"]
    sealed = vault.seal("resident", ROW, "name", NAME)
    newer = cipher.new_key("t2")
    fresh = Keyring.read(newer)
    sqlite_home.extensions["huiyin.keyring"] = Keyring({**own.keys, **fresh.keys}, "t2")
    try:
        assert vault.unseal_text("resident", ROW, "name", sealed) == NAME
        assert not cipher.is_current(vault.ring(), sealed)
        assert cipher.is_current(vault.ring(), vault.seal("resident", ROW, "name", NAME))
    finally:
        sqlite_home.extensions["huiyin.keyring"] = own
