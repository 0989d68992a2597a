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


KEPT_RING = Keyring.read("t1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
KEPT = bytes.fromhex(
    "01010274319a178b59558550e6a52de53b2dc4c4b1e84e8635ad5f877b4983057a8357f7a558636bb367fc03a0"
)


def test_what_an_earlier_version_sealed_still_opens():
    """Names and phones stay for years; a changed format would lose every one of them."""
    assert unseal_text(KEPT_RING, KEPT, table="resident", row="0f" * 16, column="name") == "欧阳桂兰"
    assert is_current(KEPT_RING, KEPT)


def test_what_an_earlier_version_indexed_is_still_found():
    index = blind_index(KEPT_RING, "13912342186", "phone")
    assert index.hex() == "f6f7a129988e0c7cb6bf82f8baed80185f36f48384b51c66ff01b047ce4a2a7a"


@pytest.mark.parametrize(("one", "other"), [(" 欧阳桂兰\n", "欧阳桂兰"), ("Wang LI", "wang li")])
def test_words_share_an_index_whatever_their_case_and_blanks(one, other):
    assert blind_index(RING, one, "name") == blind_index(RING, other, "name")
    assert blind_index(RING, one, "name") != blind_index(RING, other + "x", "name")


@pytest.mark.parametrize(
    "sealed", [b"", b"\x01", b"\x01\x01", b"\x02\x01\x01k" + bytes(40), b"\x01\x01\xff" + bytes(60)]
)
def test_what_was_never_sealed_is_told_so(sealed):
    for look in (is_current, lambda ring, value: unseal(ring, value, **HERE)):
        with pytest.raises(CannotDecrypt, match="not a sealed value"):
            look(RING, sealed)


def test_an_empty_text_is_sealed_like_any_other():
    sealed = seal(RING, "", **HERE)
    assert unseal_text(RING, sealed, **HERE) == ""
    with pytest.raises(CannotDecrypt):
        unseal(RING, sealed[:-1], **HERE)


@pytest.mark.parametrize("text", ["{new},", " {new} ,, {old} ", "{new}\n,{old}"])
def test_the_setting_forgives_blanks_and_commas(text):
    ring = Keyring.read(text.format(new=NEW, old=OLD))
    assert ring.current == "2026a" and is_current(ring, seal(ring, "x", **HERE))


@pytest.mark.parametrize("name", ["", "k" * 33, "a b", "钥匙"])
def test_a_key_of_a_strange_name_is_refused_when_read_too(name):
    secret = OLD.partition(":")[2]
    with pytest.raises(BadKeyring, match=r"id:base64|no key"):
        Keyring.read(f"{name}:{secret}")


@pytest.mark.parametrize("name", ["k", "k" * 32, "2026-11.a_b"])
def test_a_key_of_a_plain_name_seals_and_opens(name):
    ring = Keyring.read(new_key(name))
    assert ring.current == name and unseal(ring, seal(ring, "x", **HERE), **HERE) == b"x"


@pytest.mark.parametrize("secret", ["AAEC*wQF", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "AAEC AwQF"])
def test_a_key_that_was_copied_badly_is_refused(secret):
    with pytest.raises(BadKeyring, match=r"base64|bytes"):
        Keyring.read(f"t1:{secret}")
