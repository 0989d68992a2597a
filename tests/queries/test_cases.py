"""The list of cases: each filter, its pages, and who finds what in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.queries.conftest import Filled
from tests.world import NOW
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import OrgUnit
from tracker.queries import cases
from tracker.queries.cases import CaseFilter, Page
from tracker.rules.actors import Actor

# Friday the 20th in Wuxi ends at 16:00 in Greenwich.
LAST_SECOND = datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC)
NOT_OURS = "经核实，这条路的照明由市政养护单位负责，不归我局管理"
MINE = {"plain", "town", "late", "evening", "midnight", "sent", "drafted", "back", "withdrawn", "secret"}


def _said(value: object) -> str | None:
    """A filter as a test's name shows it."""
    if not isinstance(value, CaseFilter):
        return None
    return ",".join(f"{name}={asked}" for name, asked in vars(value).items() if asked) or "all"


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["plain"] = world.raised()
    known["town"] = world.raised(category="B", area="01")
    known["bare"] = world.raised(category=None, by="member2", summary="学校门口没有斑马线")
    known["late"] = world.raised(at=NOW - timedelta(days=40))
    known["evening"] = world.raised(at=LAST_SECOND)
    known["midnight"] = world.raised(at=LAST_SECOND + timedelta(seconds=1))
    known["sent"] = world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    known["drafted"] = world.raised()
    world.drafted(known["drafted"], "housing")
    known["back"] = world.coordinated()
    share = world.shares(known["back"])[0]
    world.move_share(share, "request_return", reason=NOT_OURS)
    world.move_share(share, "decide_return", by="clerk", granted=True)
    known["withdrawn"] = world.raised()
    world.move(known["withdrawn"], "withdraw", by="member", note="群众不再需要")
    known["secret"] = world.raised(is_accusation=True)
    known["foreign"] = world.raised(by="dt-member")
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _page(filled: Filled, wanted: CaseFilter, who: str = "director", **more: object) -> Page:
    given: dict[str, object] = {"limit": 50, "after": None, "now": NOW} | more
    return cases.page(filled.world.actor(who), wanted, **given)  # type: ignore[arg-type]


def _found(filled: Filled, wanted: CaseFilter, who: str = "director") -> set[str]:
    return set(filled.names(row.reference for row in _page(filled, wanted, who).items))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CaseFilter(), MINE | {"bare"}),
        (CaseFilter(state="coordinated"), {"sent"}),
        (CaseFilter(state="nonsense"), set()),
        (CaseFilter(disposition="withdrawn"), {"withdrawn"}),
        (CaseFilter(category="B01"), (MINE | {"bare"}) - {"town", "bare"}),
        (CaseFilter(category="B"), MINE),
        (CaseFilter(category="_01"), set()),
        (CaseFilter(area="0101"), (MINE | {"bare"}) - {"town"}),
        (CaseFilter(area="01"), MINE | {"bare"}),
        (CaseFilter(area="%"), set()),
        (CaseFilter(group="group2"), {"bare"}),
        (CaseFilter(group="nonsense"), set()),
        (CaseFilter(unit="housing"), {"sent", "back"}),
        (CaseFilter(unit="education"), set()),
        (CaseFilter(overdue=True), {"late"}),
        (CaseFilter(waiting="overdue"), {"late"}),
        (CaseFilter(waiting="handling"), {"sent"}),
        (CaseFilter(q="斑马线"), {"bare"}),
        (CaseFilter(only=()), set()),
        (CaseFilter(state="raised", category="B01", overdue=True), {"late"}),
        (CaseFilter(state="coordinated", overdue=True), set()),
        (CaseFilter(q="路灯", area="01", state="coordinated"), {"sent"}),
    ],
    ids=_said,
)
def test_a_filter_leaves_exactly_what_it_says(
    wanted: CaseFilter, expected: set[str], reading: Filled
) -> None:
    assert _found(reading, wanted) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        CaseFilter(),
        CaseFilter(q="路灯"),
        CaseFilter(q="路灯", category="B01"),
        CaseFilter(category="B01"),
        CaseFilter(area="0101", waiting="to_coordinate"),
    ],
    ids=_said,
)
@pytest.mark.parametrize("who", ["clerk", "member2", "secretary", "auditor"])
def test_the_number_of_a_list_is_the_number_of_its_rows(
    wanted: CaseFilter, who: str, reading: Filled
) -> None:
    actor = reading.world.actor(who)
    assert cases.count(actor, wanted, NOW) == len(_page(reading, wanted, who).items)


def test_counting_stops_one_above_the_cap(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    assert cases.count(clerk, CaseFilter(), NOW, cap=3) == 4
    assert cases.count(clerk, CaseFilter(group="group2"), NOW, cap=3) == 1


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), {"evening"}),
        (date(2026, 11, 21), date(2026, 11, 22), {"midnight"}),
        (date(2026, 11, 20), date(2026, 11, 21), {"evening", "midnight"}),
        (None, date(2026, 11, 19), {"late"}),
        (date(2026, 11, 24), None, set()),
        (date(2026, 11, 22), date(2026, 11, 20), set()),
    ],
)
def test_days_are_those_on_the_wall_in_wuxi_and_both_count(
    first: date | None, last: date | None, expected: set[str], reading: Filled
) -> None:
    assert _found(reading, CaseFilter(from_=first, to=last)) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", MINE),
        ("member2", {"bare"}),
        ("secretary", MINE - {"secret"}),
        ("clerk", (MINE | {"bare"}) - {"secret"}),
        ("director", MINE | {"bare"}),
        ("leader", (MINE | {"bare"}) - {"secret"}),
        ("auditor", (MINE | {"bare"}) - {"secret"}),
        ("dept", set()),
        ("admin", set()),
        ("dt-clerk", {"foreign"}),
    ],
)
def test_the_list_holds_what_its_reader_may_read(who: str, expected: set[str], reading: Filled) -> None:
    assert _found(reading, CaseFilter(), who) == expected


