"""Accounts and passwords as people type them."""

from typing import Annotated, Literal

from pydantic import Field

from tracker.incoming.schema import Input
from tracker.models.person import Bridging, Level

Role = Literal["member", "secretary", "clerk", "director", "handler", "leader", "auditor", "admin"]

Bridges = Annotated[list[Bridging], Field(max_length=3)]


class PostIn(Input):
    role: Role
    unit: str


class PersonIn(Input):
    login: str = Field(min_length=2, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")
    name: str = Field(min_length=1, max_length=60)
    title: str = Field("", max_length=60)
    level: Level | None = None
    email: str = Field("", max_length=120, pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$")
    posts: list[PostIn] = Field(min_length=1, max_length=6)
    bridges: Bridges = Field(default_factory=list)


class PersonEdit(Input):
    name: str | None = Field(None, min_length=1, max_length=60)
    title: str | None = Field(None, max_length=60)
    level: Level | None = None
    email: str | None = Field(None, max_length=120, pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$")
    is_active: bool | None = None
    is_listed: bool | None = None
    posts: list[PostIn] | None = Field(None, min_length=1, max_length=6)
    bridges: Bridges | None = None


class PasswordIn(Input):
    """``password`` is kept exactly as typed, blanks included."""

    model_config = Input.model_config | {"str_strip_whitespace": False}
    password: str = Field(min_length=8, max_length=200)
