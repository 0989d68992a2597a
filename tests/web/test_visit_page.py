"""The page of one visit: annex 1 as it was filled in, to whom only for who may know."""

import io
import re
import zipfile
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Person
from tracker.outgoing.forms import kinds

pytestmark = pytest.mark.usefixtures("monday")

MET: dict[str, Any] = {
    "contact": {"name": "欧阳桂兰", "phone": "13912342186", "kind": "enterprise"},
    "address": "云林苑12号楼",
    "area": "0101",
    "consent_process": True,
}
CASE = {
    "summary": "楼道灯坏了",
    "narrative": "楼道灯坏了三个月，一直没人修。",
    "area": "0101",
    "source": "visit",
}


def words(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text.partition("<main")[2]).split())


@pytest.mark.requirement("S1-14")
@pytest.mark.requirement("S2-34")
def test_the_form_s_fields_are_shown_in_words(huiyin: World, visit: Visit) -> None:
    place = huiyin.visited(
        **MET,
        channel="wechat",
        persons_count=3,
        reported="楼道灯坏了",
        help_needed="换灯",
        visited_on="2025-12-31",
    )
    page = visit("member").get(f"/visits/{place}")
    said = words(page.text)
    for word in (
        "2025年12月31日走访",
        "吴海燕",
        "东亭街道工委会",
        "微信",
        "企业",
        "东亭街道 云林社区",
        "换灯",
    ):
        assert word in said, word
    assert "需要统筹协调的问题" not in said


def test_a_circle_is_told_where_there_is_one(huiyin: World, visit: Visit) -> None:
    assert "生活圈" in words(visit("member").get(f"/visits/{huiyin.visited()}").text)
    assert "圈子" not in words(visit("member").get(f"/visits/{huiyin.visited(circle=None)}").text)


def test_the_group_is_that_of_the_day_even_after_the_member_changed(huiyin: World, visit: Visit) -> None:
    place = huiyin.visited()
    with huiyin.writing():
        person = db.session.query(Person).filter_by(login="xs-member").one()
        other = db.session.query(Person).filter_by(login="xs-member2").one()
        person.posts[0].unit_id = other.posts[0].unit_id
    said = words(visit("clerk").get(f"/visits/{place}").text)
    assert "东亭街道工委会" in said and "教育界别组" not in said


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("member", ["欧阳桂兰", "13912342186", "云林苑12号楼"]),
        ("clerk", ["欧阳**", "2186"]),
        ("director", ["欧阳**", "2186"]),
        ("leader", ["欧阳**"]),
        ("secretary", []),
    ],
)
def test_whom_the_visit_was_to_is_masked_by_role(
    who: str, seen: list[str], huiyin: World, visit: Visit
) -> None:
    said = words(visit(who).get(f"/visits/{huiyin.visited(**MET)}").text)
    assert [word for word in seen if word not in said] == []
    if who != "member":
        assert not [word for word in ("桂兰", "13912342186", "12号楼") if word in said]
    if not seen:
        assert "走访对象" not in said


@pytest.mark.parametrize("who", ["dept", "auditor", "admin", "member2", "dt-member", "dt-clerk"])
def test_to_others_the_visit_does_not_exist(who: str, huiyin: World, visit: Visit) -> None:
    assert visit(who).get(f"/visits/{huiyin.visited()}").status_code == 404


def test_a_visit_where_no_name_was_left_says_so(huiyin: World, visit: Visit) -> None:
    said = words(
        visit("member").get(f"/visits/{huiyin.visited(address='云林苑', consent_process=True)}").text
    )
    assert "未留姓名" in said


def test_the_cases_of_the_visit_are_linked_with_their_state(huiyin: World, visit: Visit) -> None:
    place = huiyin.visited(cases=[CASE, CASE | {"summary": "护栏松动了"}])
    page = visit("member").get(f"/visits/{place}").text
    assert len(set(re.findall(r'href="(/cases/XS-2026-\d+)"', page))) == 2
    assert words(page).count("已提出") == 2
    assert "这次走访没有登记诉求" in words(visit("member").get(f"/visits/{huiyin.visited()}").text)


