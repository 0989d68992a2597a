"""What is found by words, the same on both databases, and what is never found by anybody."""

from collections.abc import Iterator

import pytest

from tests.queries.conftest import Filled
from tests.world import NOW, REPLY, World
from tracker.actions import index
from tracker.extensions import db
from tracker.models import Case, SearchText
from tracker.queries import cases, scope, search
from tracker.queries.cases import CaseFilter
from tracker.rules import folding

LIFT = "老旧小区加装电梯进度太慢"
OTHER_LIFT = "老旧小区加装电梯无人牵头"
CHARGE = "Café门口USB-C充電樁50%是坏的"
WATER = "河水发臭"
QUESTIONS = (
    "电梯",
    "小区加装",
    "加装小区",
    "电梯 老旧",
    "电梯 河水",
    "梯",
    "充电桩",
    "充電樁",
    "ＵＳＢ",
    "usb-c",
    "us",
    "u",
    "cafe",
    "caf",
    "50%",
    "5",
    "_",
    "%",
    "'",
    '"',
    "*",
    "\\",
    "a' OR 1=1 --",
    "电梯*",
    "电梯 OR 河水",
    "NOT 电梯",
    "电梯|河水",
    "committee1x",
    "committee",
    "进度太慢。",
    "一" * 40,
    " ".join(["电梯"] * 30),
)


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["lift"] = world.raised(summary=LIFT, narrative="三号楼二十户已经同意，街道一直没有回复。")
    known["charge"] = world.raised(summary=CHARGE, narrative="冬天充不进电。", by="member2")
    known["water"] = world.raised(summary=WATER, narrative="夏天窗户都不能开。")
    known["other_lift"] = world.raised(summary=OTHER_LIFT, narrative="六楼老人下不了楼。", by="clerk")
    known["replied"] = world.replied(summary="路口没有红绿灯", narrative="学生过马路危险。")
    known["letter"] = world.handled(summary="公交站没有座椅", narrative="等车的老人没处坐。")
    world.letter(known["letter"], "issued")
    known["secret"] = world.raised(is_accusation=True, summary="电梯招标有人收钱", narrative="电梯招标。")
    known["turned"] = world.raised(summary="电梯维保资金去向不明", narrative="电梯维保。")
    world.edited(known["turned"], is_accusation=True)
    known["foreign"] = world.raised(by="dt-member", summary=LIFT, narrative="电梯。")
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _found(filled: Filled, words: str, who: str = "director") -> list[str]:
    page = cases.page(filled.world.actor(who), CaseFilter(q=words), limit=50, after=None, now=NOW)
    return filled.names(row.reference for row in page.items)


@pytest.mark.parametrize("words", QUESTIONS, ids=range(len(QUESTIONS)))
def test_the_database_finds_what_the_rule_finds(words: str, reading: Filled) -> None:
    texts = db.session.query(Case.reference, SearchText.folded).join(
        SearchText, SearchText.case_id == Case.id
    )
    mine = texts.filter(Case.committee_id == reading.world.actor("clerk").committee_id)
    expected = {reference for reference, folded in mine if folding.matches(folded, words)}
    assert set(_found(reading, words)) == set(reading.names(expected))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("电梯", ["other_lift", "lift"]),
        ("老旧小区", ["other_lift", "lift"]),
        ("小区老旧", []),
        ("太慢 老旧", ["lift"]),
        ("电梯 河水", []),
        ("充電樁", ["charge"]),
        ("充电桩", ["charge"]),
        ("ｃａｆé", ["charge"]),
        ("二十户", ["lift"]),
        ("窗户都", ["water"]),
        ("更换电缆", ["letter", "replied"]),
        ("锡政协办函〔2026〕1号", ["letter"]),
        ("XS-2026-000003", ["water"]),
        ("3", ["water"]),
        ("欧阳桂兰", []),
        ("13912342186", []),
        ("云林苑12号楼", []),
    ],
)
@pytest.mark.requirement("T01")
def test_words_lead_to_the_case_they_stand_in_and_no_name_leads_anywhere(
    words: str, expected: list[str], reading: Filled
) -> None:
    assert _found(reading, words) == expected


@pytest.mark.parametrize("words", ["", "   ", "。，！", "%_*", "\u200b"])
def test_nothing_that_can_be_looked_for_finds_nothing(words: str, reading: Filled) -> None:
    if words == "":
        # An empty field is no question at all: the plain list.
        assert len(_found(reading, words)) == 8
        return
    assert _found(reading, words) == []


