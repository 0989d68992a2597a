"""Lists: what a filter takes in, how pages follow each other, and what each role finds."""

from typing import Any

import pytest

from tests.api.bodies import VISIT
from tests.api.caller import Calls
from tests.world import World
from tracker.extensions import db
from tracker.models import Area, Category

LISTS = {"/cases": "clerk", "/assignments": "clerk", "/visits": "clerk"}
EACH = pytest.mark.parametrize("path", LISTS)


def listed(api: Calls, who: str = "clerk", **query: Any) -> list[str]:
    return [row["reference"] for row in api.by(who).get("/cases", **query)["items"]]


def planted(world: World) -> None:
    """Codes as the presets have them: a code below another does not begin like it."""
    with world.writing():
        committee = world.actor("clerk").committee_id
        topic = Category(committee_id=committee, code="economy", name="经济", full_name="经济", level=1)
        group = Category(
            committee_id=committee, code="business", name="企业", full_name="经济/企业", level=2, parent=topic
        )
        leaf = Category(
            committee_id=committee,
            code="business.permit",
            name="审批",
            full_name="经济/企业/审批",
            level=3,
            parent=group,
        )
        alike = Category(committee_id=committee, code="business_b", name="别的", full_name="别的", level=1)
        district = Area(committee_id=committee, code="xishan", kind="district", name="锡山", full_name="锡山")
        town = Area(
            committee_id=committee,
            code="anzhen",
            kind="township",
            name="安镇",
            full_name="安镇",
            parent=district,
        )
        db.session.add_all([leaf, alike, town])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("economy", {"economy", "business", "business.permit"}),
        ("business", {"business", "business.permit"}),
        ("business.permit", {"business.permit"}),
        ("business_b", {"business_b"}),
        ("bus", set()),
        ("%", set()),
    ],
)
def test_a_category_takes_in_everything_below_it(either_api: Calls, wanted: str, found: set[str]) -> None:
    planted(either_api.world)
    made = {
        code: either_api.world.raised(category=code)
        for code in ("economy", "business", "business.permit", "business_b")
    }
    assert set(listed(either_api, category=wanted)) == {made[code] for code in found}


@pytest.mark.parametrize(
    ("wanted", "count"), [("xishan", 2), ("anzhen", 1), ("01", 1), ("0101", 1), ("an", 0)]
)
def test_an_area_takes_in_everything_below_it(either_api: Calls, wanted: str, count: int) -> None:
    planted(either_api.world)
    for code in ("xishan", "anzhen", "0101"):
        either_api.world.raised(area=code)
    assert len(listed(either_api, area=wanted)) == count


def test_a_code_of_another_committee_is_none_of_ours(api: Calls) -> None:
    planted(World(api.world.app, "dt"))
    other = World(api.world.app, "dt").raised(category="business")
    assert listed(api, category="business") == []
    assert listed(api, "dt-clerk", category="economy") == [other]


# --- pages
@EACH
def test_an_empty_list_has_no_next_page(api: Calls, path: str) -> None:
    assert api.by(LISTS[path]).get(path) == {"items": [], "next": None}


@EACH
@pytest.mark.parametrize("after", ["never", "MA", "LTE", "9" * 64])
def test_a_cursor_nobody_gave_is_refused(api: Calls, path: str, after: str) -> None:
    problem = api.by(LISTS[path]).get(path, 422, after=after)
    assert [fault["field"] for fault in problem["errors"]] == ["after"]


@EACH
def test_a_parameter_stands_once(api: Calls, path: str) -> None:
    response = api.by(LISTS[path]).raw("GET", path, query_string="limit=1&limit=2")
    assert response.status_code == 422
    assert response.json["errors"][0]["field"] == "limit"


def test_what_is_added_meanwhile_does_not_shift_the_next_page(api: Calls) -> None:
    made = [api.world.raised(summary=f"第{number}件诉求") for number in range(4)]
    first = api.by("clerk").get("/cases", limit=2)
    api.world.raised(summary="后来的诉求")
    second = listed(api, limit=2, after=first["next"])
    assert [row["reference"] for row in first["items"]] + second == made[::-1]


