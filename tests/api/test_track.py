"""Calls by tracking code, without an account."""

from typing import Any

import pytest

from tests.api.bodies import CASE
from tests.api.caller import Calls
from tests.world import NARRATIVE, REPLY
from tracker.actions import codes, letters
from tracker.extensions import db
from tracker.models import Letter

WRONG = "0000-0000-0000-0000-00000"


def _code(api: Calls, reference: str, by: str = "clerk") -> dict[str, str]:
    with api.world.writing():
        return {"code": codes.issue(api.world.case(reference), by=api.world.actor(by)).code.display}


def _issued(api: Calls, **changes: Any) -> tuple[dict[str, str], str]:
    reference = api.world.handled(**changes)
    letter = api.world.letter(reference, "issued")
    return _code(api, reference), letter


def _freeze(api: Calls, public_id: str) -> None:
    with api.world.writing():
        letters.freeze(db.session.query(Letter).filter_by(public_id=public_id).one(), b"%PDF-1.7")


@pytest.mark.requirement("T01")
def test_a_code_shows_steps_and_nothing_personal(api: Calls) -> None:
    raised = api.by("member").post("/cases", CASE, 201)
    response = api.nobody().raw("POST", "/track", json={"code": raised["tracking_code"]})
    seen = response.json
    assert [(step["name"], step["date"]) for step in seen["steps"]] == [
        ("raised", "2026-11-23"),
        ("coordinated", None),
        ("handled", None),
        ("fed_back", None),
    ]
    assert seen["next_due"] and seen["answer"] == [] and seen["letter_available"] is False
    for personal in ("欧阳", "139", "12号楼", "吴海燕", NARRATIVE[:10], CASE["summary"]):
        assert personal not in response.get_data(as_text=True)


def test_a_code_may_be_typed_carelessly(api: Calls) -> None:
    code = api.by("member").post("/cases", CASE, 201)["tracking_code"]
    api.nobody().post("/track", {"code": f" {code.lower().replace('-', ' ')} "})


def test_the_answer_is_released_when_the_resident_was_told(api: Calls) -> None:
    reference = api.world.handled()
    code = _code(api, reference)
    before = api.nobody().post("/track", code)
    assert before["departments"] == ["区住房和城乡建设局"]
    assert before["answer"] == [] and before["result"] is None and before["may_rate"] is False
    api.world.move(reference, "feed_back", told="oral")
    after = api.nobody().post("/track", code)
    assert after["answer"] == [{"department": "区住房和城乡建设局", "text": REPLY}]
    assert after["may_rate"] and after["result"]


@pytest.mark.requirement("T06")
def test_an_accusation_shows_its_state_and_no_answer(api: Calls) -> None:
    reference = api.world.raised(is_accusation=True, subject_unit="housing")
    api.world.move(reference, "coordinate", by="director", route="refer", result="已转送纪检监察机关。")
    api.world.move(reference, "handle", by="director")
    api.world.move(reference, "feed_back", by="director", told="oral")
    seen = api.nobody().post("/track", _code(api, reference, by="director"))
    assert seen["state"] == "fed_back" and seen["answer"] == [] and seen["departments"] == []


@pytest.mark.requirement("T10")
def test_every_wrong_code_gets_the_same_answer(api: Calls) -> None:
    raised = api.by("member").post("/cases", CASE, 201)
    code = raised["tracking_code"]
    other = code[:-3] + ("0" if code[-3] != "0" else "1") + code[-2:]
    with api.world.writing():
        codes.issue(api.world.case(raised["reference"]), by=api.world.actor("clerk"))
    answers = [api.nobody().post("/track", {"code": text}, 404) for text in (WRONG, "x", other, code)]
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.requirement("T10")
def test_the_eleventh_wrong_try_in_an_hour_has_to_wait(api: Calls) -> None:
    guesser = api.nobody(address="192.0.2.7")
    guesser.headers["X-Forwarded-For"] = "198.51.100.1"
    for _ in range(10):
        guesser.post("/track", {"code": WRONG}, 404)
    blocked = guesser.raw("POST", "/track", json={"code": WRONG})
    assert blocked.status_code == 429 and int(blocked.headers["Retry-After"]) > 0
    # Somebody else's address is not shut out with it.
    api.nobody(address="192.0.2.8").post("/track", {"code": WRONG}, 404)


def test_a_right_code_does_not_use_up_the_tries(api: Calls) -> None:
    code = api.by("member").post("/cases", CASE, 201)["tracking_code"]
    for _ in range(12):
        api.nobody().post("/track", {"code": code})


def test_the_letter_opens_with_the_last_four_digits(api: Calls) -> None:
    code, letter = _issued(api)
    visitor = api.nobody()
    visitor.post("/track/letter", code | {"pin": "2186"}, 503)
    _freeze(api, letter)
    assert visitor.post("/track/letter", code | {"pin": "2186"}) == b"%PDF-1.7"


@pytest.mark.requirement("T13")
def test_five_wrong_pins_lock_the_letter_until_the_office_unlocks_it(either_api: Calls) -> None:
    api = either_api
    code, letter = _issued(api)
    _freeze(api, letter)
    visitor = api.nobody()
    for _ in range(5):
        said = visitor.post("/track/letter", code | {"pin": "0000"}, 403)["detail"]
    assert "锁定" in said
    assert "锁定" in visitor.post("/track/letter", code | {"pin": "2186"}, 403)["detail"]
    with api.world.writing():
        reference = db.session.query(Letter).filter_by(public_id=letter).one().case.reference
        codes.issue_pin(api.world.case(reference), by=api.world.actor("clerk"))
    assert api.nobody("192.0.2.1").post("/track/letter", code | {"pin": "2186"}) == b"%PDF-1.7"


def test_no_letter_yet_is_not_found(api: Calls) -> None:
    code = api.by("member").post("/cases", CASE, 201)["tracking_code"]
    api.nobody().post("/track/letter", {"code": code, "pin": "2186"}, 404)


def test_the_resident_rates_once_and_a_first_dissatisfied_reopens(either_api: Calls) -> None:
    api = either_api
    reference = api.world.fed_back()
    code = _code(api, reference)
    visitor = api.nobody()
    assert visitor.post("/track", code)["may_rate"]
    reopened = visitor.post("/track/rating", code | {"rating": "dissatisfied", "note": "灯又灭了"})
    assert reopened["state"] == "coordinated" and reopened["may_rate"] is False
    assert visitor.post("/track/rating", code | {"rating": "satisfied"}, 409)["missing"] == ["is_fed_back"]


@pytest.mark.requirement("T20")
def test_a_foreign_page_cannot_send_a_code(api: Calls) -> None:
    visitor = api.nobody()
    visitor.headers["Origin"] = "https://evil.example"
    visitor.post("/track", {"code": WRONG}, 400)


@pytest.mark.parametrize("body", [{}, {"code": WRONG, "pin": "1"}, {"code": 7}, {"code": "x" * 101}])
def test_what_is_not_a_code_is_named(api: Calls, body: dict[str, Any]) -> None:
    api.nobody().post("/track", body, 422)
