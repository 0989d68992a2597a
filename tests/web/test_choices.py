"""Lists to choose from: places below their township, categories below their top, units by what they are."""

import pytest

from tests.web.conftest import Speaking, Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Area, Category, OrgUnit
from tracker.web import choices


def area(huiyin: World, code: str, name: str, kind: str, below: str = "") -> None:
    with huiyin.writing():
        committee = huiyin.actor("clerk").committee_id
        parent = db.session.query(Area).filter_by(committee_id=committee, code=below).one() if below else None
        db.session.add(
            Area(committee_id=committee, code=code, name=name, full_name=name, kind=kind,
                 parent_id=parent.id if parent else None)
        )  # fmt: skip


def category(huiyin: World, code: str, name: str, below: str, level: int) -> None:
    with huiyin.writing():
        committee = huiyin.actor("clerk").committee_id
        parent = db.session.query(Category).filter_by(committee_id=committee, code=below).one()
        db.session.add(
            Category(committee_id=committee, code=code, name=name, level=level, parent_id=parent.id,
                     full_name=f"{parent.full_name} / {name}")
        )  # fmt: skip


def changed(huiyin: World, what: type, key: str, **values: object) -> None:
    field = "key" if what is OrgUnit else "code"
    with huiyin.writing():
        committee = huiyin.actor("clerk").committee_id
        row = db.session.query(what).filter_by(committee_id=committee, **{field: key}).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_a_township_offers_itself_and_its_communities(speaking: Speaking, huiyin: World) -> None:
    area(huiyin, "02", "安镇街道", "township")
    with speaking():
        assert choices.areas(huiyin.actor("clerk")) == [
            ("东亭街道", [("01", "东亭街道（不细分）"), ("0101", "云林社区")]),
            ("安镇街道", [("02", "安镇街道")]),
        ]


def test_only_the_words_around_a_place_are_translated(speaking: Speaking, huiyin: World) -> None:
    with speaking("en"):
        ((town, options),) = choices.areas(huiyin.actor("clerk"))
    assert town == "东亭街道" and options[0][1].startswith("东亭街道") and "不细分" not in options[0][1]


def test_a_category_is_told_by_its_path_below_the_top(speaking: Speaking, huiyin: World) -> None:
    category(huiyin, "B0101", "路灯", "B01", 3)
    with speaking():
        assert choices.categories(huiyin.actor("clerk")) == [
            ("城乡建设", [("B01", "市政照明"), ("B0101", "市政照明 / 路灯")]),
        ]


def test_what_is_out_of_use_is_not_offered(speaking: Speaking, huiyin: World) -> None:
    changed(huiyin, Category, "B01", is_active=False)
    changed(huiyin, OrgUnit, "education", is_active=False)
    with speaking():
        clerk = huiyin.actor("clerk")
        assert choices.categories(clerk) == []
        assert [name for _, name in choices.departments(clerk)] == ["区住房和城乡建设局", "区交通运输局"]


def test_departments_stand_before_the_groups(speaking: Speaking, huiyin: World) -> None:
    with speaking():
        (first, departments), (second, groups) = choices.units(huiyin.actor("clerk"))
    assert (first, len(departments)) == ("部门和镇街", 3)
    assert second == "政协各组"
    assert {name for _, name in groups} == {"政协办公室", "东亭街道工委会", "教育界别组"}


def test_every_unit_is_offered_by_its_kind_for_a_post(speaking: Speaking, huiyin: World) -> None:
    with speaking():
        groups = choices.all_units(huiyin.actor("admin"))
    labels = [label for label, _ in groups]
    assert len(labels) == len(set(labels)) == 5
    assert sum(len(options) for _, options in groups) == 7
    assert dict(groups)["承办单位"] and dict(groups)["政协机关"]


@pytest.mark.parametrize(
    "given, named", [({}, "none"), ({"subject_unit": None}, ""), ({"subject_unit": "housing"}, "unit")]
)
def test_whose_conduct_is_complained_of_is_named_as_a_form_does(
    speaking: Speaking, huiyin: World, given: dict[str, str], named: str
) -> None:
    reference = huiyin.raised(**given)
    with speaking():
        case = huiyin.case(reference)
        expected = case.subject_unit.public_id if case.subject_unit else named
        assert choices.subject_of(case) == expected and bool(case.subject_unit) == (named == "unit")


@pytest.mark.parametrize("key, known", [("transport", True), ("gone", False), ("", False), ("group", False)])
def test_the_usual_department_of_a_category_is_one_that_is_there(
    speaking: Speaking, huiyin: World, key: str, known: bool
) -> None:
    changed(huiyin, Category, "B01", default_unit_key=key)
    with speaking():
        assert set(choices.usual_departments(huiyin.actor("clerk"))) == ({"B01"} if known else set())


def test_nothing_of_another_committee_is_offered(speaking: Speaking, huiyin: World) -> None:
    area(huiyin, "07", "羊尖镇", "township")
    with speaking():
        other = huiyin.actor("dt-clerk")
        assert "羊尖镇" not in str(choices.areas(other))
        own = {value for value, _ in choices.departments(huiyin.actor("clerk"))}
        assert own.isdisjoint(value for value, _ in choices.departments(other))


def test_another_committees_unit_cannot_be_sent_either(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    with huiyin.reading():
        foreign = choices.departments(huiyin.actor("dt-clerk"))[0][0]
    form = {"unit": foreign, "role": "co", "sla_class": "normal"}
    answer = visit("clerk").post(f"/cases/{reference}/assignments", page="/help", **form)
    assert answer.status_code == 422
    assert len(huiyin.shares(reference)) == 1
