"""A letter from its draft to the paper: who, in which order, and what never changes again."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import letter_words, letters
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.letters import LetterContent, LetterEdit, LetterIn
from tracker.models import Case, Event, Letter, Outbox

WORDS = LetterContent(
    title="关于云林苑路灯问题办理情况的反馈函", addressee="欧阳桂兰：", handling="已更换电缆。"
)


def letter(public_id: str) -> Letter:
    """Inside an open transaction."""
    return db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one()


def draft(world: World, reference: str, *, by: str = "clerk", content: LetterContent | None = None) -> str:
    with world.writing():
        return letters.draft(world.case(reference), LetterIn(content=content), by=world.actor(by)).public_id


def edit(world: World, public_id: str, *, by: str = "clerk", expect: int | None = None) -> None:
    with world.writing():
        letters.edit(letter(public_id), LetterEdit(content=WORDS), by=world.actor(by), expect=expect)


def frozen(world: World, public_id: str, content: bytes = b"%PDF-") -> None:
    with world.writing():
        letters.freeze(letter(public_id), content)


def shown(world: World, public_id: str) -> dict[str, Any]:
    with world.reading():
        row = letter(public_id)
        return {column.name: getattr(row, column.name) for column in Letter.__table__.columns}


# --- drafted
@pytest.mark.parametrize("far", ["raised", "coordinated", "fed_back"])
def test_there_is_nothing_to_write_before_the_outcome_or_after_the_telling(huiyin: World, far: str) -> None:
    reference = getattr(huiyin, far)()
    before = everything(huiyin)
    with pytest.raises(Conflict) as refused:
        draft(huiyin, reference)
    assert refused.value.missing == ["is_handled"]
    assert everything(huiyin) == before


def test_a_declined_case_is_written_to_until_it_was_told(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="不属于受理范围")
    with huiyin.reading():
        assert letter_words.facts(huiyin.case(reference)).declined
    draft(huiyin, reference)
    told = huiyin.raised()
    huiyin.move(told, "decline", note="不属于受理范围")
    huiyin.move(told, "feed_back", told="oral")
    with pytest.raises(Conflict):
        draft(huiyin, told)


@pytest.mark.parametrize("far", ["draft", "submitted", "approved", "issued"])
def test_one_letter_at_a_time_is_under_way(huiyin: World, far: str) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, far)
    with pytest.raises(Conflict) as refused:
        draft(huiyin, reference)
    assert refused.value.missing == ["no_open_letter"]


def test_after_a_void_one_another_may_be_written(either: World) -> None:
    reference = either.handled()
    first = either.letter(reference)
    either.move_letter(first, "void", by="director", reason="写错了人")
    assert draft(either, reference) != first


@pytest.mark.parametrize("resident", [{}, {"address": "3号楼", "consent_process": True}])
def test_who_left_neither_name_nor_phone_gets_no_letter(huiyin: World, resident: dict[str, Any]) -> None:
    reference = huiyin.handled(resident=resident)
    with pytest.raises(Conflict) as refused:
        draft(huiyin, reference)
    assert refused.value.missing == ["has_addressee"]


@pytest.mark.parametrize("who", ["member", "secretary", "dept", "leader", "auditor", "admin", "dt-clerk"])
def test_only_the_office_drafts(huiyin: World, who: str) -> None:
    reference = huiyin.handled()
    with pytest.raises(Forbidden):
        draft(huiyin, reference, by=who)


def test_the_words_are_sealed_and_come_back_whole(either: World) -> None:
    public_id = draft(either, either.handled(), content=WORDS)
    assert "已更换电缆".encode() not in shown(either, public_id)["content_sealed"]
    with either.reading():
        assert letter_words.content(letter(public_id)) == WORDS


def test_a_draft_says_for_every_check_what_is_wanted(huiyin: World) -> None:
    checks = shown(huiyin, draft(huiyin, huiyin.handled()))["checks"]
    assert checks and all(check["message"] for check in checks)
    assert [check["name"] for check in checks if not check["ok"]] == []


# --- edited
def test_an_edit_makes_the_editor_the_drafter_and_asks_for_a_new_preview(huiyin: World) -> None:
    public_id = draft(huiyin, huiyin.handled())
    before = shown(huiyin, public_id)
    edit(huiyin, public_id, by="director")
    after = shown(huiyin, public_id)
    assert after["content_revision"] == before["content_revision"] + 1 > after["previewed_revision"]
    assert after["drafter_id"] != before["drafter_id"]
    huiyin.move_letter(public_id, "submit", by="clerk")
    with pytest.raises(Forbidden):
        huiyin.move_letter(public_id, "approve", by="director")
    huiyin.move_letter(public_id, "approve", by="director2")


@pytest.mark.parametrize("far", ["submitted", "approved", "issued"])
def test_what_was_handed_over_is_not_edited(huiyin: World, far: str) -> None:
    public_id = huiyin.letter(huiyin.handled(), far)
    before = everything(huiyin)
    with pytest.raises(Conflict) as refused:
        edit(huiyin, public_id)
    assert refused.value.missing == ["is_draft"]
    assert everything(huiyin) == before


def test_the_slower_editor_is_told(either: World) -> None:
    public_id = draft(either, either.handled())
    version = shown(either, public_id)["version"]
    edit(either, public_id, expect=version)
    with pytest.raises(Conflict) as refused:
        edit(either, public_id, by="clerk2", expect=version)
    assert refused.value.version == version + 1


def test_an_edit_is_told_by_its_revision_and_none_of_its_words(huiyin: World) -> None:
    edit(huiyin, draft(huiyin, huiyin.handled()))
    with huiyin.reading():
        event = db.session.scalars(
            select(Event).where(Event.verb == "edit", Event.object_kind == "letter")
        ).one()
        assert event.data == {"revision": 2} and event.note_hash is None


# --- signed
def test_a_letter_that_fails_a_check_is_not_handed_over(huiyin: World) -> None:
    marked = WORDS.model_copy(update={"concern": "〔姓名〕反映路灯不亮。"})
    public_id = draft(huiyin, huiyin.handled(), content=marked)
    with pytest.raises(Conflict) as refused:
        huiyin.move_letter(public_id, "submit", by="clerk")
    assert refused.value.missing == ["checks_pass"]


@pytest.mark.parametrize("far", ["submitted", "approved"])
def test_a_rejected_letter_forgets_signature_and_hand_over(huiyin: World, far: str) -> None:
    public_id = huiyin.letter(huiyin.handled(), far)
    huiyin.move_letter(public_id, "reject", by="director", reason="请补充完成时间")
    row = shown(huiyin, public_id)
    assert (row["state"], row["approver_id"], row["approved_at"], row["submitted_at"]) == (
        "draft",
        None,
        None,
        None,
    )


def test_signing_remembers_who_and_when(huiyin: World) -> None:
    public_id = huiyin.letter(huiyin.handled(), "submitted")
    huiyin.move_letter(public_id, "approve", by="director", at=NOW + timedelta(hours=2))
    with huiyin.reading():
        row = letter(public_id)
        assert row.approver is not None
        assert (row.approver.login, row.approved_at) == ("xs-director", NOW + timedelta(hours=2))


@pytest.mark.parametrize("name", ["reject", "void"])
@pytest.mark.parametrize("reason", ["", "x", " "])
def test_who_sends_a_letter_back_says_why(huiyin: World, name: str, reason: str) -> None:
    public_id = huiyin.letter(huiyin.handled(), "submitted")
    with pytest.raises(Invalid) as refused:
        huiyin.move_letter(public_id, name, by="director", reason=reason)
    assert refused.value.errors[0].field == "reason"


# --- numbered
@pytest.mark.requirement("R5")
def test_number_and_date_come_with_the_issue_and_rendering_is_queued_once(either: World) -> None:
    public_id = either.letter(either.handled(), "issued")
    row = shown(either, public_id)
    assert (row["number"], f"{row['issue_date']}") == ("锡政协办函〔2026〕1号", "2026-11-23")
    with either.reading():
        jobs = db.session.scalars(select(Outbox).where(Outbox.kind == "render_letter")).all()
        assert [job.payload for job in jobs] == [{"letter": row["id"]}]
        issued = db.session.scalars(select(Event).where(Event.verb == "issue")).one()
        assert issued.data == {"number": row["number"]}


@pytest.mark.parametrize(
    ("at", "number", "day"),
    [
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "锡政协办函〔2026〕1号", "2026-12-31"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "锡政协办函〔2027〕1号", "2027-01-01"),
    ],
)
def test_the_year_of_a_number_is_that_of_shanghai(huiyin: World, at: datetime, number: str, day: str) -> None:
    public_id = huiyin.letter(huiyin.handled(), "approved")
    huiyin.move_letter(public_id, "issue", by="clerk", at=at)
    row = shown(huiyin, public_id)
    assert (row["number"], f"{row['issue_date']}") == (number, day)


def test_each_committee_counts_its_own_letters(huiyin: World) -> None:
    other = World(huiyin.app, "dt")
    ours = [shown(huiyin, huiyin.letter(huiyin.handled(), "issued"))["number"] for _ in range(2)]
    theirs = shown(other, other.letter(other.handled(), "issued"))["number"]
    assert [*ours, theirs] == ["锡政协办函〔2026〕1号", "锡政协办函〔2026〕2号", "东政协办函〔2026〕1号"]


def test_a_void_letter_keeps_its_number_and_nobody_gets_it_again(either: World) -> None:
    reference = either.handled()
    first = either.letter(reference, "issued")
    either.move_letter(first, "void", by="director", reason="写错了人")
    second = either.letter(reference, "issued")
    assert shown(either, first)["number"] == "锡政协办函〔2026〕1号"
    assert shown(either, second)["number"] == "锡政协办函〔2026〕2号"


@pytest.mark.requirement("R5")
def test_a_frozen_page_is_never_another_one(either: World) -> None:
    public_id = either.letter(either.handled(), "issued")
    frozen(either, public_id, b"%PDF-first")
    before = everything(either)
    frozen(either, public_id, b"%PDF-second")
    assert everything(either) == before
    assert shown(either, public_id)["pdf_sha256"] == hashlib.sha256(b"%PDF-first").hexdigest()


def test_freezing_is_the_systems_event_with_the_fingerprint(huiyin: World) -> None:
    public_id = huiyin.letter(huiyin.handled(), "issued")
    frozen(huiyin, public_id)
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "freeze")).one()
        assert (event.actor_kind, event.actor_name) == ("system", "jobs")
        assert event.data == {"sha256": hashlib.sha256(b"%PDF-").hexdigest()}


# --- delivered
def test_a_letter_is_due_two_working_days_after_its_issue_and_no_more_once_delivered(huiyin: World) -> None:
    reference = huiyin.handled()
    public_id = huiyin.letter(reference, "issued")
    assert shown(huiyin, public_id)["due_at"] == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    frozen(huiyin, public_id)
    huiyin.move_letter(public_id, "deliver", by="clerk", method="post", delivered_on="2026-11-23")
    assert shown(huiyin, public_id)["due_at"] is None


def test_delivery_of_the_letter_feeds_the_case_back_by_rule(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.delivered(reference)
    assert huiyin.state(reference) == "fed_back"
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "feed_back")).one()
        assert (event.actor_kind, event.actor_name) == ("system", "delivery")


def test_a_case_told_already_is_not_told_again_by_its_letter(huiyin: World) -> None:
    reference = huiyin.handled()
    public_id = huiyin.letter(reference, "issued")
    frozen(huiyin, public_id)
    huiyin.move(reference, "feed_back", told="oral")
    huiyin.move_letter(public_id, "deliver", by="clerk", method="post", delivered_on="2026-11-23")
    with huiyin.reading():
        assert db.session.query(Event).filter_by(verb="feed_back").count() == 1
        assert huiyin.case(reference).told_kind == "oral"


def test_a_letter_voided_after_delivery_leaves_the_case_told(huiyin: World) -> None:
    reference = huiyin.handled()
    public_id = huiyin.delivered(reference)
    huiyin.move_letter(public_id, "void", by="director", reason="内容有误")
    assert huiyin.state(reference) == "fed_back"


@pytest.mark.parametrize("name", ["deliver", "acknowledge", "void", "submit", "approve", "issue"])
def test_a_step_twice_is_a_conflict(huiyin: World, name: str) -> None:
    public_id = huiyin.delivered(huiyin.handled())
    given: dict[str, Any] = {
        "deliver": {"method": "post", "delivered_on": "2026-11-23"},
        "void": {"reason": "内容有误"},
    }.get(name, {})
    if name in ("acknowledge", "void"):
        huiyin.move_letter(public_id, name, by="director", **given)
    with pytest.raises(Conflict):
        huiyin.move_letter(public_id, name, by="director", **given)


def test_a_move_nobody_knows_is_invalid_input(huiyin: World) -> None:
    public_id = draft(huiyin, huiyin.handled())
    with pytest.raises(Invalid) as refused:
        huiyin.move_letter(public_id, "burn", by="director")
    assert refused.value.errors[0].field == "move"


def test_words_of_a_rejection_are_the_offices(huiyin: World) -> None:
    public_id = huiyin.letter(huiyin.handled(), "submitted")
    huiyin.move_letter(public_id, "reject", by="director", reason="请补充完成时间")
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "reject")).one()
        assert [(note.audience, note.text) for note in event.notes] == [("office", "请补充完成时间")]


def test_what_happens_to_a_letter_touches_its_case_but_not_its_version(huiyin: World) -> None:
    reference = huiyin.handled()
    with huiyin.reading():
        version = huiyin.case(reference).version
    later = NOW + timedelta(days=1)
    huiyin.letter(reference, "submitted", at=later)
    with huiyin.reading():
        case: Case = huiyin.case(reference)
        assert (case.version, case.updated_at) == (version, later)
