"""The diary as one line of time: what others may know of, and what stays inside, told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from tracker.door.language import gettext
from tracker.queries.events import Entry
from tracker.rules.words import N_
from tracker.web import words

SHOWS = ("all", "public", "internal")

# What the resident's page tells as well.
_PUBLIC = frozenset(
    {
        "raise",
        "coordinate",
        "handle",
        "feed_back",
        "deliver",
        "acknowledge",
        "rate",
        "reopen",
        "decline",
        "withdraw",
    }
)
# The fields of a case, as its form names them.
_FIELDS = {
    "summary": N_("一句话说清什么事"),
    "narrative": N_("具体情况"),
    "category": N_("类别"),
    "area": N_("地点"),
    "urgency": N_("缓急"),
    "is_petition": N_("信访事项"),
    "is_accusation": N_("检举控告"),
    "subject_unit": N_("被反映的单位"),
}


@dataclass(frozen=True)
class Line:
    """One entry, as parts/timeline.html draws it."""

    when: str
    iso: str
    title: str
    who: str
    text: str
    audience: str
    url: str
    detail: str


def lines(entries: Sequence[Entry], now: datetime, show: str = "all") -> list[Line]:
    """Newest first, each marked as told outside or kept inside."""
    found = [_line(entry, now, _audience(entry)) for entry in reversed(entries)]
    return [line for line in found if show == "all" or line.audience == show]


def unmarked(entries: Sequence[Entry], now: datetime) -> list[Line]:
    """Newest first, where there is only one audience: a department's own history, a booklet."""
    return [_line(entry, now, "") for entry in reversed(entries)]


def _line(entry: Entry, now: datetime, audience: str) -> Line:
    return Line(
        words.moment(entry.at, now),
        words.iso(entry.at),
        words.event(entry.object_kind, entry.verb, entry.variant),
        " ".join(filter(None, [entry.unit or entry.number, _who(entry)])),
        entry.note,
        audience,
        url_for("letters.show", public_id=entry.letter) if entry.letter else "",
        gettext("、").join(gettext(word) for name, word in _FIELDS.items() if name in entry.fields),
    )


def _who(entry: Entry) -> str:
    if entry.side == "system":
        return str(gettext("系统按规则办理"))
    if entry.actor_name:
        return entry.actor_name
    return str(gettext("群众") if entry.side == "resident" else gettext("政协办公室"))


def _audience(entry: Entry) -> str:
    if entry.audience is not None:
        return "public" if entry.audience == "public" else "internal"
    return "public" if entry.verb in _PUBLIC and entry.object_kind in ("case", "letter") else "internal"
