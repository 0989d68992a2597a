"""A photo taken on a visit: sealed, without its name, its place and its camera."""

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId
from tracker.models.visit import Visit

MEDIA_TYPE = "image/jpeg"


class Photo(HasId, HasPublicId, HasCreated, Base):
    """Until its visit arrives it waits without one, known by the id its phone gave it.

    ``sha256`` is over the plain bytes as they are kept, not as they were taken.
    """

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("taken_by_id", "client_id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))

    visit: Mapped[Visit | None] = relationship(back_populates="photos")

    noun = "photo"
    is_accusation = False

    @property
    def owner_id(self) -> int:
        return self.taken_by_id

    @property
    def group_id(self) -> int | None:
        return self.visit.group_id if self.visit else None
