"""Where the parts of a letter stand, as numbers: the sheet itself is measured in test_geometry."""

import pytest

from tracker.outgoing import letter_layout
from tracker.outgoing.letter_layout import CHARACTER, COLUMN, MM, head, signature, title_lines

DATE = "2026年11月22日"


def right_of(text, left):
    return left + letter_layout.width_in_em(text) * 16 + len(text) * letter_layout.TRACKING


def test_twenty_eight_characters_fill_the_column():
    assert COLUMN - CHARACTER / 2 < 28 * CHARACTER <= COLUMN


@pytest.mark.parametrize("length", [1, 8, 12, 13, 20, 30])
def test_the_mark_is_as_large_as_it_may_be_and_no_larger_than_36_points(length):
    size = head("中" * length).mark_size

    assert size == pytest.approx(min(36, COLUMN / length))


def test_an_empty_mark_breaks_nothing():
    assert head("").mark_size == 36


@pytest.mark.parametrize("length", [5, 14, 30])
def test_the_ink_of_the_mark_begins_30_mm_below_the_edge_whatever_its_size(length):
    found = head("中" * length)

    ink = found.mark_top + 37 + letter_layout.INK_TOP * found.mark_size / MM
    assert ink == pytest.approx(30)


@pytest.mark.parametrize("length", [5, 14, 30])
def test_the_rules_stand_4_mm_below_the_ink_and_the_number_below_them(length):
    found = head("中" * length)
    bottom = found.mark_top + letter_layout.INK_BOTTOM * found.mark_size / MM

    assert found.rules_top == pytest.approx(bottom + 4)
    assert found.rules_top < found.number_top < found.space


def test_a_smaller_mark_moves_everything_below_it_up():
    large, small = head("政协东台市委员会"), head("中" * 30)

    assert small.rules_top < large.rules_top
    assert small.space - small.rules_top == pytest.approx(large.space - large.rules_top)


def test_with_a_seal_the_date_ends_four_characters_from_the_right():
    found = signature("政协东台市委员会", DATE, sealed=True)

    assert COLUMN - right_of(DATE, found.date_left) == pytest.approx(4 * CHARACTER)


@pytest.mark.parametrize("issuer", ["政协", "政协东台市委员会", "政协无锡市锡山区委员会办公室"])
def test_with_a_seal_the_issuer_is_centred_above_the_date(issuer):
    found = signature(issuer, DATE, sealed=True)

    middle = (found.issuer_left + right_of(issuer, found.issuer_left)) / 2
    assert middle == pytest.approx((found.date_left + right_of(DATE, found.date_left)) / 2)


@pytest.mark.parametrize("length", [18, 22, 27])
def test_a_long_issuer_stays_inside_the_type_area(length):
    issuer = "中" * length
    found = signature(issuer, DATE, sealed=True)

    assert found.issuer_left >= 0
    assert right_of(issuer, found.issuer_left) <= COLUMN + 0.01


@pytest.mark.parametrize("sealed", [True, False])
def test_an_issuer_wider_than_the_page_begins_at_its_left_edge(sealed):
    assert signature("中" * 40, DATE, sealed=sealed).issuer_left == 0


def test_without_a_seal_the_date_starts_two_characters_right_of_the_issuer():
    found = signature("政协无锡市锡山区委员会", DATE, sealed=False)

    assert found.date_left - found.issuer_left == pytest.approx(2 * CHARACTER)


def test_without_a_seal_a_short_issuer_leaves_the_date_two_characters_from_the_right():
    found = signature("政协", DATE, sealed=False)

    assert COLUMN - right_of(DATE, found.date_left) == pytest.approx(2 * CHARACTER)
    assert found.date_left - found.issuer_left == pytest.approx(2 * CHARACTER)


def test_room_for_a_seal_is_two_lines():
    assert signature("政协", DATE, sealed=True).blank_lines == 2
    assert signature("政协", DATE, sealed=False).blank_lines == 1


@pytest.mark.parametrize(
    "title, lines",
    [
        ("", []),
        ("关于路灯问题的反馈函", ["关于路灯问题的反馈函"]),
        ("一" * 19, ["一" * 19]),
        ("一" * 20, ["一" * 11, "一" * 9]),
    ],
)
def test_only_a_title_of_more_than_nineteen_characters_is_broken(title, lines):
    assert title_lines(title) == lines


@pytest.mark.parametrize(
    "title",
    [
        "关于香樟苑小区北门照明不足和周边道路积水问题办理情况的反馈函",
        "关于“香樟苑小区北门照明不足、周边道路积水”问题办理情况的反馈函",
        "关于2026年11月香樟苑小区北门照明亮度不足35%问题办理情况的反馈函",
        "关于《锡山区城市照明管理办法（试行）》执行中若干问题办理情况的反馈函",
    ],
)
def test_no_line_of_a_title_begins_or_ends_where_it_must_not(title):
    lines = title_lines(title)

    assert len(lines) == 2 and "".join(lines) == title
    assert all(line[0] not in "的了和与及、，。：；）》〉”’】」』" for line in lines[1:])
    assert all(line[-1] not in "（《〈“‘【「『" for line in lines[:-1])
    assert not (lines[0][-1].isdigit() and lines[1][0] in "0123456789%年月日号")


def test_the_upper_line_of_a_title_is_the_longer_one():
    first, second = title_lines("关于云林苑小区北门路灯长期不亮问题办理情况反馈函")

    assert len(first) >= len(second)


def test_a_title_without_any_good_place_is_broken_all_the_same():
    assert title_lines("1" * 30) == ["1" * 16, "1" * 14]
