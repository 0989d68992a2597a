"""The three annexes as values (S2-28…45): everything that will stand on the paper, and nothing else.

The one who fills them decides what the reader of the file may see: nothing here masks, looks up or leaves
out a name or an address. Values left empty make the blank form.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class Annex1:
    """One visit. More than one problem in a box is printed as a numbered list."""

    title: str
    visitors: tuple[str, ...] = ()
    group: str = ""
    contact: str = ""
    address: str = ""
    visited_on: date | None = None
    reported: str = ""
    help_needed: tuple[str, ...] = ()
    coordination_needed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annex2:
    """What one member brought in: a suggestion, an opinion brief, a lead."""

    title: str
    member: str = ""
    group: str = ""
    suggestion: str = ""
    brief: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Annex3Row:
    """A group's figures; None leaves the place empty."""

    group: str = ""
    participants: int | None = None
    sector: int | None = None
    living: int | None = None
    friends: int | None = None
    suggestions: int | None = None
    briefs: int | None = None
    leads: int | None = None


COUNTS = tuple(field.name for field in fields(Annex3Row) if field.name != "group")


@dataclass(frozen=True)
class Annex3:
    """The groups and their sum (S2-45), added up here unless it is given; ``notes`` stand below the table."""

    title: str
    rows: tuple[Annex3Row, ...] = ()
    total: Annex3Row | None = None
    notes: tuple[str, ...] = ()

    @property
    def printed_total(self) -> Annex3Row:
        return self.total or Annex3Row("", *(self._sum(name) for name in COUNTS))

    def _sum(self, name: str) -> int | None:
        """Of nothing there is no sum: the form stays blank."""
        found = [count for row in self.rows if (count := getattr(row, name)) is not None]
        return sum(found) if found else None


Annex: TypeAlias = Annex1 | Annex2 | Annex3
