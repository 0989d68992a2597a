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
    ("brackets", {"blocks": (Block(0, "编号(一)"),)}),
    ("dates", {"blocks": (Block(0, "于2026年09月3日收悉"),)}),
    ("dates", {"blocks": (Block(0, "于26年9月3日收悉"),)}),
    ("dates", {"blocks": (Block(0, "于2026-09-03收悉".replace("-", ".")),)}),
    ("body", {"blocks": (Block(0, "  "),)}),
    ("length", {"blocks": (Block(0, "长" * 20_001),)}),
    ("headings", {"blocks": (Block(1, "反映事项"),)}),
    ("headings", {"blocks": (Block(2, "(一)反映事项"),)}),
    ("issuer_mark", {"issuer_mark": "政协无锡市锡山区委员会文件"}),
    ("issuer_mark", {"issuer_mark": ""}),
    ("number", {"number": "锡政协办函[2026]12号"}),
    ("number", {"number": "锡政协办函〔2026〕第12号"}),
    ("number", {"number": "锡政协办函〔2026〕012号"}),
    ("title", {"title": " "}),
    ("title", {"title": "关于" + "长" * 80}),
    ("title_ending", {"title": "关于路灯问题的反馈函。"}),
    ("addressee", {"addressee": "王玥珺同志"}),
    ("addressee", {"addressee": "王玥珺同志:"}),
    ("issuer", {"issuer": ""}),
    ("annexes", {"annexes": ("现场照片。",)}),
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
