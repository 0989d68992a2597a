"""What there can be only once: written down here, held by both databases."""

from typing import Any

import pytest
from sqlalchemy import UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from tests.models.rows import TABLES, inserted, refused, row, value
from tests.world import NOW, World
from tracker.extensions import db

# Beside the rows' own addresses.
ONCE: dict[str, set[tuple[str, ...]]] = {
    "api_token": {("token_hash",)},
    "area": {("committee_id", "code")},
    "booklet_file": {("booklet_id", "revision", "kind")},
    "booklet_item": {("booklet_id", "visit_id"), ("booklet_id", "submission_id"), ("booklet_id", "case_id")},
    "bridge": {("person_id", "kind")},
    "campaign": {("committee_id", "key")},
    "case": {("reference",), ("import_key",)},
    "category": {("committee_id", "code")},
    "committee": {("code",), ("case_prefix",), ("letter_prefix",)},
    "counter": {("series", "year")},
    "digest": {("committee_id", "period", "starts_on")},
    "event": {("committee_id", "seq")},
    "group_report": {("campaign_id", "group_id")},
    "idempotency_key": {("actor", "key")},
    "import_file": {("import_id", "position")},
    "import_form": {("file_id", "position")},
    "import_original": {("import_id", "position")},
    "invitation": {("token_hash",)},
    "letter": {("number",), ("number_series", "number_year", "number_seq")},
    "login_session": {("token_hash",)},
    "membership": {("person_id", "unit_id", "role")},
    "notice": {("person_id", "event_id")},
    "org_unit": {("committee_id", "key")},
    "outbox": {("effect_key",)},
    "person": {("login",)},
    "photo": {("taken_by_id", "client_id")},
    "quota": {("campaign_id", "bearer", "counts")},
    "saved_view": {("person_id", "noun", "name")},
    "score_item": {("campaign_id", "bearer", "counts")},
    "submission": {("member_id", "client_id")},
    "tracking_code": {("locator",)},
    "visit": {("member_id", "client_id")},
    "visitor": {("visit_id", "person_id")},
    "work_rules": {("committee_id", "number")},
}
KEYS = sorted((table, columns) for table, keys in ONCE.items() for columns in keys)
# What a row without one does not share with another without one.
MAY_BE_MISSING = [
    ("case", ("import_key",)),
    ("letter", ("number",)),
    ("letter", ("number_series", "number_year", "number_seq")),
    ("submission", ("member_id", "client_id")),
    ("visit", ("member_id", "client_id")),
    ("booklet_item", ("booklet_id", "visit_id")),
    ("booklet_item", ("booklet_id", "submission_id")),
    ("booklet_item", ("booklet_id", "case_id")),
]


def _two(table: str, columns: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two rows with nothing in common but these columns."""
    shared = {name: value(TABLES[table].columns[name]) for name in columns}
    return row(table, **shared), row(table, **shared)


def test_what_is_unique_is_what_is_written_here() -> None:
    found = {
        (table.name, tuple(column.name for column in key.columns))
        for table in TABLES.values()
        for key in table.constraints
        if isinstance(key, UniqueConstraint)
    }
    addressed = {(name, ("public_id",)) for name, table in TABLES.items() if "public_id" in table.columns}
    assert found == set(KEYS) | addressed


def test_every_key_is_refused_the_second_time(either: World) -> None:
    with either.writing():
        assert [key for key in KEYS if not refused(key[0], *_two(*key))] == []


def test_an_address_is_given_once_in_its_table(huiyin: World) -> None:
    tables = [name for name, table in TABLES.items() if "public_id" in table.columns]
    assert len(tables) >= 30
    with huiyin.writing():
        assert [name for name in tables if not refused(name, *_two(name, ("public_id",)))] == []


def test_a_key_with_one_part_different_is_another_key(huiyin: World) -> None:
    """The code B01 in two committees, the same form position in two files, one person in two groups."""
    with huiyin.writing():
        wrong = []
        for table, columns in KEYS:
            for name in columns if len(columns) > 1 else ():
                first, second = _two(table, columns)
                second[name] = _another(table, name, first[name])
                if refused(table, first, second):
                    wrong.append((table, columns, name))
        assert wrong == []


def _another(table: str, name: str, one: Any) -> Any:
    column = TABLES[table].columns[name]
    if not column.foreign_keys:
        return value(column)
    target = next(iter(column.foreign_keys)).column.table
    return next(
        (
            found
            for found in db.session.scalars(target.select().with_only_columns(target.c.id))
            if found != one
        ),
        None,
    ) or inserted(target.name)


def test_rows_without_a_key_do_not_stand_in_each_others_way(either: World) -> None:
    with either.writing():
        for table, columns in MAY_BE_MISSING:
            nothing = {name: None for name in columns if TABLES[table].columns[name].nullable}
            shared = {name: value(TABLES[table].columns[name]) for name in columns if name not in nothing}
            assert nothing and not refused(
                table, row(table, **shared, **nothing), row(table, **shared, **nothing)
            )


def test_a_case_stands_once_on_an_agenda_until_it_is_taken_off(either: World) -> None:
    with either.writing():
        first, again = _two("agenda_item", ("meeting_id", "case_id"))
        assert refused("agenda_item", first, again)
        assert not refused("agenda_item", first | {"taken_off_at": NOW}, again)
        assert not refused("agenda_item", first | {"taken_off_at": NOW}, again | {"taken_off_at": NOW})


def test_one_bucket_counts_once_in_a_window(either: World) -> None:
    with either.writing():
        count = row("rate_count", bucket="track:address:10.0.0.1", window=2**31 - 1)
        assert refused("rate_count", count, count)
        assert not refused("rate_count", count, count | {"bucket": "track:address:10.0.0.2"})


def test_a_committee_has_one_end_of_its_chain_and_a_case_one_line_in_the_index(either: World) -> None:
    reference = either.raised()
    with either.writing():
        case = either.case(reference)
        head = row("chain_head", committee_id=case.committee_id)
        line = row("search_text", case_id=case.id, committee_id=case.committee_id)
        assert refused("chain_head", head) and refused("search_text", line)


def test_a_day_stands_once_in_the_calendar(either: World) -> None:
    with pytest.raises(IntegrityError), either.writing():
        db.session.execute(
            text(
                "INSERT INTO calendar_day (date, kind, name, source, status)"
                " VALUES ('2026-10-01', 'workday', '', 'x', 'official')"
            )
        )
