"""The resident: the only home of a name, phone or address; every field is sealed and bound to its row."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, HasCreated


def new_resident_id() -> str:
    return secrets.token_hex(16)


class Resident(HasCreated, Base):
    """Ids are made here, before sealing: the sealed fields carry the row's id as associated data."""

    __tablename__ = "resident"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_resident_id)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    consent_process: Mapped[bool] = mapped_column(default=False)
    consent_forward: Mapped[bool] = mapped_column(default=False)
    consent_publish: Mapped[bool] = mapped_column(default=False)
    consent_wording: Mapped[str] = mapped_column(String(16), default="2026-11")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    erased_at: Mapped[datetime | None]

    @property
    def is_anonymous(self) -> bool:
        return self.name_sealed is None and self.phone_sealed is None


SEALED = ("name", "phone", "address")
