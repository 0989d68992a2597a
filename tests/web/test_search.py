"""Searching: a number jumps, words are found in what one may see, hits are marked."""

import re

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.web import search


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "ＸＳ－2026－000001"])
def test_a_number_leads_straight_to_the_case(typed: str, huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised()
    asked = typed.format(reference, lower=reference.lower())
    answer = visit("clerk").get("/search", query_string={"q": asked})
    assert (answer.status_code, answer.location) == (302, f"/cases/{reference}")


def test_a_department_is_led_to_its_own_share(huiyin: World, visit: Visit) -> None:
    reference = huiyin.coordinated()
    answer = visit("dept").get("/search", query_string={"q": reference})
    assert answer.location == f"/assignments/{huiyin.shares(reference)[0]}"
    assert visit("dept2").get("/search", query_string={"q": reference}).status_code == 200


@pytest.mark.parametrize("who", ["member2", "dt-clerk", "admin"])
def test_a_number_one_may_not_know_leads_nowhere(who: str, huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised()
    answer = visit(who).get("/search", query_string={"q": reference})
    assert answer.status_code == 200
    assert "没有找到" in answer.text


def test_a_letters_number_leads_to_the_letter(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.letter(huiyin.handled(), "issued")
    for typed in ("锡政协办函〔2026〕1号", "锡政协办函[2026]1号"):
        answer = visit("clerk").get("/search", query_string={"q": typed})
        assert answer.location == f"/letters/{public_id}"


def test_words_are_marked_where_they_stand(huiyin: World, visit: Visit) -> None:
    huiyin.raised(narrative="北门三盏路灯从十月中旬起不亮，晚上老人散步看不清<b>台阶</b>。")
    text = visit("clerk").get("/search?q=台阶").text
    assert '<mark class="hit">台阶</mark>' in text
    assert "&lt;b&gt;" in text
    assert "共 1 件" in text


def test_the_newest_stands_first(huiyin: World, visit: Visit) -> None:
    references = [huiyin.raised(summary=f"路灯第{n}次不亮") for n in range(3)]
    text = visit("clerk").get("/search?q=路灯").text
    assert re.findall(r'<td class="ref num">([^<]+)</td>', text) == references[::-1]


def test_accusations_and_foreign_cases_are_never_found(huiyin: World, visit: Visit) -> None:
    huiyin.raised(is_accusation=True, summary="某某收受好处一事")
    huiyin.raised(by="member2", summary="别人的路灯")
    for who in ("clerk", "director", "leader"):
        assert "一事" not in visit(who).get("/search?q=收受好处").text
    assert "别人的路灯" not in visit("member").get("/search?q=路灯").text
    assert "别人的路灯" not in visit("dt-clerk").get("/search?q=路灯").text


def test_who_may_not_read_the_story_gets_no_words_of_it(huiyin: World, visit: Visit) -> None:
    huiyin.raised(narrative="只在原文里出现的词：青石板。希望尽快修好，谢谢。")
    assert "青石板。希望" not in visit("auditor").get("/search?q=青石板").text
    assert "青石板" in visit("leader").get("/search?q=青石板").text


@pytest.mark.parametrize(
    "q", ["", "   ", "%", "'", '"', "*", "AND", "<script>alert(1)</script>", "路" * 300, "\x1b"]
)
def test_whatever_is_typed_there_is_a_page(q: str, huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    answer = visit("clerk").get("/search", query_string={"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def found(text: str) -> list[str]:
    return re.findall(r'<td class="ref num">([^<]+)</td>', text)


@pytest.mark.parametrize(
    "words, number",
    [
        ("路灯", 1),
        ("路灯 台阶", 1),
        ("台阶 路灯", 1),
        ("路灯\u3000台阶", 1),
        ("路燈", 1),
        ("路灯 桥", 0),
        ("欧阳桂兰", 0),
        ("13912342186", 0),
        ("云林苑12号楼", 0),
    ],
)
@pytest.mark.requirement("T08")
def test_words_find_the_story_and_never_the_person(
    words: str, number: int, huiyin: World, visit: Visit
) -> None:
    huiyin.raised()
    text = visit("clerk").get("/search", query_string={"q": words}).text
    assert len(found(text)) == number


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "q",
    ["'", '"', "\\", "%_", "路灯' OR 1=1 --", "路&灯|!", "<->", ":*", "a:b*", "(", "NOT", "𠮷", "\u202e路",
     "XS-2026-", "XS-2026-" + "9" * 40, "〔2026〕", "锡政协办函〔2026〕0号", "—", "路" * 100, "路 灯 " * 40],
)  # fmt: skip
def test_no_question_makes_either_database_fail(q: str, either: World) -> None:
    either.raised()
    for who in ("clerk", "dept"):
        answer = Browser(either.app, who).get("/search", query_string={"q": q})
        assert answer.status_code in (200, 302)


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("path", ["/search", "/cases", "/cases/similar"])
def test_what_no_keyboard_types_is_answered_by_both_databases(path: str, either: World) -> None:
    either.raised()
    browser = Browser(either.app, "clerk")
    for q in ("\x00", "路\x00灯", "\x1b[2J", "\u2028"):
        assert browser.get(path, query_string={"q": q}).status_code in (200, 400, 422)


def test_both_databases_find_the_same_in_the_same_order(either: World) -> None:
    references = [either.raised(summary=f"路灯第{n}次不亮") for n in range(3)]
    either.raised(summary="河边护栏松动", narrative="护栏松了，请修。")
    assert found(Browser(either.app, "clerk").get("/search?q=路灯").text) == references[::-1]


def test_more_results_stand_on_the_next_page(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    references = [huiyin.raised() for _ in range(3)]
    browser = visit("clerk")
    first = browser.get("/search?q=路灯").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following and "共 3 件" in first
    second = browser.get(following[1].replace("&amp;", "&")).text
    assert found(first) + found(second) == references[::-1]
    assert 'rel="next"' not in second


@pytest.mark.parametrize("after", ["zzz", "0", "-1", "99999999999999999999", "路"])
def test_a_made_up_place_in_the_results_breaks_nothing(after: str, huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    answer = visit("clerk").get("/search", query_string={"q": "路灯", "after": after})
    assert answer.status_code in (200, 422)


def test_a_department_searches_its_own_transfer_texts(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated(summary="只在标题里的青石板")
    browser = visit("dept")
    page = browser.get("/search?q=夜间出行").text
    assert (
        'mark class="hit">夜间出行</mark>' in page and "共 " not in page.partition('class="list-head')[2][:60]
    )
    assert found(browser.get("/search?q=青石板").text) == []
    assert found(visit("dept2").get("/search?q=夜间出行").text) == []


@pytest.mark.parametrize("who", ["secretary", "leader", "auditor", "admin"])
def test_every_role_has_an_empty_result_with_a_way_on(who: str, visit: Visit) -> None:
    page = visit(who).get("/search?q=无此一词").text
    assert "没有找到“无此一词”" in page and "换一个更短的词" in page
    english = visit(who, "en").get("/search?q=nothing").text
    assert "没有找到" not in english and "nothing" in english


@pytest.mark.parametrize(
    "story, asked, pieces",
    [
        ("路灯不亮", "路灯", [("", None), ("路灯", "other"), ("不亮", None), ("", None)]),
        ("甲" * 40 + "路灯", "路灯", [("…", None), ("甲" * 24, None), ("路灯", "other"), ("", None)]),
        ("路灯" + "乙" * 200, "路灯", [("", None), ("路灯", "other"), ("乙" * 94, None), ("…", None)]),
        ("河边\n\n护栏", "护栏", [("", None), ("河边 ", None), ("护栏", "other"), ("", None)]),
        ("没有这个词", "路灯", []),
        ("", "路灯", []),
    ],
)
def test_a_result_shows_the_words_around_the_first_hit(
    story: str, asked: str, pieces: list[tuple[str, str | None]]
) -> None:
    assert search.around(story, asked) == pieces
