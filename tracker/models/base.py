"""The base of every mapped class, and the column types they share."""

import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from tracker.extensions import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# PostgreSQL's INTEGER; asked for more, it answers with an error instead of no row.
HIGHEST_ID = 2**31 - 1


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC; a naïve one is refused. SQLite gives times back without their zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def new_public_id() -> str:
    """128 random bits for an address; never the row's own number."""
    return secrets.token_urlsafe(16)


class HasId:
    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class HasPublicId:
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id, sort_order=-9)


class HasCreated:
    created_at: Mapped[datetime] = mapped_column(default=clock, sort_order=90)


class HasVersion:
    """A row that moves: the slower of two writers gets StaleDataError instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1, sort_order=91)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}
