"""An original that came with a case: sealed, office-only, under a name made by the server."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from tracker.models.base import Base, HasCreated, HasId, HasPublicId


class Attachment(HasId, HasPublicId, HasCreated, Base):
    """``sha256`` is over the plain bytes; the name people gave it is sealed too."""

    __tablename__ = "attachment"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
