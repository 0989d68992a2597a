"""Papers for meetings: the pack for the summary meeting (S2-21), the supervision sheet (S2-19).

Everything stands in the dataclasses below; who may read it is the caller's to know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.outgoing.forms.annexes import Annex3
from tracker.outgoing.forms.templates import PAPER

SECONDS = 60.0


@dataclass(frozen=True)
class Finding:
    """``found`` on ``day`` by ``who``, and what is to be done."""

    day: date
    who: str
    found: str
    action: str = ""


@dataclass(frozen=True)
class GroupPaper:
    """What one group brings to the meeting; ``owing`` are the members who have not done their part."""

    name: str
    state: str
    story: str = ""
    liaison: str = ""
    findings: Sequence[Finding] = ()
    owing: str = ""


@dataclass(frozen=True)
class Pack:
    committee: str
    title: str
    day: date
    facts: Sequence[tuple[str, str]]
    annex: Annex3
    groups: Sequence[GroupPaper] = field(default_factory=tuple)

    @property
    def supervised(self) -> list[GroupPaper]:
        return [group for group in self.groups if group.findings or group.liaison]

    @property
    def late(self) -> list[GroupPaper]:
        return [group for group in self.groups if group.owing]


def pack_html(pack: Pack) -> str:
    return PAPER.get_template("meeting.html").render(pack=pack, only="")


def sheet_html(pack: Pack) -> str:
    """The supervision alone, to take along or to put up."""
    return PAPER.get_template("meeting.html").render(pack=pack, only="supervision")
