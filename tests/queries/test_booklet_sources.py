"""What a booklet may be made of, by kind, circle, group, day and quality; what may never stand in one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests import campaigning
from tests.accusing import accused_on, carried_on
from tests.queries.conftest import Filled, said
from tests.visiting import HEARD
from tests.world import RESIDENT, World
from tracker.actions import booklet_items, booklets, exemplars
from tracker.extensions import db
from tracker.incoming.booklets import BookletIn
from tracker.models import Adoption, Booklet, Case
from tracker.queries import booklet_sources
from tracker.queries import booklets as find
from tracker.queries import exemplars as marks
from tracker.queries.booklet_sources import Wanted

pytestmark = pytest.mark.requirement("S2-22")
AGREED = RESIDENT | {"consent_publish": True}
VISITS = {"访养老院", "访村小", "访纺织厂", "访菜场"}
SUBMISSIONS = {"建充电桩", "修公厕", "引进人才"}
CASES = {"路灯修好", "水管修好", "楼道清理"}


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["访养老院"] = world.visited(reported="访养老院", visited_on="2026-10-01", circle="friends")
    known["campaign"] = campaigning.begun(world)
    known["访村小"] = world.visited(reported="访村小", visited_on="2026-11-10", circle="sector", by="member2")
    known["访纺织厂"] = world.visited(reported="访纺织厂", circle="living")
    known["访菜场"] = world.visited(reported="访菜场", cases=[HEARD | {"summary": "菜场摊位占道"}])
    _submitted(world, known)
    _answered(world, known)
    _never(world)
    World(world.app, "dt").visited(reported="访西溪", circle="living")
    _marked(world, known)
    known["all"], known["own"] = _begun(world), _begun(world, campaign=known["campaign"])
    known["begun"] = _begun(world)
    with world.writing():
        by = world.actor("clerk")
        booklet = find.get(known["begun"], by)
        some = booklet_sources.found(booklet, Wanted(group=campaigning.group_id(world, "group2")), by)
        booklet_items.add(booklet, some, by=by)
    return filling


def _submitted(world: World, known: dict[str, str]) -> None:
    """One is told by its heading as the office edited it, and as a visit's own it has that circle."""
    visit = known["访纺织厂"]
    known["建充电桩"] = world.submitted(title="建充电桩", submitted_on="2026-11-01")
    known["修公厕"] = world.submitted("suggestion", title="修公厕", visit=visit)
    known["引进人才"] = world.submitted("talent_lead", by="member2", title="有人想回乡")
    with world.writing():
        world.submission(known["引进人才"]).edited_title = "引进人才"
        row = world.submission(known["建充电桩"])
        row.adoptions.append(Adoption(level="city", manner="single", adopted_on=date(2026, 11, 20)))


def _answered(world: World, known: dict[str, str]) -> None:
    for name in CASES:
        known[name] = world.fed_back(summary=name, resident=AGREED)
    world.rated(known["路灯修好"], "basically")
    world.rated(known["路灯修好"], "satisfied", by="resident")
    world.rated(known["水管修好"], "satisfied")
    world.rated(known["水管修好"], "basically", by="resident")


def _never(world: World) -> None:
    """Open, taken back, against somebody's will, or an accusation."""
    world.coordinated(resident=AGREED)
    world.move(world.raised(resident=AGREED), "withdraw", note="不办了")
    world.handled(summary="不愿公开")
    world.visited(reported="访不愿公开的人", cases=[HEARD | {"resident": RESIDENT}])
    world.move_submission(world.submitted(title="收回的建议"), "withdraw")
    secret = world.handled(summary="检举", resident=AGREED)
    world.edited(secret, by="director", is_accusation=True)
    carried_on(world, world.submitted(title="后来是检举"))
    accused = world.visited(reported="走访时检举")
    world.submitted(title="检举那次写的", visit=accused)
    accused_on(world, accused)


def _marked(world: World, known: dict[str, str]) -> None:
    with world.writing():
        by = world.actor("clerk")
        for kind, name in (("visit", "访村小"), ("submission", "修公厕"), ("case", "楼道清理")):
            exemplars.mark(marks.thing(kind, known[name], by), "做得好", by=by)
        ended = exemplars.mark(marks.thing("visit", known["访纺织厂"], by), "做得好", by=by)
        exemplars.end(ended, by=by)


