"""What members hand in: whose it is, what it counts for, and how far it comes by whose hand (S2-07…14)."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.accusing import carried_on
from tests.actions.conftest import everything
from tests.world import MATTER, NOW, World
from tracker.actions import submissions
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.schema import read
from tracker.incoming.submissions import SubmissionEdit
from tracker.models import Event, Outbox, Person, Submission
from tracker.queries import submissions as find

EDITED = {"edited_title": "老旧小区充电设施亟待补齐", "edited_text": MATTER}


def number(world: World) -> int:
    with world.reading():
        return db.session.scalar(select(func.count(Submission.id))) or 0


def person(world: World, login: str) -> str:
    with world.reading():
        return db.session.get_one(Person, world.actor(login).id).public_id


@pytest.mark.requirement("S2-10")
@pytest.mark.parametrize(("who", "group"), [("member", "group"), ("member2", "group2")])
def test_it_belongs_to_the_member_and_the_group_of_that_day(huiyin: World, who: str, group: str) -> None:
    public_id = huiyin.submitted(by=who)
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert found.group is not None
        assert (found.member.login, found.group.key, found.state) == (f"xs-{who}", group, "submitted")


def test_without_a_title_the_first_sentence_is_the_title(huiyin: World) -> None:
    public_id = huiyin.submitted(title="", text="增设集中充电点。\n另外加强巡查。")
    with huiyin.reading():
        assert huiyin.submission(public_id).title == "增设集中充电点"


def test_sent_twice_it_is_kept_once(either: World) -> None:
    first = either.submitted(client_id="phone-1")
    assert either.submitted(client_id="phone-1", text="换了说法，还是那一件") == first
    assert number(either) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "字" * 1501}, "text"),
        ({"submitted_on": "2026-11-24"}, "submitted_on"),
        ({"member": "nobody"}, "member"),
        ({"visit": "nowhere"}, "visit"),
        ({"kind": "poem"}, "kind"),
    ],
)
def test_what_cannot_be_handed_in(huiyin: World, changes: dict[str, Any], field: str) -> None:
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        huiyin.submitted(**changes)
    assert [error.field for error in refused.value.errors] == [field]
    assert everything(huiyin) == before


def test_only_briefs_must_be_brief(huiyin: World) -> None:
    huiyin.submitted("suggestion", text="字" * 1501)
    assert number(huiyin) == 1


@pytest.mark.requirement("S2-25")
@pytest.mark.parametrize(
    ("by", "whose", "error"),
    [
        ("secretary", "member", None),
        ("clerk", "member2", None),
        ("secretary", "member2", Forbidden),
        ("member", "member2", Forbidden),
        ("director", "member", Forbidden),
        ("dept", "member", Forbidden),
        ("clerk", "dt-member", Invalid),
        ("clerk", "clerk", Invalid),
    ],
)
def test_for_whom_somebody_else_may_hand_in(
    huiyin: World, by: str, whose: str, error: type[Exception] | None
) -> None:
    member = person(huiyin, whose)
    if error:
        with pytest.raises(error):
            huiyin.submitted(by=by, member=member)
        assert number(huiyin) == 0
        return
    public_id = huiyin.submitted(by=by, member=member)
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert found.handed_in_by is not None
        assert (found.member.login, found.handed_in_by.login) == (f"xs-{whose}", f"xs-{by}")
        assert db.session.scalars(select(Event.verb)).one() == "submit_for"
        assert db.session.scalars(select(Outbox.kind)).all() == ["notify"]


def test_an_office_has_no_results_of_its_own(huiyin: World) -> None:
    with pytest.raises(Invalid) as refused:
        huiyin.submitted(by="clerk")
    assert [error.field for error in refused.value.errors] == ["member"]


def test_it_may_come_from_the_members_own_visit_only(huiyin: World) -> None:
    own, other = huiyin.visited(), huiyin.visited(by="member2")
    public_id = huiyin.submitted(visit=own)
    with huiyin.reading():
        visit = huiyin.submission(public_id).visit
        assert visit is not None and visit.public_id == own
    with pytest.raises(Invalid):
        huiyin.submitted(visit=other)


@pytest.mark.requirement("S2-09")
def test_a_brief_is_edited_by_one_and_signed_by_another(huiyin: World) -> None:
    public_id = huiyin.submitted()
    huiyin.move_submission(public_id, "select")
    huiyin.move_submission(public_id, "check", by="director", **EDITED)
    with pytest.raises(Forbidden):
        huiyin.move_submission(public_id, "sign", by="director")
    with pytest.raises(Forbidden):
        huiyin.move_submission(public_id, "sign", by="clerk")
    huiyin.move_submission(public_id, "sign", by="director2")
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert (found.state, found.title, found.edited_title) == (
            "signed",
            "老旧小区充电桩不足",
            EDITED["edited_title"],
        )


def test_a_brief_goes_up_is_adopted_noted_and_told(huiyin: World) -> None:
    public_id = huiyin.brief("sent_up")
    huiyin.move_submission(
        public_id, "adopt", level="province", manner="single", adopted_on="2026-11-23", place="专报"
    )
    huiyin.move_submission(public_id, "adopt", level="city", manner="combined", adopted_on="2026-11-23")
    huiyin.move_submission(
        public_id, "leader_note", office="市政府分管领导", text="请住建局研究。", noted_on="2026-11-23"
    )
    huiyin.move_submission(public_id, "tell", reason="已被省级采用，感谢您的信息。")
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert [row.level for row in found.adoptions] == ["province", "city"]
        assert [row.office for row in found.leader_notes] == ["市政府分管领导"]
        assert (found.state, found.sent_to, found.told_at is None) == ("sent_up", ["city"], False)


@pytest.mark.parametrize(
    ("kind", "steps", "state"),
    [
        (
            "suggestion",
            [("forward", {"forwarded_to": "区住建局"}), ("answer", {"answer": "已列入计划"})],
            "answered",
        ),
        ("suggestion", [("file", {}), ("answer", {"answer": "已列入计划"})], "answered"),
        (
            "talent_lead",
            [("follow_up", {"done_on": "2026-11-23"}), ("settle", {"reason": "已签约"})],
            "settled",
        ),
        (
            "investment_lead",
            [("drop", {"reason": "暂无意向"}), ("follow_up", {"done_on": "2026-11-23", "policy_sent": "1"})],
            "following",
        ),
        ("brief", [("keep", {"reason": "已有同类信息"}), ("select", {})], "selected"),
    ],
)
@pytest.mark.requirement("S2-13")
def test_each_kind_has_its_own_life(
    huiyin: World, kind: str, steps: list[tuple[str, dict[str, Any]]], state: str
) -> None:
    public_id = huiyin.submitted(kind)
    for name, given in steps:
        huiyin.move_submission(public_id, name, **given)
    with huiyin.reading():
        assert huiyin.submission(public_id).state == state


@pytest.mark.parametrize(("kind", "name"), [("suggestion", "select"), ("brief", "file"), ("brief", "settle")])
def test_a_step_of_another_life_is_none_of_this_one(huiyin: World, kind: str, name: str) -> None:
    public_id = huiyin.submitted(kind)
    with pytest.raises(Conflict):
        huiyin.move_submission(public_id, name, **({"reason": "已经落地"} if name == "settle" else {}))


def test_a_step_nobody_knows_is_a_fault_of_the_form(huiyin: World) -> None:
    with pytest.raises(Invalid):
        huiyin.move_submission(huiyin.submitted(), "publish")


@pytest.mark.parametrize(
    ("name", "field", "given"),
    [
        ("send_up", "sent_up_on", {"sent_to": ["city"], "sent_up_on": "2026-12-01"}),
        ("follow_up", "done_on", {"done_on": "2026-12-01"}),
        ("follow_up", "next_on", {"done_on": "2026-11-23", "next_on": "2026-11-01"}),
    ],
)
def test_days_must_be_possible(huiyin: World, name: str, field: str, given: dict[str, Any]) -> None:
    public_id = huiyin.brief("signed") if name == "send_up" else huiyin.submitted("investment_lead")
    with pytest.raises(Invalid) as refused:
        huiyin.move_submission(public_id, name, **given)
    assert [error.field for error in refused.value.errors] == [field]


def test_the_writer_corrects_and_takes_back_until_the_office_begins(huiyin: World) -> None:
    public_id = huiyin.submitted()
    given = read(SubmissionEdit, {"title": "新的标题", "text": "说得更清楚一些"})
    with huiyin.writing():
        submissions.correct(huiyin.submission(public_id), given, by=huiyin.actor("member"))
    huiyin.move_submission(public_id, "select")
    with huiyin.writing(), pytest.raises(Conflict):
        submissions.correct(huiyin.submission(public_id), given, by=huiyin.actor("member"))
    with pytest.raises(Conflict):
        huiyin.move_submission(public_id, "withdraw", by="member")
    other = huiyin.submitted()
    huiyin.move_submission(other, "withdraw", by="member")
    with huiyin.reading():
        assert huiyin.submission(public_id).title == "新的标题"
        assert huiyin.submission(other).state == "withdrawn"


def test_a_correction_keeps_to_the_length_of_a_brief(huiyin: World) -> None:
    public_id = huiyin.submitted()
    given = read(SubmissionEdit, {"title": "新的标题", "text": "字" * 1501})
    with huiyin.writing(), pytest.raises(Invalid):
        submissions.correct(huiyin.submission(public_id), given, by=huiyin.actor("member"))


def test_its_events_name_no_case_and_hold_no_words(huiyin: World) -> None:
    public_id = huiyin.submitted()
    huiyin.move_submission(public_id, "keep", reason="已有同类信息")
    with huiyin.reading():
        for event in db.session.scalars(select(Event)):
            assert (event.object_kind, event.case_id, event.data) == ("submission", None, {})


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "leader"])
def test_what_became_an_accusation_is_read_by_its_few(huiyin: World, who: str) -> None:
    public_id = huiyin.submitted(text="村主任私分救济粮")
    carried_on(huiyin, public_id)
    with huiyin.reading():
        assert find.get(public_id, huiyin.actor("director")).is_accusation
        with pytest.raises(NotFound):
            find.get(public_id, huiyin.actor(who))
        assert find.page(huiyin.actor(who), now=NOW).items == []


def test_the_register_keeps_what_became_an_accusation_from_the_clerks(huiyin: World) -> None:
    carried_on(huiyin, huiyin.submitted())
    with huiyin.reading():
        assert find.register(huiyin.actor("clerk")).items == []
        assert len(find.register(huiyin.actor("director")).items) == 1


def test_whoever_edited_while_the_signature_waited_does_not_sign(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = huiyin.brief("edited")
    with huiyin.reading():
        director = huiyin.actor("director").id

    def waited(found: Submission, _expect: int | None = None) -> None:
        found.editor_id = director

    monkeypatch.setattr(submissions, "lock", waited)
    with pytest.raises(Forbidden):
        huiyin.move_submission(public_id, "sign", by="director")
