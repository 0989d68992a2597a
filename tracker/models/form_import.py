"""Filled forms on their way in: what came, what was read, what a person corrected, what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.campaign import Campaign
from tracker.models.person import Person
from tracker.models.visit import Visit


class FormImport(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """One upload. ``campaign`` helps to read dates without a year; ``choices`` are those made for all forms.

    ``counts`` says what was made of it once it is confirmed.
    """

    __tablename__ = "form_import"
    __table_args__ = (
        Index("ix_form_import_list", "committee_id", "id"),
        # What waits to be confirmed is counted on every desk, and is little.
        Index(
            "ix_form_import_ready",
            "committee_id",
            "by_id",
            "id",
            sqlite_where=text("status = 'ready'"),
            postgresql_where=text("status = 'ready'"),
        ),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    year: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12), default="queued")
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    failure: Mapped[str] = mapped_column(String(200), default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    campaign: Mapped[Campaign | None] = relationship()
    originals: Mapped[list["ImportOriginal"]] = relationship(order_by="ImportOriginal.position")
    files: Mapped[list["ImportFile"]] = relationship(order_by="ImportFile.position")

    noun = "import"

    @property
    def owner_id(self) -> int:
        return self.by_id

    @property
    def is_waiting(self) -> bool:
        """The background is still at it."""
        return self.status in ("queued", "reading", "storing")


class ImportOriginal(HasId, HasPublicId, Base):
    """A file as it came, kept as evidence; ``sha256`` is over the plain bytes.

    Of a file nothing could be read of only name, size and fingerprint stay.
    """

    __tablename__ = "import_original"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("form_import.id"))
    position: Mapped[int]
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    is_kept: Mapped[bool] = mapped_column(default=True)
    content_sealed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class ImportFile(HasId, HasPublicId, Base):
    """Forms of one kind out of one file; an archive brings several. ``pages_sealed`` is its text."""

    __tablename__ = "import_file"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("form_import.id"))
    original_id: Mapped[int] = mapped_column(ForeignKey("import_original.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    pages_sealed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class ImportForm(HasId, HasPublicId, Base):
    """A form as it was read, and as somebody corrected it; both sealed. ``outcome``: what became of it."""

    __tablename__ = "import_form"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("form_import.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"))
    position: Mapped[int]
    read_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    corrected_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)

    visit: Mapped[Visit | None] = relationship()
