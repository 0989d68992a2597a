"""Numbers that identify a person, and those that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.detect_numbers import find_numbers, id_check, luhn, own_numbers
from tracker.rules.folding import align

DIGITS = st.text("0123456789", min_size=17, max_size=17)


def found(text: str, *own: str) -> list[tuple[str, str]]:
    plain = align(text)
    spans = find_numbers(plain, own_numbers(own))
    return [(span.kind, text[span.start : span.end]) for span in spans]


@pytest.mark.parametrize(
    "written",
    [
        "13812345678",
        "138-1234-5678",
        "138.1234.5678",
        "138 12345678",
        "1381234 5678",
        "138 123 45678",
        "1381 2345678",
        "138—1234—5678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "138\u200b1234\u200b5678",
        "+86 138 1234 5678",
        "0086-13812345678",
        "１３８－１２３４－５６７８",
        "一三八一二三四五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "幺三八幺二三四五六七八",
    ],
)
def test_a_mobile_is_found_whole_in_every_spelling(written: str) -> None:
    assert found(f"请打{written}。") == [("phone", written)]


@pytest.mark.parametrize("second", "3456789")
def test_every_series_of_mobiles_is_known(second: str) -> None:
    assert found(f"1{second}912345678") == [("phone", f"1{second}912345678")]


@pytest.mark.parametrize("number", ["12912345678", "11012345678", "1381234567", "23812345678"])
def test_eleven_digits_alone_make_no_mobile(number: str) -> None:
    assert found(f"单号{number}") == []


@pytest.mark.parametrize(
    "written", ["010-62345678", "021 6234 5678", "0510-8820123", "(0515)85201234", "0755.8620.1234"]
)
def test_a_landline_with_its_area_code_is_found(written: str) -> None:
    assert [kind for kind, _ in found(f"打{written}")] == ["phone"]


@pytest.mark.parametrize("word", ["电话", "座机：", "热线 ", "联系", "致电", "来电"])
def test_a_local_number_needs_a_word_before_it(word: str) -> None:
    assert found(f"{word}88201234") == [("phone", "88201234")]
    assert found("预算88201234元") == []


def test_two_numbers_side_by_side_are_two_hits() -> None:
    assert found("13812345678、13912345678") == [("phone", "13812345678"), ("phone", "13912345678")]


@pytest.mark.parametrize("date", ["2026年11月23日", "2026-11-23 10:30", "20261123", "2026.11.23-2026.12.01"])
def test_a_date_is_no_number_of_anybodys(date: str) -> None:
    assert found(date) == []


@pytest.mark.parametrize("number", ["12345", "12316", "95598", "400-820-8820", "110", "4008208820"])
def test_a_public_service_number_stays(number: str) -> None:
    assert found(f"拨打{number}") == []


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "11010519491231002x", "110105 19491231 002X", "110105-19491231-002X"]
)
def test_an_identity_number_is_found_by_its_check(number: str) -> None:
    assert found(f"证件{number}") == [("id", number)]


def test_an_identity_number_with_a_slip_is_still_somebodys() -> None:
    assert not id_check("110105194912310021")
    assert found("证件110105194912310021") == [("id", "110105194912310021")]


@pytest.mark.parametrize("born", ["19491331", "19490230", "18990101", "00000000"])
def test_without_check_and_birthday_it_is_some_other_number(born: str) -> None:
    number = next(f"110105{born}002{last}" for last in "0123" if not id_check(f"110105{born}002{last}"))
    assert found(number) == []


@given(DIGITS)
def test_one_check_character_in_eleven_fits_an_identity_number(first: str) -> None:
    fits = [last for last in "0123456789X" if id_check(first + last)]
    assert len(fits) == 1


@pytest.mark.parametrize("number", ["6222021234567894", "6222 0212 3456 7894", "4111-1111-1111-1111"])
def test_a_bank_card_is_found_by_its_check(number: str) -> None:
    assert luhn(number.replace(" ", "").replace("-", ""))
    assert found(f"付到{number}") == [("card", number)]


@pytest.mark.parametrize("word", ["卡号", "账号：", "帐户", "银行卡 "])
def test_after_its_word_a_card_needs_no_check(word: str) -> None:
    assert found(f"{word}6222021234567890") == [("card", "6222021234567890")]
    assert found("流水6222021234567890") == []


@given(st.text("0123456789", min_size=15, max_size=15))
def test_a_changed_digit_never_passes_the_card_check(body: str) -> None:
    (last,) = (digit for digit in "0123456789" if luhn(body + digit))
    whole = body + last
    for position in range(16):
        other = str((int(whole[position]) + 1) % 10)
        assert not luhn(whole[:position] + other + whole[position + 1 :])


@pytest.mark.parametrize("told", ["0510-88201234", "88201234", "8820 1234", "051088201234"])
def test_the_records_own_landline_is_found_without_any_word(told: str) -> None:
    assert [kind for kind, _ in found(f"请拨{told}吧", "0510-88201234")] == ["phone"]


def test_own_numbers_too_short_to_tell_apart_are_not_looked_for() -> None:
    assert own_numbers(("", "12345", "无")) == frozenset()
    assert own_numbers(("+86 13812345678",)) == {"13812345678"}


@pytest.mark.parametrize("text", ["", "没有数字", "x", "1", "-", "+86"])
def test_nothing_is_found_where_nothing_is(text: str) -> None:
    assert found(text) == []
