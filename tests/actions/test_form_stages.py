"""An import at each of its stages: what may still be done with it, and how a correction is refused."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests import campaigning
from tests.actions.conftest import everything
from tests.forms_world import MINE, VISIT, brought, confirmed, status
from tests.world import World
from tracker.actions import form_imports, form_uploads
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.incoming.form_imports import UploadQuery
from tracker.models import FormImport, Visit
from tracker.queries import form_imports as find
from tracker.queries import people

ROW = {"name": "郑晓燕", "unit": "东亭街道工委会", "role": "委员"}


def visits(world: World) -> int:
    with world.reading():
        return db.session.scalar(select(func.count()).select_from(Visit)) or 0


@pytest.mark.parametrize("forms, waits", [(2, False), (3, True)])
def test_only_more_than_what_is_done_at_once_waits_for_the_jobs(
    huiyin: World, forms: int, waits: bool
) -> None:
    filled = [VISIT | {"contact": f"住户{number}"} for number in range(forms)]
    public_id = brought(huiyin, "register", *filled)
    confirmed(huiyin, public_id, at_once=2)
    assert status(huiyin, public_id) == ("storing" if waits else "confirmed")
    assert visits(huiyin) == (0 if waits else forms)
    with huiyin.reading():
        imported = db.session.scalars(select(FormImport)).one()
        assert imported.confirmed_by_id == huiyin.actor("clerk").id


def test_finishing_what_was_finished_changes_nothing(huiyin: World) -> None:
    confirmed(huiyin, brought(huiyin, "annex1", VISIT))
    before = everything(huiyin)
    with huiyin.writing():
        form_imports.finish(db.session.scalars(select(FormImport)).one(), by=huiyin.actor("clerk"))
    assert everything(huiyin) == before


@pytest.mark.parametrize("stage", ["queued", "reading", "storing", "confirmed", "discarded"])
def test_an_import_at_work_or_over_is_neither_confirmed_nor_thrown_away(huiyin: World, stage: str) -> None:
    public_id = brought(huiyin, "annex1", VISIT)
    with huiyin.writing():
        db.session.scalars(select(FormImport)).one().status = stage
    before = everything(huiyin)
    for act in (_discard, lambda world, one: confirmed(world, one)):
        with pytest.raises(Conflict):
            act(huiyin, public_id)
    assert everything(huiyin) == before


def test_what_nobody_could_read_may_be_thrown_away(huiyin: World) -> None:
    public_id = brought(huiyin, "annex1", VISIT)
    with huiyin.writing():
        db.session.scalars(select(FormImport)).one().status = "failed"
    _discard(huiyin, public_id)
    assert status(huiyin, public_id) == "discarded"


def _discard(world: World, public_id: str) -> None:
    with world.writing():
        by = world.actor("clerk")
        form_uploads.discard(find.get(public_id, by), by=by)


@pytest.mark.parametrize(
    "fix, field",
    [
        ({"fields": {"member_id": 1}}, "member_id"),
        ({"fields": {"visited_on": "昨天"}}, "visited_on"),
        ({"fields": {"visitors": []}}, "visitors"),
        ({"fields": {"persons_count": 1000}}, "persons_count"),
        ({"fields": {"reported": "长" * 10_001}}, "reported"),
    ],
)
def test_a_correction_that_fits_nothing_is_named_by_form_and_field(
    huiyin: World, fix: dict[str, Any], field: str
) -> None:
    public_id = brought(huiyin, "annex1", VISIT)
    with huiyin.reading():
        form = find.forms(find.get(public_id, huiyin.actor("clerk")))[0].id
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        confirmed(huiyin, public_id, [fix])
    assert {fault.field for fault in refused.value.errors} == {f"{form}.{field}"}
    assert everything(huiyin) == before


def test_a_form_of_no_kind_takes_words_only(huiyin: World) -> None:
    public_id = brought(huiyin, "roster", ROW, by="admin")
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id, [{"fields": {"name": ["郑晓燕"]}}], by="admin")
    assert confirmed(huiyin, public_id, [{"fields": {"name": "郑小燕"}}], by="admin")["people"] == 1


def test_a_campaign_one_does_not_know_is_named(huiyin: World) -> None:
    foreign = campaigning.begun(World(huiyin.app, "dt"))
    before = everything(huiyin)
    for campaign in (foreign, "no-such-id"):
        with pytest.raises(Invalid) as refused, huiyin.writing():
            sealed = form_uploads.seal([("a.docx", b"PK")])
            form_uploads.receive(sealed, UploadQuery(campaign=campaign), by=huiyin.actor("clerk"))
        assert [fault.field for fault in refused.value.errors] == ["campaign"]
    assert everything(huiyin) == before


def test_names_of_shared_bearers_are_settled_by_an_id(huiyin: World) -> None:
    with huiyin.reading():
        me = people.public_id(huiyin.actor("member"))
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"visitors": [me]}))
    with huiyin.reading():
        assert db.session.scalars(select(Visit)).one().member.name == MINE
