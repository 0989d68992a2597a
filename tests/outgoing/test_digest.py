"""A digest on paper, as Excel and as a mail: the same figures, nothing hidden, nobody's name (S1-47)."""

import io
from dataclasses import replace
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from tests.outgoing import hidden_parts, pdf_contents
from tracker.outgoing import digest as paper
from tracker.queries.digests import DigestOf, Exemplary, Figures, GroupLine
from tracker.rules.spans import span

pytestmark = pytest.mark.requirement("S1-47")

NOW = Figures(12, 7, 31, 5, 9, 6, 4, 8, 6, 3, 3, 1)
BEFORE = replace(NOW, visits=10, replied=0, on_time=0, rated=4)
DIGEST = DigestOf(
    span("week", date(2026, 11, 20)),
    NOW,
    BEFORE,
    (GroupLine("东台镇委员联络组", 12, 9, 1, 8), GroupLine("=提案委员会", 0, 0, 6, 6)),
    (GroupLine("=提案委员会", 0, 0, 6, 6),),
    (Exemplary("visit", "v1", "2026-11-20", "问得细", "东台镇委员联络组"),),
)


def test_figures_stand_beside_those_of_the_period_before() -> None:
    rows = {what: (now, before) for what, now, before in paper.rows(DIGEST)}
    assert rows["走访次数"] == ("12", "10")
    assert rows["按期答复率"] == ("75%", "—") and rows["满意率"] == ("100%", "75%")


def test_the_paper_tells_figures_pictures_and_who_is_behind() -> None:
    content = paper.pdf(paper.sheet(DIGEST, "政协东台市委员会办公室"))
    text = pdf_contents.text(content)
    for words in (
        "委员联系群众工作周报",
        "2026年11月16日至2026年11月22日",
        "走访最多的是东台镇委员联络组",
        "6人中还有6人没有完成任务",
        "问得细",
    ):
        assert words in text
    assert hidden_parts.in_pdf(content) == []


@pytest.mark.requirement("T31")
@pytest.mark.requirement("T32")
def test_the_table_holds_numbers_as_numbers_and_names_as_text() -> None:
    content = paper.xlsx(DIGEST, "周报")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["东台镇委员联络组", 12, 9, 1, 8]
    assert rows[2][0] == "=提案委员会"
    assert rows[-1][:3] == ["全部", 12, 9] and len(rows) == 4
    assert hidden_parts.in_excel(content) == []


def test_what_belongs_to_no_group_has_a_line_so_that_the_lines_add_up() -> None:
    digest = replace(DIGEST, now=replace(NOW, raised=11))
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(paper.xlsx(digest, "周报")))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[-2][:3] == ["不属于小组", 0, 2] and rows[-1][:3] == ["全部", 12, 11]


def test_the_mail_tells_figures_and_leads_to_the_page() -> None:
    text = paper.mail(paper.sheet(DIGEST, "政协"), "https://huiyin.example/digests")
    assert "走访次数：12（上期 10）" in text and text.rstrip().endswith("https://huiyin.example/digests")
    assert "问得细" not in text


def pictures(**changes: object) -> list[str]:
    return [chart.sentence for chart in paper.pictures(replace(DIGEST, **changes))]  # type: ignore[arg-type]


def test_the_groups_are_drawn_the_busiest_first_and_those_that_did_nothing_not_at_all() -> None:
    groups = tuple(GroupLine(f"第{n}组", visits, 0, None, 5) for n, visits in enumerate([2, 0, 9, 4]))
    first, second = paper.pictures(replace(DIGEST, groups=groups))
    assert [label for label, _, _ in first.rows] == ["第2组", "第3组", "第0组"]
    assert first.sentence == "本期走访12次，走访最多的是第2组。"
    assert [told for _, _, told in second.rows] == ["9件", "6件", "4件"]


def test_no_more_groups_are_drawn_than_fit_a_page() -> None:
    groups = tuple(GroupLine(f"第{n}组", n, 0, None, 5) for n in range(40))
    first, _ = paper.pictures(replace(DIGEST, groups=groups))
    assert [label for label, _, _ in first.rows] == [f"第{n}组" for n in range(39, 19, -1)]


def test_a_week_without_visits_has_no_picture_of_them() -> None:
    quiet = (GroupLine("东台镇委员联络组", 0, 3, None, 8),)
    assert pictures(groups=quiet) == pictures(groups=()) == ["本期提出诉求9件，办结6件，反馈4件。"]


@pytest.mark.parametrize(
    ("owing", "told"),
    [
        (None, "教育 组：本期没有走访"),
        (3, "教育 组：8人中还有3人没有完成任务"),
        (0, "教育 组：8人中还有0人没有完成任务"),
    ],
)
def test_a_group_is_behind_by_its_quotas_or_where_there_are_none_by_its_visits(
    owing: int | None, told: str
) -> None:
    assert paper.behind(GroupLine("教育\n组", 0, 0, owing, 8)) == told


@pytest.mark.parametrize(("period", "name"), [("week", "周报"), ("month", "月报"), ("quarter", "季报")])
def test_a_digest_is_called_by_its_period(period: str, name: str) -> None:
    digest = replace(DIGEST, span=span(period, date(2026, 11, 20)))  # type: ignore[arg-type]
    page = paper.sheet(digest, "政协\u202e办公室")
    assert page.title == f"委员联系群众工作{name}" and page.issuer == "政协办公室"
    assert paper.mail(page, "https://x").startswith(f"委员联系群众工作{name}\n{page.period}\n")


def test_nobody_behind_and_nothing_exemplary_is_said_so_or_left_out() -> None:
    page = paper.sheet(replace(DIGEST, behind=(), exemplary=()), "政协")
    assert "没有。" in paper.html(page) and "先进典型" not in paper.html(page)
    assert "需要提醒" not in paper.mail(page, "https://x")
    assert "需要提醒" in paper.mail(paper.sheet(DIGEST, "政协"), "https://x")


def test_words_of_a_digest_that_look_like_tags_stay_words() -> None:
    odd = replace(DIGEST, exemplary=(Exemplary("visit", "v1", "2026-11-20", "<b>问得细</b>", "{{ 7*7 }}"),))
    page = paper.html(paper.sheet(odd, "政协"))
    assert "<b>问" not in page and "{{ 7*7 }}" in page
