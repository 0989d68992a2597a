"""What is printed on a letter so that it can be compared with the one that is kept."""

import re

import pytest

from tracker.rules import verification

LETTER = ("Zk3v0d8Q2mX1", "锡政协办函〔2026〕12号", "已更换电缆并恢复照明。".encode())


def test_the_code_is_short_enough_to_be_read_out_and_always_the_same() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", verification.code(*LETTER))
    assert verification.code(*LETTER) == verification.code(*LETTER)


@pytest.mark.parametrize(
    "other",
    [
        ("Zk3v0d8Q2mX2", LETTER[1], LETTER[2]),
        (LETTER[0], "锡政协办函〔2026〕13号", LETTER[2]),
        (LETTER[0], LETTER[1], "已更换电缆并恢复照明".encode()),
        (LETTER[0] + "锡", LETTER[1][1:], LETTER[2]),
    ],
)
def test_another_letter_number_or_word_has_another_code(other: tuple[str, str, bytes]) -> None:
    assert verification.code(*other) != verification.code(*LETTER)


def test_a_letter_printed_years_ago_still_has_its_code() -> None:
    assert verification.code(*LETTER) == "EAD4-B51A-8298"
