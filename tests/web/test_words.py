"""How pages speak: states, deadlines, days and what happened, in Chinese and in English."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.web.conftest import Speaking
from tests.world import NOW
from tracker.rules.actors import ROLES
from tracker.web import words
from tracker.web.words import Sign
from workflows import assignment, case, letter

BOOKS = {"case": case.CASE, "assignment": assignment.ASSIGNMENT, "letter": letter.LETTER}
TABLES = (
    "ROLES", "SOURCES", "ORIGINS", "URGENCIES", "CIRCLES", "CHANNELS", "CONTACT_KINDS", "RATINGS",
    "UNIT_KINDS", "EVENTS",
)  # fmt: skip


def at(text: str) -> datetime:
    """A moment as the office's clock shows it."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


# --- deadlines


@pytest.mark.parametrize(
    "due, chinese, english, tone",
    [
        ("2026-11-25T17:30", "剩 2 个工作日（11月25日）", "Working days left: 2 (25 Nov)", ""),
        ("2026-11-24T17:30", "剩 1 个工作日（11月24日）", "Working days left: 1 (24 Nov)", "warn"),
        ("2026-11-23T17:30", "今天 17:30 前", "By 17:30 today", "warn"),
        ("2026-11-23T08:59", "已逾期，不足 1 个工作日", "Overdue by less than 1 working day", "late"),
        ("2026-11-20T17:30", "已逾期 1 个工作日", "Working days overdue: 1", "late"),
        ("2026-11-30T17:30", "剩 5 个工作日（11月30日）", "Working days left: 5 (30 Nov)", ""),
        ("2027-01-04T17:30", "剩 29 个工作日（2027年1月4日）", "Working days left: 29 (4 Jan 2027)", ""),
    ],
)
def test_a_deadline_is_said_in_working_days(
    speaking: Speaking, due: str, chinese: str, english: str, tone: str
) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        with speaking(language):
            view = words.due(at(due), NOW)
            assert view and (view.text, view.tone) == (said, tone)


def test_a_weekend_is_not_counted_against_the_office(speaking: Speaking) -> None:
    friday, monday = at("2026-11-20T16:00"), at("2026-11-23T17:30")
    with speaking():
        view = words.due(monday, friday)
    assert view and (view.text, view.tone) == ("剩 1 个工作日（11月23日）", "warn")


def test_nothing_is_due_where_there_is_no_deadline(speaking: Speaking) -> None:
    with speaking():
        assert words.due(None, NOW) is None


@pytest.mark.parametrize(
    "due, title, sub",
    [
        ("2026-11-25T17:30", "11月25日 17:30", ""),
        ("2026-11-20T17:30", "11月20日 17:30", "11月20日 17:30"),
        ("2025-11-20T17:30", "2025年11月20日 17:30", "2025年11月20日 17:30"),
    ],
)
def test_the_exact_moment_stands_behind_the_words_and_below_them_once_it_is_past(
    speaking: Speaking, due: str, title: str, sub: str
) -> None:
    with speaking():
        view = words.due(at(due), NOW)
    assert view and (view.title, view.sub) == (title, sub)


def test_a_provisional_deadline_says_so_beside_its_moment_only(speaking: Speaking) -> None:
    due = at("2027-03-03T17:30")
    with speaking():
        view = words.due(due, NOW, provisional=True)
        assert view and view.title == "2027年3月3日 17:30（当年放假安排尚未公布，暂定）"
        assert "暂定" not in view.text
    with speaking("en"):
        view = words.due(due, NOW, provisional=True)
        assert view and view.title.startswith("3 Mar 2027 17:30 (provisional")


def test_the_last_minute_of_a_day_is_not_late_yet(speaking: Speaking) -> None:
    due = at("2026-11-23T17:30")
    with speaking():
        before, after = words.due(due, due), words.due(due, due + timedelta(seconds=1))
    assert before and before.tone == "warn"
    assert after and after.tone == "late"


# --- days and moments


@pytest.mark.parametrize(
    "when, chinese, english",
    [
        (date(2026, 11, 23), "11月23日", "23 Nov"),
        (date(2025, 11, 23), "2025年11月23日", "23 Nov 2025"),
        (date(2027, 1, 1), "2027年1月1日", "1 Jan 2027"),
        (at("2026-01-01T00:00"), "1月1日", "1 Jan"),
        (at("2025-12-31T23:59"), "2025年12月31日", "31 Dec 2025"),
        (None, "", ""),
    ],
)
def test_a_day_names_its_year_only_when_it_is_another(
    speaking: Speaking, when: Any, chinese: str, english: str
) -> None:
    with speaking("zh"):
        assert words.day(when, NOW) == chinese
    with speaking("en"):
        assert words.day(when, NOW) == english


