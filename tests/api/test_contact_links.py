"""Calls about whom members keep in touch with."""

from typing import Any

import pytest

from tests.api.caller import Calls

FIRM = {"kind": "enterprise", "called": "锡东机电有限公司", "since": "2026-03-01"}
NEIGHBOUR: dict[str, Any] = {
    "kind": "public_person",
    "called": "沈桂芳",
    "phone": "13612345678",
    "since": "2026-03-01",
    "consent_process": True,
}


def place(added: dict[str, Any]) -> str:
    return f"/contact_links/{added['id']}"


def test_somebody_is_written_down_visited_and_let_go(either_api: Calls) -> None:
    member = either_api.by("member")
    added = member.post("/contact_links", FIRM, 201)
    assert (added["called"], added["masked"], added["visits"]) == ("锡东机电有限公司", False, 0)
    either_api.world.visited(link=added["id"], visited_on="2026-11-20")
    seen = member.get(place(added))
    assert (seen["visits"], seen["last_visit"]) == (1, "2026-11-20")
    (row,) = member.get("/contact_links")["items"]
    assert row == seen
    ended = member.raw("POST", f"{place(added)}/end", headers={"If-Match": f'"{seen["version"]}"'})
    assert ended.status_code == 200 and ended.json and ended.json["ended_on"] == "2026-11-23"
    assert member.get("/contact_links")["items"] == []
    assert len(member.get("/contact_links", ended="true")["items"]) == 1
    again = member.raw("POST", f"{place(added)}/end")
    assert again.status_code == 409 and again.json and again.json["version"] == ended.json["version"]


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("who", "called", "masked"),
    [
        ("member", "沈桂芳", False),
        ("secretary", None, True),
        ("clerk", "沈**", True),
        ("director", "沈**", True),
        ("leader", "沈**", True),
    ],
)
def test_a_person_is_told_as_the_reader_may_know(
    api: Calls, who: str, called: str | None, masked: bool
) -> None:
    added = api.by("member").post("/contact_links", NEIGHBOUR, 201)
    seen = api.by(who).get(place(added))
    assert (seen["called"], seen["masked"]) == (called, masked)
    assert "13612345678" not in str(seen)
    assert [row["called"] for row in api.by(who).get("/contact_links")["items"]] == [called]


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "status"), [("member2", 404), ("dt-clerk", 404), ("dept", 404), ("auditor", 404), ("admin", 404)]
)
def test_others_do_not_know_of_it(api: Calls, who: str, status: int) -> None:
    added = api.by("member").post("/contact_links", FIRM, 201)
    api.by(who).get(place(added), status)
    assert api.by(who).raw("POST", f"{place(added)}/end").status_code == status


@pytest.mark.parametrize("who", ["secretary", "director", "leader"])
def test_who_only_reads_does_not_end_it(api: Calls, who: str) -> None:
    added = api.by("member").post("/contact_links", FIRM, 201)
    assert api.by(who).raw("POST", f"{place(added)}/end").status_code == 403


@pytest.mark.parametrize("who", ["secretary", "clerk", "dept", "auditor"])
def test_only_members_keep_in_touch(api: Calls, who: str) -> None:
    api.by(who).post("/contact_links", FIRM, 403)


@pytest.mark.parametrize("who", ["dept", "auditor", "admin"])
def test_who_reads_none_has_no_list(api: Calls, who: str) -> None:
    api.by(who).get("/contact_links", 403)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "friend"}, "kind"),
        ({"called": "x"}, "called"),
        ({"since": "2027-01-01"}, "since"),
        ({"kind": "public_person"}, "consent_process"),
        ({"rank": 1}, "rank"),
    ],
)
def test_what_is_wrong_is_named(api: Calls, change: dict[str, Any], field: str) -> None:
    problem = api.by("member").post("/contact_links", FIRM | change, 422)
    found = [fault["field"] for fault in problem["errors"]]
    assert found in ([field], ["body"])


def test_a_list_is_narrowed_and_turned(api: Calls) -> None:
    member, clerk = api.by("member"), api.by("clerk")
    for _ in range(3):
        member.post("/contact_links", FIRM, 201)
    api.by("member2").post("/contact_links", FIRM | {"kind": "village"}, 201)
    first = clerk.get("/contact_links", limit=3)
    rest = clerk.get("/contact_links", limit=3, after=first["next"])
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [3, 1, None]
    assert len(clerk.get("/contact_links", kind="village")["items"]) == 1
    assert len(clerk.get("/contact_links", group="group")["items"]) == 3
    whose = member.get("/contact_links")["items"][0]["member"]
    assert len(clerk.get("/contact_links", member=whose)["items"]) == 3
    clerk.get("/contact_links", 422, kind="friend")


@pytest.mark.requirement("R4")
def test_the_same_key_keeps_in_touch_once(either_api: Calls) -> None:
    member = either_api.by("member")
    first = member.post("/contact_links", FIRM, 201, key="c-1")
    assert member.post("/contact_links", FIRM, 201, key="c-1") == first
    assert len(member.get("/contact_links")["items"]) == 1
    member.post("/contact_links", FIRM | {"called": "别的公司"}, 422, key="c-1")


def test_an_older_version_is_a_conflict(api: Calls) -> None:
    added = api.by("member").post("/contact_links", FIRM, 201)
    late = api.by("member").raw("POST", f"{place(added)}/end", headers={"If-Match": '"7"'})
    assert late.status_code == 409 and late.json and late.json["version"] == 1
