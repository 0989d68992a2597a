"""The moves as buttons: which come first, what each asks, and what is filled in after a refusal."""

from typing import Any

import pytest

from tests.web.conftest import Speaking
from tests.world import REPLY, World
from tracker.extensions import db
from tracker.models import Letter
from tracker.web import move_forms
from tracker.web.move_forms import Button

pytestmark = pytest.mark.usefixtures("monday")

RETURN = "这条路属于市政管养，不在本局职责范围之内，请改交市政部门办理。"


@pytest.fixture
def offered(huiyin: World, speaking: Speaking) -> Any:
    """The buttons of a case, or of its share number ``share``, for somebody."""

    def ask(reference: str, who: str, *, share: int | None = None, language: str = "zh", **more: Any) -> Any:
        with speaking(language):
            case = huiyin.case(reference)
            thing = case if share is None else case.assignments[share]
            found = move_forms.buttons(
                thing, huiyin.actor(who), more.get("typed", {}), more.get("opened", "")
            )
            return {button.name: button for button in found}

    return ask


def fields(button: Button) -> dict[str, Any]:
    return {spec.name: spec for spec in button.fields}


# --- which, and in which order


@pytest.mark.parametrize(
    "who, names",
    [
        ("clerk", {"withdraw", "decline", "merge", "coordinate"}),
        ("member", {"withdraw"}),
        ("leader", set()),
        ("auditor", set()),
        ("secretary", set()),
    ],
)
def test_a_new_case_offers_each_role_its_moves(
    offered: Any, huiyin: World, who: str, names: set[str]
) -> None:
    assert set(offered(huiyin.raised(), who)) == names


@pytest.mark.parametrize("stage", ["raised", "coordinated", "quick", "handled", "fed_back"])
def test_what_can_be_done_stands_before_what_lacks_something(offered: Any, huiyin: World, stage: str) -> None:
    lacking = [bool(move.missing) for move in offered(getattr(huiyin, stage)(), "director").values()]
    assert lacking == sorted(lacking) and lacking


@pytest.mark.parametrize("who", ["clerk", "director", "member"])
def test_one_act_at_most_is_the_next_one(offered: Any, huiyin: World, who: str) -> None:
    for reference in (huiyin.raised(), huiyin.coordinated(), huiyin.quick(), huiyin.handled()):
        primary = [place for place, move in enumerate(offered(reference, who).values()) if move.primary]
        assert primary in ([], [0])


def test_a_move_for_another_situation_is_not_shown_as_lacking(offered: Any, huiyin: World) -> None:
    found = offered(huiyin.coordinated(), "clerk")
    assert "unmerge" not in found and "feed_back" not in found
    assert found["handle"].missing == [
        "还没有审核通过的主办答复，或会办意见未齐，或没有办理结果"
    ]  # fmt: skip


def test_what_is_missing_is_said_in_english_too(offered: Any, huiyin: World) -> None:
    found = offered(huiyin.coordinated(), "clerk", language="en")
    assert all(reason.isascii() for button in found.values() for reason in button.missing)
    assert all(button.label.isascii() for button in found.values())


@pytest.mark.parametrize("taken", [False, True])
def test_a_return_is_granted_or_refused_by_two_buttons(offered: Any, huiyin: World, taken: bool) -> None:
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    if taken:
        huiyin.move_share(share, "accept")
    huiyin.move_share(share, "request_return", reason=RETURN)
    found = offered(reference, "clerk", share=0)
    labels = {name: button.label for name, button in found.items() if name.startswith("decide_return")}
    assert labels == {"decide_return:granted": "同意退回", "decide_return:refused": "不同意退回"}


@pytest.mark.parametrize(
    "name, plain, given",
    [
        ("decide_return:granted", "decide_return", {"granted": True}),
        ("decide_return:refused", "decide_return", {"granted": False}),
        ("decide_return", "decide_return", {"granted": False}),
        ("handle", "handle", {}),
        ("handle:with_master", "handle", {}),
        ("", "", {}),
        (":granted", "", {}),
    ],
)
def test_a_button_carries_its_variant_behind_a_colon(name: str, plain: str, given: dict[str, Any]) -> None:
    assert move_forms.split(name) == (plain, given)


# --- what each asks


@pytest.mark.parametrize(
    "role, asked",
    [
        ("lead", ["result_class", "text", "contact_record", "contact_reason"]),
        ("separate", ["result_class", "text", "contact_record", "contact_reason"]),
        ("co", ["result_class", "text"]),
    ],
)
def test_only_who_answers_the_resident_says_how_he_was_heard(
    offered: Any, huiyin: World, role: str, asked: list[str]
) -> None:
    units = {
        "lead": (("housing", "lead"),),
        "separate": (("housing", "separate"), ("transport", "separate")),
        "co": (("housing", "co"), ("transport", "lead")),
    }[role]
    reference = huiyin.coordinated(units=units)
    assert list(fields(offered(reference, "dept", share=0)["reply"])) == asked


def test_the_office_writes_the_result_where_no_department_does(offered: Any, huiyin: World) -> None:
    quick = fields(offered(huiyin.quick(), "clerk")["handle"])
    assert quick["result"].value == "已电话告知办理渠道。" and not quick["result_class"].required
    assert fields(offered(huiyin.coordinated(), "clerk")["handle"]) == {}


@pytest.mark.parametrize(
    "resident, ways",
    [(None, ["oral"]), ({"name": "", "consent_process": False}, ["code_page", "oral"])],
)
def test_how_somebody_was_told_depends_on_whether_the_name_is_known(
    offered: Any, huiyin: World, resident: dict[str, Any] | None, ways: list[str]
) -> None:
    reference = huiyin.handled(**({"resident": resident} if resident else {}))
    told = fields(offered(reference, "clerk")["feed_back"])["told"]
    assert ([value for value, _ in told.options], told.value) == (ways, ways[0])


