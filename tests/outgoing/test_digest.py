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