@pytest.mark.requirement("T06")
@pytest.mark.parametrize("who", ["director", "clerk", "member", "leader", "auditor"])
def test_an_accusation_is_never_found_not_even_by_who_may_read_it(who: str, reading: Filled) -> None:
    assert not {"secret", "turned"} & {*_found(reading, "电梯", who), *_found(reading, "招标", who)}
    assert _found(reading, "维保", who) == []


@pytest.mark.requirement("T06")
def test_the_words_of_an_accusation_are_not_even_stored(reading: Filled) -> None:
    stored = "\n".join(row.folded for row in db.session.query(SearchText))
    assert "招标" not in stored and "维保" not in stored


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("dt-director", ["foreign"]),
        ("member", ["lift"]),
        ("member2", []),
        ("secretary", ["lift"]),
        ("auditor", ["other_lift", "lift"]),
        ("dept", []),
        ("admin", []),
    ],
)
def test_everybody_finds_among_what_they_may_read(who: str, expected: list[str], reading: Filled) -> None:
    assert _found(reading, "电梯", who) == expected


# --- cases like this one
def _similar(
    filled: Filled, summary: str, who: str = "clerk", without: str = "", limit: int = 5
) -> list[str]:
    actor = filled.world.actor(who)
    known = filled.world.case(filled.known[without]).id if without else None
    found = search.similar(actor, scope.cases(actor), summary, without=known, limit=limit)
    return filled.names(case.reference for case in found)


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (LIFT, ["lift", "other_lift"]),
        (OTHER_LIFT, ["other_lift", "lift"]),
        ("老舊小區加裝電梯", ["other_lift", "lift"]),
        ("河水发臭没人管", ["water"]),
        ("完全不同的事情", []),
        ("河", []),
        ("", []),
        ("!!!", []),
        ("电梯", []),
    ],
)
def test_the_most_alike_stands_first(summary: str, expected: list[str], reading: Filled) -> None:
    assert _similar(reading, summary) == expected


def test_a_case_is_not_similar_to_itself(reading: Filled) -> None:
    assert _similar(reading, LIFT, without="lift") == ["other_lift"]


def test_only_as_many_as_were_asked_for(reading: Filled) -> None:
    assert _similar(reading, LIFT, limit=1) == ["lift"]


@pytest.mark.parametrize(
    ("who", "expected"), [("member", ["lift"]), ("member2", []), ("dt-clerk", ["foreign"])]
)
def test_nobody_learns_of_a_similar_case_they_may_not_read(
    who: str, expected: list[str], reading: Filled
) -> None:
    assert _similar(reading, LIFT, who) == expected


@pytest.mark.requirement("T06")
def test_an_accusation_is_similar_to_nothing(reading: Filled) -> None:
    assert _similar(reading, "电梯招标有人收钱", "director") == []


# --- the words around a hit
@pytest.mark.parametrize(("who", "told"), [("clerk", True), ("member2", False), ("auditor", False)])
def test_stories_come_to_whoever_may_read_them(who: str, told: bool, reading: Filled) -> None:
    actor = reading.world.actor(who)
    reference = reading.known["lift"]
    found = search.stories(actor, scope.cases(actor, "read_story"), [reference])
    assert found == ({reference: "三号楼二十户已经同意，街道一直没有回复。"} if told else {})


# --- as cases change
def test_the_index_follows_what_is_corrected(either: World) -> None:
    reference = either.raised(summary="路灯不亮")
    either.edited(reference, summary="下水道堵了")
    filled = Filled(either, {"it": reference})
    with either.reading():
        assert (_found(filled, "下水道"), _found(filled, "路灯不亮")) == (["it"], [])


def test_a_case_is_found_by_its_departments_answer(either: World) -> None:
    coordinated = either.coordinated()
    filled = Filled(either, {"it": coordinated})
    with either.reading():
        assert _found(filled, "电缆老化") == []
    either.move_share(
        either.shares(coordinated)[0], "reply", result_class="A", text=REPLY, contact_record="on_site"
    )
    with either.reading():
        assert _found(filled, "电缆老化") == ["it"]


def test_what_turns_out_to_be_no_accusation_is_found_again(either: World) -> None:
    reference = either.raised(summary="电梯招标有人收钱", is_accusation=True)
    filled = Filled(either, {"it": reference})
    either.edited(reference, by="director", is_accusation=False)
    with either.reading():
        assert _found(filled, "招标") == ["it"]


@pytest.mark.requirement("T06")
def test_words_left_behind_in_the_index_lead_to_no_accusation(either: World) -> None:
    reference = either.raised(summary="电梯招标有人收钱", is_accusation=True)
    filled = Filled(either, {"it": reference})
    with either.writing():
        case = either.case(reference)
        index.store(case.id, case.committee_id, case.summary)
        assert (_found(filled, "招标"), _similar(filled, case.summary, "director")) == ([], [])
