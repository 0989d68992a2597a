"""Cases of the same matter: one master is handled, each child is answered."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.world import NOW, World
from tracker.actions import letter_words
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.incoming.letters import LetterContent
from tracker.models import Letter


def _look(world: World, reference: str, *names: str) -> tuple[Any, ...]:
    with world.reading():
        case = world.case(reference)
        return tuple(getattr(case, name) for name in names)


def _merged(world: World, master: str, **changes: Any) -> str:
    child = world.raised(by="member2", **changes)
    world.move(child, "merge", into=master, reason="duplicate")
    return child


def _content(world: World, public_id: str) -> LetterContent:
    with world.reading():
        return letter_words.content(db.session.query(Letter).filter_by(public_id=public_id).one())


def test_children_take_the_masters_outcome_and_are_each_told(either: World) -> None:
    master = either.replied()
    children = [_merged(either, master) for _ in range(2)]
    either.move_share(either.shares(master)[0], "approve_reply", by="clerk")
    either.move(master, "handle")
    for child in children:
        found = _look(either, child, "state", "outcome_class", "handled_at", "disposition")
        assert found == ("handled", "A", NOW, "merged")
    either.move(children[0], "feed_back", told="oral")
    assert [either.state(reference) for reference in (master, *children)] == [
        "handled",
        "fed_back",
        "handled",
    ]
    letter = either.delivered(children[1])
    assert either.state(children[1]) == "fed_back"
    assert "更换电缆" in _content(either, letter).handling


def test_a_child_of_a_case_without_departments_takes_its_words(huiyin: World) -> None:
    master = huiyin.quick()
    child = _merged(huiyin, master)
    huiyin.move(master, "handle", result="已电话告知办理渠道。", result_class="B")
    assert _look(huiyin, child, "outcome_class", "outcome_text") == ("B", "已电话告知办理渠道。")


def test_a_child_keeps_pace_when_the_master_is_done_again(huiyin: World) -> None:
    master = huiyin.quick()
    child = _merged(huiyin, master)
    huiyin.move(master, "handle", result="已转街道。", result_class="B")
    huiyin.move(master, "rework", note="再核实一次")
    huiyin.move(master, "handle", result="已经修好。", result_class="A")
    assert _look(huiyin, child, "state", "outcome_class", "outcome_text") == ("handled", "A", "已经修好。")


def test_a_merged_child_calls_its_own_departments_off(huiyin: World) -> None:
    child = huiyin.coordinated()
    huiyin.move(child, "merge", into=huiyin.raised())
    with huiyin.reading():
        assert [share.state for share in huiyin.case(child).assignments] == ["revoked"]


def test_unmerging_puts_a_child_back_where_departments_are_chosen(huiyin: World) -> None:
    master, child, fresh = huiyin.raised(), huiyin.coordinated(), huiyin.raised()
    for reference in (child, fresh):
        huiyin.move(reference, "merge", into=master)
        huiyin.move(reference, "unmerge")
        found = _look(
            huiyin, reference, "state", "master_id", "disposition", "merge_reason", "coordinated_at"
        )
        assert found == ("raised", None, None, None, None)
        assert _look(huiyin, reference, "due_at")[0] is not None
    huiyin.move(child, "coordinate", route="quick", result="已告知")
    assert huiyin.state(child) == "coordinated"


def test_unmerging_ends_when_the_master_is_handled(huiyin: World) -> None:
    master = huiyin.quick()
    child = _merged(huiyin, master)
    huiyin.move(master, "handle")
    with pytest.raises(Conflict):
        huiyin.move(child, "unmerge")
    with pytest.raises(Conflict) as refused:
        huiyin.move(huiyin.raised(), "unmerge")
    assert refused.value.missing == ["is_merged"]


def test_a_case_is_not_merged_into_itself(huiyin: World) -> None:
    reference = huiyin.raised()
    _refused(huiyin, reference, reference)


def test_a_case_is_not_merged_into_a_merged_one(huiyin: World) -> None:
    _refused(huiyin, huiyin.raised(), _merged(huiyin, huiyin.raised()))


def test_a_case_with_children_is_not_merged_declined_or_withdrawn(huiyin: World) -> None:
    master = huiyin.raised()
    _merged(huiyin, master)
    for name, given in (
        ("merge", {"into": huiyin.raised()}),
        ("decline", {"note": "不属于"}),
        ("withdraw", {"note": "不办了"}),
    ):
        with pytest.raises(Conflict) as refused:
            huiyin.move(master, name, **given)
        assert refused.value.missing == ["has_no_children"]


@pytest.mark.parametrize("far", ["handled", "fed_back", "withdrawn", "declined"])
def test_a_case_is_not_merged_into_one_that_is_over(huiyin: World, far: str) -> None:
    if far in ("handled", "fed_back"):
        master = getattr(huiyin, far)()
    else:
        master = huiyin.raised()
        huiyin.move(master, {"withdrawn": "withdraw", "declined": "decline"}[far], note="不再办理")
    _refused(huiyin, huiyin.raised(), master)


def test_an_accusation_is_never_merged_and_takes_no_children(huiyin: World) -> None:
    accusation = huiyin.raised(is_accusation=True)
    for case, into in ((accusation, huiyin.raised()), (huiyin.raised(), accusation)):
        with pytest.raises(Invalid) as refused:
            huiyin.move(case, "merge", by="director", into=into)
        assert [error.field for error in refused.value.errors] == ["into"]


def test_another_committees_case_does_not_exist_here(huiyin: World) -> None:
    dongtai = World(huiyin.app, "dt").raised()
    for into in (dongtai, "XS-2026-999999", ""):
        _refused(huiyin, huiyin.raised(), into)


def _refused(world: World, case: str, into: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.move(case, "merge", into=into)
    assert [error.field for error in refused.value.errors] == ["into"]
    assert _look(world, case, "disposition", "master_id") == (None, None)


def test_a_child_says_why_it_was_merged_and_no_more_once_it_stands_alone(huiyin: World) -> None:
    master = huiyin.raised()
    child = _merged(huiyin, master)
    assert _look(huiyin, child, "merge_reason", "disposition") == ("duplicate", "merged")
    huiyin.move(child, "unmerge")
    assert _look(huiyin, child, "merge_reason", "disposition", "master") == (None, None, None)


@pytest.mark.parametrize("far, coordinated", [("raised", NOW + timedelta(days=3)), ("coordinated", NOW)])
def test_a_child_keeps_the_way_and_the_day_it_had_and_takes_the_masters_otherwise(
    huiyin: World, far: str, coordinated: datetime
) -> None:
    later = NOW + timedelta(days=3)
    master = huiyin.quick("refer")
    child = huiyin.quick("quick") if far == "coordinated" else huiyin.raised()
    huiyin.move(child, "merge", into=master, reason="same_matter")
    huiyin.move(master, "handle", at=later)
    found = _look(huiyin, child, "route", "coordinated_at", "handled_at")
    assert found == ("quick" if far == "coordinated" else "refer", coordinated, later)
