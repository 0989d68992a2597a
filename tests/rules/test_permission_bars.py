"""What stands beside the permission file: nobody known yet, people who are barred, accusations in lists."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.rules.asking import ME, MINE, SOMEBODY, UNIT, Thing, actor
from tracker.errors import Forbidden
from tracker.rules import permissions
from tracker.rules.actors import system

pytestmark = pytest.mark.requirement("T14")


@dataclass(frozen=True)
class Bare:
    """A thing of which nothing but its committee is known."""

    noun: str = "case"
    committee_id: int = MINE


def test_who_stands_in_no_relation_to_it_has_only_the_committees_rights() -> None:
    assert permissions.may(actor("clerk"), "read", Bare())
    for role in ("member", "secretary", "resident"):
        assert not permissions.may(actor(role), "read", Bare())
    assert not permissions.may(actor("handler"), "read", Bare("assignment"))


def test_a_conflict_bars_the_department_and_nobody_else() -> None:
    about = Thing("assignment", unit_ids=frozenset({UNIT}), is_conflicted=True)
    assert not permissions.may(actor("handler"), "read", about)
    assert permissions.may(actor("clerk"), "read", about) and permissions.may(actor("leader"), "read", about)


@pytest.mark.parametrize(
    ("role", "question", "may"),
    [
        ("member", "visit.create", True),
        ("clerk", "visit.create", False),
        ("director", "work_rules.edit", True),
        ("clerk", "work_rules.edit", False),
        ("handler", "assignment.reply", True),
        ("resident", "case.read", True),
        ("resident", "case.create", False),
        ("system", "case.recall", True),
        ("admin", "nothing.of_the_kind", False),
    ],
)
def test_before_any_object_is_known_the_role_decides(role: str, question: str, may: bool) -> None:
    assert permissions.may_any(actor(role), question) is may
    if may:
        permissions.require_any(actor(role), question)
        return
    with pytest.raises(Forbidden, match="岗位"):
        permissions.require_any(actor(role), question)


def test_who_may_is_not_held_up() -> None:
    permissions.require(actor("clerk"), "read", Thing("case"))
    with pytest.raises(Forbidden, match="岗位"):
        permissions.require(actor("handler"), "read", Thing("case"))


@dataclass(frozen=True)
class Book(Bare):
    noun: str = "booklet"
    editor_ids: tuple[int, ...] = ()
    checker_id: int | None = None


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("book", "check", "approve"),
    [
        (Book(), True, True),
        (Book(editor_ids=(SOMEBODY, ME)), False, False),
        (Book(editor_ids=(SOMEBODY,)), True, True),
        (Book(checker_id=ME), True, False),
        (Book(checker_id=SOMEBODY), True, True),
    ],
)
def test_none_of_several_editors_approves_their_own_booklet(book: Book, check: bool, approve: bool) -> None:
    director = actor("director")
    assert (permissions.may(director, "check", book), permissions.may(director, "approve", book)) == (
        check,
        approve,
    )


def test_a_bar_names_people_and_no_rule_or_resident() -> None:
    """The system has no number, and case 11's resident is not person 11."""
    own = Thing("letter", drafter_id=ME)
    assert permissions.excluded(actor("director"), "approve", own)
    assert not permissions.excluded(system(MINE), "approve", replace(own, drafter_id=None))  # type: ignore[arg-type]
    assert not permissions.excluded(actor("resident"), "approve", own)
    assert not permissions.excluded(actor("director"), "burn", own)


OFFICER = {"is_accusation_officer": True}


@pytest.mark.parametrize(
    ("role", "more", "noun", "verb", "circle"),
    [
        ("director", {}, "case", "close", "all"),
        ("system", {}, "case", "recall", "all"),
        ("clerk", OFFICER, "case", "read_story", "all"),
        ("clerk", OFFICER, "letter", "read_content", "all"),
        ("clerk", OFFICER, "case", "coordinate", "none"),
        ("clerk", OFFICER, "case", "rate", "own"),
        ("clerk", {}, "case", "read_story", "own_waiting"),
        ("clerk", {}, "letter", "read", "none"),
        ("member", {}, "case", "read", "own"),
        ("member", {}, "case", "withdraw", "own_waiting"),
        ("member", {}, "resident", "read_own", "own_waiting"),
        ("member", {}, "case", "edit", "none"),
        ("member", {}, "assignment", "read", "none"),
        ("member", {}, "attachment", "read", "none"),
        ("resident", {}, "case", "read", "own"),
        ("resident", {}, "case", "rate", "own"),
        ("resident", {}, "letter", "read", "own"),
        ("resident", {}, "letter", "read_content", "none"),
        ("resident", {}, "assignment", "read", "none"),
        ("resident", {}, "case", "withdraw", "none"),
    ],
)
def test_whose_accusations_each_reaches_is_one_answer_for_rows_and_lists(
    role: str, more: dict[str, Any], noun: str, verb: str, circle: str
) -> None:
    assert permissions.accusation_circle(actor(role, **more), noun, verb) == circle
