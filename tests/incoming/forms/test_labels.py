"""A label is found whatever is drawn around it, and an answer is not taken for one."""

import pytest

from tracker.incoming.forms import labels


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("走访日期", "visited_on"),
        ("走 访\n日 期", "visited_on"),
        ("【走访对象】", "contact"),
        ("3、走访地址", "address"),
        ("（二）走访日期", "visited_on"),
        ("走访对象反映的情况*", "reported"),
        ("“双招双引”信息", "lead"),
        ("Ｎａｍｅ", "name"),
        ("需帮助解决问题情况（可另附页）", "help_needed"),
        ("走访人员：", "visitors"),
        ("所在委员工作（联络）组", "group"),
        ("桥梁纽带作用", "bridges"),
    ],
)
def test_a_label_alone_promises_nothing_in_its_own_cell(text: str, field: str) -> None:
    label = labels.begins(text)
    assert label is not None
    assert (label.field, label.alone, label.rest) == (field, True, "")


@pytest.mark.parametrize(
    ("text", "field", "rest"),
    [
        ("走访日期：2026年7月15日", "visited_on", "2026年7月15日"),
        ("时间：下午三点", "visited_on", "下午三点"),
        ("走访对象反映的情况\n巷口积水", "reported", "巷口积水"),
        ("地址:北街12号", "address", "北街12号"),
        ("走访人员（签名）：周敏", "visitors", "周敏"),
        ("姓名\n周敏", "name", "周敏"),
        ("走访地址　北街12号", "address", "北街12号"),
    ],
)
def test_what_follows_a_label_is_its_answer(text: str, field: str, rest: str) -> None:
    label = labels.begins(text)
    assert label is not None
    assert (label.field, label.rest, label.alone) == (field, rest, False)


@pytest.mark.parametrize(
    "text",
    [
        "时间过得很快",
        "地址不详",
        "对象都是老人",
        "走访对象很热情",
        "无",
        "",
        "：",
        "1、",
        "北街12号",
        "委员很关心",
        "时间 下午三点",
        "反映问题的人很多",
    ],
)
def test_a_sentence_that_begins_like_a_label_is_none(text: str) -> None:
    assert labels.begins(text) is None


def test_the_longest_word_that_fits_is_the_label() -> None:
    found = {
        text: labels.begins(text)
        for text in ("走访对象", "走访对象地址", "走访对象人数", "走访对象反映的问题")
    }
    assert [label and label.field for label in found.values()] == [
        "contact",
        "address",
        "persons_count",
        "reported",
    ]


def test_a_short_word_is_less_sure_unless_a_colon_follows() -> None:
    surely = [labels.begins(text) for text in ("时间", "时间：", "走访时间")]
    assert [label and label.sure for label in surely] == [0.95, 1.0, 1.0]


@pytest.mark.parametrize(
    ("text", "field", "sure"),
    [
        ("走访曰期", "visited_on", 0.75),
        ("走仿地址", "address", 0.75),
        ("需要镇里统筹的事", "coordination_needed", 0.9),
        ("群众反映比较集中的情况", "reported", 0.9),
        ("希望帮助解决什么", "help_needed", 0.9),
        ("需镇里统筹的事（如有，请写明）", "coordination_needed", 0.9),
        ("需统筹协调的问题（如有，请写明）。", "coordination_needed", 0.9),
        ("报一条社情民意：巷口积水", "brief", 0.9),
    ],
)
def test_a_label_that_is_nearly_known_is_guessed_only_when_asked(text: str, field: str, sure: float) -> None:
    label = labels.begins(text, guess=True)
    assert label is not None and (label.field, label.sure) == (field, sure)
    assert labels.begins(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "无需解决",
        "暂无需要统筹的问题",
        "没有需解决的问题",
        "反映的情况属实，已解决。",
        "灯",
        "问题",
        "群众反映路灯的情况，已转告。",
        "需要马上解决；请速办",
    ],
)
def test_an_answer_is_not_guessed_to_be_a_label(text: str) -> None:
    assert labels.begins(text, guess=True) is None


def test_a_line_with_several_labels_is_cut_at_each() -> None:
    line = "走访人员：周敏；走访日期：2026.7.15  走访地址：北街12号"
    assert [(label and label.field, rest) for label, rest in labels.split(line)] == [
        ("visitors", "周敏"),
        ("visited_on", "2026.7.15"),
        ("address", "北街12号"),
    ]


def test_words_before_the_first_label_are_nobody_s() -> None:
    found = [(label and label.field, rest.strip()) for label, rest in labels.split("东亭街道 走访人员：周敏")]
    assert found == [(None, "东亭街道"), ("visitors", "周敏")]


def test_inside_a_line_a_word_without_a_colon_is_part_of_the_answer() -> None:
    line = "走访地址：北街12号 时间 另定"
    assert [rest for _, rest in labels.split(line)] == ["北街12号 时间 另定"]
    assert [(label, rest) for label, rest in labels.split("路灯不亮")] == [(None, "路灯不亮")]


@pytest.mark.parametrize(
    "text",
    ["大走访活动情况登记表", "附件1", "附 表 2", "汇总表（三）", "委员名册", "走访情况一览表"],
)
def test_a_title_is_known_by_its_end(text: str) -> None:
    assert labels.TITLE.search(labels.squeeze(text))


def test_no_word_stands_for_two_fields() -> None:
    said = [word for words in labels.LABELS.values() for word in words]
    assert len(said) == len(set(said)) == len(labels.WORDS)
    assert all(word == labels.squeeze(word) for word in said)
