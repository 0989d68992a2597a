"""The agenda list on paper: what each case is about and how far it is, and nobody's name."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import agendas
from tests.world import NOW, World
from tracker.models import Case
from tracker.outgoing.agenda import AgendaList, AgendaRow, agenda_html, of, state_of

ROW = AgendaRow(
    "XS-2026-000001", "北门路灯不亮", "办理中", "区住房和城乡建设局", "已提出 3 天；剩 2 个工作日"
)
LIST = AgendaList("政协锡山区委员会", "主席会议", date(2026, 12, 3), "三楼会议室", (ROW,))


def words(page: str) -> str:
    return re.sub(r"\s*<[^>]+>\s*", "|", page)


def test_the_list_says_when_where_and_how_many() -> None:
    page = words(agenda_html(replace(LIST, rows=(ROW, ROW))))
    assert "主席会议议题清单" in page
    assert "会议日期：2026年12月3日　地点：三楼会议室　议题：2件" in page
    assert "|1||XS-2026-000001||北门路灯不亮||办理中||区住房和城乡建设局||已提出 3 天；剩 2 个工作日|" in page
    assert "|2||XS-2026-000001|" in page


def test_a_meeting_without_a_room_or_items_says_so() -> None:
    page = words(agenda_html(replace(LIST, place="", rows=())))
    assert "地点" not in page and "议题：0件" in page and "还没有议题。" in page


def test_words_that_look_like_tags_stay_words() -> None:
    odd = replace(ROW, summary="<img src=x onerror=alert(1)>\n{{ 7*7 }}", department="区\u202e局")
    page = agenda_html(replace(LIST, rows=(odd,)))
    assert "<img" not in page and "{{ 7*7 }}" in page
    assert "区局" in page and "\u202e" not in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"state": "raised"}, "已提出"),
        ({"state": "coordinated", "disposition": "merged"}, "已并案"),
        ({"state": "raised", "disposition": "withdrawn"}, "已撤回"),
        ({"state": "fed_back", "closed_at": NOW}, "已结案"),
        ({"state": "raised", "disposition": "merged", "closed_at": NOW}, "已结案"),
    ],
)
def test_what_became_of_a_case_goes_before_how_far_it_was(given: dict[str, object], told: str) -> None:
    assert state_of(Case(**given)) == told


@pytest.mark.requirement("S1-42")
def test_the_list_of_a_meeting_names_its_cases_in_order_and_who_handles_them(huiyin: World) -> None:
    meeting, first, _ = agendas.standing(huiyin)
    second = huiyin.raised(summary="请给欧阳桂兰家门口修路灯", at=NOW - timedelta(days=4))
    agendas.put_on(huiyin, meeting, second)
    with huiyin.reading():
        listed = of(agendas.row(meeting), "锡山区政协", NOW)
    assert (listed.kind, listed.place, listed.held_on) == ("主席会议", "三楼会议室", agendas.TOMORROW)
    assert [row.reference for row in listed.rows] == [first, second]
    assert [row.department for row in listed.rows] == ["区住房和城乡建设局", ""]
    assert [row.days.partition("；")[0] for row in listed.rows] == ["已提出 0 天", "已提出 4 天"]
    assert "欧阳桂兰" not in "".join(row.summary for row in listed.rows)


def test_a_closed_case_has_no_deadline_left(huiyin: World) -> None:
    meeting, reference, _ = agendas.standing(huiyin)
    with huiyin.writing():
        huiyin.case(reference).closed_at = NOW
    with huiyin.reading():
        (row,) = of(agendas.row(meeting), "锡山区政协", NOW).rows
    assert (row.state, row.days) == ("已结案", "已提出 0 天")
