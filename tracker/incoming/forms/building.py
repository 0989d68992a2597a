"""Raw answers become fields: how sure we are of each, and a sentence where a person should look."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tracker.errors import FieldError
from tracker.incoming.forms import dates, values
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.result import Form
from tracker.incoming.forms.scanning import Found
from tracker.rules.words import N_, Phrase

ANNEX1: Final = (
    "visitors", "group", "circle", "contact", "address", "visited_on", "reported", "help_needed",
    "coordination_needed",
)  # fmt: skip
ANNEX2: Final = ("member", "group", "suggestion", "brief", "lead")
ANNEX3: Final = ("group", "participants", "sector", "living", "friends", "suggestions", "briefs", "leads")
ROSTER: Final = ("name", "login", "unit", "role", "level", "title", "email", "bridges")
# Given only when the form asks for them.
OPTIONAL: Final = frozenset(
    {"circle", "persons_count", "drive", "login", "level", "title", "email", "bridges"}
)
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "annex1": (*ANNEX1, "persons_count", "drive"),
    "register": (*ANNEX1, "persons_count", "drive"),
    "annex2": ANNEX2,
    "annex3": ANNEX3,
    "roster": ROSTER,
}
# Where a field may stand under another label; the first that the form has is taken.
_NAMES_OF: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "annex1": {"visitors": ("visitors", "name")},
    "register": {"visitors": ("visitors", "name")},
    "annex2": {"member": ("name", "visitors")},
    "annex3": {
        "group": ("group", "unit"),
        "suggestions": ("suggestion",),
        "briefs": ("brief",),
        "leads": ("lead",),
    },
    # Beside a group, 单位 is where somebody is employed.
    "roster": {"unit": ("group", "unit")},
}
# An annex may be silent about these; without the others nothing can be stored.
_MAY_BE_BLANK: Final = frozenset(
    {"contact", "address", "group", "unit", "suggestion", "brief", "lead", "role"}
)
_MISSING = Phrase(N_("没有找到这一项，请补填"))
_BLANK = Phrase(N_("这一项没有填，请补填"))
_NAMES = Phrase(N_("人名写得不常见，请核对"))
_NUMBER = Phrase(N_("看不出数字，请核对"))
_CIRCLE = Phrase(N_("看不出是哪个圈子，请选一个"))
_LONG = Phrase(N_("比平常长得多，请核对有没有读到别的内容里去"))
_ITEMS = Phrase(N_("条目分得不一定对，请核对"))


@dataclass(frozen=True)
class Read:
    value: Any
    sure: float
    doubt: Phrase | None = None


Reader = Callable[[Found, Occasion], Read]


def form(kind: str, answers: Mapping[str, Found], occasion: Occasion, place: str) -> Form:
    fields: dict[str, Any] = {}
    confidence: dict[str, float] = {}
    problems: list[FieldError] = []
    for field in _FIELDS[kind]:
        found = _answer(kind, field, answers)
        if found is None and field in OPTIONAL:
            continue
        read = _absent(field) if found is None else _present(field, found, occasion)
        fields[field], confidence[field] = read.value, round(read.sure, 2)
        if read.doubt:
            problems.append(FieldError(field, *read.doubt))
    return Form(fields, confidence, problems, place)


def is_blank(kind: str, answers: Mapping[str, Found]) -> bool:
    """A form nobody filled in."""
    found = (_answer(kind, field, answers) for field in _FIELDS[kind])
    return not any(answer and answer.text.strip() for answer in found)


def _answer(kind: str, field: str, answers: Mapping[str, Found]) -> Found | None:
    names = _NAMES_OF[kind].get(field, (field,))
    found = [answers[name] for name in names if name in answers]
    return next((answer for answer in found if answer.text.strip()), found[0] if found else None)


def _absent(field: str) -> Read:
    return Read(_empty(field), 0.3 if field in _LISTS else 0.1, _MISSING)


def _empty(field: str) -> Any:
    if field in _LISTS:
        return []
    return None if field in _NULLS else ""


def _present(field: str, found: Found, occasion: Occasion) -> Read:
    if not found.text.strip() and field not in _ITEMS_OF:
        sure = 0.5 if field in _MAY_BE_BLANK or field in OPTIONAL else 0.2
        return Read(_empty(field), sure, _BLANK if field not in OPTIONAL else None)
    read = _READERS.get(field, _line)(found, occasion)
    return replace(read, sure=min(read.sure, found.sure))


def _names(found: Found, _: Occasion) -> Read:
    people, sure = values.names(found.text)
    return Read(people, sure, None if sure >= 0.6 else _NAMES)


def _name(found: Found, _: Occasion) -> Read:
    people, sure = values.names(found.text)
    if len(people) == 1:
        return Read(people[0], sure, None if sure >= 0.6 else _NAMES)
    return Read(values.line(found.text), 0.4, _NAMES)


def _line(found: Found, _: Occasion) -> Read:
    text = "" if values.is_none(found.text) else values.line(found.text)
    if len(text) > 60:
        return Read(text, 0.5, _LONG)
    return Read(text, 0.95)


def _said(found: Found, _: Occasion) -> Read:
    """Here 无 is an answer: it takes away what was said before."""
    return Read(values.line(found.text), 0.95)


def _contact(found: Found, occasion: Occasion) -> Read:
    """A person's name may be drawn apart, 张　三; other words keep their blanks."""
    people, sure = values.names(found.text)
    if len(people) == 1 and sure == 1.0 and len(people[0]) <= 3 and "（" not in found.text:
        return Read(people[0], 0.95)
    return _line(found, occasion)


