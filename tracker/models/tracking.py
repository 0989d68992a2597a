"""The tracking code of a case: locator in clear, secret only as an Argon2id hash (decisions 15–17)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId
from tracker.models.case import Case


class TrackingCode(HasId, HasCreated, Base):
    """``pin_hash`` stands in where the resident left no phone; five wrong tries set ``letter_locked_at``."""

    __tablename__ = "tracking_code"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    locator: Mapped[str] = mapped_column(String(4), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    pin_failures: Mapped[int] = mapped_column(default=0)
    letter_locked_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
