"""Views of a list are one's own: in their order, at most twenty, and nobody else's are looked up."""

import pytest

from tests.world import World
from tracker.actions import saved_views as actions
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.saved_views import SavedViewIn
from tracker.models import SavedView
from tracker.queries import saved_views


def _keep(world: World, name: str, who: str = "clerk", noun: str = "case") -> str:
    with world.writing():
        state = {"case": "raised", "letter": "draft"}[noun]
        given = SavedViewIn(noun=noun, name=name, query=f"state={state}")  # type: ignore[arg-type]
        return actions.keep(given, by=world.actor(who)).public_id


def _names(world: World, who: str = "clerk", noun: str = "case") -> list[str]:
    with world.reading():
        return [view.name for view in saved_views.of_list(noun, world.actor(who))]


def test_views_stand_in_the_order_they_were_made_each_list_for_itself(either: World) -> None:
    for name in ("乙", "甲", "丙"):
        _keep(either, name)
    _keep(either, "函", noun="letter")
    _keep(either, "别人的", who="clerk2")
    assert (_names(either), _names(either, noun="letter")) == (["乙", "甲", "丙"], ["函"])
    assert _names(either, "clerk2") == ["别人的"] and _names(either, "director") == []


@pytest.mark.requirement("T14")
def test_anothers_view_does_not_exist(either: World) -> None:
    mine, theirs = _keep(either, "我的"), _keep(either, "别人的", who="clerk2")
    with either.reading():
        assert saved_views.get(mine, either.actor("clerk")).name == "我的"
        for public_id in (theirs, "", "nothing"):
            with pytest.raises(NotFound):
                saved_views.get(public_id, either.actor("clerk"))


@pytest.mark.requirement("T14")
def test_the_resident_of_a_case_has_no_views(either: World) -> None:
    reference = either.raised()
    mine = _keep(either, "我的")
    with either.reading():
        assert list(saved_views.of_list("case", either.resident(reference))) == []
        with pytest.raises(NotFound):
            saved_views.get(mine, either.resident(reference))


def test_the_twenty_first_view_is_refused_and_the_twentieth_can_still_be_changed(either: World) -> None:
    with either.writing():
        owner = either.actor("clerk").id
        db.session.add_all(
            SavedView(person_id=owner, noun="case", name=f"{number}", query="") for number in range(20)
        )
    with pytest.raises(Invalid):
        _keep(either, "多余")
    _keep(either, "19")
    assert len(_names(either)) == saved_views.MOST and "多余" not in _names(either)
