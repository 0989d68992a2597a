"""Rows that point to others: never to nothing, and what is pointed to stays."""

import pytest
from sqlalchemy import Integer, func, select, text
from sqlalchemy.exc import IntegrityError

from tests.models.rows import NOWHERE, TABLES, refused, row
from tests.world import NARRATIVE, World
from tracker.extensions import db
from tracker.models import Base, Bridge, Membership, OrgUnit, Person

# Whoever acted may be a resident, and what it was about may lie in any table.
NO_REFERENCE = {"event.actor_id", "event.object_id"}
# What belongs to a committee by what it hangs on.
WITHOUT_COMMITTEE = {
    "adoption",
    "api_token",
    "award_candidate",
    "booklet_file",
    "booklet_item",
    "bridge",
    "calendar_day",
    "campaign_phase",
    "committee",
    "counter",
    "exemption",
    "figure_correction",
    "follow_up",
    "idempotency_key",
    "import_file",
    "import_form",
    "import_original",
    "invitation",
    "leader_note",
    "liaison_duty",
    "login_session",
    "membership",
    "plan_item",
    "quota",
    "rate_count",
    "rating",
    "reception_day",
    "reply",
    "return_request",
    "saved_view",
    "score_item",
    "supervision_record",
    "visitor",
}
REFERENCES = [
    (table.name, column.name) for table in TABLES.values() for column in table.columns if column.foreign_keys
]


def test_every_number_of_another_row_is_a_reference() -> None:
    numbers = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.name.endswith("_id") and (column.foreign_keys or isinstance(column.type, Integer))
    }
    assert len(REFERENCES) >= 150
    assert numbers - {f"{table}.{column}" for table, column in REFERENCES} == NO_REFERENCE


def test_what_hangs_on_nothing_else_names_its_committee() -> None:
    named = {name for name, table in TABLES.items() if "committee_id" in table.columns}
    assert set(TABLES) - named == WITHOUT_COMMITTEE
    assert all(not TABLES[name].columns["committee_id"].nullable for name in named)


def test_no_row_points_to_a_row_that_is_not_there(huiyin: World) -> None:
    """PostgreSQL cannot forget it; SQLite does on any connection that was not asked to look."""
    with huiyin.writing():
        taken = []
        for table, column in REFERENCES:
            nowhere = NOWHERE if isinstance(TABLES[table].columns[column].type, Integer) else "f" * 32
            if not refused(table, row(table, **{column: nowhere})):
                taken.append((table, column))
        assert taken == []


def test_what_others_point_to_cannot_be_deleted(either: World) -> None:
    """Nothing goes along silently: who left is made inactive, a resident is erased field by field."""
    either.visited(cases=[{"summary": "路灯不亮", "narrative": NARRATIVE, "area": "0101", "resident": {}}])
    either.coordinated()
    for table in (
        "committee",
        "org_unit",
        "person",
        "resident",
        "category",
        "area",
        "case",
        "assignment",
        "visit",
    ):
        with pytest.raises(IntegrityError), either.writing():
            db.session.execute(text(f'DELETE FROM "{table}"'))


def test_posts_and_bridges_go_with_their_person(huiyin: World) -> None:
    """They belong to nobody else; the unit stays."""
    with huiyin.writing():
        office = db.session.scalars(select(OrgUnit).where(OrgUnit.key == "office")).first()
        assert office is not None
        newcomer = Person(committee_id=office.committee_id, login="xs-typo", name="录错的人")
        newcomer.posts = [Membership(unit_id=office.id, role="clerk")]
        newcomer.bridges = ["professional"]
        db.session.add(newcomer)
        db.session.flush()
        posts, number = _count(Membership), newcomer.id
        db.session.delete(newcomer)
        db.session.flush()
        assert (_count(Membership), _count(Bridge)) == (posts - 1, 0)
        assert db.session.get(OrgUnit, office.id) is office and db.session.get(Person, number) is None


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
