"""Calls about a case: raising, reading by role, moving, rating."""

from datetime import timedelta

import pytest

from tests.api.bodies import ANSWER, CASE, coordinate
from tests.api.caller import Calls
from tests.world import NARRATIVE, NOW, RESIDENT


@pytest.mark.requirement("T10")
def test_raising_gives_number_code_and_what_is_similar(api: Calls) -> None:
    first = api.by("member").post("/cases", CASE, 201)
    assert first["reference"] == "XS-2026-000001" and first["state"] == "raised"
    assert len(first["tracking_code"].replace("-", "")) == 21
    assert first["similar"] == []
    second = api.by("member").post("/cases", CASE, 201)
    assert [found["reference"] for found in second["similar"]] == [first["reference"]]
    # The neighbour's case is not this member's to know of.
    assert api.by("member2").post("/cases", CASE, 201)["similar"] == []


def test_the_answer_says_where_the_case_is_and_which_version(api: Calls) -> None:
    response = api.by("member").raw("POST", "/cases", json=CASE)
    assert response.headers["Location"] == f"/api/v1/cases/{response.json['reference']}"
    assert response.headers["ETag"] == f'"{response.json["version"]}"'


@pytest.mark.parametrize("who", ["secretary", "dept", "leader", "auditor", "admin"])
def test_only_members_and_the_office_raise_cases(api: Calls, who: str) -> None:
    # 403 stands before 422: somebody who may not is not told what would have been wrong.
    api.by(who).post("/cases", {"nonsense": 1}, 403)


@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    "who, name, narrative",
    [
        ("member", "欧阳桂兰", NARRATIVE),
        ("secretary", None, NARRATIVE),
        ("clerk", "欧阳**", NARRATIVE),
        ("director", "欧阳**", NARRATIVE),
        ("leader", "欧阳**", NARRATIVE),
        ("auditor", None, None),
    ],
)
def test_what_each_role_sees_of_a_case(api: Calls, who: str, name: str | None, narrative: str | None) -> None:
    reference = api.world.coordinated()
    case = api.by(who).get(f"/cases/{reference}")
    assert (case["resident"] or {"name": None})["name"] == name
    assert case["narrative"] == narrative
    assert case["due_at"] and len(case["assignments"]) == 1
    if who == "auditor":
        assert case["summary"] is None
        assert api.by(who).get("/cases")["items"][0]["summary"] is None


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member2", "dept", "admin", "dt-clerk"])
def test_a_case_that_is_not_yours_does_not_exist(api: Calls, who: str) -> None:
    reference = api.world.coordinated()
    for path in ("", "/events"):
        api.by(who).get(f"/cases/{reference}{path}", 404)
    api.by(who).post(f"/cases/{reference}/moves", {"move": "handle"}, 404)
    api.by(who).post(f"/cases/{reference}/ratings", {"rating": "satisfied"}, 404)
    api.by(who).post(f"/cases/{reference}/assignments", {}, 404)
    api.by(who).post(f"/cases/{reference}/letters", {}, 404)


def test_filters_narrow_the_list(api: Calls) -> None:
    urgent = api.world.raised(urgency="urgent", summary="幼儿园门口没有斑马线")
    other = api.world.coordinated()
    clerk = api.by("clerk")

    def listed(**query: str) -> list[str]:
        return [row["reference"] for row in clerk.get("/cases", **query)["items"]]

    assert listed() == [other, urgent]
    assert listed(state="coordinated") == [other]
    assert listed(unit="housing") == [other] and listed(unit="transport") == []
    assert listed(q="斑马线") == [urgent]
    assert listed(category="B") == [other, urgent] and listed(area="02") == []
    assert listed(group="group") == [other, urgent] and listed(group="group2") == []
    assert listed(overdue="true") == []
    assert listed(from_="2026-11-24") == [] and listed(to="2026-11-23") == [other, urgent]


