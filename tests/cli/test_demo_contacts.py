"""The demonstration's members have somebody to visit, of every sort a campaign asks for."""

from datetime import date

from tests.world import NOW, World
from tracker.cli.demo_contacts import LINKS, keep
from tracker.queries import contact_links


def test_members_of_both_committees_keep_their_contacts(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    with huiyin.writing():
        keep(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    for code, world in worlds.items():
        with world.reading():
            found = contact_links.listing(world.actor("member"), since=date(2026, 1, 1))
            kinds = {kept.link.kind for kept in found}
        assert {kept.called for kept in found} == {called for login, _, called in LINKS if login[:2] == code}
        assert {"enterprise", "sector_person", "public_person"} <= kinds
