"""What a roster is compared with: units by every name, people by login and name, logins that are taken."""

import pytest

from tests.world import World
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.models import OrgUnit, Person
from tracker.queries import rosters
from tracker.queries.rosters import Known

pytestmark = pytest.mark.requirement("S2-01")


def _known(world: World, *logins: str, who: str = "admin") -> Known:
    """Inside an open transaction."""
    return rosters.known(world.actor(who), frozenset(logins))


def test_a_unit_is_found_by_key_number_name_and_short_name(huiyin: World) -> None:
    with huiyin.writing():
        unit = db.session.query(OrgUnit).filter_by(key="housing", committee_id=1).one()
        unit.short_name = "区住建局"
    with huiyin.reading():
        units = _known(huiyin).units
        for word in ("housing", unit.public_id, "区住房和城乡建设局", "区住建局"):
            assert [found.id for found in units[word]] == [unit.id], word
        assert "" not in units and "区住建" not in units


def test_of_two_units_of_one_name_both_are_known(huiyin: World) -> None:
    """Whoever reads the roster asks which is meant."""
    with huiyin.writing():
        for key in ("group", "group2"):
            db.session.query(OrgUnit).filter_by(key=key, committee_id=1).one().name = "东亭组"
    with huiyin.reading():
        assert [unit.key for unit in _known(huiyin).units["东亭组"]] == ["group", "group2"]


def test_a_unit_out_of_use_takes_nobody_in(huiyin: World) -> None:
    with huiyin.writing():
        db.session.query(OrgUnit).filter_by(key="transport", committee_id=1).one().is_active = False
    with huiyin.reading():
        assert "transport" not in _known(huiyin).units and "housing" in _known(huiyin).units


def test_another_committees_units_and_people_are_not_known(either: World) -> None:
    with either.reading():
        found = _known(either)
        assert {unit.committee_id for units in found.units.values() for unit in units} == {1}
        assert all(login.startswith("xs-") for login in found.by_login)
        assert [len(people) for people in found.by_name.values()] == [1] * len(found.by_login)
        assert found.code == "xs" and _known(either, who="dt-admin").code == "dt"


def test_people_of_one_name_are_all_known_also_those_who_left(huiyin: World) -> None:
    with huiyin.writing():
        gone = db.session.query(Person).filter_by(login="xs-member2").one()
        gone.name, gone.is_active = "吴海燕", False
    with huiyin.reading():
        found = _known(huiyin).by_name["吴海燕"]
        assert sorted(person.login for person in found) == ["xs-member", "xs-member2"]


def test_a_login_that_is_somebodys_elsewhere_is_foreign(either: World) -> None:
    with either.reading():
        found = _known(either, "xs-member", "dt-member", "xs-new")
        assert found.foreign == {"dt-member"}
        assert {"xs-member", "dt-member", "xs-new"} <= found.taken
        assert "dt-clerk" not in found.taken


def test_a_login_of_our_series_that_is_elsewheres_is_taken_too(either: World) -> None:
    """So that the next number of the series is nobody's yet; a like sign in the code stands for itself."""
    with either.writing():
        for login, new in (("dt-leader", "xs-0007"), ("dt-auditor", "xs_0008")):
            db.session.query(Person).filter_by(login=login).one().login = new
    with either.reading():
        found = _known(either, "xs-member")
        assert "xs-0007" in found.taken and "xs_0008" not in found.taken
        assert found.foreign == frozenset() and "xs-0007" not in found.by_login


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director", "leader", "auditor", "dept"])
def test_only_who_keeps_the_accounts_may_compare(who: str, huiyin: World) -> None:
    with huiyin.reading(), pytest.raises(Forbidden):
        _known(huiyin, who=who)
