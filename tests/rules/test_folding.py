import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.folding import (
    MAX_TERMS,
    align,
    fold,
    fts5_query,
    highlight,
    matches,
    pairs,
    phrases,
    runs,
    terms,
    tsquery_terms,
)

TEXTS = st.text(st.sampled_from("住房电梯小区充桩改造路灯坏老旧市 ,，。A1a0b2-_\"'*\n"), max_size=30)


def found(text: str, question: str) -> bool:
    """What a real full-text table answers."""
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE idx USING fts5(tokens, tokenize='unicode61')")
        db.execute("INSERT INTO idx VALUES (?)", (" ".join(pairs(text)),))
        return bool(db.execute("SELECT 1 FROM idx WHERE idx MATCH ?", (fts5_query(question),)).fetchall())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＸＳ－２０２６", "xs-2026"),
        ("無錫巿老舊社區", "无锡市老旧社区"),
        ("夲社區⺠警", "本社区民警"),
        ("Café ①", "cafe 1"),
        ("小\u200b区", "小区"),
        ("А1", "a1"),
    ],
)
def test_folding_levels_width_case_form_and_look_alikes(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_aligned_folding_keeps_every_position(text):
    assert len(align(text)) == len(text)


def test_a_text_is_cut_into_pairs_with_each_runs_last_character():
    assert pairs("老旧小区，A栋3单元") == ["老旧", "旧小", "小区", "区", "a", "栋", "3", "单元", "元"]


@pytest.mark.parametrize(
    "question",
    [
        "住房",
        "房",
        "改造",
        "住房 电梯",
        "老旧小区改造",
        "老舊小區",
        "住",
        "ＸＳ-2026-000123",
        "000123",
        "123",
        "xs-2026-000123",
        "3栋",
        "3栋住房",
        "电梯",
        '"电梯"',
        "住房*",
    ],
)
def test_a_question_finds_its_text_in_both_databases(question):
    text = "XS-2026-000123 老旧小区改造：3栋住房没有电梯"
    assert found(text, question)
    assert matches(fold(text), question)


@pytest.mark.parametrize(
    "question", ["房住", "电住", "00123", "12", "住梯", "住房 路灯", "区3", "xs-2026-000124"]
)
def test_a_question_about_something_else_finds_nothing(question):
    text = "XS-2026-000123 老旧小区改造：3栋住房没有电梯"
    assert not found(text, question)
    assert not matches(fold(text), question)


@given(TEXTS, TEXTS)
def test_the_recheck_agrees_with_sqlite_whatever_is_typed(text, question):
    if fts5_query(question) is not None:
        assert found(text, question) == matches(fold(text), question)


@given(st.text(st.sampled_from("住房电梯小区充桩"), min_size=3), st.data())
def test_every_part_of_a_chinese_sentence_is_found(sentence, data):
    start = data.draw(st.integers(0, len(sentence) - 1))
    part = sentence[start : data.draw(st.integers(start + 1, len(sentence)))]
    assert matches(sentence, part)


@pytest.mark.parametrize("question", ["", "   ", "*", '"', "--", "，。"])
def test_a_question_without_words_is_no_question(question):
    assert fts5_query(question) is None
    assert tsquery_terms(question) == []
    assert not matches("住房", question)
    assert highlight("住房", question) == [("住房", False)]


def test_postgresql_lexemes_are_quoted_and_a_single_character_is_a_beginning():
    assert tsquery_terms("住房改造 房") == ["'住房'", "'房改'", "'改造'", "'房':*"]


@pytest.mark.parametrize(
    ("text", "question", "pieces"),
    [
        ("老舊小區改造", "旧小区", [("老", False), ("舊小區", True), ("改造", False)]),
        ("ＸＳ－2026－000123号", "XS-2026-000123", [("ＸＳ－2026－000123", True), ("号", False)]),
        ("案件000123和51234", "123", [("案件", False), ("000123", True), ("和51234", False)]),
        ("电梯坏，住房漏", "住房 电梯", [("电梯", True), ("坏，", False), ("住房", True), ("漏", False)]),
        ("", "住房", []),
    ],
)
def test_highlighting_marks_the_original_text(text, question, pieces):
    assert highlight(text, question) == pieces


@given(TEXTS, TEXTS)
def test_highlighted_pieces_are_the_text_again(text, question):
    assert "".join(piece for piece, _ in highlight(text, question)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("老旧小区", [("老旧", "旧小"), ("旧小", "小区"), ("小区", "区")]),
        ("区", [("区",)]),
        ("a1", [("a1",)]),
        ("3栋老旧 a", [("栋老", "老旧"), ("老旧", "旧"), ("3",), ("a",)]),
        ("", []),
    ],
)
def test_pairs_that_overlap_are_told_as_runs(text, found):
    assert phrases(pairs(text)) == found


def test_neighbours_that_do_not_overlap_are_no_run():
    """Two sentences beside each other are not one."""
    assert phrases(["路灯", "灯", "老旧", "旧"]) == [("路灯", "灯"), ("老旧", "旧")]


def test_a_questions_runs_are_folded_and_unbroken():
    assert runs("老舊小區，Ａ栋３") == ["老旧小区", "a", "栋", "3"]
    assert runs("——，。") == []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("000123", ["000123", "123"]),
        ("0", ["0"]),
        ("000", ["000"]),
        ("0a1", ["0a1"]),
        ("120", ["120"]),
        ("０１０", ["010", "10"]),
    ],
)
def test_a_number_is_kept_with_and_without_its_leading_noughts(text, tokens):
    assert pairs(text) == tokens


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        ("A栋和AB栋", "a", ["A", "A"]),
        ("3栋和13栋、03栋", "3", ["3", "03"]),
        ("abc ab", "ab", ["ab"]),
        ("改造改", "改", ["改", "改"]),
        ("XS-2026", "xs2026", []),
        ("Café 门口", "cafe", ["Café"]),
        ("充电 桩不足", "充电桩", []),
    ],
)
def test_what_is_marked_is_what_was_found(text, question, marked):
    assert [piece for piece, hit in highlight(text, question) if hit] == marked


def test_sixteen_terms_are_asked_and_the_rest_is_left_out():
    words = [f"w{number}" for number in range(MAX_TERMS + 1)]
    assert len(terms(" ".join(words))) == MAX_TERMS == len(tsquery_terms(" ".join(words)))
    text = " ".join(words[:-1])
    assert matches(text, " ".join(words)) and not matches(text, words[-1])
    assert [piece for piece, hit in highlight(" ".join(words), " ".join(words)) if hit] == words[:-1]


@pytest.mark.parametrize(
    ("question", "prefix"),
    [("房", True), ("住房", False), ("a", True), ("ab", False), ("3", False), ("3栋", True)],
)
def test_only_a_single_character_is_a_beginning(question, prefix):
    """A single digit is a whole number: house 3 is not house 31."""
    assert [term.prefix for term in terms(question)] == [prefix]


@pytest.mark.parametrize(
    ("text", "aligned"), [("①㍿", "1㍿"), ("é", "e"), ("ﬁ", "ﬁ"), ("\u200b", "\u200b"), ("Ａ１－", "a1-")]
)
def test_what_folds_to_more_or_less_than_one_keeps_its_place(text, aligned):
    assert align(text) == aligned
