"""Who I am, and the lists a form chooses from."""

import pytest

from tests.api.bodies import CASE
from tests.api.caller import Calls
from tests.world import World
from tracker.extensions import db
from tracker.models import Person


def test_me_tells_roles_posts_and_what_waits(api: Calls) -> None:
    api.by("member").post("/cases", CASE, 201)
    me = api.by("clerk").get("/me")
    assert (me["login"], me["roles"], me["committee"]["code"]) == ("xs-clerk", ["clerk"], "xs")
    assert me["posts"][0]["unit"]["name"] == "政协办公室"
    assert me["waiting"]["to_coordinate"] == 1


@pytest.mark.parametrize("who", ["member", "dept", "leader", "auditor", "admin"])
def test_everybody_may_choose_from_the_lists(api: Calls, who: str) -> None:
    assert [entry["code"] for entry in api.by(who).get("/categories")["items"]] == ["B", "B01"]
    assert {entry["code"]: entry["parent"] for entry in api.by(who).get("/areas")["items"]} == {
        "01": None,
        "0101": "01",
    }


def test_units_can_be_asked_for_by_kind(api: Calls) -> None:
    departments = api.by("clerk").get("/units", kind="department")["items"]
    assert {unit["key"] for unit in departments} == {"housing", "transport", "education"}
    assert {unit["key"] for unit in api.by("clerk").get("/units", kind="group")["items"]} == {
        "group",
        "group2",
    }


@pytest.mark.parametrize("who, status", [("secretary", 200), ("clerk", 200), ("member", 403), ("dept", 403)])
def test_who_may_list_the_members(api: Calls, who: str, status: int) -> None:
    found = api.by(who).get("/members", status)
    if status == 200:
        assert {entry["name"]: entry["group"]["key"] for entry in found["items"]} == {
            "吴海燕": "group",
            "陈丽华": "group2",
        }


def test_a_reference_list_comes_whole_or_by_pages(api: Calls) -> None:
    clerk = api.by("clerk")
    whole = clerk.get("/units")
    assert whole["next"] is None
    first = clerk.get("/units", limit=2)
    rest = clerk.get("/units", limit=200, after=first["next"])
    assert first["items"] + rest["items"] == whole["items"]


def test_lists_of_another_committee_stay_there(api: Calls) -> None:
    ours = {unit["id"] for unit in api.by("clerk").get("/units")["items"]}
    theirs = {unit["id"] for unit in api.by("dt-clerk").get("/units")["items"]}
    assert ours and theirs and not ours & theirs


def test_labels_follow_the_language_and_codes_do_not(api: Calls) -> None:
    reference = api.by("member").post("/cases", CASE, 201)["reference"]
    member = api.by("member")
    chinese = member.get(f"/cases/{reference}")
    member.headers["Accept-Language"] = "en"
    english = member.get(f"/cases/{reference}")
    assert chinese["state"] == english["state"] == "raised"
    assert chinese["state_label"] == "已提出"


@pytest.mark.requirement("S1-21")
def test_members_tell_why_they_are_a_bridge_and_are_found_by_it(api: Calls, huiyin: World) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-member").one().bridges = ["professional"]
    clerk = api.by("clerk")
    whole = {entry["name"]: entry["bridges"] for entry in clerk.get("/members")["items"]}
    assert whole == {"吴海燕": ["professional"], "陈丽华": []}
    for asked in ({"bridge": "any"}, {"bridge": "professional"}, {"group": "group"}):
        assert [entry["name"] for entry in clerk.get("/members", **asked)["items"]] == ["吴海燕"]
    assert clerk.get("/members", bridge="local_leader")["items"] == []
    assert clerk.get("/members", 422, bridge="king")["errors"][0]["field"] == "bridge"
    api.by("member").get("/members", 403, bridge="any")
