"""Read forms held against what the house knows: who went, what is known, what must be settled first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests import campaigning
from tests.forms_world import MINE, OTHER
from tests.world import NOW, World
from tracker.actions import form_uploads
from tracker.errors import FieldError
from tracker.incoming import form_checks
from tracker.incoming.form_checks import Checked
from tracker.incoming.form_imports import UploadQuery
from tracker.incoming.forms.result import FileRead, Form
from tracker.models import FormImport, ImportForm
from tracker.queries.form_imports import Stored

VISIT: dict[str, Any] = {
    "visitors": [MINE],
    "contact": "顾阿婆",
    "visited_on": "2026-11-20",
    "reported": "巷口积水，出行不便。",
    "help_needed": ["疏通下水道"],
}
RESULTS = {"member": MINE, "suggestion": "增设夜间公交", "brief": "河西夜间无车", "lead": ""}


def imported(world: World, *forms: Form, kind: str = "annex1", by: str = "clerk") -> FormImport:
    """An upload that was read already. Inside an open transaction."""
    made = form_uploads.receive(form_uploads.seal([("a.docx", b"x")]), UploadQuery(), by=world.actor(by))
    form_uploads.keep_read(made, [(0, FileRead("a.docx", kind, forms=forms))])
    return made


def form(changes: Mapping[str, Any] = VISIT, base: Mapping[str, Any] = VISIT, **sure: float) -> Form:
    return Form(dict(base) | dict(changes), dict.fromkeys(base, 1.0) | sure)


def look(
    world: World, *forms: Form, kind: str = "annex1", by: str = "clerk", **choices: Any
) -> list[Checked]:
    with world.writing():
        made = imported(world, *forms, kind=kind, by=by)
        made.choices = choices
        return form_checks.look(made, world.actor(by), NOW)


def faults(checked: Checked) -> list[tuple[str, str]]:
    return [(fault.field, str(fault)) for fault in checked.faults]


def stored(**more: Any) -> Stored:
    return Stored(
        ImportForm(public_id="f1"), "annex1", {"group": "甲组", "contact": "顾"}, {}, (), "3", **more
    )


def test_a_good_form_has_neither_fault_nor_doubt(huiyin: World) -> None:
    (checked,) = look(huiyin, form())
    assert (checked.faults, checked.doubts, checked.duplicate_of) == ((), (), None)
    assert [member.name for member in checked.members] == [MINE]
    assert checked.visit.visited_on == date(2026, 11, 20)


def test_each_faulty_line_of_a_visit_is_named(huiyin: World) -> None:
    changes: list[dict[str, Any]] = [
        {"visitors": ["张三丰"]},
        {"visitors": []},
        {"visited_on": "2026-11-24"},
        {"visited_on": None},
        {"reported": ""},
        {"help_needed": ["灯"]},
        {"persons_count": 1000},
        {"circle": "family"},
    ]
    found = look(huiyin, *(form(change) for change in changes))
    assert [[field for field, _ in faults(one)] for one in found] == [
        ["visitors"],
        ["visitors"],
        ["visited_on"],
        ["visited_on"],
        ["reported"],
        ["help_needed"],
        ["persons_count"],
        ["circle"],
    ]
    assert faults(found[0]) == [("visitors", "找不到“张三丰”这位委员，请选一位，或者改正姓名")]
    assert faults(found[2]) == [("visited_on", "走访日期不能晚于今天")]


def test_today_s_visit_is_none_of_the_future(huiyin: World) -> None:
    (checked,) = look(huiyin, form({"visited_on": "2026-11-23"}))
    assert checked.faults == ()


def test_a_count_of_none_is_as_good_as_no_count(huiyin: World) -> None:
    (checked,) = look(huiyin, form({"persons_count": 0}))
    assert checked.faults == () and checked.visit.persons_count is None


def test_where_there_are_circles_the_form_s_own_goes_before_the_one_chosen_for_all(app: Flask) -> None:
    city = World(app, "dt")
    for chosen, wanted in ((None, [None, "friends"]), ("living", ["living", "friends"])):
        found = look(city, form({"circle": None}), form({"circle": "friends"}), circle=chosen)
        assert [one.visit.circle for one in found] == wanted
        told = [("circle", "请选哪个圈子")]
        assert [faults(one) for one in found] == [[] if circle else told for circle in wanted]


def test_where_there_are_no_circles_the_one_chosen_for_all_is_left_alone(huiyin: World) -> None:
    (checked,) = look(huiyin, form(), circle="living")
    assert checked.faults == () and checked.visit.circle is None


def test_a_name_of_another_committee_s_member_is_nobody_s(huiyin: World, app: Flask) -> None:
    with huiyin.writing():
        other = World(app, "dt").actor("member")
        theirs = form_checks.form_people.roll(other).by_name[MINE][0].public_id
    (checked,) = look(huiyin, form({"visitors": [theirs]}))
    assert [field for field, _ in faults(checked)] == ["visitors"]


def test_results_hold_something_each_part_at_least_two_characters(huiyin: World) -> None:
    changes = [{}, {"suggestion": "", "brief": ""}, {"lead": "引"}, {"brief": "长" * 1501}, {"member": ""}]
    found = look(huiyin, *(form(change, RESULTS) for change in changes), kind="annex2")
    assert [[field for field, _ in faults(one)] for one in found] == [
        [],
        ["suggestion"],
        ["lead"],
        ["brief"],
        ["member"],
    ]
    assert form_checks.result_parts(found[0].results) == [
        ("suggestion", "增设夜间公交"),
        ("brief", "河西夜间无车"),
    ]


@pytest.mark.parametrize(
    ("by", "words"),
    [("clerk", ["", "", ""]), ("member", ["", "没有您", ""]), ("secretary", ["", "不在您的组里", ""])],
)
def test_whose_forms_somebody_brings(huiyin: World, by: str, words: list[str]) -> None:
    went = ([MINE], [OTHER], [OTHER, MINE] if by == "member" else [MINE, OTHER])
    found = look(huiyin, *(form({"visitors": visitors}) for visitors in went), by=by)
    for checked, word in zip(found, words, strict=True):
        told = "".join(sentence for _, sentence in faults(checked))
        assert (word in told) if word else told == ""


def test_kinds_nobody_makes_anything_of_are_kept_without_being_checked(huiyin: World) -> None:
    for kind in ("annex3", "unknown", "roster"):
        (checked,) = look(huiyin, Form({}, {}), kind=kind)
        assert (checked.given, checked.faults) == (None, ())


def test_who_makes_something_of_which_form(huiyin: World) -> None:
    kinds = ("annex1", "register", "annex2", "annex3", "unknown", "roster")
    with huiyin.reading():
        found = {
            who: [kind for kind in kinds if form_checks.takes(kind, huiyin.actor(who))]
            for who in ("clerk", "member", "admin", "leader", "dept")
        }
    papers = ["annex1", "register", "annex2"]
    assert found == {"clerk": papers, "member": papers, "admin": ["roster"], "leader": [], "dept": []}


def test_what_the_reader_doubted_is_told_until_somebody_corrects_it(huiyin: World) -> None:
    doubted = Form(
        VISIT | {"address": "北街"},
        dict.fromkeys(VISIT, 1.0) | {"contact": 0.59, "address": 0.6, "visited_on": 0.5},
        [FieldError("visited_on", "日期没有写年份，按 %(year)d 年理解，请核对", {"year": 2026})],
    )
    with huiyin.writing():
        made, clerk = imported(huiyin, doubted), huiyin.actor("clerk")
        (before,) = form_checks.look(made, clerk, NOW)
        fixes = {before.stored.id: {"fields": {"visited_on": "2026-11-20", "contact": "顾阿婆"}}}
        (after,) = form_checks.look(made, clerk, NOW, fixes)
    assert [doubt.field for doubt in before.doubts] == ["visited_on", "contact"]
    assert str(before.doubts[0]) == "日期没有写年份，按 2026 年理解，请核对"
    assert after.doubts == ()


def test_a_group_that_was_not_named_is_no_doubt_where_the_visitors_are_known(huiyin: World) -> None:
    known, unknown, named = look(
        huiyin,
        form({"group": ""}, group=0.1),
        form({"group": "", "visitors": ["张三丰"]}, group=0.1),
        form({"group": "教育"}, group=0.1),
    )
    assert [[doubt.field for doubt in one.doubts] for one in (known, unknown, named)] == [
        [],
        ["group"],
        ["group"],
    ]


def test_the_same_visit_twice_in_one_upload_points_to_the_first(huiyin: World) -> None:
    first, again, other, later = look(
        huiyin,
        form(),
        form({"contact": "顾 阿 婆", "reported": "换了说法"}),
        form({"contact": "李大爷"}),
        form({"visited_on": "2026-11-19"}),
    )
    assert first.duplicate_of is other.duplicate_of is later.duplicate_of is None
    assert again.duplicate_of == first.stored.id
    assert (first.is_left_out, again.is_left_out) == (False, True)


def test_whoever_was_not_named_is_known_by_what_they_said(huiyin: World) -> None:
    first, again, other = look(
        huiyin,
        form({"contact": ""}),
        form({"contact": "", "reported": "巷口 积水，出行不便。"}),
        form({"contact": "", "reported": "路灯不亮"}),
    )
    assert again.duplicate_of == first.stored.id
    assert other.duplicate_of is None


def test_a_form_is_handed_in_already_when_all_its_parts_are(huiyin: World) -> None:
    huiyin.submitted("suggestion", text=RESULTS["suggestion"])
    with huiyin.writing():
        made, clerk = imported(huiyin, form({}, RESULTS), kind="annex2"), huiyin.actor("clerk")
        (checked,) = form_checks.look(made, clerk, NOW)
        keys = [key for _, key in form_checks.result_keys(checked)]
    assert checked.duplicate_of is None
    assert len(set(keys)) == 2 and all(key.startswith("form:") for key in keys)


def test_a_drive_is_one_of_the_campaign_s(huiyin: World) -> None:
    campaigning.begun(huiyin)
    none, wrong = look(huiyin, form({"drive": "无"}), form({"drive": "大扫除"}))
    assert none.faults == ()
    assert [field for field, _ in faults(wrong)] == ["drive"]


@pytest.mark.parametrize(
    ("keep", "duplicate", "left_out"),
    [(None, None, False), (None, "v1", True), (True, "v1", False), (False, None, True), (False, "v1", True)],
)
def test_what_is_known_is_left_out_unless_somebody_keeps_it(
    keep: bool | None, duplicate: str | None, *, left_out: bool
) -> None:
    fault = FieldError("visitors", "找不到“%(name)s”这位委员，请选一位，或者改正姓名", {"name": "张三丰"})
    checked = Checked(stored(keep=keep), faults=(fault,), duplicate_of=duplicate)
    assert checked.is_left_out is left_out
    assert [one.field for one in form_checks.blocking([checked])] == ([] if left_out else ["f1.visitors"])


def test_a_correction_changes_what_it_speaks_of_and_nothing_else() -> None:
    one = stored(corrected={"contact": "顾阿婆"}, keep=True, cases={"help_needed": [True]})
    assert form_checks.corrected(one, None) is form_checks.corrected(one, {}) is one
    fixed = form_checks.corrected(one, {"fields": {"group": "乙组"}, "cases": None})
    assert fixed.fields == {"group": "乙组", "contact": "顾阿婆"}
    assert (fixed.keep, fixed.cases) == (True, {"help_needed": [True]})
    dropped = form_checks.corrected(one, {"keep": False, "cases": {"help_needed": [False]}})
    assert (dropped.keep, dropped.cases, dropped.corrected) == (
        False,
        {"help_needed": [False]},
        {"contact": "顾阿婆"},
    )


def test_the_same_words_have_the_same_key_however_they_are_set() -> None:
    key = form_checks.repeat_key("brief", "河西夜间无车 ５０２ 路")
    assert key == form_checks.repeat_key("brief", "河西 夜间无车502路")
    assert key != form_checks.repeat_key("suggestion", "河西夜间无车 ５０２ 路")
    assert key != form_checks.repeat_key("brief", "河西夜间无车 503 路")
    assert len(key) <= 64


@pytest.mark.requirement("S2-40")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("某机械厂拟来投资", "investment_lead"),
        ("推荐两位博士回乡", "talent_lead"),
        ("高级工程师返乡创业", "talent_lead"),
        ("", "investment_lead"),
    ],
)
def test_a_lead_is_about_people_when_it_speaks_of_them(text: str, kind: str) -> None:
    assert form_checks.lead_kind(text) == kind
