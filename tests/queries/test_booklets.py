"""Booklets: who finds which, the pages of a list and of the items, and how far the files have come."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.accusing import accused_on, carried_on
from tests.queries.conftest import Filled, said
from tests.world import NOW, RESIDENT, World
from tracker.actions import booklet_items, booklets
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.booklets import BookletIn
from tracker.models import Booklet, BookletFile, BookletItem, Outbox
from tracker.queries import booklet_sources
from tracker.queries import booklets as find
from tracker.queries.booklet_sources import Wanted

pytestmark = pytest.mark.requirement("S2-22")
OWN = {"draft", "submitted", "published"}


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    for number in range(3):
        world.visited(reported=f"走访第{number + 1}户，了解取暖情况。")
    known["published"] = world.booklet()
    known["submitted"] = _empty(world)
    known["draft"] = world.booklet()
    dongtai = World(world.app, "dt")
    known["foreign draft"], known["foreign published"] = _empty(dongtai), _empty(dongtai)
    with world.writing():
        for name in ("published", "submitted"):
            _row(known[name]).state = name
        _row(known["foreign published"]).state = "published"
        _row(known["draft"]).items[1].excluded = True
    return filling


def _empty(world: World) -> str:
    with world.writing():
        return booklets.begin(BookletIn(title="走进群众"), by=world.actor("clerk")).public_id


def _row(public_id: str) -> Booklet:
    """Inside an open transaction."""
    return db.session.scalars(select(Booklet).where(Booklet.public_id == public_id)).one()


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


WHO = [
    ("clerk", OWN, OWN),
    ("director", OWN, OWN),
    ("member", {"published"}, set()),
    ("secretary", {"published"}, set()),
    ("leader", {"published"}, set()),
    ("auditor", {"published"}, set()),
    ("dept", set(), set()),
    ("admin", set(), set()),
    ("dt-member", {"foreign published"}, set()),
    ("dt-clerk", {"foreign draft", "foreign published"}, {"foreign draft", "foreign published"}),
]


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(("who", "opened", "made"), WHO, ids=said)
def test_what_is_published_is_everybodys_and_the_rest_its_makers(
    who: str, opened: set[str], made: set[str], reading: Filled
) -> None:
    """The list, its pages, and each one by its address say the same."""
    actor = reading.world.actor(who)
    listed = find.listing(actor, now=NOW)
    assert set(reading.names(row.booklet.public_id for row in listed)) == opened
    paged, _ = find.page(actor)
    assert [row.booklet.id for row in paged] == [row.booklet.id for row in listed]
    for name, public_id in reading.known.items():
        for door, allowed in ((find.to_open, opened), (find.get, made)):
            if name in allowed:
                assert door(public_id, actor).public_id == public_id
                continue
            with pytest.raises(NotFound):
                door(public_id, actor)


def test_both_lists_count_what_is_printed(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    for rows in (find.listing(clerk, now=NOW), find.page(clerk)[0]):
        counted = {reading.names([row.booklet.public_id])[0]: row.items for row in rows}
        assert counted == {"draft": 2, "submitted": 0, "published": 3}


@pytest.mark.parametrize(
    ("state", "expected"), [("draft", ["draft"]), ("published", ["published"]), ("nonsense", [])]
)
def test_a_page_keeps_to_a_state(state: str, expected: list[str], reading: Filled) -> None:
    rows, _ = find.page(reading.world.actor("clerk"), state=state)
    assert reading.names(row.booklet.public_id for row in rows) == expected


def test_a_state_tells_nobody_more_than_they_may_open(reading: Filled) -> None:
    assert find.page(reading.world.actor("member"), state="draft") == ([], None)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_page_after_page_shows_each_booklet_once(limit: int, reading: Filled) -> None:
    clerk, found, after = reading.world.actor("clerk"), [], None
    while True:
        rows, after = find.page(clerk, limit=limit, after=after)
        found += reading.names(row.booklet.public_id for row in rows)
        if after is None:
            break
    assert found == ["draft", "submitted", "published"]


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("who", "waits", "expected"),
    [
        ("clerk", "booklets_to_check", []),
        ("clerk2", "booklets_to_check", ["submitted"]),
        ("director", "booklets_to_check", ["submitted"]),
        ("member", "booklets_to_check", []),
        ("director", "booklets_to_approve", []),
        ("dt-director", "booklets_to_check", []),
    ],
)
def test_what_waits_waits_for_another_person(
    who: str, waits: str, expected: list[str], reading: Filled
) -> None:
    rows = find.listing(reading.world.actor(who), now=NOW, waits=waits)
    assert reading.names(row.booklet.public_id for row in rows) == expected


def test_an_item_is_found_in_its_own_booklet_only(reading: Filled) -> None:
    draft, published = _row(reading.known["draft"]), _row(reading.known["published"])
    inside = draft.items[0].public_id
    assert find.item(draft, inside).booklet_id == draft.id
    for booklet, public_id in ((published, inside), (draft, "nonsense")):
        with pytest.raises(NotFound):
            find.item(booklet, public_id)


def test_the_items_come_in_their_order_page_by_page(reading: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "PAGE", 2)
    booklet = _row(reading.known["draft"])
    pages = [find.items(booklet, first) for first in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 1, 0]
    together = [item for page in pages for item in page]
    assert [item.id for item in together] == [item.id for item in booklet.items]
    assert [item.position for item in together] == sorted(item.position for item in together)


def test_what_waits_to_be_confirmed_is_what_will_be_printed_and_nobody_read(huiyin: World) -> None:
    for number in range(3):
        huiyin.visited(reported=f"走访第{number + 1}户，了解取暖情况。")
    public_id = huiyin.booklet()
    with huiyin.writing():
        first, second, third = _row(public_id).items
        first.confirmed_at, second.excluded = NOW, True
        expected = third.id
    with huiyin.reading():
        booklet = _row(public_id)
        assert [item.id for item in find.items(booklet, 0, waiting=True)] == [expected]
        assert len(find.items(booklet, 0)) == 3


@pytest.mark.requirement("T45")
def test_what_became_an_accusation_is_named_unless_it_is_left_out(either: World) -> None:
    """A case, a visit, what came of that visit, and what went on as an accusation itself."""
    agreed = RESIDENT | {"consent_publish": True}
    case = either.fed_back(summary="路灯修好", resident=agreed)
    visit = either.visited(reported="走访时检举")
    either.submitted("suggestion", title="那次写的建议", visit=visit)
    carried = either.submitted(title="后来是检举")
    either.visited(reported="平常的走访")
    public_id = either.booklet()
    either.edited(case, by="director", is_accusation=True)
    accused_on(either, visit)
    carried_on(either, carried)
    with either.writing():
        booklet = _row(public_id)
        assert set(find.accused(booklet)) == {"路灯修好", "走访时检举", "那次写的建议", "后来是检举"}
        for item in booklet.items:
            item.excluded = item.title in ("路灯修好", "那次写的建议")
        db.session.flush()
        assert set(find.accused(booklet)) == {"走访时检举", "后来是检举"}


def test_another_booklets_accusations_are_not_this_ones(huiyin: World) -> None:
    visit = huiyin.visited(reported="走访时检举")
    public_id, other = huiyin.booklet(), _empty(huiyin)
    accused_on(huiyin, visit)
    with huiyin.reading():
        assert len(find.accused(_row(public_id))) == 1
        assert find.accused(_row(other)) == []


MAKING = [
    ({}, "", ("queued", 0)),
    ({}, "composing", ("working", 0)),
    ({}, "packing", ("working", 2)),
    ({}, "nonsense", ("queued", 0)),
    ({"parked_at": NOW}, "composing", ("failed", 0)),
    ({"done_at": NOW}, "packing", ("none", 0)),
]


@pytest.mark.parametrize(("row", "step", "expected"), MAKING, ids=said)
def test_how_far_the_making_of_the_files_has_come(
    row: dict[str, Any], step: str, expected: tuple[str, int], huiyin: World
) -> None:
    public_id = _empty(huiyin)
    with huiyin.writing():
        booklet = _row(public_id)
        booklet.making = step
        key = find.effect_key(booklet)
        due = {"available_at": NOW, "payload": {}, "committee_id": booklet.committee_id}
        db.session.add(Outbox(effect_key=key, kind="make_booklet", **due, **row))
        db.session.flush()
        found = find.making(booklet)
        assert (found.state, found.step) == expected


def test_files_belong_to_what_the_booklet_says_now(huiyin: World) -> None:
    """Nothing is made until both are there, and a change of words takes them away."""
    public_id = _empty(huiyin)
    with huiyin.writing():
        booklet = _row(public_id)
        assert find.making(booklet).state == "none"
        booklets.keep(
            booklet, booklet.revision, [booklets.Made("pdf", b"%PDF-1"), booklets.Made("docx", b"PK")]
        )
        db.session.refresh(booklet)
        pdf = find.file(booklet, "pdf")
        assert pdf is not None and find.content(booklet, pdf) == b"%PDF-1"
        assert (find.making(booklet).state, find.making(booklet).step) == ("done", 3)
        before = find.effect_key(booklet)
        booklet.revision += 1
        assert find.file(booklet, "pdf") is None and find.making(booklet).state == "none"
        assert find.effect_key(booklet) != before
        assert db.session.query(BookletFile).count() == 2


def test_one_file_alone_is_not_all_of_them(huiyin: World) -> None:
    public_id = _empty(huiyin)
    with huiyin.writing():
        booklet = _row(public_id)
        booklets.keep(booklet, booklet.revision, [booklets.Made("pdf", b"%PDF-1")])
        db.session.refresh(booklet)
        assert find.file(booklet, "docx") is None and find.making(booklet).state == "none"


@pytest.mark.requirement("T45")
def test_an_item_is_searched_for_the_residents_it_may_speak_of(huiyin: World) -> None:
    """A brief of a visit may name whoever was heard there; the office's own number may stand on the cover."""
    agreed = RESIDENT | {"consent_publish": True}
    told = {"summary": "楼道灯", "narrative": "楼道灯坏了。", "area": "0101", "resident": agreed}
    visit = huiyin.visited(cases=[told])
    huiyin.submitted("suggestion", visit=visit)
    huiyin.submitted("suggestion", title="另一条建议")
    public_id = _empty(huiyin)
    with huiyin.writing():
        by = huiyin.actor("clerk")
        booklet = find.get(public_id, by)
        booklet_items.add(booklet, booklet_sources.found(booklet, Wanted(kind="suggestion"), by), by=by)
    with huiyin.reading():
        booklet = _row(public_id)
        words = "欧阳桂兰反映楼道灯坏了。"
        of_visit, plain = sorted(booklet.items, key=lambda item: item.title == "另一条建议")
        assert [hit.text for hit in find.found_in(of_visit, words)] == ["欧阳桂兰"]
        assert find.found_in(plain, words) == []
        assert [hit.text for hit in find.hits(plain, words)] == ["欧阳桂兰"]
        assert [hit.text for hit in find.found_on_cover(booklet, "联系电话：13912342186")] == ["13912342186"]
        assert find.found_on_cover(booklet, "联系电话：0510-88880000") == []
        assert find.found_on_cover(booklet, "") == []
        assert db.session.query(BookletItem).count() == 2