def test_a_page_that_is_just_full_is_the_last(api: Calls) -> None:
    for number in range(2):
        api.world.raised(summary=f"第{number}件诉求")
    assert api.by("clerk").get("/cases", limit=2)["next"] is None


def test_pages_of_shares_follow_each_other(either_api: Calls) -> None:
    for number in range(3):
        either_api.world.coordinated(summary=f"第{number}件诉求")
    dept = either_api.by("dept")
    seen, after = list[str](), {}
    for _ in range(3):
        page = dept.get("/assignments", limit=1, **after)
        seen += [row["id"] for row in page["items"]]
        after = {"after": page["next"]}
    assert page["next"] is None and len(set(seen)) == 3


# --- filters
@pytest.mark.parametrize(
    ("state", "count"), [("dispatched", 1), ("accepted", 1), ("replied", 0), ("draft", 0)]
)
def test_shares_are_filtered_by_state(api: Calls, state: str, count: int) -> None:
    api.world.coordinated()
    (accepted,) = api.world.shares(api.world.coordinated())
    api.world.move_share(accepted, "accept")
    assert len(api.by("dept").get("/assignments", state=state)["items"]) == count


@pytest.mark.parametrize(
    ("name", "count"), [("withdrawn", 1), ("not_accepted", 1), ("merged", 0), ("referred_out", 0)]
)
def test_cases_are_filtered_by_how_they_ended(api: Calls, name: str, count: int) -> None:
    api.world.raised()
    for move in ("withdraw", "decline"):
        api.world.move(api.world.raised(), move, note="不办了")
    assert len(listed(api, disposition=name)) == count


def test_filters_narrow_each_other(api: Calls) -> None:
    reference = api.world.coordinated()
    api.world.raised()
    assert listed(api, state="coordinated", unit="housing") == [reference]
    assert listed(api, state="raised", unit="housing") == []


@pytest.mark.parametrize(("first", "last", "count"), [("23", "23", 1), ("22", "22", 0), ("24", "23", 0)])
def test_days_are_those_of_shanghai_and_the_last_one_counts(
    api: Calls, first: str, last: str, count: int
) -> None:
    api.world.raised()
    query = {"from_": f"2026-11-{first}", "to": f"2026-11-{last}"}
    assert len(listed(api, **query)) == count


@pytest.mark.parametrize("unit", ["nobody", "group", "housing2"])
def test_a_unit_that_handles_nothing_finds_nothing(api: Calls, unit: str) -> None:
    api.world.coordinated()
    assert listed(api, unit=unit) == []


def test_a_draft_is_not_yet_with_its_department(api: Calls) -> None:
    api.world.drafted(api.world.raised(), "housing")
    assert listed(api, unit="housing") == []


# --- who finds what
@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("member", 1),
        ("member2", 1),
        ("secretary", 1),
        ("clerk", 2),
        ("director", 2),
        ("leader", 2),
        ("auditor", 2),
        ("dt-clerk", 0),
    ],
)
def test_everybody_lists_their_own(api: Calls, who: str, count: int) -> None:
    for by in ("member", "member2"):
        api.world.raised(by=by)
    assert len(listed(api, who)) == count


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/cases", "dept"),
        ("/cases", "admin"),
        ("/assignments", "admin"),
        ("/visits", "dept"),
        ("/visits", "auditor"),
        ("/visits", "admin"),
    ],
)
def test_a_list_that_is_not_for_a_role_is_forbidden_before_its_faults(
    api: Calls, path: str, who: str
) -> None:
    api.by(who).get(path, 403)
    api.by(who).get(path, 403, colour="red")


def test_a_secretary_lists_the_visits_of_the_group(api: Calls) -> None:
    for who in ("member", "member2"):
        api.by(who).post("/visits", VISIT | {"cases": []}, 201)
    assert len(api.by("secretary").get("/visits")["items"]) == 1
    assert len(api.by("clerk").get("/visits", group="group2")["items"]) == 1