def test_a_cursor_walks_the_list_without_a_gap(api: Calls) -> None:
    references = [api.world.raised(summary=f"第{number}件诉求") for number in range(5)]
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = api.by("clerk").get("/cases", limit=2, **after)
        seen += [row["reference"] for row in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == references[::-1]


@pytest.mark.parametrize(
    "query, field",
    [
        ({"colour": "red"}, "colour"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"after": "never"}, "after"),
        ({"after": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}, "after"),
        ({"state": "open"}, "state"),
        ({"from": "9999-12-31"}, "from"),
        ({"q": "a\x1bb"}, "q"),
    ],
)
def test_a_wrong_query_names_the_parameter(api: Calls, query: dict[str, str], field: str) -> None:
    problem = api.by("clerk").get("/cases", 422, **query)
    assert problem["errors"][0]["field"] == field


def test_a_parameter_of_a_single_case_is_refused_too(api: Calls) -> None:
    reference = api.world.raised()
    api.by("clerk").get(f"/cases/{reference}", 422, verbose="1")


def test_moves_name_what_their_own_input_cannot_bring(api: Calls) -> None:
    accused = api.world.raised(is_accusation=True, category=None)
    moves = {(m["name"], m["variant"]): m for m in api.by("director").get(f"/cases/{accused}")["moves"]}
    assert moves["coordinate", "assign"]["missing"] == ["may_be_assigned"]
    assert moves["coordinate", "refer"]["missing"] == []
    handled = {m["name"]: m for m in api.by("clerk").get(f"/cases/{api.world.handled()}")["moves"]}
    assert handled["feed_back"]["missing"] == []


def test_a_move_sent_without_its_input_names_what_is_missing(api: Calls) -> None:
    reference = api.world.raised(category=None, subject_unit=None)
    refused = api.by("clerk").post(
        f"/cases/{reference}/moves", {"move": "coordinate", "route": "quick", "result": "已处理"}, 409
    )
    assert refused["missing"] == ["has_category", "subject_is_decided"] and len(refused["reasons"]) == 2


def test_a_member_withdraws_but_does_not_coordinate(api: Calls) -> None:
    reference = api.world.raised()
    member = api.by("member")
    member.post(f"/cases/{reference}/moves", coordinate(("housing", "lead")), 403)
    assert [m["name"] for m in member.get(f"/cases/{reference}")["moves"]] == ["withdraw"]
    gone = member.post(f"/cases/{reference}/moves", {"move": "withdraw", "note": "群众不再需要"})
    assert gone["disposition"] == "withdrawn"


def test_merging_and_parting_again(api: Calls) -> None:
    master, child = api.world.raised(), api.world.raised(summary="北门的灯坏了", by="member2")
    clerk = api.by("clerk")
    merged = clerk.post(f"/cases/{child}/moves", {"move": "merge", "into": master, "reason": "same_matter"})
    assert merged["merged_into"] == master
    assert clerk.get(f"/cases/{master}")["merged_from"] == [child]
    # The member of the child has no right to the master, so not to its number either.
    assert api.by("member2").get(f"/cases/{child}")["merged_into"] is None
    assert clerk.post(f"/cases/{child}/moves", {"move": "unmerge"})["disposition"] is None


@pytest.mark.requirement("R2")
def test_if_match_refuses_a_row_that_has_moved_on(api: Calls) -> None:
    reference = api.world.raised()
    clerk = api.by("clerk")
    seen = clerk.get(f"/cases/{reference}")["version"]
    clerk.post(f"/cases/{reference}/moves", coordinate(("housing", "lead")), match=f'"{seen}"')
    late = clerk.post(
        f"/cases/{reference}/moves", {"move": "withdraw", "note": "来晚了"}, 409, match=f'"{seen}"'
    )
    assert late["version"] > seen
    broken = clerk.post(f"/cases/{reference}/moves", {"move": "withdraw", "note": "来晚了"}, 422, match='"x"')
    assert broken["errors"][0]["field"] == "If-Match"
    for path, body in (
        ("assignments", {"unit": "transport", "transfer_text": "请会同查看。"}),
        ("letters", {}),
    ):
        clerk.post(f"/cases/{reference}/{path}", body, 409, match=f'"{seen}"')


