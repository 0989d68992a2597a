"""Who acts: a person with posts, the resident of one case, or the system by rule."""

from dataclasses import dataclass, field
from functools import cached_property

ROLES = (
    "member",
    "secretary",
    "clerk",
    "director",
    "handler",
    "leader",
    "auditor",
    "admin",
    "resident",
    "system",
)

# One account works in one zone only, so that a department can never read as the office (one post each side
# needs two accounts).
ZONES = {
    "member": "office",
    "secretary": "office",
    "clerk": "office",
    "director": "office",
    "leader": "office",
    "handler": "department",
    "admin": "administration",
    "auditor": "audit",
}


@dataclass(frozen=True)
class Post:
    """A role held in a unit."""

    role: str
    unit_id: int


@dataclass(frozen=True)
class Actor:
    """Plain facts about who is asking; ``id`` is the person's, or the case's for its resident.

    ``diary`` is the last hash of the committee's diary at the moment the actor came to the door.
    """

    kind: str
    id: int | None
    name: str
    committee_id: int
    posts: tuple[Post, ...] = ()
    session_id: int | None = None
    login: str = ""
    locale: str = "zh"
    is_accusation_officer: bool = False
    diary: bytes = field(default=b"", compare=False, repr=False)

    # Flask-Login asks these of whatever stands for the current user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return f"{self.kind}:{self.id}"

    @cached_property
    def roles(self) -> frozenset[str]:
        if self.kind != "person":
            return frozenset({self.kind})
        return frozenset(post.role for post in self.posts)

    def units(self, role: str) -> frozenset[int]:
        return frozenset(post.unit_id for post in self.posts if post.role == role)

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def person_id(self) -> int | None:
        return self.id if self.kind == "person" else None


def system(committee_id: int, name: str = "system") -> Actor:
    """The tenth actor: a rule that moves something by itself."""
    return Actor("system", None, name, committee_id)


def zone_of(roles: frozenset[str] | set[str]) -> str | None:
    """The one zone these roles share; None when they would mix two."""
    zones = {ZONES[role] for role in roles}
    return zones.pop() if len(zones) == 1 else None
