"""What whoever holds the code may know, stage by stage."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.world import NOW, REPLY, World
from tracker.actions import codes
from tracker.extensions import clock
from tracker.models import TrackingCode
from tracker.queries import track
from tracker.queries.track import Progress

TODAY = date(2026, 11, 23)


def _row(world: World, reference: str) -> TrackingCode:
    """Inside a write: a fresh code for the case."""
    return codes.issue(world.case(reference), by=world.actor("director")).row


def _progress(world: World, reference: str) -> Progress:
    with world.writing():
        return track.progress(_row(world, reference))


def _dated(progress: Progress) -> dict[str, date]:
    return {step.name: step.on for step in progress.steps if step.on}


@pytest.mark.parametrize(
    ("make", "reached", "departments", "next_on"),
    [
        ("raised", ["raised"], (), date(2026, 11, 26)),
        ("coordinated", ["raised", "coordinated"], ("区住房和城乡建设局",), date(2026, 12, 14)),
        ("handled", ["raised", "coordinated", "handled"], ("区住房和城乡建设局",), date(2026, 11, 30)),
        ("fed_back", ["raised", "coordinated", "handled", "fed_back"], ("区住房和城乡建设局",), None),
        ("quick", ["raised", "coordinated"], (), None),
    ],
)
def test_each_stage_tells_its_day_who_has_it_and_by_when(
    make: str, reached: list[str], departments: tuple[str, ...], next_on: date | None, either: World
) -> None:
    progress = _progress(either, getattr(either, make)())
    assert _dated(progress) == dict.fromkeys(reached, TODAY)
    assert (progress.departments, len(progress.steps)) == (departments, 4)
    if make != "quick":
        assert progress.next_on == next_on


@pytest.mark.requirement("T01")
@pytest.mark.parametrize("make", ["raised", "coordinated", "replied", "handled"])
def test_no_answer_is_released_before_the_resident_was_told(make: str, either: World) -> None:
    progress = _progress(either, getattr(either, make)())
    assert (progress.answer, progress.outcome_class, progress.may_rate) == ((), None, False)


def test_the_answer_names_the_department_that_gave_it(either: World) -> None:
    progress = _progress(either, either.fed_back())
    assert progress.answer == (("区住房和城乡建设局", REPLY),)
    assert (progress.outcome_class, progress.may_rate) == ("A", True)


@pytest.mark.requirement("T01")
def test_an_approved_reply_that_names_the_resident_is_still_hidden_here(either: World) -> None:
    reference = either.coordinated()
    (share,) = either.shares(reference)
    text = "已与欧阳桂兰（13912342186）当面说明，路灯已恢复照明。"
    either.move_share(share, "reply", result_class="A", text=text, contact_record="on_site")
    either.move_share(share, "approve_reply", by="clerk")
    either.move(reference, "handle")
    either.move(reference, "feed_back", told="oral")
    ((_, told),) = _progress(either, reference).answer
    assert "路灯已恢复照明" in told and "欧阳" not in told and "13912342186" not in told


def test_the_offices_own_answer_stands_without_a_department(either: World) -> None:
    reference = either.quick()
    either.move(reference, "handle", result="已电话告知办理渠道。")
    either.move(reference, "feed_back", told="oral")
    assert _progress(either, reference).answer == (("", "已电话告知办理渠道。"),)


def test_a_merged_case_tells_of_the_work_on_its_master(either: World) -> None:
    master, child = either.coordinated(), either.raised(by="member2")
    either.move(child, "merge", into=master)
    progress = _progress(either, child)
    assert (progress.reference, progress.disposition) == (child, "merged")
    assert progress.departments == ("区住房和城乡建设局",)
    assert progress.next_on == date(2026, 12, 14)


@pytest.mark.requirement("T06")
def test_of_an_accusation_only_the_stage_is_told(either: World) -> None:
    reference = either.quick("refer", by="director", is_accusation=True)
    either.move(reference, "handle", by="director")
    either.move(reference, "feed_back", by="director", told="oral")
    progress = _progress(either, reference)
    assert (progress.state, progress.answer, progress.outcome_class) == ("fed_back", (), None)


def test_a_share_that_is_a_draft_or_went_back_is_nobodys_business(either: World) -> None:
    reference = either.raised()
    either.drafted(reference, "housing")
    assert _progress(either, reference).departments == ()


def _rated(world: World, by: str) -> str:
    reference = world.fed_back()
    world.rated(reference, "satisfied", by=by)
    return reference


def _closed(world: World) -> str:
    reference = world.fed_back()
    world.move(reference, "close", by="director")
    return reference


@pytest.mark.parametrize(
    ("make", "may"),
    [
        (lambda world: world.fed_back(), True),
        (lambda world: _rated(world, "member"), True),
        (lambda world: _rated(world, "resident"), False),
        (_closed, False),
    ],
    ids=["told", "the member rated", "the resident rated", "closed"],
)
def test_the_resident_rates_once_whatever_the_member_said(
    make: Callable[[World], str], may: bool, either: World
) -> None:
    progress = _progress(either, make(either))
    assert progress.may_rate is may
    assert progress.is_closed is (make is _closed)


@pytest.mark.parametrize(
    ("upto", "available"), [("draft", False), ("submitted", False), ("approved", False), ("issued", True)]
)
def test_a_letter_can_be_fetched_once_it_is_issued(upto: str, available: bool, either: World) -> None:
    reference = either.handled()
    letter = either.letter(reference, upto)
    assert _progress(either, reference).letter_available is available
    if available:
        either.move_letter(letter, "void", by="director", reason="收件人有误")
        assert not _progress(either, reference).letter_available


@pytest.mark.parametrize(
    ("phone", "pin", "fits"),
    [
        ("13912342186", "2186", True),
        ("13912342186", "２１８６", True),
        ("13912342186", " 21-86 ", True),
        ("13912342186", "1234", False),
        ("13912342186", "", False),
        ("13912342186", "342186", False),
        ("0510-8820 1234", "1234", True),
        ("", "", False),
        ("", "0000", False),
    ],
)
def test_the_letter_opens_with_the_last_four_digits_of_the_phone(
    phone: str, pin: str, fits: bool, either: World
) -> None:
    resident = {"name": "李四", "phone": phone, "consent_process": True}
    reference = either.raised(resident=resident)
    with either.writing():
        assert track.pin_fits(_row(either, reference), pin) is fits


def test_only_the_newest_code_is_the_cases_present_one(either: World) -> None:
    reference, other = either.raised(), either.raised()
    with either.writing():
        case, clerk = either.case(reference), either.actor("clerk")
        assert track.current_code(case) is None
        first, second = (codes.issue(case, by=clerk) for _ in range(2))
        foreign = codes.issue(either.case(other), by=clerk)
        assert track.current_code(case) is second.row
        fits = [track.is_code_of(case, given.code) for given in (first, second, foreign)]
    assert fits == [False, True, False]


@pytest.mark.requirement("T10")
def test_a_code_reaches_the_one_case_it_was_given_for(either: World) -> None:
    reference = either.raised()
    with either.writing():
        given = codes.issue(either.case(reference), by=either.actor("clerk"))
        actor = track.resident_of(track.find(given.code.display))
        assert (actor.kind, actor.id, actor.name) == ("resident", either.case(reference).id, "")
    with either.reading(), clock.at(NOW + codes.VALID):
        assert track.find(given.code.display).case.reference == reference
    with either.reading(), clock.at(NOW + codes.VALID + timedelta(seconds=1)), pytest.raises(track.NotFound):
        track.find(given.code.display)
