import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.folding import align, fold, fts5_query, highlight, matches, pairs, tsquery_terms

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
