"""Calls about a letter, and its PDF before and after it is issued."""

import hashlib
from urllib.parse import quote

import pytest

from tests.api.caller import Calls
from tracker.actions import letters
from tracker.extensions import db
from tracker.models import Letter

FROZEN = b"%PDF-1.7 the issued letter"


def _freeze(api: Calls, public_id: str) -> None:
    with api.world.writing():
        letters.freeze(db.session.query(Letter).filter_by(public_id=public_id).one(), FROZEN)


def test_a_draft_is_filled_from_the_case_unless_words_are_sent(api: Calls) -> None:
    clerk = api.by("clerk")
    draft = clerk.post(f"/cases/{api.world.handled()}/letters", {}, 201)
    assert draft["state"] == "draft" and "路灯" in draft["content"]["title"]
    assert draft["content"]["addressee"].startswith("欧阳桂兰")
    own = draft["content"] | {"title": "关于云林苑路灯的反馈函", "copy_to": ["东亭街道"]}
    other = clerk.post(f"/cases/{api.world.handled()}/letters", {"content": own}, 201)
    assert other["content"] == own


def test_a_failed_check_names_its_place(api: Calls) -> None:
    clerk = api.by("clerk")
    words = clerk.post(f"/cases/{api.world.handled()}/letters", {}, 201)["content"]
    marked = words | {"concern": "〔姓名〕反映路灯不亮。"}
    draft = clerk.post(f"/cases/{api.world.handled()}/letters", {"content": marked}, 201)
    (wrong,) = [check for check in draft["checks"] if not check["ok"]]
    assert wrong["name"] == "redaction_marks" and wrong["message"].startswith("“反映事项”")


def test_a_letter_needs_an_outcome(api: Calls) -> None:
    problem = api.by("clerk").post(f"/cases/{api.world.raised()}/letters", {}, 409)
    assert problem["missing"] == ["is_handled"]


@pytest.mark.parametrize(
    "who, status, words", [("member", 200, True), ("secretary", 200, False), ("auditor", 200, False)]
)
def test_who_reads_the_words_of_a_letter(api: Calls, who: str, status: int, words: bool) -> None:
    letter = api.world.letter(api.world.handled())
    seen = api.by(who).get(f"/letters/{letter}", status)
    assert (seen["content"] is not None) is words and bool(seen["checks"]) is words
    api.by(who).get(f"/letters/{letter}/pdf", 200 if words else 403)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member2", "dept", "leader", "admin", "dt-director"])
def test_a_letter_of_others_does_not_exist(api: Calls, who: str) -> None:
    letter = api.world.letter(api.world.handled())
    api.by(who).get(f"/letters/{letter}", 404)
    api.by(who).get(f"/letters/{letter}/pdf", 404)
    api.by(who).post(f"/letters/{letter}/moves", {"move": "submit"}, 404)


@pytest.mark.requirement("T38")
def test_the_pdf_before_and_after_issue(api: Calls) -> None:
    clerk = api.by("clerk")
    letter = clerk.post(f"/cases/{api.world.handled()}/letters", {}, 201)["id"]
    preview = clerk.raw("GET", f"/letters/{letter}/pdf")
    assert preview.data.startswith(b"%PDF-") and preview.mimetype == "application/pdf"

    clerk.post(f"/letters/{letter}/moves", {"move": "submit"})
    clerk.post(f"/letters/{letter}/moves", {"move": "approve"}, 403)
    api.by("director").post(f"/letters/{letter}/moves", {"move": "approve"})
    clerk.post(f"/letters/{letter}/moves", {"move": "issue"})
    waiting = clerk.raw("GET", f"/letters/{letter}/pdf")
    assert waiting.status_code == 503 and waiting.headers["Retry-After"] == "2"
    early = clerk.post(
        f"/letters/{letter}/moves",
        {"move": "deliver", "method": "in_person", "delivered_on": "2026-11-23"},
        409,
    )
    assert early["missing"] == ["has_pdf"]

    _freeze(api, letter)
    final = clerk.raw("GET", f"/letters/{letter}/pdf")
    assert final.data == FROZEN
    assert final.headers["ETag"] == f'"{hashlib.sha256(FROZEN).hexdigest()}"'
    kept = clerk.get(f"/letters/{letter}")
    assert kept["sha256"] == hashlib.sha256(FROZEN).hexdigest() and len(kept["verification"]) == 14
    assert api.by("auditor").get(f"/letters/{letter}")["verification"] is None


def test_delivery_feeds_back_and_may_be_acknowledged(api: Calls) -> None:
    reference = api.world.handled()
    letter = api.world.letter(reference, "issued")
    _freeze(api, letter)
    clerk = api.by("clerk")
    clerk.post(
        f"/letters/{letter}/moves", {"move": "deliver", "method": "post", "delivered_on": "2026-11-22"}, 422
    )
    clerk.post(
        f"/letters/{letter}/moves", {"move": "deliver", "method": "post", "delivered_on": "2026-11-23"}
    )
    assert clerk.get(f"/cases/{reference}")["state"] == "fed_back"
    assert clerk.post(f"/letters/{letter}/moves", {"move": "acknowledge"})["state"] == "acknowledged"


def test_the_drafter_does_not_sign_their_own_letter(api: Calls) -> None:
    director = api.by("director")
    letter = director.post(f"/cases/{api.world.handled()}/letters", {}, 201)["id"]
    moved = director.post(f"/letters/{letter}/moves", {"move": "submit"})
    (approve,) = [move for move in moved["moves"] if move["name"] == "approve"]
    assert approve["missing"] == ["another_person"]
    director.post(f"/letters/{letter}/moves", {"move": "approve"}, 403)
    back = api.by("director2").post(
        f"/letters/{letter}/moves", {"move": "reject", "reason": "请补充完成时间"}
    )
    assert back["state"] == "draft"


def test_the_file_is_named_after_the_letter_in_a_header_of_plain_characters(api: Calls) -> None:
    letter = api.world.letter(api.world.handled(), "issued")
    _freeze(api, letter)
    answer = api.by("clerk").raw("GET", f"/letters/{letter}/pdf")
    named = answer.headers["Content-Disposition"]
    assert named == f"inline; filename*=UTF-8''{quote('锡政协办函〔2026〕1号.pdf')}"
