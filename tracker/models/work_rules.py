"""The rules of work that office and committees follow (S1-43), every version kept."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId
from tracker.models.person import Person


class WorkRules(HasId, HasCreated, Base):
    """One version, never changed; the highest number is in force and replaces the one before it.

    Without ``author`` it is the text the committee was founded with.
    """

    __tablename__ = "work_rules"
    __table_args__ = (UniqueConstraint("committee_id", "number"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(200), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("work_rules.id"))

    author: Mapped[Person | None] = relationship()
    replaces: Mapped["WorkRules | None"] = relationship(remote_side="WorkRules.id")

    noun = "work_rules"
