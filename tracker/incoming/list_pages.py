"""What the address bar of a list may hold: the parameters of the interface and the name of a queue."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field

from tracker.incoming.lists import (
    AssignmentQuery,
    BridgeKind,
    CaseQuery,
    PageQuery,
    SubmissionQuery,
    Token,
    VisitQuery,
)
from tracker.incoming.schema import read

Counted = Literal["raised", "handled", "fed_back"]


class CasePage(CaseQuery):
    """``counted`` keeps to the rows behind a figure; ``from`` and ``to`` are the days of that step then."""

    waiting: Token | None = None
    counted: Counted | None = None


class AssignmentPage(AssignmentQuery):
    waiting: Token | None = None


LetterState = Literal["draft", "submitted", "approved", "issued", "delivered", "acknowledged", "voided"]


class LetterPage(PageQuery):
    state: LetterState | None = None
    waiting: Token | None = None


class VisitPage(VisitQuery):
    pass


class SubmissionPage(SubmissionQuery):
    waiting: Token | None = None


class ImportPage(PageQuery):
    waiting: Token | None = None


class BookletPage(PageQuery):
    """One page holds them all; nothing but the queue narrows it."""

    waiting: Token | None = None


class ReportPage(BookletPage):
    pass


class FormsPage(PageQuery):
    """The forms of one import."""

    show: Literal["look", "known", "all"] | None = None
    page: int = Field(1, ge=1, le=10_000)


class PeoplePage(PageQuery):
    waiting: Token | None = None
    role: Token | None = None
    bridge: BridgeKind | None = None
    q: str | None = Field(None, max_length=60)


class MembersPage(PageQuery):
    group: Token | None = None
    bridge: BridgeKind | None = None
    q: str | None = Field(None, max_length=60)


P = TypeVar("P", bound=PageQuery)


def read_query(schema: type[P], args: Mapping[str, str]) -> P:
    """The known parameters that are filled in; whatever else stands in the address is not ours."""
    return read(schema, named(schema, args))


def named(schema: type[PageQuery], args: Mapping[str, str]) -> dict[str, Any]:
    names = [field.alias or name for name, field in schema.model_fields.items()]
    return {name: args[name] for name in names if args.get(name, "").strip()}
