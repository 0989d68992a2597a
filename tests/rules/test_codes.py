import os
from collections import Counter
from itertools import combinations
from statistics import median
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.codes import (
    ALPHABET,
    CODE_LENGTH,
    Code,
    check_character,
    hash_secret,
    new,
    new_pin,
    parse,
    verify,
)

COUNT = 1_000_000 if os.environ.get("HUIYIN_TIER") == "gate" else 20_000
# Chi-square, 31 degrees of freedom: a fair source exceeds this once in a million positions.
UNFAIR = 84
CODES = st.builds(
    Code,
    st.text(ALPHABET, min_size=4, max_size=4),
    st.text(ALPHABET, min_size=16, max_size=16),
)


@pytest.mark.requirement("T10")
@pytest.mark.gate(seconds=30)
def test_codes_never_repeat_and_every_character_is_equally_likely():
    codes = [new() for _ in range(COUNT)]
    assert len({code.secret for code in codes}) == COUNT
    expected = COUNT / 32
    for position in zip(*(code.locator + code.secret for code in codes), strict=True):
        counts = Counter(position)
        assert sum((counts[char] - expected) ** 2 / expected for char in ALPHABET) < UNFAIR


@given(CODES)
def test_a_code_is_read_back_as_printed_in_groups(code):
    assert len(code.text) == CODE_LENGTH == 21
    assert parse(code.text) == parse(code.display) == code
    assert code.display.replace("-", "") == code.text


def test_a_code_is_read_however_it_was_copied():
    code = Code("01AB", "01010101CDEFGHJK")
    told = code.display
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code.text)
    ways = [told.lower(), told.replace("0", "O"), told.replace("1", "l"), told.replace("1", "I")]
    ways += [told.replace("-", " "), told.replace("-", "—"), wide, f"  {told}\n", told.replace("0", "o")]
    for way in ways:
        assert parse(way) == code, way


@given(CODES, st.integers(0, CODE_LENGTH - 1))
def test_one_wrong_character_is_always_found(code, position):
    for char in ALPHABET.replace(code.text[position], ""):
        assert parse(code.text[:position] + char + code.text[position + 1 :]) is None


@given(CODES)
def test_two_swapped_characters_are_always_found(code):
    for one, other in combinations(range(CODE_LENGTH), 2):
        chars = list(code.text)
        chars[one], chars[other] = chars[other], chars[one]
        swapped = "".join(chars)
        assert swapped == code.text or parse(swapped) is None


@given(st.text(max_size=60))
def test_anything_else_is_no_code_or_one_that_reads_the_same(text):
    code = parse(text)
    assert code is None or parse(code.display) == code


@pytest.mark.parametrize("text", ["", "U" * 21, "0" * 20, "0" * 22, "x" * 10_000])
def test_what_cannot_be_a_code_is_refused(text):
    assert parse(text) is None


def test_a_secret_does_not_show_in_logs():
    code = new()
    assert code.secret not in repr(code)


@pytest.mark.usefixtures("slow_hashes")
def test_only_the_right_secret_fits_its_hash():
    hashed = hash_secret("ABCDEFGHJKMNPQRS")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify(hashed, "ABCDEFGHJKMNPQRS")
    assert not verify(hashed, "ABCDEFGHJKMNPQRT")
    assert not verify(None, "ABCDEFGHJKMNPQRS")
    assert not verify("nonsense", "ABCDEFGHJKMNPQRS")


@pytest.mark.requirement("T10")
@pytest.mark.usefixtures("slow_hashes")
def test_an_unknown_locator_costs_as_much_as_a_wrong_secret():
    hashed = hash_secret("ABCDEFGHJKMNPQRS")
    wrong = [_seconds(lambda: verify(hashed, "ABCDEFGHJKMNPQRT")) for _ in range(15)]
    unknown = [_seconds(lambda: verify(None, "ABCDEFGHJKMNPQRT")) for _ in range(15)]
    assert median(unknown) > 0.5 * median(wrong)


def _seconds(work):
    start = process_time()
    work()
    return process_time() - start


def test_a_pin_has_six_digits():
    pins = {new_pin() for _ in range(200)}
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)
    assert len(pins) > 190


def test_a_slip_printed_years_ago_is_still_read():
    """Another polynomial or another order of the weights would refuse every code on paper."""
    assert parse("7F3A-92C1-0B5E-QRST-VWXY8") == Code("7F3A", "92C10B5EQRSTVWXY")
    assert check_character("01AB01010101CDEFGHJK") == "Q"


@pytest.mark.parametrize("blanks", [" ", "\n", "\u3000", "·", ".", "_"])
def test_what_stands_between_the_groups_does_not_matter(blanks):
    assert parse(blanks.join(["7F3A", "92C1", "0B5E", "QRST", "VWXY8"])) == Code("7F3A", "92C10B5EQRSTVWXY")


def test_a_code_within_a_sentence_or_after_a_long_blank_is_not_guessed():
    told = "7F3A-92C1-0B5E-QRST-VWXY8"
    assert parse(f"我的查询码是 {told}") is None
    assert parse(" " * 75 + told) == parse(told)
    assert parse(" " * 76 + told) is None


def test_a_code_has_only_characters_of_its_alphabet():
    """U is in nobody's alphabet, whatever it would be worth; letters of other scripts are none either."""
    for wrong in "Uuéя一":
        assert parse(f"{wrong}F3A-92C1-0B5E-QRST-VWXY8") is None


def test_a_pin_keeps_its_leading_noughts(monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda below: below - 1 if below == 1_000_000 else 7)
    assert new_pin() == "999999"
    monkeypatch.setattr("secrets.randbelow", lambda _below: 42)
    assert new_pin() == "000042"
