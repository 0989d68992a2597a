"""The demonstration's residents find their members: an open page in both committees."""

import pytest

from tests import contacting
from tests.world import NOW, World
from tracker.cli.demo_campaigns import STUDIOS
from tracker.cli.demo_contact_page import RULES, open_pages
from tracker.queries import contact_page
from tracker.rules.clock import shanghai_date
from tracker.rules.publishing import leads_to_somebody

pytestmark = pytest.mark.requirement("S1-32")


def test_both_committees_open_their_page_and_keep_one_workstation_to_themselves(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    for world in worlds.values():
        contacting.kept(world)
        contacting.kept(world, key="group2", name="还没公布的工作室")
    with huiyin.writing():
        open_pages(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    today = shanghai_date(NOW)
    for code in worlds:
        with huiyin.reading():
            found = contact_page.page(code, today)
        assert [station.name for station in found.stations] == ["邻里议事工作室"]
        days = [coming.day for coming in found.stations[0].days]
        assert len(days) == 3 and {day.weekday() for day in days} == {2}
        assert 0 < (days[0] - today).days <= 7
        assert found.groups


def test_days_keep_to_what_a_workstation_says_of_itself(huiyin: World) -> None:
    contacting.kept(huiyin, reception="每月第一个星期五下午")
    contacting.kept(huiyin, key="group2", reception="每月10日、20日")
    contacting.kept(huiyin, key="group2", name="还没公布的工作室")
    other = World(huiyin.app, "dt")
    with huiyin.writing():
        open_pages(NOW, lambda login: {"xs": huiyin, "dt": other}[login[:2]].actor(login[3:]))
    with huiyin.reading():
        first, second = contact_page.page("xs", shanghai_date(NOW)).stations
    assert [str(coming.day) for coming in first.days] == ["2026-12-04", "2027-01-01", "2027-02-05"]
    assert [str(coming.day) for coming in second.days] == ["2026-12-10", "2026-12-20", "2027-01-10"]
    assert all(any(text.startswith(words) for _, _, text, _ in STUDIOS) for words in RULES)


def test_the_demonstration_s_workstations_are_fit_for_residents() -> None:
    for _, *shown in STUDIOS:
        assert all(shown) and not any(leads_to_somebody(text) for text in shown)