def test_nothing_is_asked_when_a_letter_told_it_already(offered: Any, huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.delivered(reference)
    found = offered(reference, "clerk")
    assert "feed_back" not in found or found["feed_back"].fields == ()


@pytest.mark.parametrize("move, field", [("withdraw", "note"), ("decline", "note"), ("merge", "into")])
def test_what_must_be_said_is_required_by_the_form_too(
    offered: Any, huiyin: World, move: str, field: str
) -> None:
    assert fields(offered(huiyin.raised(), "clerk")[move])[field].required


def test_what_cannot_be_taken_back_must_be_read_first(offered: Any, huiyin: World) -> None:
    close = offered(huiyin.fed_back(), "director")["close"]
    assert close.confirm == "结案后不能再评价、不能再办。"
    assert offered(huiyin.raised(), "director")["withdraw"].confirm == ""


def test_what_destroys_is_marked_as_dangerous(offered: Any, huiyin: World) -> None:
    found = offered(huiyin.coordinated(), "director", share=0)
    assert {name for name, button in found.items() if button.danger} == {"revoke"}


def test_the_day_of_a_delivery_is_today_until_one_says_otherwise(huiyin: World, speaking: Speaking) -> None:
    huiyin.letter(huiyin.handled(), "issued")
    with speaking():
        found = move_forms.buttons(db.session.query(Letter).one(), huiyin.actor("clerk"), {}, "")
    deliver = next(button for button in found if button.name == "deliver")
    assert fields(deliver)["delivered_on"].value == "2026-11-23"


# --- after a refusal


def test_the_opened_form_alone_keeps_what_was_typed(offered: Any, huiyin: World) -> None:
    typed = {"note": "不属于受理范围", "into": "XS-2026-000009"}
    found = offered(huiyin.raised(), "clerk", typed=typed, opened="decline")
    assert fields(found["decline"])["note"].value == "不属于受理范围"
    assert fields(found["withdraw"])["note"].value == ""
    assert fields(found["merge"])["into"].value == ""


def test_what_was_emptied_stays_empty(offered: Any, huiyin: World) -> None:
    found = offered(huiyin.quick(), "clerk", typed={"result_class": "B"}, opened="handle")
    handle = fields(found["handle"])
    assert (handle["result"].value, handle["result_class"].value) == ("", "B")


# --- the letter and the further department


@pytest.mark.parametrize(
    "stage, ready",
    [("raised", False), ("coordinated", False), ("replied", False), ("handled", True), ("fed_back", False)],
)
def test_a_letter_is_drafted_once_there_is_an_answer(
    huiyin: World, speaking: Speaking, stage: str, ready: bool
) -> None:
    reference = getattr(huiyin, stage)()
    with speaking():
        assert (move_forms.to_letter(huiyin.case(reference)) is not None) == ready


def test_a_refusal_is_answered_by_letter_too(huiyin: World, speaking: Speaking) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="不属于受理范围")
    with speaking():
        assert move_forms.to_letter(huiyin.case(reference))


def test_whoever_left_no_name_gets_no_letter(huiyin: World, speaking: Speaking) -> None:
    reference = huiyin.handled(resident={})
    with speaking():
        assert move_forms.to_letter(huiyin.case(reference)) is None


@pytest.mark.parametrize("upto", ["draft", "submitted", "approved", "issued"])
def test_one_letter_at_a_time_is_on_its_way(huiyin: World, speaking: Speaking, upto: str) -> None:
    reference = huiyin.handled()
    public_id = huiyin.letter(reference, upto)
    with speaking():
        assert move_forms.to_letter(huiyin.case(reference)) is None
    huiyin.move_letter(public_id, "void", by="director", reason="写错了收件人")
    with speaking():
        assert move_forms.to_letter(huiyin.case(reference))


@pytest.mark.parametrize(
    "units, gone, roles",
    [
        ((("housing", "lead"),), None, ["co"]),
        ((("housing", "separate"), ("transport", "separate")), None, ["separate"]),
        ((("housing", "lead"), ("transport", "co")), 0, ["lead", "co"]),
    ],
)
def test_a_further_department_fits_those_that_are_there(
    huiyin: World, speaking: Speaking, units: Any, gone: int | None, roles: list[str]
) -> None:
    reference = huiyin.coordinated(units=units)
    if gone is not None:
        huiyin.move_share(huiyin.shares(reference)[gone], "revoke", by="director", reason="派错了单位")
    with speaking():
        button = move_forms.to_another_department(huiyin.case(reference), huiyin.actor("clerk"), {})
    assert button and [value for value, _ in fields(button)["role"].options] == roles
    assert button.primary == ("lead" in roles)


def test_nobody_is_added_to_a_case_that_is_over(huiyin: World, speaking: Speaking) -> None:
    reference = huiyin.coordinated()
    huiyin.move(reference, "withdraw", note="本人要求")
    other = huiyin.quick()
    with speaking():
        clerk = huiyin.actor("clerk")
        for number in (reference, other):
            assert move_forms.to_another_department(huiyin.case(number), clerk, {}) is None


def test_a_reply_form_offers_every_class_of_result(offered: Any, huiyin: World) -> None:
    reply = fields(offered(huiyin.coordinated(), "dept", share=0)["reply"])
    assert [value for value, _ in reply["result_class"].options] == ["A", "B", "C", "D"]
    assert reply["result_class"].options[0][1].startswith("A ") and len(REPLY) < reply["text"].maxlength
