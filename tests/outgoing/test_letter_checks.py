import pytest

from tests.outgoing.sheets import sheet
from tracker.outgoing.letter_checks import checks, passed
from tracker.outgoing.letters import Block
from tracker.rules import redaction

WRONG = [
    ("placeholders", {"addressee": "某某同志："}),
    ("placeholders", {"blocks": (Block(0, "关于×××问题"),)}),
    ("placeholders", {"closing": "{{ closing }}"}),
    ("placeholders", {"blocks": (Block(0, "请见〖办理情况〗"),)}),
    ("placeholders", {"title": "关于待补充的反馈函"}),
    ("placeholders", {"blocks": (Block(0, "由____牵头"),)}),
    ("placeholders", {"blocks": (Block(0, "由＿＿牵头"),)}),
    ("placeholders", {"blocks": (Block(0, "由**牵头"),)}),
    ("placeholders", {"blocks": (Block(0, "由xxx牵头"),)}),
    ("placeholders", {"blocks": (Block(0, "由XXX牵头"),)}),
    ("placeholders", {"blocks": (Block(0, "时间待填"),)}),
    ("placeholders", {"blocks": (Block(0, "{% if closing %}"),)}),
    ("placeholders", {"blocks": (Block(0, "请见%(unit)s"),)}),
    ("placeholders", {"blocks": (Block(0, "请见${unit}"),)}),
    ("placeholders", {"remark": "联系人：某某"}),
    ("placeholders", {"copy_to": ("区××局",)}),
    ("placeholders", {"annexes": ("清单（待填）",)}),
    ("brackets", {"blocks": (Block(0, "编号(一)"),)}),
    ("brackets", {"title": "关于路灯[一期]的反馈函"}),
    ("brackets", {"addressee": "王玥珺(女)："}),
    ("brackets", {"closing": "特此函复)"}),
    ("brackets", {"remark": "联系人(办公室)"}),
    ("brackets", {"copy_to": ("区住建局(科室)",)}),
    ("brackets", {"annexes": ("照片[3张]",)}),
    ("dates", {"blocks": (Block(0, "于2026年09月3日收悉"),)}),
    ("dates", {"blocks": (Block(0, "于26年9月3日收悉"),)}),
    ("dates", {"blocks": (Block(0, "于2026-09-03收悉".replace("-", ".")),)}),
    ("dates", {"blocks": (Block(0, "于2026年9月03日收悉"),)}),
    ("dates", {"blocks": (Block(0, "于9月03号收悉"),)}),
    ("dates", {"blocks": (Block(0, "于2026/9/3收悉"),)}),
    ("dates", {"title": "关于2026年05月来信的反馈函"}),
    ("dates", {"remark": "2026.9.3"}),
    ("body", {"blocks": ()}),
    ("body", {"blocks": (Block(0, "  "),)}),
    ("length", {"blocks": (Block(0, "长" * 20_001),)}),
    ("headings", {"blocks": (Block(1, "反映事项"),)}),
    ("headings", {"blocks": (Block(2, "(一)反映事项"),)}),
    ("headings", {"blocks": (Block(1, "一.反映事项"),)}),
    ("headings", {"blocks": (Block(3, "1、近期措施"),)}),
    ("headings", {"blocks": (Block(3, "（1）近期措施"),)}),
    ("length", {"remark": "长" * 10_001, "closing": "长" * 10_000}),
    ("issuer_mark", {"issuer_mark": "政协无锡市锡山区委员会文件"}),
    ("issuer_mark", {"issuer_mark": "长" * 31}),
    ("issuer_mark", {"issuer_mark": ""}),
    ("number", {"number": "锡政协办函[2026]12号"}),
    ("number", {"number": "锡政协办函〔2026〕第12号"}),
    ("number", {"number": "锡政协办函〔2026〕012号"}),
    ("number", {"number": "锡政协办函〔26〕12号"}),
    ("number", {"number": "锡政协办函〔2026〕12"}),
    ("number", {"number": "〔2026〕12号"}),
    ("title", {"title": " "}),
    ("title", {"title": "关于" + "长" * 80}),
    ("title_ending", {"title": "关于路灯问题的反馈函。"}),
    ("title_ending", {"title": "路灯何时能修好？"}),
    ("title_ending", {"title": "关于路灯问题的反馈函…"}),
    ("title_ending", {"title": "关于路灯问题的反馈函, "}),
    ("addressee", {"addressee": "："}),
    ("addressee", {"addressee": ""}),
    ("addressee", {"addressee": "王玥珺同志"}),
    ("addressee", {"addressee": "王玥珺同志:"}),
    ("issuer", {"issuer": ""}),
    ("issuer", {"issuer": "\u3000"}),
    ("annexes", {"annexes": ("现场照片。",)}),
    ("annexes", {"annexes": ("现场照片", "清单；")}),
]
# What looks like a fault and is none.
RIGHT = [
    ("placeholders", {"blocks": (Block(0, "面积为3×4米。"),)}),
    ("placeholders", {"blocks": (Block(0, "规格XX型，电话0510-88880000。"),)}),
    ("placeholders", {"blocks": (Block(0, "完成率100%，请见附件。"),)}),
    ("brackets", {"blocks": (Block(0, "照明（北门）已恢复〔2026〕。"),)}),
    ("dates", {"blocks": (Block(0, "于2026年10月30日至2026年12月1日办理。"),)}),
    ("dates", {"blocks": (Block(0, "照度3.2勒克斯，费用1.5万元，第10.2.1条。"),)}),
    ("dates", {"blocks": (Block(0, "2026年度计划。"),)}),
    ("length", {"blocks": (Block(0, "长" * 19_000),)}),
    ("headings", {"blocks": (Block(1, "十一、其他"), Block(2, "（十）其他"), Block(3, "12．其他"))}),
    ("headings", {"blocks": (Block(0, "没有编号的一段。"),)}),
    ("issuer_mark", {"issuer_mark": "长" * 30}),
    ("number", {"number": "东政协办函〔2026〕1号"}),
    ("number", {"number": "东政协办函〔2026〕1200号"}),
    ("title", {"title": "长" * 80}),
    ("title_ending", {"title": "关于路灯问题（北门）的反馈函（一）"}),
    ("title_ending", {"title": "关于“亮灯工程”"}),
    ("addressee", {"addressee": "王："}),
    ("addressee", {"addressee": " 王玥珺同志： "}),
    ("annexes", {"annexes": ("现场照片（北门）", "费用清单1")}),
]


