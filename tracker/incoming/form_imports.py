"""What people decide about filled forms, and the shape a form must have before anything is made of it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from tracker.errors import Invalid, TooLarge
from tracker.incoming.forms.sniffing import LARGEST
from tracker.incoming.lists import Token
from tracker.incoming.schema import Input
from tracker.models.visit import Circle
from tracker.rules.words import N_

# Of one upload.
MOST_FILES: Final = 200
MOST_BYTES: Final = 60 * 1024 * 1024
# What lies around the files in a request: names, boundaries, the page's own fields.
MOST_REQUEST: Final = MOST_BYTES + 2 * 1024 * 1024
LONGEST_NAME: Final = 200

Box = Literal["help_needed", "coordination_needed"]
Ticks = Annotated[list[bool], Field(max_length=20)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


def _not_blank(matters: list[str]) -> list[str]:
    kept = [matter for matter in matters if matter]
    if any(len(matter) < 2 for matter in kept):
        raise ValueError(N_("每件事至少写 2 个字"))
    return kept


Matter = Annotated[str, StringConstraints(max_length=9_000)]
Matters = Annotated[list[Matter], Field(max_length=20), AfterValidator(_not_blank)]


class VisitForm(Input):
    """Annex 1, or a row of a register. A visitor is a name, or a member's id where names are shared."""

    visitors: Annotated[list[Name], Field(min_length=1, max_length=20)]
    group: str = Field("", max_length=80)
    circle: Circle | None = None
    contact: str = Field("", max_length=40)
    address: str = Field("", max_length=120)
    visited_on: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2999, 12, 31))]
    reported: str = Field(min_length=2, max_length=10_000)
    help_needed: Matters = Field(default_factory=list)
    coordination_needed: Matters = Field(default_factory=list)
    persons_count: int | None = Field(None, ge=1, le=999)
    drive: str = Field("", max_length=40)


class ResultsForm(Input):
    """Annex 2: the three that each member hands in (S2-37…40)."""

    member: Name
    group: str = Field("", max_length=80)
    suggestion: str = Field("", max_length=5000)
    brief: str = Field("", max_length=1500)
    lead: str = Field("", max_length=5000)


class UploadQuery(Input):
    """``campaign`` and ``year`` are for dates that are written without a year."""

    campaign: Token | None = None
    year: int | None = Field(None, ge=2000, le=2100)


class FormFix(Input):
    """A corrected form. Without ``id`` the forms are taken in their order.

    What else an answer tells of a form may be sent back and changes nothing.
    """

    id: Token | None = None
    fields: dict[str, Any] | None = Field(None, description="only those that are to be changed")
    keep: bool | None = Field(None, description="false leaves it out; true stores it although it is known")
    cases: dict[Box, Ticks] | None = Field(
        None, description="by position, which matters become cases; without it all of them"
    )
    confidence: Any = None
    problems: Any = None
    place: Any = None
    duplicate_of: Any = None
    visit: Any = None
    outcome: Any = None
    submissions: Any = None


class ConfirmIn(Input):
    """``circle`` and ``area`` are for forms that name none. Without consent no name, no address is kept."""

    forms: list[FormFix] = Field(default_factory=list, max_length=20_000)
    circle: Circle | None = None
    area: Token | None = None
    consent_process: bool = True
    cases: bool = Field(True, description="whether matters become cases at all")


class Choices(Input):
    """What was chosen for all forms of an import, as it is kept with it."""

    circle: Circle | None = None
    area: str | None = None
    consent_process: bool = True
    cases: bool = True


def check_sizes(files: Sequence[tuple[str, bytes]]) -> None:
    """Whether this many files, this large, are taken at once."""
    if not files:
        raise Invalid.one("file", N_("请选要导入的表格"))
    if len(files) > MOST_FILES:
        raise Invalid.one("file", N_("一次最多 %(most)d 个文件，请分几次或压缩成一个 zip"), most=MOST_FILES)
    if any(len(content) > LARGEST for _, content in files):
        raise TooLarge(N_("文件超过 20 MB，请分成几个文件再试"))
    if sum(len(content) for _, content in files) > MOST_BYTES:
        raise TooLarge(N_("一次最多 60 MB，请分几次上传"))


SCHEMAS: Final[dict[str, type[Input]]] = {
    "annex1": VisitForm,
    "register": VisitForm,
    "annex2": ResultsForm,
}
