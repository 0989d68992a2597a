"""Which clock runs when, and on which evening it strikes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.world import NOW, REPLY, World
from tracker.errors import Conflict

SHANGHAI = ZoneInfo("Asia/Shanghai")
CO = (("housing", "lead"), ("transport", "co"))


def _morning(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI).astimezone(UTC)


def _evening(moment: datetime | None) -> str | None:
    """The day on which something is due; always at half past five."""
    if moment is None:
        return None
    local = moment.astimezone(SHANGHAI)
    assert (local.hour, local.minute, local.second) == (17, 30, 0)
    return local.date().isoformat()


def _due(world: World, reference: str) -> str | None:
    with world.reading():
        return _evening(world.case(reference).due_at)


def _clocks(world: World, public_id: str) -> tuple[str | None, str | None, str | None]:
    with world.reading():
        share = world.share(public_id)
        return _evening(share.accept_due_at), _evening(share.return_due_at), _evening(share.due_at)


def _sent(world: World, day: str, *, classes: dict[str, str] | None = None, **changes: Any) -> list[str]:
    reference = world.raised(at=_morning(day), **changes)
    wanted = [{"unit": u, "role": r, "sla_class": (classes or {}).get(u, "normal")} for u, r in CO]
    world.move(
        reference,
        "coordinate",
        at=_morning(day),
        route="assign",
        transfer_text="路灯不亮，请恢复。",
        confirmed=True,
        assignments=wanted,
    )
    return world.shares(reference)


# The calendar of 2026 as the State Council published it: National Day with a worked Saturday after it,
# Spring Festival, and a plain week.
@pytest.mark.parametrize(
    ("sla_class", "day", "reply_by", "co_by"),
    [
        ("urgent", "2026-09-24", "2026-09-30", "2026-09-28"),
        ("simple", "2026-09-28", "2026-10-10", "2026-09-30"),
        ("normal", "2026-02-13", "2026-03-12", "2026-02-27"),
        ("complex", "2026-11-23", "2027-01-05", "2026-12-07"),
        ("simple", "2026-02-12", "2026-02-26", "2026-02-14"),
    ],
)
def test_a_department_has_the_days_of_its_class_and_a_co_handler_a_third(
    huiyin: World, sla_class: str, day: str, reply_by: str, co_by: str
) -> None:
    lead, co = _sent(huiyin, day, classes={"housing": sla_class})
    assert (_clocks(huiyin, lead)[2], _clocks(huiyin, co)[2]) == (reply_by, co_by)


@pytest.mark.parametrize(("petition", "return_by"), [(False, "2026-11-26"), (True, "2026-11-30")])
def test_a_petition_may_be_returned_for_five_days_anything_else_for_three(
    huiyin: World, petition: bool, return_by: str
) -> None:
    lead, _co = _sent(huiyin, "2026-11-23", is_petition=petition)
    assert _clocks(huiyin, lead)[:2] == ("2026-11-25", return_by)


def test_a_dispatch_after_half_past_five_counts_from_the_next_day(huiyin: World) -> None:
    late = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
    reference = huiyin.coordinated(at=late)
    assert _clocks(huiyin, huiyin.shares(reference)[0])[0] == "2026-11-26"
    on_time = huiyin.coordinated(at=late - timedelta(minutes=1))
    assert _clocks(huiyin, huiyin.shares(on_time)[0])[0] == "2026-11-25"


@pytest.mark.parametrize(("urgency", "by"), [("normal", "2026-11-26"), ("urgent", "2026-11-24")])
def test_the_office_has_three_days_to_coordinate_or_one(huiyin: World, urgency: str, by: str) -> None:
    assert _due(huiyin, huiyin.raised(urgency=urgency)) == by


def test_a_case_is_due_when_the_stage_that_waits_is(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    assert _due(huiyin, reference) == "2026-12-14"
    for share in huiyin.shares(reference):
        huiyin.move_share(
            share, "reply", result_class="A", text="已经更换电缆并恢复照明。", contact_record="on_site"
        )
        huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move(reference, "handle")
    assert _due(huiyin, reference) == "2026-11-30"
    huiyin.move(reference, "feed_back", told="oral")
    assert _due(huiyin, reference) is None


def test_a_clock_is_frozen_when_it_starts(huiyin: World) -> None:
    lead, _co = _sent(huiyin, "2026-11-23")
    before = _clocks(huiyin, lead)
    huiyin.move_share(lead, "accept", at=_morning("2026-11-25"))
    with huiyin.reading():
        reference = huiyin.share(lead).case.reference
    huiyin.edited(reference, is_petition=True, urgency="urgent")
    assert _clocks(huiyin, lead) == before


def test_a_refused_return_gives_no_time_back(huiyin: World) -> None:
    lead, _co = _sent(huiyin, "2026-11-23")
    before = _clocks(huiyin, lead)
    huiyin.move_share(lead, "request_return", reason="该路段由交通部门管养，请改派有关单位办理为宜。")
    huiyin.move_share(lead, "decide_return", by="clerk", at=_morning("2026-11-25"), granted=False)
    assert _clocks(huiyin, lead) == before


def test_the_window_for_returning_shuts_at_its_last_evening(huiyin: World) -> None:
    reason = "该路段由交通部门管养，请改派有关单位办理为宜。"
    closing = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    in_time, late = _sent(huiyin, "2026-11-23")[0], _sent(huiyin, "2026-11-23")[0]
    huiyin.move_share(in_time, "request_return", at=closing, reason=reason)
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(late, "request_return", at=closing + timedelta(seconds=1), reason=reason)
    assert refused.value.missing == ["in_return_window"]


def test_what_comes_back_for_rework_is_due_in_five_days_and_after_a_bad_verdict_in_ten(huiyin: World) -> None:
    reference = huiyin.replied()
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
    assert (_clocks(huiyin, share)[2], _due(huiyin, reference)) == ("2026-11-30", "2026-11-30")
    unhappy = huiyin.fed_back()
    huiyin.rated(unhappy, "dissatisfied")
    assert (_clocks(huiyin, huiyin.shares(unhappy)[0])[2], _due(huiyin, unhappy)) == (
        "2026-12-07",
        "2026-12-07",
    )


def test_a_replacement_moves_the_date_of_the_case(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    lead = huiyin.shares(reference)[0]
    huiyin.move_share(lead, "revoke", by="director", reason="主管单位有误")
    later = NOW + timedelta(days=7)
    huiyin.move_share(huiyin.drafted(reference, "education", at=later), "dispatch", by="clerk", at=later)
    assert _due(huiyin, reference) == "2026-12-21"


def test_a_date_in_a_year_without_a_plan_is_provisional(huiyin: World) -> None:
    reference = huiyin.coordinated(at=_morning("2026-12-28"))
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.due_provisional, case.assignments[0].due_provisional) == (True, True)


def test_nothing_runs_for_a_case_that_ended_otherwise(huiyin: World) -> None:
    withdrawn, merged = huiyin.coordinated(), huiyin.raised()
    huiyin.move(withdrawn, "withdraw", note="当事人撤回")
    huiyin.move(merged, "merge", into=huiyin.raised())
    declined = huiyin.raised()
    huiyin.move(declined, "decline", note="不属于受理范围")
    assert (_due(huiyin, withdrawn), _due(huiyin, merged), _due(huiyin, declined)) == (
        None,
        None,
        "2026-11-30",
    )


def test_what_a_department_does_moves_the_cases_date_but_not_its_version(either: World) -> None:
    reference = either.coordinated()
    with either.reading():
        before = either.case(reference).version, either.case(reference).due_at
    share = either.shares(reference)[0]
    either.move_share(share, "accept")
    either.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    with either.reading():
        case = either.case(reference)
        assert case.version == before[0]
        assert case.due_at != before[1]
