"""What the resident said of the answer: a record, never a move. The resident's stands above the member's."""

from typing import Literal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, HasCreated, HasId

RatingValue = Literal["satisfied", "basically", "dissatisfied"]


class Rating(HasId, HasCreated, Base):
    """``by_kind`` is resident or member; the handling unit and the office have no way to write one."""

    __tablename__ = "rating"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    rating: Mapped[str] = mapped_column(String(16))
    by_kind: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
