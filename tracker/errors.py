"""Refusals in the domain's words. The door turns each into a page, a JSON problem or a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as part
from typing import Any

from workflows.rulebook import N_


@dataclass(frozen=True)
class FieldError:
    """One fault of the input: the field as the API names it, and a sentence with the remedy.

    ``message`` is a msgid; ``params`` are the values of its ``%(name)s`` places.
    """

    field: str
    message: str
    params: Mapping[str, Any] = part(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class HuiyinError(Exception):
    """Base of everything we refuse on purpose; ``message`` is a Chinese msgid for people."""

    code = "error"

    def __init__(self, message: str = "") -> None:
        self.message = message
        super().__init__(message)


class NotSignedIn(HuiyinError):
    code = "not_signed_in"


class BadRequest(HuiyinError):
    """The request itself is broken: JSON, Host, Origin, CSRF."""

    code = "bad_request"


class NotFound(HuiyinError):
    """It does not exist, or not for this person; the two look the same."""

    code = "not_found"


class Forbidden(HuiyinError):
    """The person may know of it but may not do this."""

    code = "forbidden"


class Invalid(HuiyinError):
    """Something in the input is wrong; nothing was stored."""

    code = "invalid"

    def __init__(self, errors: Iterable[FieldError], message: str = N_("请改正下面标出的内容")) -> None:
        self.errors = list(errors)
        super().__init__(message)

    @classmethod
    def one(cls, field: str, message: str, **params: Any) -> "Invalid":
        return cls([FieldError(field, message, params)])


class Conflict(HuiyinError):
    """State or version does not allow it (any more)."""

    code = "conflict"

    def __init__(self, message: str, *, missing: Iterable[str] = (), version: int | None = None) -> None:
        self.missing = list(missing)
        self.version = version
        super().__init__(message)


class RetryLater(HuiyinError):
    """Base of the refusals that pass by themselves; ``retry_after`` in seconds."""

    def __init__(self, message: str, *, retry_after: int = 5) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class TooMany(RetryLater):
    code = "too_many"


class Unavailable(RetryLater):
    code = "unavailable"


class NoSpace(RetryLater):
    code = "no_space"


class TooLarge(HuiyinError):
    code = "too_large"


class WrongType(HuiyinError):
    code = "wrong_type"


class CannotStart(HuiyinError):
    """A setting is missing or unsafe; the sentence names it and the remedy."""

    code = "cannot_start"
