"""Who is asked to a meeting with members (S1-33…36)."""

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import clock
from tracker.models.activity import Activity
from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.contact_link import ContactLink
from tracker.models.person import Person
from tracker.models.resident import Resident
from tracker.rules.clock import shanghai_date

# Those who were let in, whether they came or not.
ADMITTED: Final = ("approved", "attended", "absent")


class Invitee(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``sector`` says for whom the person comes; the name lies sealed with the resident, no phone is kept.

    ``state`` changes only through workflows.invitee.INVITEE; the properties below are its ``needs``.
    """

    __tablename__ = "invitee"
    __table_args__ = (Index("ix_invitee_state", "committee_id", "state"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    resident_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("contact_link.id"))
    sector: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    proposer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    speech: Mapped[str] = mapped_column(Text, default="")

    activity: Mapped[Activity] = relationship()
    resident: Mapped[Resident | None] = relationship()
    link: Mapped[ContactLink | None] = relationship()
    proposer: Mapped[Person] = relationship(foreign_keys=[proposer_id])
    decider: Mapped[Person | None] = relationship(foreign_keys=[decider_id])

    noun = "invitee"

    @property
    def group_id(self) -> int:
        return self.activity.unit_id

    @property
    def is_admitted(self) -> bool:
        return self.state in ADMITTED

    # --- what the moves need
    @property
    def is_called_for(self) -> bool:
        return self.activity.cancelled_at is None

    @property
    def has_begun(self) -> bool:
        return self.activity.held_on <= shanghai_date(clock())

    @property
    def has_not_spoken(self) -> bool:
        return not self.speech
