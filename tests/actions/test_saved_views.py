"""Views of a list: kept by name, one's own, no part of the record."""

import pytest
from sqlalchemy import select

from tests.world import World
from tracker.actions import saved_views
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.saved_views import SavedViewIn
from tracker.models import Event, SavedView
from tracker.queries import saved_views as kept
from tracker.rules.actors import system


def keep(
    world: World, name: str = "待协调", query: str = "state=raised", *, noun: str = "case", by: str = "clerk"
) -> None:
    with world.writing():
        saved_views.keep(SavedViewIn(noun=noun, name=name, query=query), by=world.actor(by))


def views(world: World, noun: str = "case", *, by: str = "clerk") -> list[tuple[str, str]]:
    with world.reading():
        return [(view.name, view.query) for view in kept.of_list(noun, world.actor(by))]


def test_views_come_in_the_order_they_were_made(either: World) -> None:
    keep(either, "乙")
    keep(either, "甲", "overdue=1")
    assert views(either) == [("乙", "state=raised"), ("甲", "overdue=1")]


def test_the_same_name_takes_the_new_filters_and_its_old_place(either: World) -> None:
    keep(either, "乙")
    keep(either, "甲")
    keep(either, "乙", "state=handled")
    assert views(either) == [("乙", "state=handled"), ("甲", "state=raised")]


def test_one_name_may_stand_on_two_lists_and_with_two_people(either: World) -> None:
    keep(either)
    keep(either, noun="letter", query="state=draft")
    keep(either, by="clerk2", query="overdue=1")
    assert views(either) == [("待协调", "state=raised")]
    assert views(either, "letter") == [("待协调", "state=draft")]
    assert views(either, by="clerk2") == [("待协调", "overdue=1")]


def test_the_twenty_first_is_refused_but_a_known_one_still_changes(huiyin: World) -> None:
    for number in range(kept.MOST):
        keep(huiyin, f"视图{number}")
    with pytest.raises(Invalid) as refused:
        keep(huiyin, "再一个")
    assert refused.value.errors[0].field == "name"
    keep(huiyin, "视图7", "overdue=1")
    assert dict(views(huiyin))["视图7"] == "overdue=1" and len(views(huiyin)) == kept.MOST


@pytest.mark.parametrize(
    ("who", "noun"), [("dept", "case"), ("admin", "case"), ("dept", "visit"), ("auditor", "visit")]
)
def test_a_list_one_may_not_read_has_no_views(huiyin: World, who: str, noun: str) -> None:
    with pytest.raises(Forbidden):
        keep(huiyin, noun=noun, by=who, query="from=2026-11-01")


def test_a_rule_keeps_no_views(huiyin: World) -> None:
    with pytest.raises((NotFound, Forbidden)), huiyin.writing():
        saved_views.keep(SavedViewIn(noun="case", name="系统", query="overdue=1"), by=system(1))


def test_a_view_is_given_up_by_its_owner_only(huiyin: World) -> None:
    keep(huiyin)
    with huiyin.writing():
        view = db.session.scalars(select(SavedView)).one()
        with pytest.raises(NotFound):
            saved_views.drop(view, by=huiyin.actor("director"))
        saved_views.drop(view, by=huiyin.actor("clerk"))
    assert views(huiyin) == []


def test_the_diary_hears_nothing_of_views(huiyin: World) -> None:
    keep(huiyin)
    with huiyin.reading():
        assert db.session.query(Event).count() == 0
