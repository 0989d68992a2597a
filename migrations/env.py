"""Alembic's entry: the same migrations on SQLite and PostgreSQL."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.schema import SchemaItem

from tracker.models import Base

# Made by hand in the migrations, because the models cannot say them (FTS5 and tsvector).
_OWN = ("search_pairs",)


def _ours(item: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None) -> bool:
    if kind == "table":
        return not str(name).startswith(_OWN)
    return not (kind == "column" and name == "pairs") and name != "ix_search_text_pairs"


def _options() -> dict[str, Any]:
    return {
        "target_metadata": Base.metadata,
        "include_object": _ours,
        "render_as_batch": True,
        "compare_type": True,
        "transaction_per_migration": True,
    }


def _run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(connection=connection, **_options())
        with context.begin_transaction():
            context.run_migrations()


_run()
