"""People with an account, the posts they hold, and what proves who they are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit

# Whose member somebody is: this committee's, or the one above while living here (S2-02).
Level = Literal["county", "prefecture_resident"]
# What makes a member a bridge to the public: leading in a community, at the base, in a trade (S1-21).
Bridging = Literal["community_cadre", "local_leader", "professional"]


class Person(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``level`` is a Level for members, None for everybody else.

    ``is_listed``: a member's name and group may stand on the page for residents (S1-32).
    """

    __tablename__ = "person"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str | None] = mapped_column(String(24))
    email: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8), default="zh")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_listed: Mapped[bool] = mapped_column(default=True)
    last_seen_at: Mapped[datetime | None]

    posts: Mapped[list["Membership"]] = relationship(back_populates="person", cascade="all, delete-orphan")
    bridge_rows: Mapped[list["Bridge"]] = relationship(cascade="all, delete-orphan", order_by="Bridge.kind")

    noun = "person"

    @property
    def bridges(self) -> list[str]:
        """In the order of Bridging, which is also that of their names."""
        return [row.kind for row in self.bridge_rows]

    @bridges.setter
    def bridges(self, kinds: Iterable[str]) -> None:
        known = {row.kind: row for row in self.bridge_rows}
        self.bridge_rows = [known.get(kind) or Bridge(kind=kind) for kind in sorted(set(kinds))]

    @property
    def owner_id(self) -> int:
        return self.id


class Membership(HasId, HasCreated, Base):
    """A role in a unit. All roles of one person lie in one zone (rules.actors.ZONES)."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[OrgUnit] = relationship()


class Bridge(HasId, Base):
    """Why a member is a bridge; one of Bridging."""

    __tablename__ = "bridge"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(24))


class LoginSession(HasId, HasPublicId, HasCreated, Base):
    """A signed-in browser. Only the hash of its token is kept; ending the row ends the session at once."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")


class ApiToken(HasId, HasPublicId, HasCreated, Base):
    """A bearer token for programs; shown once, kept as a hash."""

    __tablename__ = "api_token"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Invitation(HasId, HasCreated, Base):
    """A one-time link with which a person sets the first or a new password."""

    __tablename__ = "invitation"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
