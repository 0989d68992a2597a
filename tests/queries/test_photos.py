"""Photos of a visit and what was said there: for who may look at the originals, masked for the others."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.accusing import accused_on
from tests.queries.conftest import Filled, said
from tests.visiting import together
from tests.world import World
from tracker.actions import photos as acts
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.photos import Shot
from tracker.models import Photo, Visit
from tracker.queries import photos, redaction, visits
from tracker.queries.redaction import WITHHELD

pytestmark = pytest.mark.requirement("T28")
STORY = "顾阿婆说北门路灯不亮，她住云林苑12号楼3单元401室，电话13912342186。"
NAMES = ("顾阿婆", "13912342186", "401")


@pytest.fixture(scope="module")
def filled(plain_filling: Filled) -> Filled:
    world, known = plain_filling.world, plain_filling.known
    met: dict[str, Any] = {"reported": STORY, "contact": {"name": "顾阿婆", "phone": "13912342186"}}
    known["plain"] = together(world, photos=_sent(world, "p1", "p2"), **met)
    known["accused"] = together(world, photos=_sent(world, "p3"), **met)
    accused_on(world, known["accused"])
    _sent(world, "p4")
    return plain_filling


def _sent(world: World, *client_ids: str) -> list[str]:
    with world.writing():
        for client_id in client_ids:
            acts.keep(Shot(b"\xff\xd8 " + client_id.encode(), 4, 3), client_id, by=world.actor("member"))
    return list(client_ids)


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _visit(filled: Filled, name: str) -> Visit:
    return db.session.scalars(select(Visit).where(Visit.public_id == filled.known[name])).one()


def _photo(client_id: str) -> Photo:
    return db.session.scalars(select(Photo).where(Photo.client_id == client_id)).one()


@pytest.mark.parametrize(
    ("who", "plain", "accused"),
    [
        ("member", ["p1", "p2"], ["p3"]),
        ("member2", [], []),
        ("secretary", ["p1", "p2"], []),
        ("clerk", ["p1", "p2"], []),
        ("director", ["p1", "p2"], ["p3"]),
        ("leader", [], []),
        ("auditor", [], []),
        ("admin", [], []),
        ("dt-director", [], []),
    ],
)
def test_photos_are_seen_by_who_may_and_where_somebody_was_accused_by_few(
    who: str, plain: list[str], accused: list[str], reading: Filled
) -> None:
    """Under the visit, and each by its address."""
    actor = reading.world.actor(who)
    for name, expected in (("plain", plain), ("accused", accused)):
        assert [photo.client_id for photo in photos.of(_visit(reading, name), actor)] == expected
    for client_id in ("p1", "p2", "p3"):
        public_id = _photo(client_id).public_id
        if client_id in (*plain, *accused):
            found = photos.get(public_id, actor)
            assert photos.content(found) == b"\xff\xd8 " + client_id.encode()
            continue
        with pytest.raises(NotFound):
            photos.get(public_id, actor)


def test_a_photo_that_waits_for_its_visit_has_no_address_yet(reading: Filled) -> None:
    with pytest.raises(NotFound):
        photos.get(_photo("p4").public_id, reading.world.actor("member"))


@pytest.mark.parametrize(
    ("who", "asked", "expected"),
    [
        ("member", ["p4", "p1"], ["p4"]),
        ("member", ["p9"], []),
        ("member", [], []),
        ("member2", ["p4"], []),
        ("clerk", ["p4"], []),
    ],
    ids=said,
)
def test_only_ones_own_wait_and_only_until_they_are_claimed(
    who: str, asked: list[str], expected: list[str], reading: Filled
) -> None:
    found = photos.unclaimed(reading.world.actor(who), asked)
    assert [photo.client_id for photo in found] == expected


def test_how_many_wait_and_which_was_sent_already(reading: Filled) -> None:
    member, other = reading.world.actor("member"), reading.world.actor("member2")
    assert (photos.waiting(member), photos.waiting(other)) == (1, 0)
    sent = photos.by_client_id(member, "p1")
    assert sent is not None and sent.visit_id is not None
    assert photos.by_client_id(other, "p1") is None and photos.by_client_id(member, "p9") is None


READERS = [
    ("member", "whole", "whole"),
    ("member2", "masked", WITHHELD),
    ("secretary", "masked", WITHHELD),
    ("clerk", "whole", WITHHELD),
    ("director", "whole", "whole"),
    ("leader", "masked", WITHHELD),
]


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(("who", "plain", "accused"), READERS)
def test_words_of_a_visit_are_read_whole_masked_or_not_at_all(
    who: str, plain: str, accused: str, reading: Filled
) -> None:
    actor = reading.world.actor(who)
    for name, expected in (("plain", plain), ("accused", accused)):
        found = redaction.heard_for(_visit(reading, name), STORY, actor)
        if expected == "masked":
            assert "路灯不亮" in found and not any(word in found for word in NAMES)
        else:
            assert found == (STORY if expected == "whole" else WITHHELD), name


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(("who", "plain", "accused"), READERS)
def test_the_list_of_visits_tells_the_same_words_as_the_page(
    who: str, plain: str, accused: str, reading: Filled
) -> None:
    actor = reading.world.actor(who)
    told = visits.gists(visits.page(actor), actor)
    assert set(told) == {reading.known["plain"], reading.known["accused"]}
    for name in ("plain", "accused"):
        assert told[reading.known[name]] == redaction.heard_for(_visit(reading, name), STORY, actor)


@pytest.mark.requirement("T01")
@pytest.mark.parametrize("who", ["member", "clerk", "director"])
def test_a_paper_for_others_names_nobody_whoever_makes_it(who: str, reading: Filled) -> None:
    found = redaction.passed_on(_visit(reading, "plain"), STORY, reading.world.actor(who))
    assert "路灯不亮" in found and not any(word in found for word in NAMES)


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(("who", "reads"), [("member", True), ("member2", False), ("secretary", False)])
def test_who_is_named_without_a_record_is_masked_for_others(who: str, reads: bool, reading: Filled) -> None:
    said = "钱桂芳阿姨说路灯不亮。"
    found = redaction.heard_for(_visit(reading, "plain"), said, reading.world.actor(who))
    assert found == (said if reads else "〔姓名〕阿姨说路灯不亮。")


@pytest.mark.requirement("T06")
def test_a_paper_for_others_withholds_an_accusation_from_who_does_not_know_of_it(reading: Filled) -> None:
    accused = _visit(reading, "accused")
    assert redaction.passed_on(accused, STORY, reading.world.actor("clerk")) == WITHHELD
    told = redaction.passed_on(accused, STORY, reading.world.actor("director"))
    assert told != WITHHELD and not any(word in told for word in NAMES)


def test_the_residents_of_a_visits_cases_are_masked_in_its_words_too(huiyin: World) -> None:
    told = {
        "summary": "楼道灯",
        "narrative": "楼道灯坏了。",
        "area": "0101",
        "resident": {"name": "蒋秋萍", "phone": "051088201234", "consent_process": True},
    }
    huiyin.visited(cases=[told])
    words = "蒋秋萍说楼道灯坏了，可打051088201234。"
    with huiyin.reading():
        visit = db.session.scalars(select(Visit)).one()
        for who in ("secretary", "leader"):
            found = redaction.heard_for(visit, words, huiyin.actor(who))
            assert "楼道灯坏了" in found and "蒋秋萍" not in found and "88201234" not in found
