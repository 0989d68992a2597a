"""Both ends of a conversion, as the pages of a case and of a submission link them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.door.language import gettext
from tracker.models import Case, Conversion, Submission
from tracker.queries import submissions
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, words


@dataclass(frozen=True)
class Link:
    """The other end: what it is, its title, and its page where the reader may open it."""

    what: str
    title: str
    url: str
    when: str


def of_submission(found: Submission, actor: Actor, now: datetime) -> list[Link]:
    """The case it came from, and what it became."""
    return [_beside_submission(row, actor, now) for row in found.conversions]


def of_case(case: Case, actor: Actor, now: datetime) -> list[Link]:
    """The same from the case's side, for whoever may read its story."""
    if case.is_accusation or not permissions.may(actor, "read_story", case):
        return []
    return [_beside_case(row, actor, now) for row in submissions.of_case(case)]


@dataclass(frozen=True)
class Both:
    """A line of the register: from where, as what."""

    when: str
    source: str
    source_url: str
    what: str
    title: str
    url: str


def both(row: Conversion, now: datetime) -> Both:
    case_url = links.case(row.case.reference) if row.case else ""
    paper_url = links.submission(row.submission.public_id) if row.submission else ""
    came = row.into in ("brief", "suggestion") or row.submission is None
    source = row.case.summary if came and row.case else row.submission.title if row.submission else ""
    return Both(
        words.day(row.created_at, now),
        source,
        case_url if came else paper_url,
        words.say(words.CONVERSIONS, row.into),
        row.title,
        {"case": case_url, "brief": paper_url, "suggestion": paper_url}.get(row.into, ""),
    )


def _beside_submission(row: Conversion, actor: Actor, now: datetime) -> Link:
    came = row.into in ("brief", "suggestion")
    what = gettext("来自诉求") if came else words.say(words.CONVERSIONS, row.into)
    case = row.case if row.case is not None and permissions.may(actor, "read", row.case) else None
    url = links.case(case.reference) if case else ""
    return Link(what, case.summary if case else row.title, url, words.day(row.created_at, now))


def _beside_case(row: Conversion, actor: Actor, now: datetime) -> Link:
    found = row.submission
    what = gettext("来自报送") if row.into == "case" else words.say(words.CONVERSIONS, row.into)
    may_read = found is not None and permissions.may(actor, "read", found)
    url = links.submission(found.public_id) if found is not None and may_read else ""
    title = found.title if found is not None and may_read else row.title
    return Link(what, title, url, words.day(row.created_at, now))


def choices(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, words.say(words.CONVERSIONS, name)) for name in names]
