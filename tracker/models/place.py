"""What a case is about and where: the committee's own trees of categories and areas."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasId


class Category(HasId, Base):
    """Three levels; the top four are those of the Xishan opinion (S1-37)."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("committee_id", "code"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    code: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(40))
    full_name: Mapped[str] = mapped_column(String(120), default="")
    level: Mapped[int]
    default_unit_key: Mapped[str] = mapped_column(String(40), default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Category | None"] = relationship(remote_side="Category.id")


class Area(HasId, Base):
    """District → township or street → community."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("committee_id", "code"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    code: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(40))
    full_name: Mapped[str] = mapped_column(String(120), default="")

    parent: Mapped["Area | None"] = relationship(remote_side="Area.id")

    @property
    def township(self) -> str:
        """The level a department may see: township or street, never the community."""
        return self.parent.name if self.kind == "community" and self.parent else self.name
