"""A refusal as a form shows it: sentences beside the fields, in the reader's language."""

from tracker.door.language import gettext
from tracker.door.problems import STATUS
from tracker.errors import Conflict, FieldError, HuiyinError, Invalid, TooLarge, WrongType
from tracker.queries.moves import WORDS

# What a view catches to draw its form again, with everything that was typed.
REDRAWN = (Invalid, Conflict, TooLarge, WrongType)


def told(refused: HuiyinError, rename: dict[str, str] | None = None) -> list[FieldError]:
    """The faults by field; ``rename`` maps a group's name to the field that shows its fault."""
    names = rename or {}
    if isinstance(refused, Invalid):
        return [
            FieldError(names.get(e.field, e.field), gettext(e.message, **e.params)) for e in refused.errors
        ]
    if isinstance(refused, Conflict) and (known := [WORDS[m] for m in refused.missing if m in WORDS]):
        return [FieldError("", gettext(sentence)) for sentence in known]
    return [FieldError("", gettext(refused.message))]


def status(refused: HuiyinError) -> int:
    return next(code for kind, code in STATUS.items() if isinstance(refused, kind))
