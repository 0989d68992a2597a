"""A refused step leaves nothing behind, whoever tries it and wherever the row stands (T35)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.actions.conftest import everything
from tests.workflows.tables import LIVES
from tests.world import CAST, REPLY, TRANSFER, World
from tracker.actions import cases, letters
from tracker.errors import Conflict, Forbidden, HuiyinError, Invalid
from tracker.extensions import db
from tracker.models import Letter

pytestmark = pytest.mark.requirement("T35")

REASON = "该路段由交通部门管养，我局无权处置，请改派。"
# Whole input for every move, so that only role and state can refuse it.
GIVEN: dict[str, dict[str, dict[str, Any]]] = {
    "case": {
        "coordinate": {"route": "quick", "result": "已电话告知"},
        "handle": {},
        "feed_back": {"told": "oral"},
        "rework": {"note": "再核实一次"},
        "withdraw": {"note": "当事人撤回"},
        "decline": {"note": "不属于受理范围"},
        "merge": {"into": ""},
        "unmerge": {},
        "close": {},
        "reopen": {},
        "recall": {},
    },
    "assignment": {
        "dispatch": {},
        "accept": {},
        "request_return": {"reason": REASON},
        "decide_return": {"granted": True},
        "reply": {"result_class": "A", "text": REPLY, "contact_record": "on_site"},
        "approve_reply": {},
        "rework": {"reason": "没有写明责任单位"},
        "waive": {},
        "revoke": {"reason": "主管单位有误"},
    },
    "letter": {
        "submit": {},
        "approve": {},
        "reject": {"reason": "落款有误"},
        "issue": {},
        "deliver": {"method": "in_person", "delivered_on": "2026-11-23"},
        "acknowledge": {},
        "void": {"reason": "发错了人"},
    },
}


def test_every_move_is_tried() -> None:
    for life, lines in LIVES.items():
        assert {line.move for line in lines} == set(GIVEN[life])


def _cases(world: World) -> Iterator[tuple[str, str]]:
    """(state, reference) in every state, and in every way a case can end."""
    master = world.raised()
    yield "raised", world.raised()
    yield "coordinated", world.coordinated()
    yield "handled", world.handled()
    yield "fed_back", world.fed_back()
    for name, given in (
        ("withdraw", {"note": "不办了"}),
        ("decline", {"note": "不属于"}),
        ("merge", {"into": master}),
    ):
        reference = world.raised()
        world.move(reference, name, **given)
        yield name, reference
    closed = world.fed_back()
    world.move(closed, "close", by="director")
    yield "closed", closed


def _shares(world: World) -> Iterator[tuple[str, str]]:
    draft = world.drafted(world.coordinated(), "transport", "co", confirmed=False)
    yield "draft", draft
    for state in ("dispatched", "accepted", "return_requested", "returned", "revoked"):
        share = world.shares(world.coordinated())[0]
        if state == "accepted":
            world.move_share(share, "accept")
        if state in ("return_requested", "returned"):
            world.move_share(share, "request_return", reason=REASON)
        if state == "returned":
            world.move_share(share, "decide_return", by="clerk", granted=True)
        if state == "revoked":
            world.move_share(share, "revoke", by="director", reason="主管单位有误")
        yield state, share
    for state in ("replied", "reworking", "completed"):
        share = world.shares(world.replied())[0]
        if state == "reworking":
            world.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
        if state == "completed":
            world.move_share(share, "approve_reply", by="clerk")
        yield state, share
    waived = world.shares(world.coordinated(units=(("housing", "lead"), ("transport", "co"))))[1]
    world.move_share(waived, "waive", by="clerk")
    yield "waived", waived


def _letters(world: World) -> Iterator[tuple[str, str]]:
    for state in ("draft", "submitted", "approved", "issued"):
        yield state, world.letter(world.handled(), state)
    yield "delivered", world.delivered(world.handled())
    void = world.letter(world.handled())
    world.move_letter(void, "void", by="director", reason="发错了人")
    yield "voided", void


ROWS = {"case": _cases, "assignment": _shares, "letter": _letters}
MOVER = {"case": "move", "assignment": "move_share", "letter": "move_letter"}


def _attempt(world: World, life: str, key: str, name: str, who: str) -> str:
    """What became of it; a step that would have been made is undone as well."""
    given = GIVEN[life][name]
    if name == "merge":
        given = {"into": key}
    try:
        with world.app.app_context():
            getattr(world, MOVER[life])(key, name, by=who, **given)
    except HuiyinError as refused:
        return type(refused).__name__
    return "made"


@pytest.mark.parametrize("life", LIVES)
def test_a_refused_step_changes_no_row(huiyin: World, life: str) -> None:
    allowed = {(line.state, line.move) for line in LIVES[life]}
    rows, outcomes = list(ROWS[life](huiyin)), Counter[str]()
    before = everything(huiyin)
    for (state, key), name, who in ((r, n, w) for r in rows for n in GIVEN[life] for w in CAST):
        if (state, name) in allowed and life != "case" and _may_succeed(life, name, who):
            continue
        if life == "case" and _would_be_made(state, name, who):
            continue
        outcome = _attempt(huiyin, life, key, name, who)
        assert outcome in ("Forbidden", "Conflict", "Invalid"), (state, name, who, outcome)
        outcomes[outcome] += 1
    assert everything(huiyin) == before
    print(f"{life}: {sum(outcomes.values())} refused steps, {dict(outcomes)}")
    assert outcomes["Forbidden"] >= 200 and outcomes["Conflict"] >= 20


OFFICE = ("clerk", "clerk2", "director", "director2")


def _may_succeed(life: str, name: str, who: str) -> bool:
    if life == "assignment" and name in ("accept", "request_return", "reply"):
        return who == "dept"
    return who in OFFICE


def _would_be_made(state: str, name: str, who: str) -> bool:
    """A step of a case that is open to this person here."""
    open_to = {
        "raised": {"coordinate", "decline", "withdraw"},
        "coordinated": {"decline", "withdraw"},
        "handled": {"feed_back", "rework"},
        "fed_back": {"close"},
        "decline": {"feed_back"},
        "merge": {"unmerge"},
    }
    if name == "withdraw" and who == "member":
        return name in open_to.get(state, ())
    return who in OFFICE and name in open_to.get(state, ())


# --- faults that show late
def test_a_delivery_needs_the_page_and_a_possible_day(huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    before = everything(huiyin)
    with pytest.raises(Conflict) as refused:
        huiyin.move_letter(letter, "deliver", by="clerk", method="post", delivered_on="2026-11-23")
    assert refused.value.missing == ["has_pdf"]
    for day in ("2026-11-22", "2026-11-24"):
        with pytest.raises(Invalid):
            _freeze_and_deliver(huiyin, letter, day)
    assert everything(huiyin) == before


def _freeze_and_deliver(world: World, public_id: str, day: str) -> None:
    given = {"method": "post", "delivered_on": day}
    with world.writing():
        letter = db.session.query(Letter).filter_by(public_id=public_id).one()
        letters.freeze(letter, b"%PDF-")
        letters.move(letter, "deliver", by=world.actor("clerk"), given=given)


def test_a_coordination_that_fails_at_its_last_department_sends_to_none(either: World) -> None:
    reference = either.raised()
    before = everything(either)
    wanted = [{"unit": "housing", "role": "lead"}, {"unit": "office", "role": "co"}]
    with pytest.raises(Invalid):
        either.move(
            reference,
            "coordinate",
            route="assign",
            transfer_text=TRANSFER,
            confirmed=True,
            assignments=wanted,
        )
    assert everything(either) == before


def test_a_crash_after_the_step_undoes_it(either: World) -> None:
    reference = either.raised()
    before = everything(either)
    with pytest.raises(RuntimeError), either.writing():
        decline_inside(either, reference)
        raise RuntimeError("the server died")
    assert everything(either) == before


def decline_inside(world: World, reference: str) -> None:
    cases.move(world.case(reference), "decline", by=world.actor("clerk"), given={"note": "不属于受理范围"})


# --- versions
def test_a_version_that_moved_on_is_a_conflict_that_names_the_new_one(either: World) -> None:
    reference = either.raised()
    with either.reading():
        version = either.case(reference).version
    either.edited(reference, expect=version, summary="另一段话")
    with pytest.raises(Conflict) as refused:
        either.move(reference, "coordinate", expect=version, route="quick", result="已告知")
    assert refused.value.version == version + 1
    with pytest.raises(Conflict):
        either.edited(reference, expect=version, summary="又一段话")
    either.move(reference, "coordinate", expect=version + 1, route="quick", result="已告知")


def test_what_happens_to_a_share_does_not_move_the_version_of_its_case(huiyin: World) -> None:
    reference = huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    with huiyin.reading():
        version = huiyin.case(reference).version
    huiyin.move_share(huiyin.shares(reference)[1], "accept")
    with huiyin.reading():
        assert huiyin.case(reference).version == version


def test_an_action_outside_a_write_transaction_is_a_fault_of_ours(huiyin: World) -> None:
    reference = huiyin.raised()
    with pytest.raises(RuntimeError, match="write transaction"), huiyin.reading():
        decline_inside(huiyin, reference)


def test_forbidden_comes_before_what_is_wrong_with_the_input(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        huiyin.move(huiyin.raised(), "decline", by="member2", nonsense="x")


def test_faulty_input_comes_before_the_state(huiyin: World) -> None:
    with pytest.raises(Invalid):
        huiyin.move(huiyin.fed_back(), "decline", note="")
