"""What the models cannot say: search pairs, the append-only record, the working-day calendar."""

import sqlalchemy as sa
from alembic import op

from tracker.rules.official_days import seed_days

revision = "0002"
down_revision = "0001"

YEARS = range(2017, 2027)
REFUSAL = "events are append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()
    days = sa.table(
        "calendar_day",
        *(sa.column(name) for name in ("kind", "name", "source", "status")),
        sa.column("date", sa.Date),
    )
    op.bulk_insert(days, [row._asdict() for row in seed_days(YEARS)])


def downgrade() -> None:
    op.execute("DELETE FROM calendar_day")
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER event_no_{verb}")
        op.execute("DROP TABLE search_pairs")
        return
    op.execute("DROP TRIGGER event_append_only ON event")
    op.execute("DROP FUNCTION refuse_event_change()")
    op.execute("ALTER TABLE search_text DROP COLUMN pairs")


def _upgrade_sqlite() -> None:
    op.execute(
        'CREATE VIRTUAL TABLE search_pairs USING fts5(tokens, tokenize = "unicode61 remove_diacritics 0")'
    )
    op.execute("INSERT INTO search_pairs (search_pairs, rank) VALUES ('secure-delete', 1)")
    for verb in ("update", "delete"):
        refuse = f"SELECT RAISE(ABORT, '{REFUSAL}');"
        op.execute(f"CREATE TRIGGER event_no_{verb} BEFORE {verb} ON event BEGIN {refuse} END")


def _upgrade_postgresql() -> None:
    op.execute("ALTER TABLE search_text ADD COLUMN pairs tsvector NOT NULL DEFAULT ''::tsvector")
    op.execute("CREATE INDEX ix_search_text_pairs ON search_text USING gin (pairs) WITH (fastupdate = off)")
    op.execute(
        f"CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_event_change()"
    )
