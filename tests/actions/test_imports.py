"""A list becomes cases once, whole or not at all, each with number, event, date and words in the index."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.world import NOW, World
from tracker.actions import imports
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.cases import ImportedCase
from tracker.models import Case, Event, Outbox
from tracker.queries import audit
from tracker.queries import cases as stored
from tracker.queries.cases import CaseFilter

KEY = b"event"


def rows(*numbers: int, area: str = "0101") -> list[ImportedCase]:
    return [
        ImportedCase(
            summary=f"第{number}号路口信号灯不亮",
            narrative=f"第{number}号路口信号灯连续一周不亮",
            area=area,
            source="import",
            occurred_at=datetime(2019, 1, 1, tzinfo=UTC),
            import_key=f"xs:{number}",
        )
        for number in numbers
    ]


def test_every_row_is_a_case_of_its_own_with_its_event(
    either: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BATCH", 3)
    before = either.raised()
    with either.writing():
        result = imports.store(rows(*range(1, 9)), by=either.actor("member"))
        assert result == (8, 0)
    after = either.raised()
    assert (before, after) == ("XS-2026-000001", "XS-2026-000010")
    with either.reading():
        made = db.session.scalars(select(Case).where(Case.import_key.is_not(None)).order_by(Case.id)).all()
        assert [case.reference for case in made] == [f"XS-2026-{number:06}" for number in range(2, 10)]
        assert {case.due_at for case in made} == {db.session.query(Case).first().due_at}  # type: ignore[union-attr]
        assert all(case.resident and case.resident.is_anonymous for case in made)
        raised = select(func.count()).select_from(Event).where(Event.verb == "raise")
        assert db.session.scalar(raised) == 10
        assert audit.verify(KEY).faults == []


def test_a_second_import_adds_nothing(either: World) -> None:
    for wanted in ((3, 0), (0, 3)):
        with either.writing():
            assert imports.store(rows(1, 2, 3), by=either.actor("clerk")) == wanted
    with either.writing():
        assert imports.store(rows(3, 4), by=either.actor("clerk")) == (1, 1)


def test_imported_words_are_found(either: World) -> None:
    with either.writing():
        imports.store(rows(1, 2), by=either.actor("member"))
    with either.reading():
        wanted = CaseFilter(q="第2号路口")
        found = stored.page(either.actor("clerk"), wanted, limit=10, after=None, now=NOW)
        assert [row.summary for row in found.items] == ["第2号路口信号灯不亮"]


def test_nobody_is_told_row_by_row(huiyin: World) -> None:
    with huiyin.writing():
        imports.store(rows(1, 2), by=huiyin.actor("clerk"))
        assert db.session.query(Outbox).count() == 0


def test_an_unknown_area_stores_nothing(huiyin: World) -> None:
    with pytest.raises(Invalid), huiyin.writing():
        imports.store([*rows(1), *rows(2, area="9999")], by=huiyin.actor("clerk"))
    with huiyin.reading():
        assert db.session.query(Case).count() == 0


@pytest.mark.parametrize("who", ["dept", "secretary", "auditor", "admin", "leader"])
def test_who_may_not_raise_may_not_import(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden), huiyin.writing():
        imports.store(rows(1), by=huiyin.actor(who))
