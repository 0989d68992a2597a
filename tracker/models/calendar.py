"""The working-day calendar: only the days that differ from Monday–Friday, and where we know it from."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class CalendarDay(Base):
    """``kind`` is holiday or workday; ``status`` official (State Council notice) or provisional."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column("date", primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(40), default="")
    source: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(String(12), default="official")
