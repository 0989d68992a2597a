"""Originals: who may know that there are any, and how they come back out of their seal."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect

from tests.queries.conftest import Filled
from tests.world import World
from tracker.actions import attachments as actions
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.attachments import Upload
from tracker.models import Attachment
from tracker.queries import attachments
from tracker.rules import cipher

PDF = b"%PDF-1.7\ncontract\n%%EOF\n"


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["case"] = world.coordinated()
    known["bare"] = world.raised()
    known["accusation"] = world.raised(is_accusation=True)
    known["photo"] = _attached(world, known["case"], "现场 🏚.jpg", b"\xff\xd8photo")
    known["contract"] = _attached(world, known["case"], "合同.pdf", PDF, by="clerk")
    known["proof"] = _attached(world, known["accusation"], "证据.pdf", PDF, by="director")
    return filling


def _attached(world: World, reference: str, name: str, content: bytes, by: str = "member") -> str:
    with world.writing():
        given = Upload(name, "application/pdf", content)
        return actions.add(world.case(reference), given, by=world.actor(by)).public_id


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _of(filled: Filled, case: str, who: str) -> list[str]:
    found = attachments.of(filled.world.case(filled.known[case]), filled.world.actor(who))
    return filled.names(row.public_id for row in found)


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("member", True),
        ("secretary", True),
        ("clerk", True),
        ("director", True),
        ("member2", False),
        ("dept", False),
        ("leader", False),
        ("auditor", False),
        ("admin", False),
        ("dt-clerk", False),
    ],
)
def test_the_files_are_the_offices_and_the_raisers(who: str, sees: bool, reading: Filled) -> None:
    assert _of(reading, "case", who) == (["photo", "contract"] if sees else [])
    if sees:
        assert attachments.get(reading.known["photo"], reading.world.actor(who)).size == 7
        return
    with pytest.raises(NotFound):
        attachments.get(reading.known["photo"], reading.world.actor(who))


@pytest.mark.requirement("T06")
@pytest.mark.parametrize(("who", "sees"), [("director", True), ("clerk", False), ("member", False)])
def test_what_came_with_an_accusation_is_the_directors(who: str, sees: bool, reading: Filled) -> None:
    assert _of(reading, "accusation", who) == (["proof"] if sees else [])


def test_a_case_without_files_has_none(reading: Filled) -> None:
    assert _of(reading, "bare", "clerk") == []


@pytest.mark.requirement("T01")
def test_the_resident_of_the_case_gets_no_file(reading: Filled) -> None:
    resident = reading.world.resident(reading.known["case"])
    assert not attachments.of(reading.world.case(reading.known["case"]), resident)
    with pytest.raises(NotFound):
        attachments.get(reading.known["photo"], resident)


def test_a_name_that_was_never_given_is_not_found(reading: Filled) -> None:
    with pytest.raises(NotFound):
        attachments.get("nothing", reading.world.actor("director"))


def test_name_and_content_come_back_as_they_were(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    photo, contract = (attachments.get(reading.known[name], clerk) for name in ("photo", "contract"))
    assert (attachments.name(photo), attachments.content(photo)) == ("现场 🏚.jpg", b"\xff\xd8photo")
    assert attachments.content(contract) == PDF


def test_a_list_of_files_does_not_read_their_contents(reading: Filled) -> None:
    (photo, _) = attachments.of(reading.world.case(reading.known["case"]), reading.world.actor("clerk"))
    assert "content_sealed" in inspect(photo).unloaded


def test_the_seal_of_one_file_does_not_open_at_another(either: World) -> None:
    reference = either.raised()
    one, two = (_attached(either, reference, f"{name}.pdf", PDF) for name in ("甲", "乙"))
    with either.writing():
        rows = {row.public_id: row for row in db.session.query(Attachment)}
        rows[one].content_sealed = rows[two].content_sealed
        rows[one].name_sealed = rows[one].content_sealed
        db.session.flush()
        for read in (attachments.content, attachments.name):
            with pytest.raises(cipher.CannotDecrypt):
                read(rows[one])
