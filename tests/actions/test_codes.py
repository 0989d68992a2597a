"""Codes and PINs: who gives them, what they open, what is left of a wrong try."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, RESIDENT, World
from tracker.actions import codes
from tracker.actions.codes import PIN_TRIES
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.models import Event, TrackingCode

WITHOUT_PHONE = {"resident": {"name": "吴桂英", "consent_process": True}}


def issue(world: World, reference: str, *, by: str = "member") -> str:
    with world.writing():
        return codes.issue(world.case(reference), by=world.actor(by)).code.text


def unlock(world: World, reference: str, *, by: str = "clerk") -> str | None:
    with world.writing():
        return codes.issue_pin(world.case(reference), by=world.actor(by))


def tries(world: World, *pins: str) -> list[bool]:
    """On the code that lives."""
    answers = []
    for pin in pins:
        with world.writing():
            row = db.session.scalars(select(TrackingCode).where(TrackingCode.revoked_at.is_(None))).one()
            answers.append(codes.try_pin(row, pin))
    return answers


@pytest.fixture
def reference(huiyin: World) -> str:
    made = huiyin.raised()
    issue(huiyin, made)
    return made


def test_a_code_is_an_event_without_the_code(huiyin: World, reference: str) -> None:
    code = issue(huiyin, reference)
    stored = everything(huiyin)
    assert code[4:20] not in repr(stored) and code not in repr(stored)
    with huiyin.reading():
        data = list(db.session.scalars(select(Event.data).where(Event.verb == "issue_code")))
        assert data == [{}, {}]


def test_a_code_remembers_who_gave_it_and_lasts_two_years(huiyin: World, reference: str) -> None:
    with huiyin.reading():
        row = db.session.scalars(select(TrackingCode)).one()
        assert row.expires_at == NOW + timedelta(days=730)
        assert row.issued_by_id == huiyin.actor("member").id


@pytest.mark.parametrize("who", ["dt-clerk", "dt-director", "secretary", "dept", "leader"])
def test_a_refused_code_leaves_the_living_one_alive(huiyin: World, reference: str, who: str) -> None:
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        issue(huiyin, reference, by=who)
    assert everything(huiyin) == before


@pytest.mark.requirement("T12")
def test_the_last_four_digits_open_the_letter_and_nothing_else_does(huiyin: World, reference: str) -> None:
    end = RESIDENT["phone"][-4:]
    assert tries(huiyin, end) == [True]
    assert tries(huiyin, "0000", "", end[::-1]) == [False, False, False]


def test_the_fifth_wrong_one_locks_even_for_the_right_one(huiyin: World, reference: str) -> None:
    right = RESIDENT["phone"][-4:]
    assert tries(huiyin, *["0000"] * (PIN_TRIES - 1), right) == [False] * 4 + [True]
    assert tries(huiyin, *["0000"] * PIN_TRIES, right) == [False] * 6


def test_a_try_on_a_locked_letter_is_not_counted(huiyin: World, reference: str) -> None:
    tries(huiyin, *["0000"] * PIN_TRIES)
    before = everything(huiyin)
    tries(huiyin, "0000", "1111")
    assert everything(huiyin) == before


def test_a_new_code_begins_unlocked(huiyin: World, reference: str) -> None:
    tries(huiyin, *["0000"] * PIN_TRIES)
    issue(huiyin, reference, by="clerk")
    assert tries(huiyin, RESIDENT["phone"][-4:]) == [True]


def test_unlocking_where_a_phone_was_left_gives_no_pin(huiyin: World, reference: str) -> None:
    tries(huiyin, *["0000"] * PIN_TRIES)
    assert unlock(huiyin, reference) is None
    assert tries(huiyin, RESIDENT["phone"][-4:]) == [True]


def test_where_no_phone_was_left_each_unlocking_gives_another_pin(huiyin: World) -> None:
    made = huiyin.raised(**WITHOUT_PHONE)
    issue(huiyin, made)
    first, second = unlock(huiyin, made), unlock(huiyin, made)
    assert first and second and len(first) == len(second) == 6
    assert tries(huiyin, second) == [True]
    assert first == second or tries(huiyin, first) == [False]
    assert second not in repr(everything(huiyin)["event"])


def test_before_the_office_told_a_pin_none_opens(huiyin: World) -> None:
    issue(huiyin, huiyin.raised(**WITHOUT_PHONE))
    assert tries(huiyin, "", "000000", "0000") == [False, False, False]


def test_a_case_without_a_code_has_nothing_to_unlock(huiyin: World) -> None:
    made = huiyin.raised()
    before = everything(huiyin)
    assert unlock(huiyin, made) is None
    assert everything(huiyin) == before


@pytest.mark.parametrize("phone", ["１３９１２３４２１８６", "139 1234 2186", "+86-139-1234-2186"])
@pytest.mark.parametrize("pin", ["2186", "２１８６", " 2 1 8 6 "])
def test_digits_are_the_same_in_every_width_and_spelling(huiyin: World, phone: str, pin: str) -> None:
    issue(huiyin, huiyin.raised(resident=RESIDENT | {"phone": phone}))
    assert tries(huiyin, pin) == [True]


@pytest.mark.requirement("T12")
@pytest.mark.parametrize("phone", ["7", "分机801", "12345"])
def test_too_few_digits_prove_nothing_so_the_office_tells_a_pin(huiyin: World, phone: str) -> None:
    made = huiyin.raised(resident=RESIDENT | {"phone": phone})
    issue(huiyin, made)
    assert tries(huiyin, phone, phone[-4:]) == [False, False]
    pin = unlock(huiyin, made)
    assert pin and tries(huiyin, pin) == [True]


@pytest.mark.parametrize("who", ["member", "secretary", "dept", "leader", "auditor", "admin", "dt-clerk"])
def test_nobody_but_the_office_unlocks(huiyin: World, reference: str, who: str) -> None:
    tries(huiyin, *["0000"] * PIN_TRIES)
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        unlock(huiyin, reference, by=who)
    assert everything(huiyin) == before


@pytest.mark.parametrize("changes", [{"is_accusation": True}])
def test_the_code_of_an_accusation_is_the_directors_or_the_raisers(
    huiyin: World, changes: dict[str, Any]
) -> None:
    made = huiyin.raised(**changes)
    assert issue(huiyin, made) != issue(huiyin, made, by="director")
    with pytest.raises(Forbidden):
        issue(huiyin, made, by="clerk")
