"""What keeps a concern from those it is about: the subject's line, the redacted text, the human eye."""

from itertools import product

import pytest
from sqlalchemy import select

from tests.world import NARRATIVE, NOW, RESIDENT, TRANSFER, World
from tracker.actions import dispatch
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.assignments import AssignmentIn
from tracker.models import Assignment, Case, OrgUnit
from tracker.queries import scope
from tracker.rules import permissions
from tracker.rules.actors import Actor, Post
from tracker.rules.conflicts import conflicted

# Parent of each of twenty units: a root, five bureaus, their divisions, and two levels below.
PARENTS = (None, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 6, 6, 7, 9, 12, 12, 15, 16)
PAIRS = list(product(range(20), repeat=2))


def _line(number: int) -> set[int]:
    """A unit and everything above it but the root."""
    found = set()
    while PARENTS[number] is not None:
        found.add(number)
        number = PARENTS[number] or 0
    return found


def _must_not(unit: int, subject: int) -> bool:
    return bool(unit and subject) and (unit in _line(subject) or subject in _line(unit))


def _plant(committee_id: int) -> list[OrgUnit]:
    units: list[OrgUnit] = []
    for number, parent in enumerate(PARENTS):
        above = None if parent is None else units[parent]
        unit = OrgUnit(
            committee_id=committee_id, kind="department", key=f"tree{number}", name=f"单位{number}"
        )
        unit.parent_id = above.id if above else None
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{above.path if above else '/'}{unit.id}/"
        units.append(unit)
    return units


@pytest.mark.requirement("T06")
def test_the_model_of_the_tree_is_not_empty() -> None:
    assert 60 <= sum(_must_not(unit, subject) for unit, subject in PAIRS) <= 120


@pytest.mark.requirement("T06")
def test_all_four_hundred_pairs_are_judged_as_the_model_says(either: World) -> None:
    reference = either.raised()
    with either.writing():
        case = either.case(reference)
        units = _plant(case.committee_id)
        for unit in units:
            db.session.add(_share(case, unit))
        db.session.flush()
        db.session.expire_all()
        for subject in range(20):
            case.subject_unit_id = units[subject].id
            db.session.flush()
            db.session.expire(case)
            for unit in range(20):
                answers = _answers(case, units[unit])
                assert answers == {not _must_not(unit, subject)}, (unit, subject)
            lineages = [conflicted(unit.lineage, units[subject].lineage) for unit in units]
            assert lineages == [_must_not(unit, subject) for unit in range(20)]


def _share(case: Case, unit: OrgUnit) -> Assignment:
    return Assignment(
        committee_id=case.committee_id,
        case_id=case.id,
        unit_id=unit.id,
        role="separate",
        state="dispatched",
        dispatched_at=NOW,
        transfer_text=TRANSFER,
        updated_at=NOW,
    )


def _answers(case: Case, unit: OrgUnit) -> set[bool]:
    """What the rule, the SQL and the table of moves say of this department; they had better agree."""
    actor = Actor("person", 10**6, "", case.committee_id, (Post("handler", unit.id),))
    share = next(share for share in case.assignments if share.unit_id == unit.id)
    query = select(Assignment.id).join(Case, Case.id == Assignment.case_id)
    seen = db.session.scalars(query.where(scope.assignments(actor), Assignment.id == share.id)).all()
    return {
        bool(seen),
        share.unit_may_receive,
        permissions.may(actor, "read", share),
        permissions.may(actor, "reply", share),
    }


@pytest.mark.requirement("T06")
def test_no_pair_of_the_tree_gets_past_the_draft(huiyin: World) -> None:
    reference, refused = huiyin.raised(), 0
    with huiyin.writing():
        case, by = huiyin.case(reference), huiyin.actor("clerk")
        units = _plant(case.committee_id)
        for unit, subject in PAIRS:
            case.subject_unit = units[subject]
            given = AssignmentIn(unit=units[unit].key, transfer_text=TRANSFER)
            with db.session.begin_nested() as attempt:
                try:
                    dispatch.draft(case, given, by=by)
                except Invalid:
                    refused += 1
                    assert _must_not(unit, subject)
                else:
                    assert not _must_not(unit, subject)
                attempt.rollback()
    assert refused == sum(_must_not(unit, subject) for unit, subject in PAIRS)


@pytest.mark.requirement("T06")
def test_a_subject_learnt_between_draft_and_dispatch_still_counts(huiyin: World) -> None:
    """No override: not the director's either."""
    reference = huiyin.coordinated()
    draft = huiyin.drafted(reference, "transport", "co")
    huiyin.edited(reference, subject_unit="transport")
    for who in ("clerk", "director"):
        with pytest.raises(Conflict) as refused:
            huiyin.move_share(draft, "dispatch", by=who)
        assert refused.value.missing == ["unit_may_receive"]


@pytest.mark.requirement("T06")
def test_coordination_refuses_a_department_that_is_the_subject(huiyin: World) -> None:
    for who in ("clerk", "director"):
        with pytest.raises(Invalid) as refused:
            _coordinate(huiyin, huiyin.raised(subject_unit="housing"), by=who)
        assert [error.field for error in refused.value.errors] == ["unit"]


@pytest.mark.requirement("T06")
def test_a_department_that_turns_out_to_be_the_subject_can_do_nothing_any_more(either: World) -> None:
    reference = either.coordinated()
    share = either.shares(reference)[0]
    either.edited(reference, subject_unit="housing")
    for name in ("accept", "reply", "request_return"):
        with pytest.raises(Forbidden):
            either.move_share(share, name)


