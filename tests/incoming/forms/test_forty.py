"""Forms as offices fill them in: nearly every field is read right, and whoever is wrong knows it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from tests.counted import Counted
from tests.incoming.forms import specimens
from tests.incoming.forms.specimens import Specimen
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead, Form

OCCASION = Occasion(date(2026, 11, 22), starts_on=date(2026, 3, 1), ends_on=date(2026, 10, 31))
UNSURE = 0.6


class Field(NamedTuple):
    place: str
    wanted: Any
    read: Any
    sure: float


def test_nearly_all_fields_are_right_and_every_wrong_one_is_doubted(counted: Counted) -> None:
    files = list(specimens.all_of_them())
    with Reader(OCCASION) as reader:
        fields = [field for file in files for field in _fields(file, reader.read(file.name, file.content))]
    wrong = [field for field in fields if field.wanted != field.read]
    doubted = sum(field.sure < UNSURE for field in fields)
    counted(
        f"{len(files)} forms in all their variety, {len(fields)} fields, {len(fields) - len(wrong)} right,"
        f" {len(wrong)} wrong, {doubted} told as doubtful"
    )
    assert len(files) >= 40
    assert len(wrong) <= len(fields) * 0.02, wrong
    assert [field for field in wrong if field.sure >= UNSURE] == []
    # A reader that doubts everything would be of no use.
    assert doubted <= len(fields) * 0.05


def _fields(file: Specimen, read: Sequence[FileRead]) -> Iterator[Field]:
    found = [(one.kind, form) for one in read for form in one.forms]
    if file.name == "both.docx":
        assert {kind for kind, _ in found} == {"annex1", "annex2"}
    assert [kind for kind, _ in found] == [kind for kind, _ in file.truth], (file.name, read)
    for number, ((_, form), (_, truth)) in enumerate(zip(found, file.truth, strict=True)):
        for name, wanted in truth.items():
            yield _field(f"{file.name}#{number}.{name}", form, name, wanted)


def _field(place: str, form: Form, name: str, wanted: Any) -> Field:
    return Field(place, wanted, form.fields.get(name), form.confidence.get(name, 0.0))
