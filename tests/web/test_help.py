"""帮助 is printed from the tables: every state, every step, and who may take it."""

import re

import pytest

from tests.web.conftest import Visit
from tracker.rules.diagrams import BOOKS


def test_every_state_and_step_stands_on_the_page(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    for book in BOOKS:
        assert all(state.label in text for state in book.states.values())
        assert all(move.label in text for move in book.moves)


def test_it_says_who_takes_a_step_and_what_is_needed(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    assert "办公室负责人" in text
    assert "先定一个主办单位，或至少两个分办单位" in text


@pytest.mark.parametrize("who", ["member", "dept", "leader", "admin"])
def test_everybody_reads_the_same_rules(who: str, visit: Visit) -> None:
    def rules(login: str) -> str:
        return visit(login).get("/help").text.partition("<h1>")[2].partition("</main>")[0]

    assert rules(who) == rules("clerk")


def test_the_english_page_says_all_of_it_in_english(visit: Visit) -> None:
    text = visit("clerk", "en").get("/help").text.partition("<h1>")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", text)
    assert not re.findall("[\u4e00-\u9fff]+", words)


def test_what_changes_no_state_says_so(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    assert re.search(r'<td class="lead">结案</td><td[^>]*>已反馈</td><td[^>]*>不变</td>', text)


def test_the_systems_own_steps_are_the_systems(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    assert re.search(r'<td class="lead">重新办理</td>(?:<td[^>]*>[^<]*</td>){2}<td[^>]*>系统</td>', text)


def test_every_key_of_the_frame_is_explained(visit: Visit) -> None:
    part = visit("clerk").get("/help").text.partition('aria-label="快捷键"')[2].partition("</section>")[0]
    keys = set(re.findall("<kbd>([^<]+)</kbd>", part))
    assert keys == {"Ctrl", "K", "j", "k", "[", "]", "n", "Enter", "?"}
