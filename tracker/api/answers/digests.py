"""A digest: counts of a period beside those of the one before, and groups by name."""

from dataclasses import asdict
from datetime import date, datetime

from tracker.api.answers.base import Answer
from tracker.models import Digest
from tracker.queries.digests import DigestOf


class DigestRow(Answer):
    """One that was sent; sent again it stays one."""

    period: str
    starts_on: date
    ends_on: date
    sent_at: datetime
    times: int


class DigestList(Answer):
    items: list[DigestRow]
    next: str | None


class DigestFigures(Answer):
    """``on_time`` of ``replied`` answers came by their deadline; ``satisfied`` of ``rated`` verdicts."""

    visits: int
    visitors: int
    met: int
    submissions: int
    raised: int
    handled: int
    fed_back: int
    replied: int
    on_time: int
    rated: int
    satisfied: int
    exemplars: int


class DigestGroup(Answer):
    """``owing`` of ``members`` still owe something of the running campaign; null where none is running."""

    name: str
    visits: int
    raised: int
    owing: int | None
    members: int


class DigestExemplar(Answer):
    """``kind``: visit, submission or case; only those whose story the reader may read."""

    kind: str
    ident: str
    title: str
    reason: str
    group: str


class DigestAnswer(Answer):
    """``behind`` names the groups that owe most, the worst first."""

    period: str
    starts_on: date
    ends_on: date
    now: DigestFigures
    before: DigestFigures
    groups: list[DigestGroup]
    behind: list[str]
    exemplary: list[DigestExemplar]


def digest_row(sent: Digest) -> DigestRow:
    names = ("period", "starts_on", "ends_on", "times")
    return DigestRow(**{name: getattr(sent, name) for name in names}, sent_at=sent.created_at)


def digest_answer(found: DigestOf) -> DigestAnswer:
    return DigestAnswer(
        period=found.span.period,
        starts_on=found.span.first,
        ends_on=found.span.last,
        now=DigestFigures(**asdict(found.now)),
        before=DigestFigures(**asdict(found.before)),
        groups=[DigestGroup(**asdict(line)) for line in found.groups],
        behind=[line.name for line in found.behind],
        exemplary=[DigestExemplar(**asdict(one)) for one in found.exemplary],
    )
