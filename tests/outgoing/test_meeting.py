"""Papers for the summary meeting: what each group did, what supervision found, who is still owing."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests import campaigning
from tests.world import NOW, World
from tracker.outgoing import meeting_filled
from tracker.outgoing.forms.annexes import Annex3, Annex3Row
from tracker.outgoing.meeting import Finding, GroupPaper, Pack, pack_html, sheet_html
from tracker.rules.clock import shanghai_date

FOUND = Finding(date(2026, 8, 20), "钱敏", "有三户未登记电话", "一周内补齐")
DONE = GroupPaper("东亭街道工委会", "已确认", "走访三十户。\n\n办结十件。", "提案委员会", (FOUND,))
LATE = GroupPaper("教育界别组", "草稿", owing="陈丽华、孙谦")
PACK = Pack(
    "政协锡山区委员会",
    "大走访活动",
    date(2026, 9, 5),
    [("文件", "锡政协办〔2026〕8号")],
    Annex3("汇总表", (Annex3Row("东亭街道工委会", 9, 3, 4, None, 0, 1, 2),), notes=("注：更正一处",)),
    (DONE, LATE),
)


def words(page: str) -> str:
    return re.sub(r"\s*<[^>]+>\s*", "|", page)


def test_the_pack_has_its_five_parts_in_their_order() -> None:
    page = words(pack_html(PACK))
    heads = ["一、活动概况", "二、活动情况汇总", "三、各组活动情况", "四、督查情况", "五、尚未完成任务的委员"]
    assert [page.count(head) for head in heads] == [2] * 5
    places = [page.rindex(head) for head in heads]
    assert places == sorted(places)


def test_each_group_tells_its_story_in_lines_or_that_it_has_none() -> None:
    page = words(pack_html(PACK))
    assert "东亭街道工委会（已确认）||走访三十户。||办结十件。" in page
    assert "教育界别组（草稿）||未提交书面情况。" in page


def test_only_who_is_owing_is_named() -> None:
    assert "教育界别组：陈丽华、孙谦" in words(pack_html(PACK))
    assert "全部完成。" not in pack_html(PACK)
    assert "全部完成。" in pack_html(replace(PACK, groups=(DONE,)))


def test_figures_that_nobody_counted_stay_blank_and_nought_is_a_figure() -> None:
    page = pack_html(PACK)
    numbers = re.findall(r'<td class="number">(\d*)</td>', page)
    assert numbers == ["9", "3", "4", "", "0", "1", "2"] * 2
    assert "注：更正一处" in page


def test_the_sheet_of_supervision_says_nothing_else() -> None:
    page = words(sheet_html(PACK))
    assert "活动督查情况表" in page
    for told in ("东亭街道工委会", "提案委员会", "2026年8月20日", "有三户未登记电话", "一周内补齐", "钱敏"):
        assert told in page
    for untold in ("走访三十户", "陈丽华", "教育界别组", "锡政协办"):
        assert untold not in page


def test_a_group_that_is_looked_after_has_a_row_before_anything_was_found() -> None:
    waiting = replace(LATE, liaison="提案委员会")
    assert replace(PACK, groups=(waiting,)).supervised == [waiting]
    assert "尚无记录" in sheet_html(replace(PACK, groups=(waiting,)))
    assert "没有督查记录。" in sheet_html(replace(PACK, groups=(LATE,)))


def test_words_of_a_story_that_look_like_tags_stay_words() -> None:
    odd = replace(DONE, story="<script>x</script>{{ 7*7 }}")
    assert "<script>" not in pack_html(replace(PACK, groups=(odd,)))
    assert "{{ 7*7 }}" in pack_html(replace(PACK, groups=(odd,)))


@pytest.mark.requirement("S2-21")
def test_the_pack_is_filled_from_the_campaign_and_its_groups(huiyin: World) -> None:
    campaigning.begun(huiyin)
    huiyin.visited(visited_on="2026-11-20")
    with huiyin.reading():
        campaign, clerk = campaigning.campaign(huiyin), huiyin.actor("clerk")
        made = meeting_filled.pack(campaign, clerk, shanghai_date(NOW))
        name = campaign.name
    facts = dict(made.facts)
    assert made.title == name and made.day == date(2026, 11, 23)
    assert facts["参与率"].endswith("%") and "至" in facts["时间"]
    assert all(facts.values())
    groups = {group.name: group for group in made.groups}
    assert {"东亭街道工委会", "教育界别组"} <= set(groups)
    assert groups["教育界别组"].owing == "陈丽华"
    assert made.late and made.supervised == []


def test_another_committee_s_groups_are_not_in_it(huiyin: World) -> None:
    other = World(huiyin.app, "dt")
    campaigning.begun(other)
    other.visited(visited_on="2026-11-20")
    campaigning.begun(huiyin)
    with huiyin.reading():
        campaign = campaigning.campaign(huiyin)
        made = meeting_filled.pack(campaign, huiyin.actor("clerk"), shanghai_date(NOW))
    assert made.annex.printed_total.participants == 0