def test_the_day_is_that_of_the_wall_in_wuxi_not_that_of_the_server(speaking: Speaking) -> None:
    # Late in the evening in Greenwich is the next morning here.
    evening = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    with speaking():
        assert words.moment(evening, NOW) == "11月23日 02:30"
        assert words.recently(evening, NOW) == "02:30"


@pytest.mark.parametrize(
    "when, chinese, english",
    [
        ("2026-11-23T00:00", "00:00", "00:00"),
        ("2026-11-23T08:05", "08:05", "08:05"),
        ("2026-11-22T23:59", "昨天", "Yesterday"),
        ("2026-11-22T00:00", "昨天", "Yesterday"),
        ("2026-11-21T23:59", "11月21日", "21 Nov"),
        ("2025-11-23T09:00", "2025年11月23日", "23 Nov 2025"),
    ],
)
def test_what_is_recent_is_said_shorter(speaking: Speaking, when: str, chinese: str, english: str) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        with speaking(language):
            assert words.recently(at(when), NOW) == said


def test_no_moment_is_no_words(speaking: Speaking) -> None:
    with speaking():
        assert (words.moment(None, NOW), words.recently(None, NOW), words.iso(None)) == ("", "", "")


@pytest.mark.parametrize(
    "when, written",
    [
        (NOW, "2026-11-23T09:00+08:00"),
        (datetime(2026, 12, 31, 16, 0, 59, tzinfo=UTC), "2027-01-01T00:00+08:00"),
        (date(2026, 11, 23), "2026-11-23"),
    ],
)
def test_programs_read_the_same_moment(when: Any, written: str) -> None:
    assert words.iso(when) == written


@pytest.mark.parametrize(
    "hour, chinese, english",
    [
        ("00:00", "夜深了", ""),
        ("05:59", "夜深了", ""),
        ("06:00", "上午好", "Good morning"),
        ("10:59", "上午好", "Good morning"),
        ("11:00", "中午好", ""),
        ("13:00", "下午好", "Good afternoon"),
        ("17:59", "下午好", "Good afternoon"),
        ("18:00", "晚上好", "Good evening"),
        ("23:59", "晚上好", "Good evening"),
    ],
)
def test_one_is_greeted_by_the_hour_of_the_office(
    speaking: Speaking, hour: str, chinese: str, english: str
) -> None:
    now = at(f"2026-11-23T{hour}")
    with speaking("zh"):
        assert words.greeting(now) == chinese
    with speaking("en"):
        assert english in words.greeting(now) and words.greeting(now) != chinese


@pytest.mark.parametrize(
    "day, line",
    [("2026-11-23", "11月23日 星期一"), ("2026-11-28", "11月28日 星期六"), ("2026-11-29", "11月29日 星期日")],
)
def test_today_is_named_with_its_weekday(speaking: Speaking, day: str, line: str) -> None:
    with speaking():
        assert words.today_line(at(f"{day}T00:30")) == line


# --- states


@pytest.mark.parametrize("kind", BOOKS)
def test_every_state_has_its_word_and_sign_in_both_languages(speaking: Speaking, kind: str) -> None:
    book = BOOKS[kind]
    with speaking("zh"):
        chinese = {name: words.sign(kind, name) for name in book.states}
    with speaking("en"):
        english = {name: words.sign(kind, name) for name in book.states}
        assert words.states(kind) == {name: sign.label for name, sign in english.items()}
    assert {name: sign.label for name, sign in chinese.items()} == {
        name: state.label for name, state in book.states.items()
    }
    for name, sign in english.items():
        assert sign.label.isascii() and sign.label
        assert (sign.tone, sign.icon) == (chinese[name].tone, chinese[name].icon)
        assert sign.icon and sign.tone in ("", "ok", "info", "warn", "late")


@pytest.mark.parametrize("kind", BOOKS)
def test_no_two_states_of_a_life_look_the_same(speaking: Speaking, kind: str) -> None:
    for language in ("zh", "en"):
        with speaking(language):
            signs = [words.sign(kind, name) for name in BOOKS[kind].states]
        assert len({sign.label for sign in signs}) == len(signs)


@pytest.mark.parametrize(
    "state, disposition, closed, label, tone",
    [
        ("raised", None, None, "已提出", "info"),
        ("coordinated", None, None, "已协调", "warn"),
        ("fed_back", None, None, "已反馈", "ok"),
        ("fed_back", None, NOW, "已结案", "ok"),
        ("raised", "merged", None, "已并案", "info"),
        ("coordinated", "withdrawn", None, "已撤回", ""),
        ("raised", "not_accepted", None, "不予受理", ""),
        ("fed_back", "not_accepted", NOW, "不予受理", ""),
        ("coordinated", "referred_out", None, "已转送", "info"),
        ("handled", "referred_out", None, "已办理", "info"),
        ("fed_back", "referred_out", None, "已反馈", "ok"),
        ("fed_back", "referred_out", NOW, "已结案", "ok"),
    ],
)
def test_a_case_shows_what_was_decided_before_how_far_it_is(
    speaking: Speaking, state: str, disposition: str | None, closed: datetime | None, label: str, tone: str
) -> None:
    with speaking():
        sign = words.case_sign(state, disposition, closed)
    assert (sign.label, sign.tone) == (label, tone)
    assert sign.icon


