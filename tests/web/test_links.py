"""Addresses: of things, of what is done to them, and of lists with their filters."""

import pytest

from tests.web.conftest import Speaking
from tests.world import World
from tracker.extensions import db
from tracker.models import Letter
from tracker.queries.desk import TRAYS
from tracker.web import links


def test_every_thing_has_a_page_of_its_own(speaking: Speaking, huiyin: World) -> None:
    reference = huiyin.handled()
    public_id = huiyin.letter(reference)
    with speaking():
        case = huiyin.case(reference)
        share, letter = case.assignments[0], db.session.query(Letter).one()
        assert links.thing(case) == f"/cases/{reference}"
        assert links.thing(share) == f"/assignments/{share.public_id}" == links.share(share.public_id)
        assert links.thing(letter) == f"/letters/{public_id}" == links.letter(public_id)


def test_coordination_is_done_on_a_screen_of_its_own_and_all_else_on_the_page(
    speaking: Speaking, huiyin: World
) -> None:
    reference = huiyin.coordinated()
    with speaking():
        case = huiyin.case(reference)
        assert links.act("coordinate", case) == f"/cases/{reference}/coordinate"
        assert links.act("handle", case) == f"/cases/{reference}"
        assert links.act("reply", case.assignments[0]) == links.thing(case.assignments[0])


def test_the_addresses_of_many_cases_share_their_filters(speaking: Speaking) -> None:
    with speaking():
        address = links.each_case(list="q=路灯&state=raised")
        assert address("XS-2026-000001") == links.case("XS-2026-000001", list="q=路灯&state=raised")
        assert links.each_case()("XS-2026-000001") == "/cases/XS-2026-000001"


@pytest.mark.parametrize(
    "path, came",
    [
        ("/cases/x", None),
        ("/cases/x?list=", ""),
        ("/cases/x?list=state%3Draised", "state=raised"),
        ("/cases/x?list=q%3D%25E8%25B7%25AF%26state%3Draised", "q=%E8%B7%AF&state=raised"),
        ("/cases/x?list=nonsense", ""),
        ("/cases/x?list=q%3D%22%3E%3Cscript%3E", "q=%22%3E%3Cscript%3E"),
        ("/cases/x?list=%01state%3Dno", "%01state=no"),
        ("/cases/x?list=//evil.test", ""),
        ("/cases/x?list=state%3Draised%26state%3Dhandled", "state=raised&state=handled"),
    ],
)
def test_the_list_one_came_from_is_spelled_anew(speaking: Speaking, path: str, came: str | None) -> None:
    with speaking(path=path):
        assert links.came_from() == came


@pytest.mark.parametrize(
    "kept", [{}, {"state": "raised"}, {"q": "路灯 & <b>=?#", "area": "01"}, {"q": "+ %20"}, {"q": "a;b"}]
)
def test_filters_survive_the_way_through_one_parameter(speaking: Speaking, kept: dict[str, str]) -> None:
    packed = links.query(kept)
    assert links.respelled(packed) == packed
    with speaking():
        address = links.case("XS-2026-000001", list=packed)
    with speaking(path=address):
        assert links.came_from() == packed


def test_a_list_without_filters_has_a_plain_address(speaking: Speaking) -> None:
    with speaking():
        assert links.view("case", "") == "/cases"
        assert links.view("case", "state=raised") == "/cases?state=raised"
        assert links.index("letter", waiting="to_sign") == "/letters?waiting=to_sign"


def test_every_number_of_the_desk_leads_to_its_list(speaking: Speaking) -> None:
    with speaking():
        for tray in {tray for trays in TRAYS.values() for tray in trays}:
            assert links.tray(tray) == f"{links.index(tray.noun)}?waiting={tray.name}"
