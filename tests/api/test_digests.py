"""Calls about digests: those that were sent, the figures of a period, the files."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.api.caller import Calls
from tests.world import NOW
from tracker.actions import digests
from tracker.outgoing import pdf
from tracker.rules.spans import span

pytestmark = pytest.mark.requirement("S1-47")

WEEK = "/digests/week/2026-11-23"


def sent(api: Calls, *periods: str) -> None:
    with api.world.writing():
        for period in periods:
            digests.send(span(period, NOW.date()), by=api.world.actor("clerk"))  # type: ignore[arg-type]


def test_the_figures_of_a_period_stand_beside_those_before_it(either_api: Calls) -> None:
    either_api.world.visited(visited_on="2026-11-23")
    either_api.world.visited(visited_on="2026-11-20", persons_count=4)
    either_api.world.raised()
    found = either_api.by("leader").get(WEEK)
    assert (found["period"], found["starts_on"], found["ends_on"]) == ("week", "2026-11-23", "2026-11-29")
    assert (found["now"]["visits"], found["before"]["visits"], found["before"]["met"]) == (1, 1, 4)
    assert found["now"]["raised"] == 1
    lines = {line["name"]: line for line in found["groups"]}
    assert lines["东亭街道工委会"]["visits"] == 1 and "东亭街道工委会" not in found["behind"]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("week", "2026-11-16", "2026-11-22"),
        ("month", "2026-11-01", "2026-11-30"),
        ("quarter", "2026-10-01", "2026-12-31"),
    ],
)
def test_any_day_of_it_names_the_period(api: Calls, period: str, first: str, last: str) -> None:
    found = api.by("clerk").get(f"/digests/{period}/2026-11-18")
    assert (found["starts_on"], found["ends_on"]) == (first, last)


@pytest.mark.parametrize(
    "path", ["year/2026-11-18", "week/yesterday", "week/0001-01-01", "week/2026-02-30", "week/9999-12-31"]
)
def test_what_is_no_period_is_not_there(api: Calls, path: str) -> None:
    for end in ("", "/pdf", "/xlsx"):
        api.by("clerk").get(f"/digests/{path}{end}", 404)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "reads", "takes"),
    [
        ("clerk", 200, 200), ("director", 200, 200), ("leader", 200, 403), ("auditor", 200, 403),
        ("secretary", 404, 404), ("member", 404, 404), ("dept", 404, 404), ("admin", 404, 404),
    ],
)  # fmt: skip
def test_who_reads_it_and_who_takes_it_along(api: Calls, who: str, reads: int, takes: int) -> None:
    api.by(who).get("/digests", 200 if reads == 200 else 403)
    api.by(who).get(WEEK, reads)
    api.by(who).get(f"{WEEK}/xlsx", takes)


def test_the_files_say_what_the_answer_says(api: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []
    monkeypatch.setattr(pdf, "render", lambda html, **_options: pages.append(html) or b"%PDF-1.7")
    api.world.visited(visited_on="2026-11-23", persons_count=7)
    clerk = api.by("clerk")
    paper = clerk.raw("GET", f"{WEEK}/pdf")
    assert paper.data.startswith(b"%PDF") and "走访人数" in pages[0]
    book = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get(f"{WEEK}/xlsx")))
    total = book.get_sheet_by_index(0).to_python()[-1]
    told = clerk.get(WEEK)["now"]
    assert total[:3] == ["全部", told["visits"], told["raised"]] == ["全部", 1, 0]


def test_those_that_were_sent_are_listed_the_last_first(api: Calls) -> None:
    sent(api, "week", "month", "quarter")
    auditor = api.by("auditor")
    first = auditor.get("/digests", limit=2)
    rest = auditor.get("/digests", limit=2, after=first["next"])
    assert [row["period"] for row in first["items"] + rest["items"]] == ["quarter", "month", "week"]
    (month,) = auditor.get("/digests", period="month")["items"]
    assert (month["starts_on"], month["ends_on"], month["times"]) == ("2026-11-01", "2026-11-30", 1)
    assert api.by("dt-clerk").get("/digests")["items"] == []
    auditor.get("/digests", 422, period="year")
