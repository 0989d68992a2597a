"""What was read: files, their forms, and how sure we are of each field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import FieldError

KINDS = ("annex1", "annex2", "annex3", "register", "roster", "unknown")
Say = Callable[[FieldError], str]


@dataclass(frozen=True)
class Form:
    """``fields`` holds plain JSON values; ``place`` says where in the file the form stands."""

    fields: Mapping[str, Any]
    confidence: Mapping[str, float]
    problems: Sequence[FieldError] = ()
    place: str = ""


@dataclass(frozen=True)
class FileRead:
    """Forms of one kind out of one file. A file with two kinds of forms is told as two of the same name.

    ``shown`` is the text of the file (``showing.plain``), to be compared with what was read.
    """

    name: str
    kind: str = "unknown"
    problems: Sequence[FieldError] = ()
    forms: Sequence[Form] = field(default_factory=tuple)
    shown: Sequence[Any] = field(default_factory=tuple)


def refused(name: str, message: str, **params: Any) -> FileRead:
    return FileRead(name, problems=[FieldError("file", message, params)])


def as_json(files: Iterable[FileRead], say: Say = str) -> list[dict[str, Any]]:
    """The ``files`` of the API; ``say`` puts a problem into the reader's language."""
    return [
        {
            "name": file.name,
            "kind": file.kind,
            "problems": _told(file.problems, say),
            "forms": [
                {
                    "fields": dict(form.fields),
                    "confidence": dict(form.confidence),
                    "problems": _told(form.problems, say),
                    "place": form.place,
                }
                for form in file.forms
            ],
        }
        for file in files
    ]


def _told(problems: Iterable[FieldError], say: Say) -> list[dict[str, str]]:
    return [{"field": problem.field, "message": say(problem)} for problem in problems]


def pack(files: Iterable[FileRead]) -> list[Any]:
    """Plain lists for the way from one process to the other; sentences stay msgids."""
    return [
        [
            file.name,
            file.kind,
            _packed(file.problems),
            [
                [dict(form.fields), dict(form.confidence), _packed(form.problems), form.place]
                for form in file.forms
            ],
            list(file.shown),
        ]
        for file in files
    ]


def unpack(files: Iterable[Any]) -> list[FileRead]:
    return [
        FileRead(
            name,
            kind,
            _unpacked(problems),
            [Form(fields, sure, _unpacked(faults), place) for fields, sure, faults, place in forms],
            shown,
        )
        for name, kind, problems, forms, shown in files
    ]


def _packed(problems: Iterable[FieldError]) -> list[Any]:
    return [[problem.field, problem.message, dict(problem.params)] for problem in problems]


def _unpacked(problems: Iterable[Any]) -> list[FieldError]:
    return [FieldError(name, message, params) for name, message, params in problems]
