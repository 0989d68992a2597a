"""Committees as the operator's shell finds them."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.world import World
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Base, Committee
from tracker.queries import committees, people


def _message(code: str | None) -> str:
    with pytest.raises(Invalid) as refused:
        committees.choose(code)
    (error,) = refused.value.errors
    assert error.field == "committee"
    return error.message


@pytest.mark.parametrize("code", ["xs", "dt"])
def test_a_committee_is_chosen_by_its_code(code: str, still: World) -> None:
    assert committees.choose(code).code == code


@pytest.mark.parametrize("code", ["", "XS", "x", "xs "])
def test_a_code_nobody_has_is_refused(code: str, still: World) -> None:
    assert _message(code) == "没有这个代码的政协委员会"


def test_among_two_one_has_to_say_which(still: World) -> None:
    assert "--committee" in _message(None)


def _empty(*, but: str | None = None) -> None:
    """Inside a write: nothing is left, or one bare committee."""
    kept = db.session.scalar(select(Committee).where(Committee.code == but))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in ("committee", "event"):
            db.session.execute(delete(table))
    db.session.execute(delete(Committee).where(Committee.id != (kept.id if kept else 0)))


def test_the_only_one_need_not_be_named(either_app: Flask) -> None:
    with World(either_app).writing():
        _empty(but="dt")
        assert committees.choose(None).code == "dt"
        assert _message("xs") == "没有这个代码的政协委员会"


@pytest.mark.parametrize("code", [None, "xs"])
def test_without_any_the_way_to_the_first_is_told(code: str | None, either_app: Flask) -> None:
    with World(either_app).writing():
        _empty()
        assert "committee create --preset" in _message(code)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (("xs", "AA", "甲政办函"), True),
        (("new", "XS", "甲政办函"), True),
        (("new", "AA", "锡政协办函"), True),
        (("new", "AA", "甲政办函"), False),
        (("XS", "xs", "锡政协办"), False),
    ],
)
def test_no_two_committees_share_a_code_or_a_prefix(
    given: tuple[str, str, str], taken: bool, still: World
) -> None:
    assert committees.is_taken(*given) is taken


def test_a_person_leads_to_the_committee_and_it_to_its_office(still: World) -> None:
    person = people.by_login("dt-member")
    assert person is not None
    committee = committees.of(person)
    office = committees.office(committee)
    assert (committee.code, office.name, office.committee_id) == ("dt", "政协办公室", committee.id)


def test_the_whole_area_is_the_one_that_lies_in_no_other(either: World) -> None:
    with either.writing():
        committee = committees.choose("xs")
        found = committees.whole_area(committee)
        assert found is not None and (found.code, found.committee_id) == ("01", committee.id)
        db.session.add(
            Committee(
                code="n",
                name="",
                full_name="",
                issuer_mark="",
                preset="plain",
                case_prefix="NN",
                letter_prefix="新政办函",
            )
        )
        db.session.flush()
        assert committees.whole_area(committees.choose("n")) is None


def test_without_an_office_the_remedy_is_named(huiyin: World) -> None:
    with huiyin.writing():
        committee = committees.choose("xs")
        office = committees.office(committee)
        office.kind = "department"
        db.session.flush()
        with pytest.raises(Invalid) as refused:
            committees.office(committee)
    assert refused.value.errors[0].field == "unit"
