"""The search index: one row a case, its folded text and its character pairs."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class SearchText(Base):
    """``folded`` is what matches are checked against; the pairs live beside it.

    On SQLite in the FTS5 table ``search_pairs`` (rowid = case id), on PostgreSQL in the column ``pairs``
    (tsvector, GIN), both made by the migration. The committee is one of the tokens.
    """

    __tablename__ = "search_text"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    folded: Mapped[str] = mapped_column(Text)
