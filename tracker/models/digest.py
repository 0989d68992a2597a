"""A digest (定期汇总, S1-47) that was sent: which period, when. Its figures are counted when asked."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, HasCreated, HasId


class Digest(HasId, HasCreated, Base):
    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("committee_id", "period", "starts_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    period: Mapped[str] = mapped_column(String(8))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    times: Mapped[int] = mapped_column(default=0)

    noun = "digest"