# --- the text
@pytest.mark.requirement("T03")
@pytest.mark.parametrize("given", [{}, {"confirmed": False}])
def test_nothing_is_assigned_before_somebody_confirmed_the_text(
    either: World, given: dict[str, bool]
) -> None:
    reference = either.raised()
    with pytest.raises(Conflict) as refused:
        _coordinate(either, reference, **given)
    assert refused.value.missing == ["drafts_are_confirmed"]
    assert either.shares(reference) == []


@pytest.mark.requirement("T03")
def test_a_draft_left_unconfirmed_is_confirmed_with_the_coordination_or_not_sent(huiyin: World) -> None:
    reference = huiyin.raised()
    draft = huiyin.drafted(reference, "housing", confirmed=False)
    with pytest.raises(Conflict):
        huiyin.move(reference, "coordinate", route="assign")
    huiyin.move(reference, "coordinate", route="assign", confirmed=True)
    with huiyin.reading():
        share = huiyin.share(draft)
        assert (share.state, share.confirmed_at) == ("dispatched", NOW)
        assert share.confirmed_by_id == huiyin.actor("clerk").id


@pytest.mark.requirement("T03")
def test_a_replacement_is_not_sent_unconfirmed(huiyin: World) -> None:
    draft = huiyin.drafted(huiyin.coordinated(), "transport", "co", confirmed=False)
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(draft, "dispatch", by="clerk")
    assert refused.value.missing == ["has_confirmed_text"]


TELLING = (
    f"{RESIDENT['name']}反映北门路灯不亮，请恢复。",
    f"北门路灯不亮，请联系{RESIDENT['phone']}。",
    "北门路灯不亮，联系电话１３９ １２３４ ２１８６。",
    "北门路灯不亮，反映人身份证号320205195801011234。",
    f"{RESIDENT['address']}住户反映路灯不亮。",
    "路灯不亮，来信请寄oyang@example.com。",
)


@pytest.mark.requirement("T03")
@pytest.mark.parametrize("text", TELLING)
def test_a_text_that_tells_who_it_was_is_refused_everywhere(huiyin: World, text: str) -> None:
    reference = huiyin.raised()
    with pytest.raises(Invalid) as refused:
        _coordinate(huiyin, reference, confirmed=True, transfer_text=text)
    assert [error.field for error in refused.value.errors] == ["transfer_text"]
    with pytest.raises(Invalid) as refused:
        huiyin.drafted(reference, "housing", transfer_text=text)
    assert [error.field for error in refused.value.errors] == ["transfer_text"]
    assert huiyin.shares(reference) == []


def test_what_was_heard_may_be_passed_on_when_it_names_nobody(huiyin: World) -> None:
    reference = huiyin.raised()
    _coordinate(huiyin, reference, confirmed=True, transfer_text=NARRATIVE)
    assert len(huiyin.shares(reference)) == 1


def test_departments_without_a_text_are_refused(huiyin: World) -> None:
    with pytest.raises(Invalid) as refused:
        _coordinate(huiyin, huiyin.raised(), confirmed=True, transfer_text="")
    assert [error.field for error in refused.value.errors] == ["transfer_text"]


# --- accusations
def test_an_accusation_is_referred_by_the_director_and_by_nobody_else(either: World) -> None:
    reference = either.raised(is_accusation=True, subject_unit="housing")
    for who in ("clerk", "clerk2"):
        with pytest.raises(Forbidden):
            either.move(reference, "coordinate", by=who, route="refer")
    for route in ("quick", "brief"):
        with pytest.raises(Conflict) as refused:
            either.move(reference, "coordinate", by="director", route=route, result="已告知")
        assert refused.value.missing == ["is_not_accusation"]
    either.move(reference, "coordinate", by="director", route="refer", result="已转纪检监察机关。")
    either.move(reference, "handle", by="director")
    assert either.state(reference) == "handled"


@pytest.mark.parametrize("unit", ["housing", "transport", "education"])
def test_an_accusation_reaches_no_department_by_any_way(huiyin: World, unit: str) -> None:
    reference = huiyin.raised(is_accusation=True)
    with pytest.raises(Conflict):
        _coordinate(huiyin, reference, by="director", confirmed=True, unit=unit)
    with pytest.raises(Conflict):
        huiyin.drafted(reference, unit, by="director")
    huiyin.move(reference, "coordinate", by="director", route="refer", result="已转纪检监察机关。")
    with pytest.raises(Conflict):
        huiyin.drafted(reference, unit, by="director")
    assert huiyin.shares(reference) == []


def test_a_case_that_turns_into_an_accusation_is_taken_from_its_departments(either: World) -> None:
    reference = either.coordinated()
    share = either.shares(reference)[0]
    draft = either.drafted(reference, "transport", "co")
    either.edited(reference, is_accusation=True)
    for name in ("accept", "reply", "request_return"):
        with pytest.raises(Forbidden):
            either.move_share(share, name)
    with pytest.raises(Conflict) as refused:
        either.move_share(draft, "dispatch", by="director")
    assert refused.value.missing == ["case_takes_departments"]


def _coordinate(
    world: World,
    reference: str,
    *,
    by: str = "clerk",
    unit: str = "housing",
    transfer_text: str = TRANSFER,
    **given: bool,
) -> None:
    wanted = [{"unit": unit, "role": "lead"}]
    world.move(
        reference,
        "coordinate",
        by=by,
        route="assign",
        transfer_text=transfer_text,
        assignments=wanted,
        **given,
    )
