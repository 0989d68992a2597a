import pytest

from tracker.outgoing.plain_text import one_line, paragraphs, width_in_em


@pytest.mark.parametrize(
    "given, kept",
    [
        ("王\x00玥", "王玥"),
        ("a\u202eb", "ab"),
        ("两\n行", "两 行"),
        ("\u3000缩进 ", "缩进"),
        ("零\u200b宽", "零宽"),
        ("a \t\u00a0b", "a b"),
        ("𠮷野", "𠮷野"),
        ("半\ud800个", "半个"),
    ],
)
def test_what_cannot_be_seen_does_not_reach_the_paper(given, kept):
    assert one_line(given) == kept


def test_paragraphs_are_the_lines_that_say_something():
    assert paragraphs("一\r\n\n 二\u2028三\r") == ["一", "二", "三"]


def test_digits_are_half_as_wide_as_characters():
    assert width_in_em("2026年") == 3.0
