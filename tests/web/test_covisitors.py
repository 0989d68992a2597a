"""同访委员: who went along reads the visit, and learns of nobody and no case by it."""

import io
import zipfile
from typing import Any

import pytest

from tests.visiting import HEARD, together
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.web.test_visit_photos import photo_of, picture, send
from tests.world import World
from tracker.actions import visits
from tracker.incoming.schema import read
from tracker.incoming.visits import VisitEdit
from tracker.queries import visits as find

pytestmark = pytest.mark.usefixtures("monday")

# Each word leads to the household.
CANARIES = ("欧阳桂兰", "桂兰", "13912342186", "2186", "云林苑12号楼", "12号楼")
MET: dict[str, Any] = {
    "contact": {"name": "欧阳桂兰", "phone": "13912342186"},
    "address": "云林苑12号楼",
    "area": "0101",
    "consent_process": True,
    "reported": "欧阳桂兰（13912342186）说云林苑12号楼的楼道灯坏了三个月。",
    "help_needed": "欧阳桂兰希望换一盏灯",
}


def told(page: str) -> list[str]:
    return [word for word in CANARIES if word in page]


@pytest.mark.requirement("S2-29")
def test_who_went_along_finds_the_visit_in_the_list_and_opens_it(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, **MET)
    along = visit("member2")
    assert f"/visits/{place}" in along.get("/visits").text
    page = along.get(f"/visits/{place}")
    check_page(page)
    assert "这次走访由吴海燕登记，您是同访委员" in page.text
    assert "东亭街道 云林社区" in page.text and "楼道灯坏了三个月" in page.text
    assert "您是同访委员" not in visit("member").get(f"/visits/{place}").text
    assert "您是同访委员" not in visit("secretary").get(f"/visits/{place}").text


@pytest.mark.requirement("T01")
def test_it_names_nobody_to_them_on_any_screen_or_paper(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, **MET, cases=[HEARD | {"narrative": MET["reported"]}])
    along = visit("member2")
    for path in ("/visits", f"/visits/{place}", "/visits/export", "/cases", "/", "/search?q=楼道灯"):
        answer = along.get(path)
        assert answer.status_code == 200 and told(answer.text) == [], path
    for path in (f"/visits/{place}/form.docx", "/visits/forms.docx"):
        answer = along.get(path)
        assert answer.status_code == 200, path
        with zipfile.ZipFile(io.BytesIO(answer.data)) as paper:
            words = "".join(paper.read(name).decode("utf-8", "replace") for name in paper.namelist())
        assert "楼道灯坏了三个月" in words and told(words) == [], path
    assert told(visit("member").get(f"/visits/{place}").text)


@pytest.mark.requirement("T14")
def test_its_cases_stay_with_who_raised_them_and_are_not_even_counted(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, cases=[HEARD, HEARD | {"is_accusation": True}])
    along, writer = visit("member2"), visit("member")
    page = along.get(f"/visits/{place}").text
    assert "楼道灯" not in page and "没有您可以查看的诉求" in page
    with huiyin.reading():
        references = [case.reference for case in find.get(place, huiyin.actor("member")).cases]
    assert len(references) == 2
    for reference in references:
        assert along.get(f"/cases/{reference}").status_code == 404
        assert writer.get(f"/cases/{reference}").status_code == 200
    (mine,) = along.get("/visits/export").text.splitlines()[1:]
    (theirs,) = writer.get("/visits/export").text.splitlines()[1:]
    assert (mine.split(",")[6].strip('"'), theirs.split(",")[6].strip('"')) == ("0", "2")


@pytest.mark.requirement("T16")
def test_where_an_accusation_was_heard_they_read_no_word_and_no_mark_of_it(
    huiyin: World, visit: Visit
) -> None:
    place = together(
        huiyin, reported="某干部收受好处", help_needed="请查处", cases=[HEARD | {"is_accusation": True}]
    )
    for path in ("/visits", f"/visits/{place}"):
        text = visit("member2").get(path).text
        assert "收受好处" not in text and "不公开" not in text
        assert "反映的情况" not in text and "需帮助解决" not in text


def test_they_change_nothing(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, **MET)
    along = visit("member2")
    assert along.get(f"/visits/{place}/edit").status_code == 403
    assert along.post(f"/visits/{place}/edit", page="/visits", reported="别的话").status_code == 403
    assert send(along, f"/visits/{place}/photos", picture()).status_code == 403
    page = along.get(f"/visits/{place}").text
    assert f"/visits/{place}/edit" not in page and "添加照片" not in page
    assert f"like={place}" not in page


@pytest.mark.requirement("T04")
def test_the_writers_photos_are_not_theirs_to_see(huiyin: World, visit: Visit) -> None:
    place, writer, along = together(huiyin), visit("member"), visit("member2")
    assert send(writer, f"/visits/{place}/photos", picture()).status_code == 302
    photo = photo_of(writer.get(f"/visits/{place}").text)
    assert "/photos/" not in along.get(f"/visits/{place}").text
    assert (writer.get(photo).status_code, along.get(photo).status_code) == (200, 404)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["dept", "auditor", "admin", "dt-member", "dt-clerk"])
def test_to_nobody_else_it_becomes_known(who: str, huiyin: World, visit: Visit) -> None:
    assert visit(who).get(f"/visits/{together(huiyin)}").status_code == 404


def test_whoever_is_taken_off_the_visit_knows_of_it_no_longer(huiyin: World, visit: Visit) -> None:
    place, along = together(huiyin), visit("member2")
    assert along.get(f"/visits/{place}").status_code == 200
    with huiyin.writing():
        writer = huiyin.actor("member")
        given = {"visited_on": "2026-11-20", "reported": "走访困难群众", "circle": "living"}
        visits.correct(find.get(place, writer), read(VisitEdit, given), by=writer)
    assert along.get(f"/visits/{place}").status_code == 404
    assert place not in along.get("/visits").text


def test_a_brief_may_begin_with_it_and_names_nobody(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, **MET)
    page = visit("member2").get(f"/submissions/new?visit={place}").text
    assert "楼道灯坏了三个月" in page and told(page) == []


def test_the_case_page_of_the_writer_still_leads_to_the_visit(huiyin: World, visit: Visit) -> None:
    place = together(huiyin, cases=[HEARD])
    with huiyin.reading():
        (case,) = find.get(place, huiyin.actor("member")).cases
        reference = case.reference
    assert f"/visits/{place}" in visit("member").get(f"/cases/{reference}").text


def test_one_row_stands_there_once_for_who_wrote_it_and_went(huiyin: World, visit: Visit) -> None:
    together(huiyin, along=("member", "member2"))
    assert visit("member").get("/visits").text.count("<tr data-row>") == 1
