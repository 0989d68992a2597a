"""Calls about what units hold and keep: activities and workstations."""

from typing import Any

import pytest

from tests.api.caller import Calls

DAY: dict[str, Any] = {
    "unit": "group",
    "kind": "service",
    "title": "法律服务进社区",
    "held_on": "2026-11-20",
    "form": "activity_day",
    "categories": ["legal_aid"],
    "place": "云林社区",
    "people_count": 32,
}
STUDIO: dict[str, Any] = {
    "unit": "group",
    "kind": "studio",
    "name": "云林委员工作室",
    "place": "云林社区服务中心",
    "opened_on": "2026-03-01",
}
RECEPTION = {"held_on": "2026-11-20", "members": "吴海燕", "people_count": 6, "note": "反映路灯两件"}
EDIT = {name: value for name, value in DAY.items() if name != "unit"}
REFIT = {name: value for name, value in STUDIO.items() if name != "unit"}
KINDS = pytest.mark.parametrize(("path", "body"), [("/activities", DAY), ("/workstations", STUDIO)])


def test_an_activity_is_written_down_changed_and_taken_back(either_api: Calls) -> None:
    secretary = either_api.by("secretary")
    added = secretary.post("/activities", DAY, 201)
    place = f"/activities/{added['id']}"
    assert (added["title"], added["unit_name"], added["cancelled_at"]) == (
        "法律服务进社区", "东亭街道工委会", None,
    )  # fmt: skip
    changed = secretary.put(place, EDIT | {"people_count": 40}, match=f'"{added["version"]}"')
    assert (changed["people_count"], changed["version"]) == (40, added["version"] + 1)
    assert either_api.by("member").get(place) == changed
    gone = secretary.raw("POST", f"{place}/cancel")
    assert gone.status_code == 200 and gone.json and gone.json["cancelled_at"]
    assert secretary.get("/activities")["items"] == [gone.json]


def test_a_workstation_is_set_up_receives_residents_and_closes(either_api: Calls) -> None:
    secretary = either_api.by("secretary")
    added = secretary.post("/workstations", STUDIO, 201)
    place = f"/workstations/{added['id']}"
    changed = secretary.put(place, REFIT | {"keepers": "吴海燕"})
    assert (changed["keepers"], changed["receptions"], changed["is_published"]) == ("吴海燕", [], False)
    secretary.post(f"{place}/receptions", RECEPTION, 201)
    received = secretary.post(f"{place}/receptions", RECEPTION | {"held_on": "2026-11-21"}, 201)
    assert [day["held_on"] for day in received["receptions"]] == ["2026-11-21", "2026-11-20"]
    assert received["receptions"][0]["people_count"] == 6
    closed = secretary.post(f"{place}/close", {"closed_on": "2026-11-22"}, 200)
    assert closed["closed_on"] == "2026-11-22"
    assert either_api.by("auditor").get(place)["closed_on"] == "2026-11-22"
    assert secretary.get("/workstations")["items"] == []
    assert len(secretary.get("/workstations", closed="true")["items"]) == 1
    secretary.post(f"{place}/close", {"closed_on": "2026-11-22"}, 409)


@pytest.mark.requirement("T14")
@KINDS
@pytest.mark.parametrize(
    ("who", "status"),
    [("member", 403), ("leader", 403), ("auditor", 403), ("dept", 404), ("admin", 404), ("dt-clerk", 404)],
)
def test_who_may_not_changes_nothing(
    api: Calls, who: str, status: int, path: str, body: dict[str, Any]
) -> None:
    added = api.by("clerk").post(path, body, 201)
    caller, place = api.by(who), f"{path}/{added['id']}"
    caller.put(place, {"title": ""}, status)
    if path == "/activities":
        assert caller.raw("POST", f"{place}/cancel").status_code == status
    else:
        caller.post(f"{place}/close", {"closed_on": "x"}, status)
        caller.post(f"{place}/receptions", {}, status)
    caller.post(path, body, 201 if who == "dt-clerk" else 403)
    assert api.by("clerk").get(place) == added


@pytest.mark.requirement("T14")
@KINDS
def test_a_secretary_writes_only_for_the_own_group(api: Calls, path: str, body: dict[str, Any]) -> None:
    api.by("secretary").post(path, body | {"unit": "group2"}, 403)
    theirs = api.by("clerk").post(path, body | {"unit": "group2"}, 201)
    api.by("secretary").put(f"{path}/{theirs['id']}", EDIT if path == "/activities" else REFIT, 403)
    assert api.by("secretary").get(f"{path}/{theirs['id']}") == theirs


@KINDS
@pytest.mark.parametrize("who", ["dept", "admin"])
def test_who_has_nothing_to_do_with_it_reads_none(
    api: Calls, who: str, path: str, body: dict[str, Any]
) -> None:
    added = api.by("clerk").post(path, body, 201)
    api.by(who).get(path, 403)
    api.by(who).get(f"{path}/{added['id']}", 404)


@KINDS
def test_another_version_is_a_conflict_and_the_same_key_one_row(
    api: Calls, path: str, body: dict[str, Any]
) -> None:
    clerk = api.by("clerk")
    added = clerk.post(path, body, 201, key="u-1")
    assert clerk.post(path, body, 201, key="u-1") == added
    assert len(clerk.get(path)["items"]) == 1
    edit = EDIT if path == "/activities" else REFIT
    assert clerk.put(f"{path}/{added['id']}", edit, 409, match='"9"')["version"] == added["version"]


@KINDS
def test_lists_are_narrowed_and_turned(api: Calls, path: str, body: dict[str, Any]) -> None:
    clerk = api.by("clerk")
    for unit in ("group", "group", "group2"):
        clerk.post(path, body | {"unit": unit}, 201)
    first = clerk.get(path, limit=2)
    rest = clerk.get(path, limit=2, after=first["next"])
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert len(clerk.get(path, unit="group2")["items"]) == 1
    assert len(clerk.get(path, unit=first["items"][0]["unit"])["items"]) == 1
    assert len(clerk.get(path, kind=body["kind"])["items"]) == 3
    clerk.get(path, 422, kind="party")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"from_": "2026-11-20"}, 1),
        ({"from_": "2026-11-21"}, 0),
        ({"to": "2026-11-20"}, 1),
        ({"to": "2026-11-19"}, 0),
    ],
)
def test_activities_are_found_by_their_day(api: Calls, query: dict[str, str], count: int) -> None:
    api.by("clerk").post("/activities", DAY, 201)
    assert len(api.by("clerk").get("/activities", **query)["items"]) == count


@pytest.mark.parametrize(
    ("path", "body", "change", "field"),
    [
        ("/activities", DAY, {"held_on": "2026-12-24"}, "held_on"),
        ("/activities", DAY, {"unit": "housing"}, "unit"),
        ("/activities", DAY, {"categories": ["party"]}, "categories.0"),
        ("/activities", DAY, {"state": "x"}, "state"),
        ("/workstations", STUDIO, {"opened_on": "2026-12-24"}, "opened_on"),
        ("/workstations", STUDIO, {"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_named(
    api: Calls, path: str, body: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    problem = api.by("clerk").post(path, body | change, 422)
    assert [fault["field"] for fault in problem["errors"]] == [field]
