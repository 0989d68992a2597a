import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules import cipher
from tracker.rules.cipher import (
    BadKeyring,
    CannotDecrypt,
    Keyring,
    blind_index,
    blind_indexes,
    is_current,
    new_key,
    seal,
    unseal,
    unseal_text,
)

OLD, NEW = new_key("2025"), new_key("2026a")
RING = Keyring.read(NEW)
HERE = {"table": "resident", "row": 7, "column": "phone"}


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_again_at_its_place(plain):
    assert unseal(RING, seal(RING, plain, **HERE), **HERE) == plain


def test_text_comes_back_as_text_and_never_twice_as_the_same_bytes():
    one, other = seal(RING, "张三", **HERE), seal(RING, "张三", **HERE)
    assert one != other
    assert unseal_text(RING, one, **HERE) == "张三"
    assert "张三".encode() not in one


@pytest.mark.requirement("T09")
@pytest.mark.parametrize(
    "there",
    [
        {"table": "person"},
        {"row": 8},
        {"column": "name"},
        {"table": "residen", "row": "t7"},
    ],
)
def test_a_value_moved_to_another_place_does_not_open(there):
    sealed = seal(RING, "13812345678", **HERE)
    with pytest.raises(CannotDecrypt):
        unseal(RING, sealed, **(HERE | there))


@given(st.data())
def test_a_changed_or_shortened_value_does_not_open(data):
    sealed = seal(RING, "13812345678", **HERE)
    position = data.draw(st.integers(0, len(sealed) - 1))
    flipped = data.draw(st.integers(1, 255))
    changed = bytes([*sealed[:position], sealed[position] ^ flipped, *sealed[position + 1 :]])
    for broken in (changed, sealed[:position]):
        with pytest.raises(CannotDecrypt):
            unseal(RING, broken, **HERE)


def test_another_key_of_the_same_name_does_not_open():
    with pytest.raises(CannotDecrypt):
        unseal(Keyring.read(new_key("2026a")), seal(RING, "x", **HERE), **HERE)


def test_after_a_rotation_old_values_still_open_and_are_known_as_old():
    old_ring, both = Keyring.read(OLD), Keyring.read(f"{NEW}, {OLD}")
    old = seal(old_ring, "x", **HERE)
    assert unseal(both, old, **HERE) == b"x"
    assert not is_current(both, old)
    assert is_current(both, seal(both, "x", **HERE))
    with pytest.raises(CannotDecrypt):
        unseal(RING, old, **HERE)


def test_a_value_of_an_unknown_suite_does_not_open():
    sealed = seal(RING, "x", **HERE)
    with pytest.raises(CannotDecrypt):
        unseal(RING, bytes([cipher.VERSION, 99]) + sealed[2:], **HERE)


def test_spellings_of_one_number_share_a_blind_index_that_differs_by_key_and_purpose():
    index = blind_index(RING, "138 1234 5678", "phone")
    assert len(index) == 32
    assert index == blind_index(RING, "+86-13812345678", "phone")
    assert index != blind_index(RING, "13812345679", "phone")
    assert index != blind_index(RING, "13812345678", "fax")
    both = Keyring.read(f"{OLD},{NEW}")
    assert blind_indexes(both, "13812345678", "phone")[1] == index
    assert len(set(blind_indexes(both, "13812345678", "phone"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "nokey",
        "k:short",
        "k:!!!",
        f"{OLD},{OLD}",
        "k ey:" + OLD,
        "k:" + base64.b64encode(b"x" * 31).decode(),
    ],
    # Keys are made anew in every process; names must not be.
    ids=["nothing", "commas", "no-key", "short", "no-base64", "same-id-twice", "blank-in-id", "31-bytes"],
)
def test_a_broken_setting_is_refused_without_telling_the_key(text):
    with pytest.raises(BadKeyring) as refusal:
        Keyring.read(text)
    assert OLD.partition(":")[2] not in str(refusal.value)


def test_keys_do_not_show_in_logs():
    assert OLD.partition(":")[2] not in repr(Keyring.read(OLD))
    assert "keys" not in repr(RING)


def test_a_key_needs_a_plain_name():
    with pytest.raises(BadKeyring):
        new_key("no spaces")
