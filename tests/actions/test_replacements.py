"""Who may be asked once somebody gave a case back, and what is left of a draft nobody needs any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, REPLY, TRANSFER, World
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.models import Assignment, Event

CO = (("housing", "lead"), ("transport", "co"))
REASON = "该路段由交通部门管养，我局无权处置，请改派。"


def given_back(world: World, share: str) -> None:
    world.move_share(share, "request_return", reason=REASON)
    world.move_share(share, "decide_return", by="clerk", granted=True)


def states(world: World, reference: str) -> list[tuple[str, str]]:
    with world.reading():
        return [(share.unit.key, share.state) for share in world.case(reference).assignments]


def test_a_department_that_gave_it_back_may_be_asked_again(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    given_back(huiyin, huiyin.shares(reference)[0])
    huiyin.drafted(reference, "housing", confirmed=True)
    assert states(huiyin, reference) == [
        ("housing", "returned"),
        ("transport", "dispatched"),
        ("housing", "draft"),
    ]


def test_so_may_one_from_which_it_was_taken_away(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    huiyin.move_share(huiyin.shares(reference)[0], "revoke", by="director", reason="主管单位有误")
    assert huiyin.drafted(reference, "housing", confirmed=True)


@pytest.mark.parametrize("step", ["draft", "dispatched", "accept", "reply", "approve_reply", "waive"])
def test_one_that_has_it_is_not_asked_a_second_time(huiyin: World, step: str) -> None:
    """Whether it waits, works, has answered or need not answer any more."""
    reference = huiyin.raised() if step == "draft" else huiyin.coordinated(units=CO)
    if step == "draft":
        huiyin.drafted(reference, "transport", "co")
    co = huiyin.shares(reference)[-1]
    if step in ("accept", "reply", "approve_reply"):
        huiyin.move_share(co, "accept")
    if step in ("reply", "approve_reply"):
        huiyin.move_share(co, "reply", result_class="A", text="已联系产权单位，本周内完成修复。")
    if step == "approve_reply":
        huiyin.move_share(co, "approve_reply", by="clerk")
    if step == "waive":
        huiyin.move_share(co, "waive", by="clerk")
    with pytest.raises(Invalid) as refused:
        huiyin.drafted(reference, "transport", "co")
    assert [fault.field for fault in refused.value.errors] == ["unit"]


@pytest.mark.parametrize(
    "ended, given", [("withdraw", {"note": "当事人撤回"}), ("decline", {"note": "不属于受理范围"})]
)
def test_what_ended_is_taken_from_everybody_by_rule_and_at_once(
    huiyin: World, ended: str, given: dict[str, str]
) -> None:
    reference, later = huiyin.coordinated(units=CO), NOW + timedelta(hours=3)
    huiyin.drafted(reference, "education", "co")
    huiyin.move(reference, ended, at=later, **given)
    assert {state for _, state in states(huiyin, reference)} == {"revoked"}
    with huiyin.reading():
        rows = db.session.scalars(select(Assignment)).all()
        assert {row.updated_at for row in rows} == {later}
        told = db.session.scalars(select(Event).where(Event.verb == "revoke").order_by(Event.id)).all()
        assert [event.before for event in told] == ["dispatched", "dispatched", "draft"]
        assert {(event.actor_kind, event.actor_name) for event in told} == {("system", "case")}


def test_what_a_department_has_answered_is_not_taken_away_afterwards(huiyin: World) -> None:
    reference = huiyin.handled(units=(("housing", "lead"),))
    with pytest.raises(Conflict):
        huiyin.move_share(huiyin.shares(reference)[0], "revoke", by="director", reason="主管单位有误")
    assert states(huiyin, reference) == [("housing", "completed")]


@pytest.mark.parametrize("unit", ["office", "group", "root", "nowhere"])
def test_only_a_department_in_use_is_asked(huiyin: World, unit: str) -> None:
    reference = huiyin.raised()
    with pytest.raises(Invalid) as refused:
        huiyin.drafted(reference, unit, transfer_text=TRANSFER)
    assert [fault.field for fault in refused.value.errors] == ["unit"] and states(huiyin, reference) == []


def test_what_was_accepted_keeps_that_moment_when_it_is_answered(huiyin: World) -> None:
    share, later = huiyin.shares(huiyin.coordinated())[0], NOW + timedelta(days=1)
    huiyin.move_share(share, "accept")
    huiyin.move_share(share, "reply", at=later, result_class="A", text=REPLY, contact_record="on_site")
    with huiyin.reading():
        found = huiyin.share(share)
        assert (found.accepted_at, found.replied_at) == (NOW, later)
