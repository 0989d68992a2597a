"""The base of every answer, and the parts several of them share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tracker.door.language import gettext
from tracker.queries.moves import MoveView
from workflows import assignment, booklet, case, letter, submission
from workflows.rulebook import Rulebook

_BOOKS: dict[str, Rulebook] = {
    "case": case.CASE,
    "assignment": assignment.ASSIGNMENT,
    "letter": letter.LETTER,
    "booklet": booklet.BOOKLET,
    **submission.BOOKS,
}


class Answer(BaseModel):
    """A closed shape: what is not named in it cannot leak. Every field is always there, if only as null."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class MoveOption(Answer):
    """A move this actor may make from here; an empty ``missing`` means now."""

    name: str
    variant: str | None = Field(None, description="route of `coordinate`, decision of `decide_return`")
    label: str
    primary: bool
    missing: list[str]
    reasons: list[str]


class FieldFault(Answer):
    field: str
    message: str


class Problem(Answer):
    """RFC 9457. Only the members that apply are there."""

    model_config = Answer.model_config | {"json_schema_serialization_defaults_required": False}
    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldFault] = Field([], description="422: what is wrong, field by field")
    missing: list[str] = Field([], description="409: the needs that are not met")
    reasons: list[str] = Field([], description="409: the same in words")
    version: int = Field(0, description="409: the version of the row as it is now")
    number: str = Field("", description="500: quote it to the operator")


def state_label(kind: str, state: str) -> str:
    label: str = gettext(_BOOKS[kind].states[state].label)
    return label


def move_options(views: list[MoveView]) -> list[MoveOption]:
    return [
        MoveOption(
            name=view.name,
            variant=view.variant,
            label=gettext(view.label),
            primary=view.primary,
            missing=list(view.missing),
            reasons=[gettext(reason) for reason in view.reasons],
        )
        for view in views
    ]


def word(table: dict[str, str], code: str | None) -> Any:
    return gettext(table[code]) if code in table else None