def _text(found: Found, _: Occasion) -> Read:
    return Read("" if values.is_none(found.text) else values.tidy(found.text), 0.95)


def _reported(found: Found, occasion: Occasion) -> Read:
    read = _text(found, occasion)
    return read if read.value else Read("", 0.5, _BLANK)


def _items(found: Found, _: Occasion) -> Read:
    matters, sure = values.items(found.text)
    return Read(matters, sure, None if sure >= 0.6 else _ITEMS)


def _date(found: Found, occasion: Occasion) -> Read:
    day, sure, doubt = dates.read(found.text, found.value, occasion)
    return Read(day.isoformat() if day else None, sure, doubt)


def _figure(found: Found, _: Occasion) -> Read:
    number = values.figure(found.text)
    return Read(number, 0.95 if number is not None else 0.1, None if number is not None else _NUMBER)


def _circle(found: Found, _: Occasion) -> Read:
    code = values.circle(found.text)
    return Read(code, 0.95 if code else 0.2, None if code else _CIRCLE)


_ITEMS_OF: Final = frozenset({"help_needed", "coordination_needed"})
_FIGURES: Final = frozenset(ANNEX3[1:]) | {"persons_count"}
_LISTS: Final = _ITEMS_OF | {"visitors"}
_NULLS: Final = _FIGURES | {"visited_on", "circle"}
_READERS: Final[Mapping[str, Reader]] = {
    "visitors": _names,
    "member": _name,
    "name": _name,
    "contact": _contact,
    "visited_on": _date,
    "reported": _reported,
    "help_needed": _items,
    "coordination_needed": _items,
    "suggestion": _text,
    "brief": _text,
    "lead": _text,
    "circle": _circle,
    "bridges": _said,
} | {field: _figure for field in _FIGURES}


def sums(rows: Iterable[Form], total: Form) -> Iterator[FieldError]:
    """Where the last row of annex 3 is not the sum of those above it (S2-45)."""
    rows = list(rows)
    for field in ANNEX3[1:]:
        told = total.fields[field]
        added = sum(row.fields[field] or 0 for row in rows)
        if told is not None and told != added:
            message = N_("汇总行写的是 %(told)d，各组相加是 %(added)d，请核对")
            yield FieldError(field, message, {"told": told, "added": added})
