"""The resident's own name in the story, whole or as neighbours say it."""

import pytest

from tracker.rules.detect_names import find_names


def found(text: str, *own: str) -> list[str]:
    return [text[span.start : span.end] for span in find_names(text, own)]


@pytest.mark.parametrize(
    "told",
    ["欧阳桂兰", "欧阳 桂 兰", "欧阳·桂兰", "欧阳阿姨", "老欧阳", "桂兰", "桂兰阿姨", "欧阳女士", "欧阳老师"],
)
def test_a_compound_surname_is_known_in_every_way_of_saying(told: str) -> None:
    assert found(f"昨天{told}来过", "欧阳桂兰") == [told]


@pytest.mark.parametrize(
    "told", ["张伟", "小张", "老张", "阿张", "张先生", "张某", "张某某", "张家", "阿伟说"]
)
def test_a_short_name_is_known_as_well(told: str) -> None:
    assert [hit for hit in found(f"听{told}，灯不亮", "张伟") if hit in told]


@pytest.mark.parametrize(
    "text", ["伟大的工程", "雄伟的大桥", "小区张贴了通知", "纸张不够", "夸张的价格", "开张"]
)
def test_everyday_words_with_the_same_characters_stay(text: str) -> None:
    assert found(text, "张伟") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("路遥", "小路不平"),
        ("区建国", "小区没有门禁"),
        ("师文", "老师很负责"),
        ("方建设", "老方法不好，大家建设新村"),
        ("江平安", "祝一路平安"),
    ],
)
def test_a_surname_that_makes_everyday_words_is_not_looked_for_alone(name: str, text: str) -> None:
    assert found(text, name) == []


def test_a_given_name_that_is_an_everyday_word_needs_a_title() -> None:
    assert found("建设大叔来了", "方建设") == ["建设大叔"]


@pytest.mark.parametrize("text", ["小李区", "老李路", "小李学校"])
def test_a_place_called_after_somebody_keeps_its_name(text: str) -> None:
    assert found(text, "李秀英") == []


@pytest.mark.parametrize("text", ["秀英路坑洼", "秀英街12号"])
def test_a_street_with_the_given_name_keeps_it(text: str) -> None:
    assert found(text, "李秀英") == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("John Smith", "John Smith"),
        ("John Smith", "JohnSmith"),
        ("John Smith", "Smith"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽·买买提", "阿依古丽"),
    ],
)
def test_names_of_several_parts_are_found_whole_and_in_parts(name: str, told: str) -> None:
    assert found(f"见{told}。", name) == [told]


def test_a_latin_name_inside_another_word_is_none() -> None:
    assert found("Smithsonian", "John Smith") == []


@pytest.mark.parametrize("name", ["", " ", "张", "A"])
def test_a_name_of_one_character_says_nothing(name: str) -> None:
    assert found("张三和张四，A座", name) == []


def test_a_name_with_signs_of_patterns_does_no_harm() -> None:
    assert found("李.*英和李秀英", "李.*英") == ["李.*英"]


def test_several_names_of_one_record_are_all_found() -> None:
    assert found("李秀英和王建国都来了", "李秀英", "王建国") == ["李秀英", "王建国"]
