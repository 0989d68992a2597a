"""A committee (the tenant), its tree of units, and the series its numbers come from."""

from typing import Any, Literal, get_args

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId

GroupKind = Literal[
    "special_committee", "working_committee", "sector_group", "party", "city_group", "township_group"
]
# The committee itself is the top of its tree; these are what can stand below it.
UnitKind = Literal["office", GroupKind, "department"]
GROUP_KINDS: tuple[str, ...] = get_args(GroupKind)
UNIT_KINDS: tuple[str, ...] = ("committee", *get_args(UnitKind))


class Committee(HasId, HasCreated, Base):
    """One CPPCC committee; nothing is ever shown across two of them."""

    __tablename__ = "committee"

    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    full_name: Mapped[str] = mapped_column(String(120))
    issuer_mark: Mapped[str] = mapped_column(String(80))
    preset: Mapped[str] = mapped_column(String(16))
    case_prefix: Mapped[str] = mapped_column(String(8), unique=True)
    letter_prefix: Mapped[str] = mapped_column(String(32), unique=True)
    has_circles: Mapped[bool] = mapped_column(default=False)
    office_phone: Mapped[str] = mapped_column(String(40), default="")
    office_address: Mapped[str] = mapped_column(String(120), default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def signature(self) -> str:
        """Who signs letters: the office's own name where the preset gives one."""
        return str(self.settings.get("signature") or self.full_name)

    @property
    def contact(self) -> dict[str, bool]:
        """What the office decided about the page for residents: ``open``, ``members``, ``hidden`` (S1-32)."""
        return dict(self.settings.get("contact") or {})

    @property
    def accusation_officers(self) -> frozenset[int]:
        """At most two clerks, by person id, who may read accusations."""
        return frozenset(self.settings.get("accusation_officers", [])[:2])


class OrgUnit(HasId, HasPublicId, HasCreated, Base):
    """A unit in the committee's tree. ``path`` lists the ids from the root down to this one: ``/1/7/``."""

    __tablename__ = "org_unit"
    __table_args__ = (UniqueConstraint("committee_id", "key"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    kind: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    path: Mapped[str] = mapped_column(String(200), default="/")
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["OrgUnit | None"] = relationship(remote_side="OrgUnit.id")

    noun = "unit"

    @property
    def lineage(self) -> tuple[int, ...]:
        """Ids from the committee's root down to this unit."""
        return tuple(int(part) for part in self.path.split("/") if part)


class Counter(HasId, Base):
    """The last number given in a series and year; changed only under the row's lock, so without gaps."""

    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("series", "year"),)

    series: Mapped[str] = mapped_column(String(48))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
