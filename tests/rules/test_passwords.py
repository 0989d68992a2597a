import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.passwords import LONGEST, Verdict, burn, faults, hash_password, verify

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.mark.requirement("T17")
def test_a_password_is_kept_as_argon2id_with_64_mebibytes():
    hashed = hash_password("梅花香自苦寒来 2026")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert verify(hashed, "梅花香自苦寒来 2026") == Verdict(True, False)
    assert verify(hashed, "梅花香自苦寒来 2027") == Verdict(False, False)


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
