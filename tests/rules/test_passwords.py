import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.passwords import LONGEST, Verdict, burn, faults, hash_password, verify

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.mark.requirement("T17")
@pytest.mark.usefixtures("slow_hashes")
def test_a_password_is_kept_as_argon2id_with_64_mebibytes():
    hashed = hash_password("梅花香自苦寒来 2026")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert verify(hashed, "梅花香自苦寒来 2026") == Verdict(True, False)
    assert verify(hashed, "梅花香自苦寒来 2027") == Verdict(False, False)


@pytest.mark.usefixtures("slow_hashes")
def test_an_old_cheaper_hash_asks_to_be_renewed_but_only_for_its_owner():
    cheap = CHEAP.hash("correct horse")
    assert verify(cheap, "correct horse") == Verdict(True, True)
    assert verify(cheap, "wrong horse") == Verdict(False, False)


def test_full_width_typing_is_the_same_password():
    assert verify(CHEAP.hash("abc 123 xyz"), "ａｂｃ　１２３　ｘｙｚ").ok


def test_a_broken_hash_fits_nothing_and_burning_time_returns_nothing():
    assert verify("", "whatever it is") == Verdict(False, False)
    assert burn("whatever it is") is None


@pytest.mark.parametrize(
    "password",
    [
        *("password", "Password123", "P@ssw0rd", "qwertyuiop", "1qaz2wsx", "zyxwvuts", "iloveyou520"),
        *("woaini1314", "wangwei123", "zhengxie2026", "12345678", "１２３４５６７８", "88888888"),
        *("aaaaaaaaaaaa", "abcabcabc", "19800101", "2001-05-03"),
    ],
)
def test_a_password_that_everybody_tries_is_refused(password):
    assert [fault.msgid for fault in faults(password)] == ["这个密码太常见，别人容易猜到"]


@pytest.mark.parametrize("password", ["东亭菜场的豆腐花", "mei yu tian de wan shang", "x7-Kpq2-vvR"])
def test_a_phrase_or_a_random_password_is_good_without_rules_of_composition(password):
    assert faults(password, login="xs-clerk", name="陈静") == []


def test_short_and_endless_passwords_are_refused():
    assert str(faults("a8Kq2-x")[0]) == "密码至少要 8 个字符，建议 15 个以上"
    assert str(faults("x7-Kpq2-" * 40)[0]) == f"密码最多 {LONGEST} 个字符"


@pytest.mark.parametrize("password", ["my-xs-clerk-1", "XS-CLERK 梅花三弄", "陈静最爱吃豆腐花"])
def test_ones_own_login_or_name_is_refused(password):
    found = faults(password, login="xs-clerk", name="陈 静")
    assert [fault.msgid for fault in found] == ["密码里不要用自己的登录名或姓名"]


@given(st.text())
def test_every_text_gets_an_answer(password):
    assert all(str(fault) for fault in faults(password, login="xs-clerk", name="陈静"))


@pytest.mark.parametrize(
    ("password", "login", "name", "refused"),
    [
        ("xs-豆腐花真好吃", "xs", "", False),
        ("wul-豆腐花真好吃", "wul", "", True),
        ("豆腐花真WUL好吃", " Wul ", "", True),
        ("静静的东亭河水", "", "静", False),
        ("陈静的东亭河水", "", "陈静", True),
        ("chen jing 的河水", "", "Chen", True),
        ("东亭河水静静流", "", "", False),
    ],
)
def test_a_login_of_three_letters_or_a_name_of_two_counts_as_ones_own(password, login, name, refused):
    own = "密码里不要用自己的登录名或姓名"
    assert (own in [fault.msgid for fault in faults(password, login=login, name=name)]) is refused


def _of_length(length):
    return ("东亭菜场的豆腐花x7-Kpq2" * 10)[:length]


@pytest.mark.parametrize(("length", "good"), [(7, False), (8, True), (128, True), (129, False)])
def test_a_password_has_eight_to_a_hundred_and_twenty_eight_characters(length, good):
    assert (faults(_of_length(length)) == []) is good


def test_beyond_the_longest_nothing_more_is_hashed_and_nothing_else_fits():
    """129 characters are refused when it is set; whoever sends a megabyte at signing in costs no more."""
    hashed = CHEAP.hash(_of_length(128))
    assert verify(hashed, _of_length(128)).ok
    assert not verify(hashed, _of_length(129)).ok and not verify(hashed, _of_length(127)).ok


@pytest.mark.parametrize("password", ["p@$$w0rd", "1l0veyou", "adm1n1strat0r", "Qwertyuiop", "mnbvcxzlkjh"])
def test_letters_written_as_digits_hide_nothing(password):
    assert [fault.msgid for fault in faults(password)] == ["这个密码太常见，别人容易猜到"]


@pytest.mark.parametrize("password", ["31.12.1999", "1999/12/31", "20001231", "31122000"])
def test_a_birthday_is_guessed_first(password):
    assert [fault.msgid for fault in faults(password)] == ["这个密码太常见，别人容易猜到"]


@pytest.mark.parametrize("password", ["1999-13-45x梅", "豆腐19991231", "aaaab梅花三弄"])
def test_what_only_begins_like_a_date_or_a_row_is_good(password):
    assert faults(password) == []