@pytest.mark.parametrize(("who", "listed"), [("member", True), ("director", True), ("clerk", False)])
def test_an_accusation_from_a_visit_is_listed_only_for_who_may_read_it(
    who: str, listed: bool, huiyin: World, visit: Visit
) -> None:
    place = huiyin.visited(cases=[CASE | {"is_accusation": True}])
    page = visit(who).get(f"/visits/{place}").text
    assert ("楼道灯坏了" in words(page)) is listed


@pytest.mark.parametrize(("who", "offered"), [("member", True), ("clerk", False), ("secretary", False)])
def test_the_next_door_is_offered_to_whoever_went(
    who: str, offered: bool, huiyin: World, visit: Visit
) -> None:
    place = huiyin.visited()
    page = visit(who).get(f"/visits/{place}").text
    assert (f"/visits/new?like={place}" in page) is offered


@pytest.mark.requirement("T22")
def test_markup_in_what_was_said_is_words(huiyin: World, visit: Visit) -> None:
    text = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    place = huiyin.visited(reported=text, help_needed=text, coordination_needed=text)
    page = visit("clerk").get(f"/visits/{place}").text
    assert page.count("&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}") == 3


@pytest.mark.parametrize("place", ["x", "%00", "..%2f", "1", "a" * 500])
def test_an_address_nobody_gave_out_is_not_found(place: str, visit: Visit) -> None:
    assert visit("member").get(f"/visits/{place}").status_code in (400, 404)


def test_the_page_is_there_in_english(huiyin: World, visit: Visit) -> None:
    browser = visit("member")
    browser.post("/language", page="/", language="en", next="/")
    said = words(browser.get(f"/visits/{huiyin.visited(**MET)}").text)
    assert not [word for word in ("走访人员", "方式", "企业", "当面", "生活圈", "走访对象") if word in said]


TOLD = {
    "reported": "欧阳桂兰说北门不亮",
    "help_needed": "请打13912342186",
    "coordination_needed": "欧阳桂兰申请低保",
}


@pytest.mark.requirement("T03")
@pytest.mark.parametrize(
    ("who", "whole"), [("member", True), ("clerk", True), ("leader", False), ("secretary", False)]
)
def test_what_was_said_names_nobody_to_who_may_not_know_whom_it_was_from(
    who: str, whole: bool, huiyin: World, visit: Visit
) -> None:
    place = huiyin.visited(**MET, **TOLD)
    for page in (f"/visits/{place}", "/visits", f"/visits/{place}/form.docx"):
        answer = visit(who).get(page)
        if answer.status_code == 403 and who == "leader":
            continue
        said = _text_of(answer)
        assert ("桂兰说" in said, "北门不亮" in said) == (whole, True)
        assert "13912342186" not in said or whole


@pytest.mark.parametrize(
    ("who", "heard"),
    [("member", True), ("director", True), ("clerk", False), ("leader", False), ("secretary", False)],
)
def test_what_was_said_in_an_accusation_is_read_by_its_few(
    who: str, heard: bool, huiyin: World, visit: Visit
) -> None:
    place = huiyin.visited(
        reported="村主任私分救济粮", help_needed="查私分的事", cases=[CASE | {"is_accusation": True}]
    )
    for page in (f"/visits/{place}", "/visits", f"/visits/{place}/form.docx"):
        answer = visit(who).get(page)
        if answer.status_code != 403:
            assert ("私分" in _text_of(answer)) is heard


def _text_of(answer: TestResponse) -> str:
    if answer.mimetype != kinds.WORD:
        return words(answer.text)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as paper:
        return re.sub("<[^>]+>", "", paper.read("word/document.xml").decode())


@pytest.mark.requirement("T03")
@pytest.mark.parametrize("who", ["member", "secretary", "clerk"])
def test_a_brief_begins_with_what_was_said_and_names_nobody(who: str, huiyin: World, visit: Visit) -> None:
    place = huiyin.visited(**MET, **TOLD)
    said = words(visit(who).get(f"/submissions/new?visit={place}").text)
    assert "北门不亮" in said and "桂兰" not in said
