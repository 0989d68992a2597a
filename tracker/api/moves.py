"""The body of a move, for the document: one shape a move, built from what the actions take."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, Field, RootModel, create_model

from tracker.actions import assignments, booklets, case_moves, letters, submissions
from tracker.incoming.schema import Input, Nothing
from workflows.assignment import ASSIGNMENT
from workflows.booklet import BOOKLET
from workflows.case import CASE
from workflows.letter import LETTER
from workflows.rulebook import Rulebook
from workflows.submission import BOOKS


def bodies(book: Rulebook, takes: Mapping[str, type[Input]]) -> dict[str, type[BaseModel]]:
    """Every move a person can make, with its own name as the fixed value of ``move``."""
    named = [name for name in book.names if any(m.name == name and not m.by_system for m in book.moves)]
    return {name: _body(book.noun, name, takes.get(name, Nothing)) for name in named}


def bodies_of(books: Iterable[Rulebook], takes: Mapping[str, type[Input]]) -> dict[str, type[BaseModel]]:
    """The same for a noun with several lives: a step that two of them know is one."""
    named = {name: book for book in books for name in book.names}
    return {name: _body(book.noun, name, takes.get(name, Nothing)) for name, book in named.items()}


def _body(noun: str, name: str, base: type[Input]) -> type[BaseModel]:
    title = "".join(part.capitalize() for part in (noun, *name.split("_"), "move"))
    kind: Any = Literal[name]
    fields: dict[str, Any] = {"move": (kind, ...)}
    made: type[BaseModel] = create_model(title, __base__=base, __doc__=base.__doc__, **fields)
    return made


def _one_of(found: dict[str, type[BaseModel]]) -> Any:
    return Annotated[Union[tuple(found.values())], Field(discriminator="move")]  # noqa: UP007


class CaseMove(RootModel[_one_of(bodies(CASE, case_moves.TAKES))]):  # type: ignore[misc]
    pass


class AssignmentMove(RootModel[_one_of(bodies(ASSIGNMENT, assignments.TAKES))]):  # type: ignore[misc]
    pass


class LetterMove(RootModel[_one_of(bodies(LETTER, letters.TAKES))]):  # type: ignore[misc]
    pass


class SubmissionMove(RootModel[_one_of(bodies_of(BOOKS.values(), submissions.TAKES))]):  # type: ignore[misc]
    pass


class BookletMove(RootModel[_one_of(bodies(BOOKLET, booklets.TAKES))]):  # type: ignore[misc]
    pass
