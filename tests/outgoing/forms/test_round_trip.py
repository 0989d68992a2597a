"""What we write we can read back, field by field and without a doubt."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.outgoing.forms.examples import BLANK, FILLED, FILLED_1, FILLED_2, FILLED_3
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reading import read
from tracker.outgoing.forms.annexes import Annex, Annex1, Annex2, Annex3, Annex3Row
from tracker.outgoing.forms.excel import xlsx
from tracker.outgoing.forms.word import docx

OCCASION = Occasion(date(2026, 11, 22), starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 22))
WRITERS = {"a.docx": docx, "a.xlsx": xlsx}
SURE = 0.9
DAY = date(2026, 7, 5)

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "玥珺湉堃喆明建国秀英文静"
PIECES = [
    "小区北门夜间没有路灯",
    "雨后积水两天不退，孩子上学要绕行",
    "3号楼电梯常停，住户多是老人",
    "幼儿园门口每天7:30堵车",
    "希望增设公交站（靠近菜场）",
    "“夜市”油烟扰民",
    "河道A段水质发黑<臭>&有垃圾",
    "𠮷祥里的门牌看不清",
]
name = st.builds(
    lambda first, rest: first + rest, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)
)
sentence = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(
    lambda pieces: "；".join(pieces) + "。"
)
told = st.lists(sentence, min_size=1, max_size=4).map("\n".join)
group = st.sampled_from(["城东镇委员联络组", "市直机关第一委员工作组", "界别三组"])
visits = st.builds(
    Annex1,
    title=st.just(FILLED_1.title),
    visitors=st.lists(name, min_size=1, max_size=6, unique=True).map(tuple),
    group=group,
    contact=name,
    address=st.sampled_from(["香樟苑小区12幢3单元501室", "城东镇红星村六组", "人民路8号A座"]),
    visited_on=st.dates(date(2026, 1, 1), date(2026, 11, 22)),
    reported=told,
    help_needed=st.lists(sentence, max_size=5, unique=True).map(tuple),
    coordination_needed=st.lists(sentence, max_size=3, unique=True).map(tuple),
)
results = st.builds(
    Annex2, title=st.just(FILLED_2.title), member=name, group=group, suggestion=told, brief=told, lead=told
)
counts = st.integers(0, 9999)
rows = st.builds(Annex3Row, st.just(""), *[counts] * 7)
summaries = st.lists(rows, min_size=1, max_size=12).map(
    lambda made: replace(
        FILLED_3, rows=tuple(replace(row, group=f"第{number}联络组") for number, row in enumerate(made, 1))
    )
)


def written(annex: Annex) -> list[dict[str, Any]]:
    """What a reader should find of it."""
    if isinstance(annex, Annex3):
        return [asdict(row) for row in annex.rows]
    fields = {field: value for field, value in asdict(annex).items() if field != "title"}
    return [{field: _plain(value) for field, value in fields.items()}]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def read_back(file: str, *annexes: Annex) -> dict[str, list[dict[str, Any]]]:
    found = read(file, WRITERS[file](annexes), OCCASION)
    assert [str(problem) for one in found for form in one.forms for problem in form.problems] == []
    assert all(sure >= SURE for one in found for form in one.forms for sure in form.confidence.values())
    return {one.kind: [dict(form.fields) for form in one.forms] for one in found}


@pytest.mark.parametrize("file", WRITERS)
def test_three_annexes_in_one_file_come_back(file: str) -> None:
    assert read_back(file, *FILLED) == {
        "annex1": written(FILLED_1),
        "annex2": written(FILLED_2),
        "annex3": written(FILLED_3),
    }


@pytest.mark.parametrize("file", WRITERS)
def test_many_visits_in_one_file_come_back_in_their_order(file: str) -> None:
    visits = [replace(FILLED_1, contact=f"赵{character}") for character in GIVEN]
    assert read_back(file, *visits) == {"annex1": [form for visit in visits for form in written(visit)]}


@pytest.mark.parametrize("file", WRITERS)
@pytest.mark.parametrize("annex", BLANK)
def test_a_blank_form_is_known_as_blank(file: str, annex: Annex) -> None:
    (found,) = read(file, WRITERS[file]([annex]), OCCASION)
    assert found.forms == ()
    assert [str(problem) for problem in found.problems] == ["表是空白的，没有填写任何内容"]


@pytest.mark.parametrize("file", WRITERS)
def test_blank_forms_between_filled_ones_are_passed_over(file: str) -> None:
    assert read_back(file, *BLANK, *FILLED, *BLANK) == read_back(file, *FILLED)


@pytest.mark.parametrize("file", WRITERS)
def test_hundreds_of_nearly_empty_forms_are_not_taken_for_a_bomb(file: str) -> None:
    sparse = [
        Annex1(FILLED_1.title, ("李明",), "界别三组", f"王{n}", "村部", DAY, "路灯不亮") for n in range(1000)
    ]
    found = read(file, WRITERS[file](sparse), OCCASION)
    assert [(one.kind, len(one.forms)) for one in found] == [("annex1", 1000)]


@pytest.mark.parametrize("file", WRITERS)
def test_a_text_over_several_pages_comes_back_whole(file: str) -> None:
    long = replace(FILLED_1, reported="\n".join(PIECES * 40))
    assert read_back(file, long) == {"annex1": written(long)}


@pytest.mark.parametrize("file", WRITERS)
@settings(max_examples=40, deadline=None)
@given(annex=st.one_of(visits, results, summaries))
def test_whatever_is_filled_in_comes_back(file: str, annex: Annex) -> None:
    kind = {Annex1: "annex1", Annex2: "annex2", Annex3: "annex3"}[type(annex)]
    assert read_back(file, annex) == {kind: written(annex)}


@pytest.mark.requirement("S2-20")
@pytest.mark.parametrize("file", WRITERS)
def test_notes_below_annex_3_are_no_group(file: str) -> None:
    note = "注：香樟镇委员联络组“生活圈人数”统计为40，更正为41。原因：一户两人，漏记一人；=1+1"
    noted = replace(FILLED_3, notes=(note, note.replace("生活圈", "朋友圈")))
    assert read_back(file, noted) == {"annex3": written(FILLED_3)}
