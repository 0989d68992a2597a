"""Raw answers become fields: what is missing, what is blank, and how sure one may be of each."""

from datetime import date

import pytest

from tracker.incoming.forms import building
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.result import Form
from tracker.incoming.forms.scanning import Found

OCCASION = Occasion(date(2026, 11, 22), year=2026)
FULL = {
    "visitors": "周敏、吴国栋",
    "group": "东亭街道工委会",
    "contact": "顾 阿 婆",
    "address": "北街12号",
    "visited_on": "2026年7月15日",
    "reported": "巷口积水",
    "help_needed": "1、疏通下水道；2、修路灯",
    "coordination_needed": "无",
}


def form(kind: str, sure: float = 1.0, **answers: str) -> Form:
    return building.form(
        kind, {name: Found(name, text, sure) for name, text in answers.items()}, OCCASION, "3"
    )


def doubts(read: Form) -> dict[str, str]:
    return {problem.field: str(problem) for problem in read.problems}


def test_a_full_form_leaves_no_doubt() -> None:
    read = form("annex1", **FULL)
    assert read.fields == {
        "visitors": ["周敏", "吴国栋"],
        "group": "东亭街道工委会",
        "contact": "顾阿婆",
        "address": "北街12号",
        "visited_on": "2026-07-15",
        "reported": "巷口积水",
        "help_needed": ["疏通下水道", "修路灯"],
        "coordination_needed": [],
    }
    assert doubts(read) == {} and min(read.confidence.values()) >= 0.9
    assert read.place == "3"


@pytest.mark.parametrize(
    ("field", "value", "sure"),
    [("visitors", [], 0.3), ("contact", "", 0.1), ("visited_on", None, 0.1), ("help_needed", [], 0.3)],
)
def test_a_field_the_form_does_not_have_is_asked_for(field: str, value: object, sure: float) -> None:
    read = form("annex1", **{name: text for name, text in FULL.items() if name != field})
    assert (read.fields[field], read.confidence[field]) == (value, sure)
    assert doubts(read) == {field: "没有找到这一项，请补填"}


@pytest.mark.parametrize(
    ("field", "sure", "doubted"),
    [
        ("contact", 0.5, True),
        ("group", 0.5, True),
        ("visitors", 0.2, True),
        ("visited_on", 0.2, True),
        ("reported", 0.2, True),
        ("help_needed", 0.95, False),
    ],
)
def test_a_blank_answer_weighs_by_what_can_be_stored_without_it(
    field: str, sure: float, *, doubted: bool
) -> None:
    read = form("annex1", **(FULL | {field: "  "}))
    assert read.confidence[field] == sure
    assert doubts(read) == ({field: "这一项没有填，请补填"} if doubted else {})


@pytest.mark.parametrize("field", ["circle", "persons_count", "drive"])
def test_what_is_given_only_when_asked_for_is_left_out_otherwise(field: str) -> None:
    assert field not in form("annex1", **FULL).fields
    blank = form("annex1", **FULL, **{field: ""})
    assert blank.fields[field] in ("", None) and field not in doubts(blank)


@pytest.mark.parametrize(
    ("field", "text", "value", "doubt"),
    [
        ("circle", "生活圈", "living", None),
        ("circle", "亲友", None, "看不出是哪个圈子，请选一个"),
        ("persons_count", "约五六人", None, "看不出数字，请核对"),
        ("persons_count", "6人", 6, None),
        ("visitors", "街道全体委员和工作人员", ["街道全体委员和工作人员"], "人名写得不常见，请核对"),
        ("address", "长" * 61, "长" * 61, "比平常长得多，请核对有没有读到别的内容里去"),
        ("address", "长" * 60, "长" * 60, None),
        ("contact", "无", "", None),
        ("contact", "张三（李家村）", "张三（李家村）", None),
        ("reported", "无", "", "这一项没有填，请补填"),
    ],
)
def test_an_answer_is_doubted_where_a_person_should_look(
    field: str, text: str, value: object, doubt: str | None
) -> None:
    read = form("annex1", **(FULL | {field: text}))
    assert doubts(read).get(field) == doubt
    assert read.fields[field] == value


def test_matters_with_a_long_preface_are_doubted() -> None:
    text = "近年来村里人多地少，年轻人都在外面打工，留下的多是老人。1、修路灯；2、清河道"
    read = form("annex1", **(FULL | {"help_needed": text}))
    assert doubts(read) == {"help_needed": "条目分得不一定对，请核对"}
    assert len(read.fields["help_needed"]) == 3


def test_an_answer_is_never_surer_than_the_label_it_stands_beside() -> None:
    assert set(form("annex1", 0.4, **FULL).confidence.values()) == {0.4}


def test_a_visitor_may_stand_under_the_word_name_and_a_blank_one_gives_way() -> None:
    assert form("register", name="周敏", visited_on="7.15").fields["visitors"] == ["周敏"]
    assert form("register", visitors=" ", name="周敏").fields["visitors"] == ["周敏"]
    assert form("register", visitors="吴国栋", name="周敏").fields["visitors"] == ["吴国栋"]
    assert form("annex2", name="", visitors="周敏").fields["member"] == "周敏"


def test_results_are_of_one_member() -> None:
    assert form("annex2", name="周敏、吴国栋").confidence["member"] == 0.4
    assert form("annex2", name="周敏", brief="无").fields["brief"] == ""


def test_beside_a_group_the_word_unit_is_where_somebody_works() -> None:
    assert form("roster", name="周敏", group="教育组", unit="实验小学").fields["unit"] == "教育组"
    assert form("roster", name="周敏", unit="实验小学").fields["unit"] == "实验小学"
    assert form("roster", name="周敏", unit="实验小学", bridges="无").fields["bridges"] == "无"


@pytest.mark.parametrize(
    ("answers", "blank"),
    [
        ({}, True),
        ({"visitors": " ", "reported": "\n"}, True),
        ({"visitors": "周敏"}, False),
        ({"other": "制表人：周敏"}, True),
        ({"help_needed": "无"}, False),
    ],
)
def test_a_form_nobody_filled_in_is_blank(answers: dict[str, str], *, blank: bool) -> None:
    found = {name: Found(name, text, 1.0) for name, text in answers.items()}
    assert building.is_blank("annex1", found) is blank


@pytest.mark.requirement("S2-45")
def test_a_sum_that_is_none_is_told_with_both_figures() -> None:
    row = form("annex3", group="教育组", participants="9", sector="3", living="4", friends="5", lead="1")
    other = form("annex3", group="工商组", participants="8", sector="2", living="", friends="1")
    right = form("annex3", group="", participants="17", sector="5", living="4", friends="6", lead="1")
    wrong = form("annex3", group="", participants="18", sector="5", living="4", friends="7")
    assert [fault.field for fault in building.sums([row, other], right)] == []
    faults = list(building.sums(iter([row, other]), wrong))
    assert [(fault.field, fault.params) for fault in faults] == [
        ("participants", {"told": 18, "added": 17}),
        ("friends", {"told": 7, "added": 6}),
    ]
