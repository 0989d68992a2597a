"""The permission file against the matrix of powers, cell by cell (T14)."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.rules.asking import ELSEWHERE, ME, MINE, OTHER, SOMEBODY, UNIT, Thing, actor
from tests.rules.rights import ACCUSATION, NOT_BY, RELATIONS, ROLES, rights
from tracker.errors import Forbidden
from tracker.queries.moves import RULEBOOKS
from tracker.rules import permissions
from tracker.rules.actors import ZONES, Actor, Post, system, zone_of
from tracker.rules.permissions import Row

pytestmark = pytest.mark.requirement("T14")

RIGHTS = rights()
OF_A_CASE = ("case", "assignment", "letter", "resident", "attachment")


# How somebody may stand to a thing; "foreign" has every tie but the committee.
STANDINGS: dict[str, dict[str, Any]] = {
    "own": {"owner_id": ME, "case_id": ME},
    "grp": {"group_id": UNIT},
    "asg": {"unit_ids": frozenset({UNIT})},
    "wnt": {"along_ids": frozenset({SOMEBODY, ME})},
    "all": {},
    "foreign": {
        "committee_id": OTHER,
        "owner_id": ME,
        "case_id": ME,
        "group_id": UNIT,
        "unit_ids": frozenset({UNIT}),
        "along_ids": frozenset({ME}),
    },
}


def expected(cell: str, role: str, standing: str) -> bool:
    if standing == "foreign" or cell == "-":
        return False
    return cell == "all" or standing in cell.split("+")


def differences(question: str, roles: Collection[str] = ROLES) -> Iterator[str]:
    """Where the file says or does something else than the matrix, for one question."""
    noun, verb = question.split(".")
    cells = RIGHTS.get(question, dict.fromkeys(ROLES, "-"))
    for role in roles:
        cell = cells[role]
        written = permissions.grants(actor(role), question).get(role, frozenset())
        if written != {RELATIONS[part] for part in cell.split("+") if part in RELATIONS}:
            yield f"{question}: {role} has {sorted(written)}, not {cell}"
        for standing, ties in STANDINGS.items():
            thing = Thing(noun, **ties)
            if permissions.may(actor(role), verb, thing) != expected(cell, role, standing):
                yield f"{question}: {role} who stands {standing} to it is not answered {cell}"
    row = permissions.table().get(question)
    if row is None or row.not_by != NOT_BY.get(question, ()):
        yield f"{question}: not_by"


@pytest.mark.parametrize("question", RIGHTS)
def test_a_question_is_answered_as_the_matrix_says(question: str) -> None:
    assert list(differences(question)) == []


def test_the_file_and_the_matrix_ask_the_same_questions() -> None:
    assert set(permissions.table()) == set(RIGHTS)


def _flipped() -> Iterator[tuple[str, str, str, dict[str, Row]]]:
    """The file with one cell changed, for every cell and every other value it could have."""
    real = permissions.table()
    for question, row in real.items():
        for role in ROLES:
            for value in ("", *permissions.RELATIONS):
                changed = {k: v for k, v in row.grants.items() if k != role}
                changed |= {role: frozenset({value})} if value else {}
                if changed != row.grants:
                    yield question, role, value, real | {question: replace(row, grants=changed)}
        for who in (("drafter",), ("self",), ()):
            if who != row.not_by:
                yield question, "not_by", str(who), real | {question: replace(row, not_by=who)}


def test_any_single_cell_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    flips = 0
    for question, role, value, table in list(_flipped()):
        monkeypatch.setattr(permissions, "table", lambda table=table: table)
        assert list(differences(question, [role] if role in ROLES else ())), (question, role, value)
        flips += 1
    print(f"{flips} single cells changed, all noticed")
    assert flips >= 2_000


def test_what_has_no_row_is_denied_to_everybody() -> None:
    for role in ROLES:
        for verb in ("burn", "read_all", ""):
            assert not permissions.may(actor(role), verb, Thing("case", **STANDINGS["own"]))
        assert not permissions.may_any(actor(role), "case.burn")
        assert not permissions.may(actor(role), "read", Thing("secret", **STANDINGS["own"]))


def test_somebody_without_a_post_may_nothing() -> None:
    nobody = Actor("person", ME, "", MINE)
    for question in RIGHTS:
        noun, verb = question.split(".")
        assert not permissions.may(nobody, verb, Thing(noun, **STANDINGS["own"]))


def test_every_move_has_a_row() -> None:
    moves = {f"{book.noun}.{name}" for book in RULEBOOKS.values() for name in book.names}
    assert len(moves) >= 25
    assert moves <= set(permissions.table())


def test_every_permission_a_move_asks_for_has_a_row() -> None:
    asked = {f"{book.noun}.{move.asks}" for book in RULEBOOKS.values() for move in book.moves if move.asks}
    assert asked == {
        "assignment.decide_second_return",
        "assignment.rework_again",
        "group_report.reopen_received",
    }
    assert asked <= set(permissions.table())


# --- people who may not although their role may
def test_nobody_signs_what_they_drafted() -> None:
    own = Thing("letter", drafter_id=ME)
    assert not permissions.may(actor("director"), "approve", own)
    assert permissions.excluded(actor("director"), "approve", own)
    assert permissions.may(actor("director"), "approve", Thing("letter"))
    with pytest.raises(Forbidden):
        permissions.require(actor("director"), "approve", own)


@pytest.mark.requirement("T40")
def test_an_administrator_does_not_change_their_own_account() -> None:
    assert not permissions.may(actor("admin"), "edit", Thing("person", id=ME))
    assert permissions.may(actor("admin"), "edit", Thing("person", id=SOMEBODY))


# --- above every row
@pytest.mark.requirement("T06")
def test_a_department_is_barred_from_a_case_about_itself() -> None:
    verbs = [question.split(".")[1] for question, cells in RIGHTS.items() if cells["handler"] == "asg"]
    assert len(verbs) >= 5
    for verb in verbs:
        thing = Thing("assignment", unit_ids=frozenset({UNIT}))
        assert permissions.may(actor("handler"), verb, thing)
        assert not permissions.may(actor("handler"), verb, replace(thing, is_conflicted=True))


def _accused(who: str, noun: str) -> tuple[Actor, Thing]:
    thing = Thing(noun, is_accusation=True, group_id=UNIT, unit_ids=frozenset({UNIT}))
    if who == "officer":
        return actor("clerk", is_accusation_officer=True), thing
    if who.startswith("raiser"):
        state = "raised" if who.endswith("before triage") else "coordinated"
        return actor("member"), replace(thing, owner_id=ME, state=state)
    if who == "resident":
        return actor("resident"), replace(thing, case_id=ME)
    return actor(who), thing


@pytest.mark.parametrize("who", ACCUSATION)
def test_an_accusation_is_open_only_to_those_named(who: str) -> None:
    allowed = set()
    for question in RIGHTS:
        noun, verb = question.split(".")
        by, thing = _accused(who, noun)
        if noun in OF_A_CASE and permissions.may(by, verb, thing):
            allowed.add(question)
    assert allowed == ACCUSATION[who]


def test_the_director_does_everything_with_accusations() -> None:
    for question, cells in RIGHTS.items():
        noun, verb = question.split(".")
        if noun in OF_A_CASE:
            by, thing = _accused("director", noun)
            assert permissions.may(by, verb, thing) == (cells["director"] == "all")


def test_an_officer_of_accusations_needs_to_be_a_clerk_still() -> None:
    thing = Thing("case", is_accusation=True, group_id=UNIT, owner_id=SOMEBODY)
    for role in ("secretary", "member", "leader", "handler"):
        assert not permissions.may(actor(role, is_accusation_officer=True), "read", thing)


# --- who acts
@pytest.mark.parametrize("role", [role for role in ROLES if role in ZONES])
def test_a_role_belongs_to_one_zone(role: str) -> None:
    zones = {
        "office": {"member", "secretary", "clerk", "director", "leader"},
        "department": {"handler"},
        "administration": {"admin"},
        "audit": {"auditor"},
    }
    assert set(ZONES) == set(ROLES) - {"resident", "system"}
    for zone, roles in zones.items():
        for other in roles:
            together = zone_of({role, other})
            assert together == (zone if role in roles else None)


def test_rights_of_a_post_end_with_its_own_group() -> None:
    """A secretary of one group who is a member of another reads the first group's cases only."""
    both = Actor("person", ME, "", MINE, (Post("secretary", UNIT), Post("member", ELSEWHERE)))
    assert permissions.may(both, "read", Thing("case", group_id=UNIT))
    assert not permissions.may(both, "read", Thing("case", group_id=ELSEWHERE))


def test_the_system_reaches_its_own_committee_only() -> None:
    assert permissions.may(system(MINE), "recall", Thing("case"))
    assert not permissions.may(system(OTHER), "recall", Thing("case"))


def test_a_resident_is_no_person_of_the_same_number() -> None:
    """Case 11's resident and person 11 are two."""
    resident = Actor("resident", ME, "", MINE)
    assert not permissions.may(resident, "read", Thing("case", owner_id=ME))
    assert not permissions.may(actor("member"), "read", Thing("case", case_id=ME))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('["case.read"]\njanitor = ["own"]\n', "janitor"),
        ('["case.read"]\nclerk = ["world"]\n', "world"),
    ],
)
def test_a_role_or_relation_nobody_knows_stops_the_start(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        permissions.parse(text)
