"""A view of a list as a person keeps it: a name, and filters the list itself would take."""

from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode

from pydantic import Field, StringConstraints

from tracker.errors import Invalid
from tracker.incoming.list_pages import AssignmentPage, CasePage, LetterPage, VisitPage, named, read_query
from tracker.incoming.lists import PageQuery
from tracker.incoming.schema import Input
from tracker.rules.words import N_

PAGES: dict[str, type[PageQuery]] = {
    "case": CasePage,
    "assignment": AssignmentPage,
    "letter": LetterPage,
    "visit": VisitPage,
}


class SavedViewIn(Input):
    noun: Literal["case", "assignment", "letter", "visit"]
    name: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    query: str = Field("", max_length=2000)

    @property
    def filters(self) -> str:
        """The query spelled anew, as the list spells it; Invalid when there is nothing to keep."""
        page, given = PAGES[self.noun], dict(parse_qsl(self.query))
        read_query(page, given)
        kept = {name: value for name, value in named(page, given).items() if name not in ("after", "limit")}
        if not kept:
            raise Invalid.one("query", N_("先选好筛选条件，再存成视图"))
        return urlencode(kept)
