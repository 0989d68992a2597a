"""The parts of a case's page in words: steps, what is awaited, signs, departments, replies, the resident."""

from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import Speaking, Visit
from tests.world import NOW, REPLY, World
from tracker.models import Assignment
from tracker.queries.residents import Identity
from tracker.rules.redaction import Hit
from tracker.web import case_parts

pytestmark = pytest.mark.usefixtures("monday")

BOTH = (("housing", "lead"), ("transport", "co"))


def approved(huiyin: World, **changes: Any) -> str:
    """Every reply is approved; the office has to close the handling."""
    reference = huiyin.replied(**changes)
    for share in huiyin.shares(reference):
        huiyin.move_share(share, "approve_reply", by="clerk")
    return reference


def merged(huiyin: World) -> str:
    reference = huiyin.raised()
    huiyin.move(reference, "merge", into=huiyin.coordinated())
    return reference


def declined(huiyin: World) -> str:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="不属于受理范围")
    return reference


def revoked(huiyin: World) -> str:
    """The lead is taken back while a co-department goes on."""
    reference = huiyin.coordinated(units=BOTH)
    huiyin.move_share(huiyin.shares(reference)[0], "revoke", by="director", reason="派错了单位")
    return reference


STAGES: dict[str, Any] = {
    "raised": World.raised,
    "coordinated": World.coordinated,
    "replied": World.replied,
    "approved": approved,
    "quick": World.quick,
    "handled": World.handled,
    "fed_back": World.fed_back,
    "merged": merged,
    "declined": declined,
}


# --- steps


@pytest.mark.parametrize(
    "stage, statuses",
    [
        ("raised", "done now todo todo"),
        ("coordinated", "done done now todo"),
        ("replied", "done done now todo"),
        ("handled", "done done done now"),
        ("fed_back", "done done done done"),
        ("merged", "done todo todo todo"),
        ("declined", "done todo todo todo"),
    ],
)
def test_the_bar_shows_how_far_it_is(speaking: Speaking, huiyin: World, stage: str, statuses: str) -> None:
    reference = STAGES[stage](huiyin)
    with speaking():
        steps = case_parts.steps(huiyin.case(reference), NOW)
    assert " ".join(step.status for step in steps) == statuses


@pytest.mark.parametrize(
    "stage, subs",
    [
        ("raised", ["11月23日 吴海燕", "11月26日前", "", ""]),
        ("coordinated", ["11月23日 吴海燕", "11月23日", "1 个部门，0 个已答复", ""]),
        ("replied", ["11月23日 吴海燕", "11月23日", "1 个部门，1 个已答复", ""]),
        ("merged", ["11月23日 吴海燕", "", "", ""]),
    ],
)
def test_what_is_done_has_its_day_and_what_is_awaited_its_deadline(
    speaking: Speaking, huiyin: World, stage: str, subs: list[str]
) -> None:
    reference = STAGES[stage](huiyin)
    with speaking():
        assert [step.sub for step in case_parts.steps(huiyin.case(reference), NOW)] == subs


def test_a_department_that_gave_it_back_is_not_waited_for(speaking: Speaking, huiyin: World) -> None:
    reference = revoked(huiyin)
    with speaking():
        assert case_parts.steps(huiyin.case(reference), NOW)[2].sub == "1 个部门，0 个已答复"
    with speaking("en"):
        assert case_parts.steps(huiyin.case(reference), NOW)[2].sub == "Departments: 1, replied: 0"


