"""Three ways in which a noted end may contradict the stored chain."""

from tracker.rules.chain import Head, make_head
from tracker.rules.witness import contradictions

KEY = b"key"
HASH = bytes(range(32))


def kinds(noted: Head, found: dict[tuple[int, int], bytes]) -> list[str]:
    return [one.kind for one in contradictions([noted], found, KEY)]


def test_an_end_that_lies_on_the_chain_is_no_fault() -> None:
    assert kinds(make_head(KEY, 1, 5, HASH), {(1, 5): HASH}) == []


def test_an_end_whose_event_is_gone_shows_that_the_chain_was_cut() -> None:
    assert kinds(make_head(KEY, 1, 5, HASH), {}) == ["cut_off"]


def test_an_end_with_another_hash_shows_that_the_event_was_replaced() -> None:
    assert kinds(make_head(KEY, 1, 5, HASH), {(1, 5): bytes(32)}) == ["replaced"]


def test_a_line_that_was_not_sealed_with_the_key_is_forged() -> None:
    assert kinds(make_head(b"other", 1, 5, HASH), {(1, 5): HASH}) == ["forged"]
