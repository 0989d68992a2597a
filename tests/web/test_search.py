"""Searching: a number jumps, words are found in what one may see, hits are marked."""

import re

import pytest

from tests.web.conftest import Visit
from tests.world import World


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