def test_every_disposition_has_a_sign(speaking: Speaking) -> None:
    with speaking("en"):
        signs = {name: words.case_sign("raised", name) for name in case.DISPOSITIONS}
    assert all(isinstance(sign, Sign) and sign.label.isascii() and sign.icon for sign in signs.values())


def test_the_four_steps_are_words_of_their_own(speaking: Speaking) -> None:
    with speaking():
        assert words.steps() == ["提出", "协调", "办理", "反馈"]
    with speaking("en"):
        assert words.steps() == ["Raised", "Coordinated", "Handled", "Fed back"]


# --- what happened


@pytest.mark.parametrize(
    "kind, verb, variant, said",
    [
        ("case", "coordinate", "assign", "协调交办"),
        ("case", "coordinate", "quick", "快速办理"),
        ("case", "coordinate", "refer", "转送其他渠道"),
        ("case", "coordinate", "no-such-way", "协调交办"),
        ("case", "coordinate", None, "协调交办"),
        ("case", "handle", "with_master", "随主案办结"),
        ("case", "feed_back", "declined", "确认已告知"),
        ("assignment", "decide_return", "granted", "同意退回"),
        ("assignment", "decide_return", "refused", "不同意退回"),
        ("assignment", "rework", None, "退回重办"),
        ("letter", "acknowledge", None, "登记签收"),
        ("letter", "freeze", None, "生成正式文件"),
        ("case", "raise", None, "提出"),
        ("case", "edit", None, "修改"),
        ("resident", "reveal", None, "查看群众身份"),
        ("person", "reset_password", None, "reset_password"),
    ],
)
def test_what_happened_is_told_in_a_verb(
    speaking: Speaking, kind: str, verb: str, variant: str | None, said: str
) -> None:
    with speaking():
        assert words.event(kind, verb, variant) == said


@pytest.mark.parametrize("kind", BOOKS)
def test_every_move_of_the_tables_is_told_in_english_too(speaking: Speaking, kind: str) -> None:
    with speaking("en"):
        told = [words.event(kind, move.name, move.variant) for move in BOOKS[kind].moves]
    assert all(word.isascii() and "_" not in word for word in told), told


# --- codes


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_a_word_in_both_languages(speaking: Speaking, name: str) -> None:
    table = getattr(words, name)
    with speaking("zh"):
        assert [words.say(table, code) for code in table] == list(table.values())
    with speaking("en"):
        assert all(words.say(table, code).isascii() for code in table)


def test_every_role_is_called_by_a_name(speaking: Speaking) -> None:
    assert set(words.ROLES) == set(ROLES)
    with speaking():
        assert words.role("handler") == "承办单位" and words.role("leader") == "主席"


@pytest.mark.parametrize("code, said", [("nonsense", "nonsense"), ("", ""), (None, "")])
def test_a_code_nobody_knows_is_said_as_it_is(speaking: Speaking, code: str | None, said: str) -> None:
    with speaking():
        assert words.say(words.SOURCES, code) == said


def test_choices_keep_the_order_of_the_table(speaking: Speaking) -> None:
    with speaking():
        assert words.choices(words.URGENCIES) == [("normal", "一般"), ("urgent", "紧急")]
    with speaking("en"):
        assert [code for code, _ in words.choices(words.RATINGS)] == list(words.RATINGS)


# --- long texts and large numbers


@pytest.mark.parametrize(
    "text, length, short",
    [
        ("路灯不亮", 42, "路灯不亮"),
        ("路" * 42, 42, "路" * 42),
        ("路" * 43, 42, "路" * 41 + "…"),
        ("路灯\r\n\t不亮\n", 42, "路灯 不亮"),
        ("灯" * 5000, 24, "灯" * 23 + "…"),
        ("", 42, ""),
    ],
)
def test_a_long_text_is_shortened_to_one_line(text: str, length: int, short: str) -> None:
    assert words.shortened(text, length) == short


@pytest.mark.parametrize(
    "count, cap, shown",
    [(0, 1000, "0"), (999, 1000, "999"), (1000, 1000, "1,000"), (1001, 1000, "1,000+"), (99, 99, "99"),
     (100, 99, "99+"), (12345, 20000, "12,345")],
)  # fmt: skip
def test_what_was_not_counted_further_says_so(count: int, cap: int, shown: str) -> None:
    assert words.capped(count, cap) == shown