@pytest.mark.parametrize(
    ("name", "department"),
    [("sent", "区住房和城乡建设局"), ("drafted", None), ("back", None), ("plain", None)],
)
def test_the_department_shown_is_the_one_that_leads_now(
    name: str, department: str | None, reading: Filled
) -> None:
    (row,) = _page(reading, CaseFilter(only=(reading.known[name],))).items
    assert row.department == department


def test_only_keeps_to_rows_the_reader_may_see(reading: Filled) -> None:
    wanted = CaseFilter(only=(reading.known["bare"], reading.known["plain"], reading.known["foreign"]))
    assert _found(reading, wanted, "member2") == {"bare"}


@pytest.mark.parametrize("kind", ["key", "public_id"])
def test_a_unit_is_named_by_its_key_or_by_its_public_id(kind: str, reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    units = db.session.query(OrgUnit).filter_by(committee_id=clerk.committee_id, key="transport")
    assert _found(reading, CaseFilter(unit=getattr(units.one(), kind))) == {"sent"}


def test_another_committees_unit_of_the_same_key_brings_nothing_of_it(reading: Filled) -> None:
    assert _found(reading, CaseFilter(group="group"), "dt-director") == {"foreign"}


# --- pages
@pytest.mark.parametrize("q", [None, "路灯"])
@pytest.mark.parametrize("limit", [1, 3, 9, 50])
def test_page_after_page_shows_every_row_once_newest_first(
    limit: int, q: str | None, reading: Filled
) -> None:
    walked: list[int] = []
    after: str | None = None
    while True:
        page = _page(reading, CaseFilter(q=q), limit=limit, after=after)
        assert len(page.items) <= limit
        walked += [row.id for row in page.items]
        after = page.next
        if after is None:
            break
    assert walked == sorted(set(walked), reverse=True)
    assert len(walked) == cases.count(reading.world.actor("director"), CaseFilter(q=q), NOW)


def test_a_page_that_is_just_full_is_the_last(reading: Filled) -> None:
    assert _page(reading, CaseFilter(state="coordinated"), limit=1).next is None


@pytest.mark.parametrize("position", [1, 7, 10**6, 2**31 - 1])
def test_a_cursor_is_read_as_it_was_written(position: int) -> None:
    assert cases.read_cursor(cases.write_cursor(position)) == position


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "nonsense",
        "一",
        cases.write_cursor(0),
        cases.write_cursor(-3),
        cases.write_cursor(2**31),
        cases.write_cursor(2**63),
        cases.write_cursor(10**40),
    ],
)
def test_a_broken_cursor_is_refused_and_names_its_field(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        cases.read_cursor(text)
    assert [error.field for error in refused.value.errors] == ["after"]


# --- one case
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("member2", "plain"),
        ("secretary", "bare"),
        ("secretary", "secret"),
        ("clerk", "secret"),
        ("leader", "secret"),
        ("dept2", "sent"),
        ("admin", "plain"),
        ("clerk", "foreign"),
        ("dt-director", "secret"),
    ],
)
def test_a_case_that_is_not_yours_to_know_of_is_not_found(who: str, name: str, reading: Filled) -> None:
    with pytest.raises(NotFound):
        cases.get(reading.known[name], reading.world.actor(who))


def test_a_reference_that_does_not_exist_is_not_found(reading: Filled) -> None:
    with pytest.raises(NotFound):
        cases.get("XS-2026-999999", reading.world.actor("director"))


@pytest.mark.parametrize(("verb", "may"), [("read", True), ("coordinate", False), ("nonsense", False)])
def test_a_case_is_fetched_for_one_verb(verb: str, may: bool, reading: Filled) -> None:
    member = reading.world.actor("member")
    if may:
        assert cases.get(reading.known["plain"], member, verb).reference == reading.known["plain"]
        return
    with pytest.raises(NotFound):
        cases.get(reading.known["plain"], member, verb)


def _story(filled: Filled, name: str, who: str) -> bool:
    actor: Actor = filled.world.actor(who)
    (row,) = _page(filled, CaseFilter(only=(filled.known[name],)), who).items
    return cases.may_read_story(row, actor)


@pytest.mark.parametrize(
    ("who", "name", "may"),
    [
        ("member", "plain", True),
        ("member", "secret", True),
        ("secretary", "plain", True),
        ("director", "secret", True),
        ("auditor", "plain", False),
    ],
)
def test_a_row_of_the_list_tells_whether_its_story_may_be_read(
    who: str, name: str, may: bool, reading: Filled
) -> None:
    assert _story(reading, name, who) is may


def test_the_last_cursor_there_can_be_is_answered(reading: Filled) -> None:
    after = cases.write_cursor(2**31 - 1)
    assert _page(reading, CaseFilter(), after=after).items == _page(reading, CaseFilter()).items