def test_a_member_rates_once_and_the_office_never(api: Calls) -> None:
    reference = api.world.fed_back()
    api.by("clerk").post(f"/cases/{reference}/ratings", {"rating": "satisfied"}, 403)
    rated = api.by("member").post(f"/cases/{reference}/ratings", {"rating": "basically"}, 201)
    assert rated["rating"] == {"rating": "basically", "by": "member", "round": 1} | {
        "created_at": rated["rating"]["created_at"]
    }
    again = api.by("member").post(f"/cases/{reference}/ratings", {"rating": "satisfied"}, 409)
    assert again["missing"] == ["not_rated"]


def test_a_first_dissatisfied_opens_the_case_again(api: Calls) -> None:
    reference = api.world.fed_back()
    rated = api.by("member").post(f"/cases/{reference}/ratings", {"rating": "dissatisfied"}, 201)
    assert rated["state"] == "coordinated"


@pytest.mark.requirement("T06")
def test_after_triage_the_raiser_of_an_accusation_sees_number_title_and_state(api: Calls) -> None:
    reference = api.world.raised(is_accusation=True, subject_unit="housing")
    member = api.by("member")
    assert member.get(f"/cases/{reference}")["narrative"] == NARRATIVE
    api.world.move(reference, "coordinate", by="director", route="refer", result="已转送纪检监察机关。")

    case = member.get(f"/cases/{reference}")
    told = {name for name, value in case.items() if value not in (None, [], False)}
    assert told == {"reference", "summary", "state", "state_label", "version", "is_accusation"}
    assert member.get(f"/cases/{reference}/events")["items"] == []
    row = member.get("/cases")["items"][0]
    assert row["summary"] and row["raised_at"] is None and row["category"] is None
    for who in ("clerk", "leader", "auditor", "secretary", "dept"):
        api.by(who).get(f"/cases/{reference}", 404)
    assert api.by("director").get(f"/cases/{reference}")["narrative"] == NARRATIVE


def test_the_list_is_not_for_departments(api: Calls) -> None:
    api.world.coordinated()
    api.by("dept").get("/cases", 403)


@pytest.mark.requirement("T08")
def test_nobody_slips_a_protected_column_into_a_case(api: Calls) -> None:
    protected = ("id", "reference", "state", "committee_id", "raised_by_id", "version", "due_at", "closed_at")
    for name in protected:
        problem = api.by("member").post("/cases", CASE | {name: 1}, 422)
        assert problem["errors"] == [{"field": name, "message": "没有这个字段，请检查拼写"}]
    assert api.by("clerk").get("/cases")["items"] == []


def test_a_case_without_consent_keeps_nothing_personal(api: Calls) -> None:
    body = CASE | {"resident": RESIDENT | {"consent_process": False}}
    assert api.by("member").post("/cases", body, 422)["errors"][0]["field"] == "resident"


def test_a_move_answers_what_a_look_then_shows(either_api: Calls) -> None:
    clerk = either_api.by("clerk")
    case = f"/cases/{either_api.world.raised(at=NOW - timedelta(days=3))}"
    assert clerk.post(f"{case}/moves", coordinate(("housing", "lead"), ("transport", "co"))) == clerk.get(
        case
    )
    for row in either_api.by("dept").get("/assignments")["items"]:
        share = f"/assignments/{row['id']}"
        assert either_api.by("dept").post(f"{share}/moves", ANSWER) == either_api.by("dept").get(share)
        assert clerk.post(f"{share}/moves", {"move": "approve_reply"}) == clerk.get(share)
    declined = f"/cases/{either_api.world.raised()}"
    assert clerk.post(f"{declined}/moves", {"move": "decline", "note": "不属受理范围"}) == clerk.get(declined)