def _begun(world: World, **given: Any) -> str:
    with world.writing():
        return booklets.begin(BookletIn(title="走进群众", **given), by=world.actor("clerk")).public_id


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _found(filled: Filled, booklet: str = "all", who: str = "clerk", **asked: Any) -> set[str]:
    row = db.session.query(Booklet).filter_by(public_id=filled.known[booklet]).one()
    return {one.title for one in booklet_sources.found(row, Wanted(**asked), filled.world.actor(who))}


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, VISITS | SUBMISSIONS | CASES),
        ({"kind": "visit"}, VISITS),
        ({"kind": "case"}, CASES),
        ({"kind": "suggestion"}, {"修公厕"}),
        ({"kind": "brief"}, {"建充电桩"}),
        ({"kind": "lead"}, {"引进人才"}),
        ({"kind": "nonsense"}, set()),
        ({"circle": "friends"}, {"访养老院"}),
        ({"circle": "living"}, {"访纺织厂", "访菜场", "修公厕"}),
        ({"circle": "sector", "kind": "visit"}, {"访村小"}),
        ({"circle": "sector", "kind": "case"}, set()),
        ({"last": date(2026, 10, 1)}, {"访养老院"}),
        ({"last": date(2026, 9, 30)}, set()),
        ({"first": date(2026, 11, 1), "last": date(2026, 11, 10)}, {"建充电桩", "访村小"}),
        ({"first": date(2026, 11, 2), "last": date(2026, 11, 10)}, {"访村小"}),
        ({"first": date(2026, 11, 23)}, {"修公厕", "引进人才"} | CASES),
        ({"last": date(2026, 11, 22), "kind": "case"}, set()),
        ({"first": date(2026, 11, 24)}, set()),
        ({"group": "nonsense"}, set()),
        ({"quality": "exemplary"}, {"访村小", "修公厕", "楼道清理"}),
        ({"quality": "exemplary", "kind": "visit"}, {"访村小"}),
        ({"quality": "adopted"}, {"建充电桩"}),
        ({"quality": "adopted", "kind": "visit"}, set()),
        ({"quality": "satisfied"}, {"路灯修好"}),
        ({"quality": "satisfied", "kind": "lead"}, set()),
    ],
    ids=said,
)
def test_what_is_asked_for_is_found_and_nothing_that_may_not_be_printed(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


def test_a_group_is_named_by_its_public_id(reading: Filled) -> None:
    group2 = campaigning.group_id(reading.world, "group2")
    assert _found(reading, group=group2) == {"访村小", "引进人才"}
    assert _found(reading, group=group2, kind="case") == set()


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("clerk", VISITS | SUBMISSIONS | CASES),
        ("member2", {"访村小", "引进人才"}),
        ("dept", set()),
        ("dt-clerk", {"访西溪"}),
    ],
)
def test_it_is_made_of_what_its_maker_may_read(who: str, expected: set[str], reading: Filled) -> None:
    assert _found(reading, who=who) == expected


def test_even_a_director_who_knows_of_an_accusation_is_not_offered_it(reading: Filled) -> None:
    assert _found(reading, who="director") == VISITS | SUBMISSIONS | CASES


def test_a_campaigns_booklet_takes_what_belongs_to_it(reading: Filled) -> None:
    """A case belongs to the campaign of its visit, so one that came by itself to none."""
    assert _found(reading, "own") == (VISITS - {"访养老院"}) | SUBMISSIONS
    assert _found(reading, "own", kind="case") == set()


def test_what_is_in_the_booklet_is_not_offered_to_it_again(reading: Filled) -> None:
    everything = VISITS | SUBMISSIONS | CASES
    assert _found(reading, "begun") == everything - {"访村小", "引进人才"}
    assert _found(reading, "all") == everything


def test_each_tells_its_kind_group_circle_and_day_and_the_days_are_in_order(reading: Filled) -> None:
    row = db.session.query(Booklet).filter_by(public_id=reading.known["all"]).one()
    found = booklet_sources.found(row, Wanted(), reading.world.actor("clerk"))
    told = {one.title: (one.noun, one.kind, one.group, one.circle, one.on.isoformat()) for one in found}
    assert told["访村小"] == ("visit", "visit", "教育界别组", "sector", "2026-11-10")
    assert told["修公厕"] == ("submission", "suggestion", "东亭街道工委会", "living", "2026-11-23")
    assert told["建充电桩"] == ("submission", "brief", "东亭街道工委会", "", "2026-11-01")
    assert told["路灯修好"] == ("case", "case", "东亭街道工委会", "", "2026-11-23")
    assert [one.on for one in found] == sorted(one.on for one in found)


@pytest.mark.parametrize(("most", "expected"), [(2, 0), (3, 1), (4, 2), (1, 0)])
def test_no_more_is_offered_than_there_is_room_for(
    most: int, expected: int, reading: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two stand in it already; what came first comes first."""
    monkeypatch.setattr(booklet_sources, "MOST", most)
    row = db.session.query(Booklet).filter_by(public_id=reading.known["begun"]).one()
    found = booklet_sources.found(row, Wanted(kind="visit"), reading.world.actor("clerk"))
    assert [one.title for one in found] == ["访养老院", "访纺织厂"][:expected]


@pytest.mark.requirement("T45")
def test_a_case_on_a_visit_is_in_the_circle_and_the_campaign_of_that_visit(huiyin: World) -> None:
    campaign = campaigning.begun(huiyin)
    huiyin.visited(circle="friends", cases=[HEARD | {"category": "B01", "subject_unit": "none"}])
    with huiyin.reading():
        reference = db.session.query(Case.reference).scalar()
    huiyin.move(reference, "coordinate", route="quick", result="已电话告知办理渠道。")
    huiyin.move(reference, "handle")
    booklet = _begun(huiyin, campaign=campaign)
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        for circle, expected in (("friends", ["楼道灯坏了"]), ("living", [])):
            wanted = Wanted(kind="case", circle=circle)
            found = booklet_sources.found(find.get(booklet, clerk), wanted, clerk)
            assert [(one.title) for one in found] == expected
