"""A list as one person likes to see it."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, HasCreated, HasId, HasPublicId


class SavedView(HasId, HasPublicId, HasCreated, Base):
    """``query`` holds the filters as the list's address spells them."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "noun", "name"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    noun: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(String(2000))
