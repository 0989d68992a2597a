"""What a department can never read, wherever it looks (T01)."""

from typing import Any

import pytest

from tests.api.bodies import ANSWER, VISIT, coordinate
from tests.api.caller import Calls

CANARIES = {
    "name": "欧阳金丝雀",
    "phone": "13987650123",
    "address": "金丝雀苁7幢903室",
    "contact_name": "沈丝雀",
    "contact_phone": "13612340987",
    "visit_address": "雀儿苁2幢101室",
    "summary": "金丝雀案由",
    "narrative": "金丝雀叙述全文",
    "reported": "金丝雀走访所记",
    "office_note": "金丝雀内部备注",
    "member": "吴海燕",
    "outcome": "金丝雀内部结果",
}


def _case() -> dict[str, Any]:
    resident = {name: CANARIES[name] for name in ("name", "phone", "address")} | {"consent_process": True}
    words = {"summary": CANARIES["summary"], "narrative": f"{CANARIES['narrative']}，路灯不亮。"}
    return words | {"area": "0101", "resident": resident | {"consent_forward": True}}


@pytest.fixture
def told(api: Calls) -> Calls:
    """Two departments handle it; one other case is handled by nobody they know."""
    member, clerk = api.by("member"), api.by("clerk")
    visit = VISIT | {
        "contact": {"name": CANARIES["contact_name"], "phone": CANARIES["contact_phone"]},
        "address": CANARIES["visit_address"],
        "reported": CANARIES["reported"],
        "cases": [_case(), _case()],
    }
    first, second = (case["reference"] for case in member.post("/visits", visit, 201)["cases"])
    units = (("housing", "lead"), ("transport", "co"))
    body = coordinate(*units) | {"note": CANARIES["office_note"]}
    shares = clerk.post(f"/cases/{first}/moves", body)["assignments"]
    api.by("dept").post(f"/assignments/{shares[0]['id']}/moves", ANSWER)
    clerk.post(
        f"/cases/{second}/moves",
        {"move": "coordinate", "route": "quick", "category": "B01", "subject_unit": "none"}
        | {"result": CANARIES["outcome"], "note": CANARIES["office_note"]},
    )
    return api


def _ids(api: Calls) -> list[str]:
    """Every id somebody in the office could pass on."""
    clerk = api.by("clerk")
    cases = [row["reference"] for row in clerk.get("/cases")["items"]]
    shares = [row["id"] for row in clerk.get("/assignments")["items"]]
    visits = [row["id"] for row in clerk.get("/visits")["items"]]
    return [*cases, *shares, *visits]


@pytest.mark.requirement("T01")
@pytest.mark.parametrize("who", ["dept", "dept2", "dt-dept"])
def test_a_department_meets_no_canary_on_any_call(told: Calls, who: str) -> None:
    caller, met, answered = told.by(who), set(), 0
    for path, item in told.interface.document["paths"].items():
        if "get" not in item:
            continue
        short = path.removeprefix("/api/v1")
        ids = _ids(told) if "{" in short else [""]
        for one in ids:
            address = short.replace("{reference}", one).replace("{public_id}", one)
            response = caller.raw("GET", address)
            assert response.status_code in (200, 403, 404)
            answered += response.status_code == 200
            met |= {name for name, text in CANARIES.items() if text.encode() in response.data}
            # What JSON escapes would hide from the search above.
            met |= {name for name, text in CANARIES.items() if text in str(response.get_json(silent=True))}
    assert met == set()
    assert answered >= 4


@pytest.mark.requirement("T01")
def test_the_canaries_are_really_there_to_be_met(told: Calls) -> None:
    reference = told.by("member").get("/cases")["items"][1]["reference"]
    seen = str(told.by("member").get(f"/cases/{reference}"))
    events = str(told.by("clerk").get(f"/cases/{reference}/events"))
    visit = told.by("member").get("/visits")["items"][0]["id"]
    heard = str(told.by("member").get(f"/visits/{visit}"))
    outcome = str(told.by("clerk").get(f"/cases/{told.by('clerk').get('/cases')['items'][0]['reference']}"))
    everything = seen + events + heard + outcome
    assert [name for name, text in CANARIES.items() if text not in everything] == []


@pytest.mark.requirement("T16")
def test_refusals_and_moves_tell_a_department_no_more(told: Calls) -> None:
    dept = told.by("dept")
    (row,) = dept.get("/assignments")["items"]
    answers = [
        dept.raw("POST", f"/assignments/{row['id']}/moves", json=body)
        for body in (
            {"move": "accept"},
            {"move": "reply"},
            {"move": "waive"},
            {"move": "rework", "reason": "重办"},
        )
    ]
    assert [response.status_code for response in answers] == [409, 422, 403, 403]
    assert [n for n, text in CANARIES.items() if any(text in str(r.get_json()) for r in answers)] == []


@pytest.mark.requirement("T08")
def test_only_the_member_who_raised_it_reads_the_resident_in_clear(told: Calls) -> None:
    reference = told.by("member").get("/cases")["items"][0]["reference"]
    for who in ("clerk", "director", "leader", "secretary", "auditor"):
        seen = str(told.by(who).get(f"/cases/{reference}"))
        assert not any(CANARIES[name] in seen for name in ("name", "phone", "address"))