def test_a_good_letter_passes_every_check():
    assert [check for check in checks(sheet()) if not check.ok] == []
    assert passed(checks(sheet()))


def test_a_draft_without_a_number_passes():
    assert passed(checks(sheet(number=None, issue_date=None)))


@pytest.mark.parametrize("name, change", WRONG)
def test_each_fault_is_found_by_its_own_check(name, change):
    failed = [check for check in checks(sheet(**change)) if not check.ok]

    assert name in [check.name for check in failed]
    assert all(check.message.endswith("。") for check in failed)


def test_personal_data_found_by_the_caller_fails_the_letter():
    found = checks(sheet(), personal_data=["13800000000"])

    assert [check.name for check in found if not check.ok] == ["personal_data"]
    assert "13800000000" not in str(found)


@pytest.mark.parametrize("kind", redaction.WORDS)
@pytest.mark.parametrize(
    "place, change",
    [
        ("标题", lambda text: {"title": f"关于{text}的反馈函"}),
        ("主送", lambda text: {"addressee": f"{text}："}),
        ("开头", lambda text: {"blocks": (Block(0, text), Block(1, "一、反映事项"), Block(0, "路灯不亮。"))}),
        ("反映事项", lambda text: {"blocks": (Block(1, "一、反映事项"), Block(0, text))}),
        ("办理情况", lambda text: {"blocks": (Block(1, "二、办理情况"), Block(2, "（一）"), Block(0, text))}),
        ("结束语", lambda text: {"closing": text}),
        ("附注", lambda text: {"remark": text}),
        ("抄送", lambda text: {"copy_to": ("区住房和城乡建设局", text)}),
    ],
)  # fmt: skip
def test_what_was_taken_out_leaves_no_gap_in_a_letter(kind, place, change):
    taken = redaction.redact("已与王某联系", [redaction.Hit(2, 4, kind, "王某")])
    found = [check for check in checks(sheet(**change(taken))) if not check.ok]

    assert [(check.name, check.place) for check in found] == [("redaction_marks", place)]
    assert "%(place)s" in found[0].message and "请改写" in found[0].message


def test_brackets_of_numbers_are_no_gap():
    assert passed(checks(sheet(blocks=(Block(0, "见锡政协办函〔2026〕12号。"),))))


def test_the_remedy_for_personal_data_is_one_that_exists():
    (check,) = (check for check in checks(sheet()) if check.name == "personal_data")

    assert "附注" in check.message and "确认" not in check.message


@pytest.mark.parametrize("name, change", RIGHT)
def test_what_only_looks_like_a_fault_passes(name, change):
    assert name not in [check.name for check in checks(sheet(**change)) if not check.ok]


def test_every_check_answers_once_whether_it_passes_or_not():
    good, bad = checks(sheet()), checks(sheet(title="", addressee="", issuer="", blocks=()), ["130"])

    names = [check.name for check in good]
    assert names == [check.name for check in bad] and len(names) == len(set(names))
    assert {name for name, _ in WRONG} | {"personal_data", "redaction_marks"} == set(names)


def test_an_empty_annex_list_and_no_copies_are_no_fault():
    assert passed(checks(sheet(annexes=(), copy_to=(), remark="", closing="")))


def test_two_gaps_in_one_part_are_told_once_and_each_part_by_itself():
    story = (Block(1, "一、反映事项"), Block(0, "〔姓名〕说"), Block(0, "请打〔电话〕"))
    found = checks(sheet(blocks=story, annexes=("〔住址〕照片",)))

    assert [check.place for check in found if not check.ok] == ["反映事项", "附件"]


def test_a_gap_in_a_heading_s_own_line_is_of_that_part():
    found = checks(sheet(blocks=(Block(0, "您好。"), Block(1, "一、〔姓名〕反映"))))

    assert [check.place for check in found if not check.ok] == ["〔姓名〕反映"]


def test_one_failed_check_fails_the_whole():
    found = checks(sheet())

    assert not passed([*found, *checks(sheet(title="标题。"))])
    assert passed([])