def test_going_back_takes_the_later_days_away(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.move(reference, "rework", note="还有一盏不亮")
    with speaking():
        steps = case_parts.steps(huiyin.case(reference), NOW)
    assert [step.status for step in steps] == ["done", "done", "now", "todo"]
    assert steps[3].sub == ""


# --- what is awaited


@pytest.mark.parametrize(
    "stage, sentence",
    [
        ("raised", "等办公室协调交办"),
        ("coordinated", "等承办单位答复"),
        ("replied", "等办公室审核答复"),
        ("approved", "等办公室审定办结"),
        ("quick", "等办公室写明结果"),
        ("handled", "等办公室把结果告诉反映人"),
        ("fed_back", ""),
        ("declined", ""),
    ],
)
def test_one_sentence_says_who_has_it_now(
    speaking: Speaking, huiyin: World, stage: str, sentence: str
) -> None:
    reference = STAGES[stage](huiyin)
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == sentence
    with speaking("en"):
        assert case_parts.pending(huiyin.case(reference)).isascii()


def test_a_merged_case_names_the_one_it_goes_with(speaking: Speaking, huiyin: World) -> None:
    reference = merged(huiyin)
    with speaking():
        case = huiyin.case(reference)
        assert case.master and f"已并入 {case.master.reference}" in case_parts.pending(case)


def test_one_reply_of_two_is_waited_for_before_the_office_acts(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.coordinated(units=BOTH)
    lead, co = huiyin.shares(reference)
    huiyin.move_share(lead, "reply", result_class="A", text=REPLY, contact_record="on_site")
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == "等办公室审核答复"
    huiyin.move_share(lead, "approve_reply", by="clerk")
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == "等承办单位答复"
    huiyin.move_share(co, "waive", by="clerk")
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == "等办公室审定办结"


def test_without_a_lead_it_waits_for_the_office_to_find_one(speaking: Speaking, huiyin: World) -> None:
    reference = revoked(huiyin)
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == "等办公室协调交办"
    co = huiyin.shares(reference)[1]
    huiyin.move_share(co, "reply", result_class="A", text=REPLY)
    huiyin.move_share(co, "approve_reply", by="clerk")
    with speaking():
        assert case_parts.pending(huiyin.case(reference)) == "等办公室协调交办"


# --- signs and facts


@pytest.mark.parametrize(
    "changes, labels",
    [
        ({}, ["已提出"]),
        ({"urgency": "urgent"}, ["已提出", "紧急"]),
        ({"is_petition": True}, ["已提出", "信访"]),
        ({"is_accusation": True}, ["已提出", "检举控告"]),
        ({"urgency": "urgent", "is_petition": True, "is_accusation": True},
         ["已提出", "紧急", "信访", "检举控告"]),
    ],
)  # fmt: skip
def test_what_is_special_stands_beside_the_title(
    speaking: Speaking, huiyin: World, changes: dict[str, Any], labels: list[str]
) -> None:
    reference = huiyin.raised(**changes)
    with speaking():
        signs = case_parts.signs(huiyin.case(reference))
    assert [sign.label for sign in signs] == labels
    assert all(sign.icon for sign in signs)


@pytest.mark.parametrize(
    "changes, line",
    [
        ({}, "城乡建设 / 市政照明 · 东亭街道 云林社区"),
        ({"category": None}, "未分类 · 东亭街道 云林社区"),
        ({"area": "01", "category": "B"}, "城乡建设 · 东亭街道"),
    ],
)
def test_the_line_below_the_title_says_what_and_where(
    speaking: Speaking, huiyin: World, changes: dict[str, Any], line: str
) -> None:
    reference = huiyin.raised(**changes)
    with speaking():
        assert case_parts.place_line(huiyin.case(reference)) == line


def facts(huiyin: World, speaking: Speaking, reference: str) -> dict[str, Any]:
    with speaking():
        return dict(case_parts.deadline_facts(huiyin.case(reference), NOW))


def test_the_facts_of_an_open_case(speaking: Speaking, huiyin: World) -> None:
    assert facts(huiyin, speaking, huiyin.coordinated(source="mailbox")) == {
        "登记": "11月23日 09:00", "来源": "意见箱", "途径": "交办部门", "本步时限": "12月14日 17:30",
        "被反映单位": "无",
    }  # fmt: skip


def test_a_case_that_is_over_has_no_deadline_but_a_day_of_closing(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.fed_back()
    huiyin.move(reference, "close", by="director")
    found = facts(huiyin, speaking, reference)
    assert found["本步时限"] == "" and found["结案"] == "11月23日"


def test_an_open_question_about_the_unit_is_no_fact_yet(speaking: Speaking, huiyin: World) -> None:
    assert "被反映单位" not in facts(huiyin, speaking, huiyin.raised(subject_unit=None))
    assert (
        facts(huiyin, speaking, huiyin.raised(subject_unit="housing"))["被反映单位"] == "区住房和城乡建设局"
    )


# --- departments and replies


def seen(huiyin: World, speaking: Speaking, reference: str, who: str) -> list[case_parts.ShareView]:
    with speaking():
        return case_parts.shares(huiyin.case(reference), huiyin.actor(who), NOW)


@pytest.mark.parametrize("who, units", [("clerk", 2), ("director", 2), ("member", 1), ("leader", 1)])
def test_a_department_that_is_only_drafted_is_the_offices_secret(
    speaking: Speaking, huiyin: World, who: str, units: int
) -> None:
    reference = huiyin.coordinated()
    huiyin.drafted(reference, "transport", "co")
    assert len(seen(huiyin, speaking, reference, who)) == units


@pytest.mark.parametrize("who, texts", [("clerk", [REPLY]), ("member", [REPLY]), ("auditor", [])])
def test_who_reads_what_a_department_answered(
    speaking: Speaking, huiyin: World, who: str, texts: list[str]
) -> None:
    (share,) = seen(huiyin, speaking, huiyin.replied(), who)
    assert [reply.text for reply in share.replies] == texts
    assert share.result and share.result.label == "A 已经解决或基本解决"


@pytest.mark.parametrize(
    "who, acts", [("clerk", {"approve_reply", "rework"}), ("member", set()), ("leader", set())]
)
def test_only_the_office_judges_a_reply_on_the_case(
    speaking: Speaking, huiyin: World, who: str, acts: set[str]
) -> None:
    (share,) = seen(huiyin, speaking, huiyin.replied(), who)
    assert {button.name for button in share.moves} == acts


def test_one_button_leads_to_the_first_reply_that_waits(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.replied(units=BOTH)
    first, second = huiyin.shares(reference)
    with speaking():
        actor = huiyin.actor("clerk")
        (button,) = case_parts.to_replies(case_parts.shares(huiyin.case(reference), actor, NOW))
        assert (button.url, button.link, button.primary) == (f"#reply-{first}", True, True)
    huiyin.move_share(first, "approve_reply", by="clerk")
    (button,) = case_parts.to_replies(seen(huiyin, speaking, reference, "clerk"))
    assert button.url == f"#reply-{second}"
    huiyin.move_share(second, "approve_reply", by="clerk")
    assert case_parts.to_replies(seen(huiyin, speaking, reference, "clerk")) == []


@pytest.mark.parametrize(
    "state, runs",
    [("dispatched", True), ("accepted", True), ("reworking", True), ("return_requested", True),
     ("replied", False), ("completed", False), ("returned", False), ("waived", False), ("revoked", False)],
)  # fmt: skip
def test_a_departments_clock_is_shown_while_it_owes_something(
    speaking: Speaking, state: str, runs: bool
) -> None:
    share = Assignment(state=state, due_at=NOW + timedelta(days=2), due_provisional=False)
    with speaking():
        assert (case_parts.due_of(share, NOW) is not None) == runs


@pytest.mark.parametrize("code, tone", [("A", "ok"), ("B", "info"), ("C", "warn"), ("D", "")])
def test_a_result_is_said_with_its_letter_and_its_word(speaking: Speaking, code: str, tone: str) -> None:
    with speaking("en"):
        sign = case_parts.result(code)
    assert sign.label.startswith(f"{code} ") and sign.label.isascii() and sign.tone == tone


def test_a_reply_that_was_sent_back_says_why(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.replied()
    huiyin.move_share(huiyin.shares(reference)[0], "rework", by="clerk", reason="没有说明何时恢复照明")
    (share,) = seen(huiyin, speaking, reference, "clerk")
    (reply,) = share.replies
    assert (reply.sent_back, reply.contact, reply.when) == (
        "没有说明何时恢复照明", "到现场察看", "11月23日 09:00",
    )  # fmt: skip


# --- texts with marks, the resident


@pytest.mark.parametrize(
    "text, hits, cut",
    [
        ("路灯不亮", [], [("路灯不亮", None)]),
        ("", [], []),
        ("张三反映", [(0, 2)], [("张三", "name"), ("反映", None)]),
        ("我是张三", [(2, 4)], [("我是", None), ("张三", "name")]),
        ("张三李四", [(0, 2), (2, 4)], [("张三", "name"), ("李四", "name")]),
        ("甲张三乙李四丙", [(1, 3), (4, 6)],
         [("甲", None), ("张三", "name"), ("乙", None), ("李四", "name"), ("丙", None)]),
    ],
)  # fmt: skip
def test_a_text_is_cut_at_its_marks_and_loses_nothing(
    text: str, hits: list[tuple[int, int]], cut: list[tuple[str, str | None]]
) -> None:
    found = [Hit(start, end, "name", text[start:end]) for start, end in hits]
    pieces = case_parts.pieces(text, found)
    assert pieces == cut and "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize("address, shown", [("云林苑12号楼***", "云林苑12号楼***"), ("***", ""), ("", "")])
def test_an_address_of_stars_alone_is_not_shown(speaking: Speaking, address: str, shown: str) -> None:
    with speaking():
        view = case_parts.resident(Identity("欧阳**", "139****2186", address, True, False, False, False))
    assert view and view.address == shown


@pytest.mark.parametrize(
    "forward, publish, consents",
    [
        (False, False, ["不同意转出联系方式", "不同意公开"]),
        (True, True, ["同意把联系方式转给承办单位", "同意隐去个人信息后公开"]),
    ],
)
def test_what_the_resident_agreed_to_is_said_in_sentences(
    speaking: Speaking, forward: bool, publish: bool, consents: list[str]
) -> None:
    with speaking():
        view = case_parts.resident(Identity("欧阳**", "", "", True, forward, publish, False))
    assert view and view.consents == consents and not view.revealed


def test_nobody_has_agreed_to_anything_without_a_name(speaking: Speaking) -> None:
    with speaking():
        view = case_parts.resident(Identity("", "", "", False, False, False, True))
        assert case_parts.resident(None) is None
    assert view and view.anonymous and view.consents == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("quick", "没有交办：快速办理。"),
        ("refer", "没有交办：转送其他渠道。"),
        ("decline", "没有交办：不予受理。"),
        ("raised", "还没有交办。办公室协调后"),
    ],
)
def test_where_no_department_was_asked_the_page_says_why(
    how: str, said: str, visit: Visit, huiyin: World
) -> None:
    reference = huiyin.raised() if how in ("raised", "decline") else huiyin.quick(how)
    if how == "decline":
        huiyin.move(reference, "decline", reason="不属于政协受理范围")
    assert said in visit("clerk").get(f"/cases/{reference}").text
