"""The written material of the demonstration, read from the files beside this one."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import ConfigDict

from tracker.cli.demo_content.records import Committee, Person, ResultClass, SlaClass, Source
from tracker.incoming.presets import read_toml

HOME: Final = Path(__file__).resolve().parent
_CLOSED = ConfigDict(extra="forbid")

PlaceKind = Literal[
    "compound", "road", "village", "river", "school", "market", "park", "plant", "stop", "clinic", "town"
]
Voice = Literal["", "woman", "man", "elder", "elder_woman", "elder_man"]


@dataclass(frozen=True)
class Matter:
    """A concern that may turn up in many places.

    The first narrative is told by the person, later ones are noted by somebody else; ``echoes`` are what
    neighbours say about the same thing. ``else_lead`` takes over where a committee has no such department,
    ``whole`` narratives stand as they are, ``months`` are those in which it can come up at all, ``sources``
    the only ways it can come in.
    """

    __pydantic_config__ = _CLOSED

    key: str
    category: str
    place: PlaceKind
    summaries: list[str]
    narratives: list[str]
    follow_up: str
    reaction: str
    route: Literal["assign", "refer", "brief", "decline", "accusation"] = "assign"
    lead: str = ""
    else_lead: str = ""
    co: list[str] = field(default_factory=list)
    co_opinion: str = ""
    sla: SlaClass = "normal"
    transfer: str = ""
    replies: dict[ResultClass, str] = field(default_factory=dict)
    quick: str = ""
    outcome: str = ""
    subject: str = ""
    unhappy: str = ""
    withdrawal: str = ""
    echoes: list[tuple[str, str]] = field(default_factory=list)
    vars: dict[str, list[str] | tuple[int, int]] = field(default_factory=dict)
    months: list[int] = field(default_factory=list)
    voice: Voice = ""
    sources: list[Source] = field(default_factory=list)
    urgent: bool = False
    petition: bool = False
    family: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Openings:
    __pydantic_config__ = _CLOSED

    told: list[str]
    noted: list[str]


@dataclass(frozen=True)
class Closings:
    __pydantic_config__ = _CLOSED

    told: list[str]
    signed: list[str]
    noted: list[str]


@dataclass(frozen=True)
class ReplyFrame:
    __pydantic_config__ = _CLOSED

    openings: list[str]
    closings: list[str]
    co_openings: list[str]
    sections: list[str]
    thin: list[str]
    rework: list[str]
    unreachable: list[str]


@dataclass(frozen=True)
class Returns:
    __pydantic_config__ = _CLOSED

    reasons: list[str]
    granted: list[str]


@dataclass(frozen=True)
class Notes:
    __pydantic_config__ = _CLOSED

    merge: list[str]
    oral: list[str]
    code_page: list[str]
    quickly: list[str]
    basically: list[str]


@dataclass(frozen=True)
class PlainVisit:
    __pydantic_config__ = _CLOSED

    kind: PlaceKind
    text: str


@dataclass(frozen=True)
class CharacterPairs:
    """The n-th character of ``keys`` is written as the n-th of ``values``."""

    __pydantic_config__ = _CLOSED

    keys: str
    values: str


@dataclass(frozen=True)
class Phrases:
    __pydantic_config__ = _CLOSED

    openings: dict[str, Openings]
    closings: Closings
    reply: ReplyFrame
    returns: Returns
    follow_ups: dict[ResultClass, list[str]]
    notes: Notes
    visits: list[PlainVisit]
    old_forms: CharacterPairs
    look_alikes: CharacterPairs


@dataclass(frozen=True)
class Names:
    """Given names by who bears them; ``whole`` names are not put together."""

    __pydantic_config__ = _CLOSED

    surnames: list[str]
    elder_women: list[str]
    elder_men: list[str]
    women: list[str]
    men: list[str]
    whole: list[str]


@dataclass(frozen=True)
class Place:
    """A named place and the community (or township) it lies in."""

    area: str
    kind: PlaceKind
    name: str


@dataclass(frozen=True)
class _People:
    __pydantic_config__ = _CLOSED

    people: list[Person]


@dataclass(frozen=True)
class _Matters:
    __pydantic_config__ = _CLOSED

    matters: list[Matter]


@dataclass(frozen=True)
class _Places:
    __pydantic_config__ = _CLOSED

    xs: dict[str, dict[PlaceKind, list[str]]]
    dt: dict[str, dict[PlaceKind, list[str]]]


@cache
def people() -> tuple[Person, ...]:
    return tuple(read_toml(HOME / "people.toml", _People).people)


@cache
def matters() -> tuple[Matter, ...]:
    """In the order of the files' names, then of the files."""
    found: list[Matter] = []
    for path in sorted((HOME / "matters").glob("*.toml")):
        found += read_toml(path, _Matters).matters
    return tuple(found)


@cache
def places(committee: Committee) -> tuple[Place, ...]:
    given = read_toml(HOME / "places.toml", _Places)
    table = given.xs if committee == "xs" else given.dt
    return tuple(
        Place(area, kind, name)
        for area, kinds in table.items()
        for kind, found in kinds.items()
        for name in found
    )


@cache
def phrases() -> Phrases:
    return read_toml(HOME / "phrases.toml", Phrases)


@cache
def names() -> Names:
    return read_toml(HOME / "residents.toml", Names)
