"""Every event has its row, and no row has a place for more than a number and a link (T33)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests import agendas, campaigning, contacting, inviting
from tests.campaigning import begun, moved
from tests.forms_world import annex1, confirmed, sent
from tests.world import World
from tracker.actions import (
    activities,
    booklets,
    campaigns,
    cases,
    conversions,
    diary,
    digests,
    group_reports,
    letters,
    outbox,
    submissions,
)
from tracker.actions import notices as bell
from tracker.extensions import db
from tracker.incoming.activities import WorkstationEdit
from tracker.incoming.booklets import BookletIn
from tracker.incoming.cases import NoteIn
from tracker.incoming.group_reports import FindingIn
from tracker.incoming.letters import LetterIn
from tracker.incoming.submissions import CarryOnIn, FromCaseIn, SubmissionEdit
from tracker.models import Event, Outbox, Person
from tracker.outgoing import notices
from tracker.outgoing.notices import NOTICES, Silent, Template
from tracker.queries import recipients
from tracker.queries.moves import RULEBOOKS
from tracker.queries.recipients import AUDIENCES
from tracker.rules.spans import span

MOVES = sorted(f"{book.noun}.{name}" for book in RULEBOOKS.values() for name in book.names)
ELSE = ("case.raise", "case.rate", "case.instruct", "case.receipt", "letter.freeze", "job.park")


@pytest.mark.parametrize("name", [*MOVES, *ELSE])
def test_every_event_is_told_or_silent_on_purpose(name: str) -> None:
    assert isinstance(NOTICES[name], Template | Silent)


@pytest.mark.parametrize("name", sorted(name for name, row in NOTICES.items() if isinstance(row, Template)))
def test_a_sentence_is_for_somebody_and_has_no_place_for_a_name(name: str) -> None:
    template = NOTICES[name]
    assert isinstance(template, Template)
    assert template.audience and set(template.audience) <= set(AUDIENCES)
    assert re.fullmatch(r"[\u4e00-\u9fff，]+", template.text)


@pytest.mark.parametrize("name", sorted(name for name, row in NOTICES.items() if isinstance(row, Silent)))
def test_silence_has_a_reason(name: str) -> None:
    row = NOTICES[name]
    assert isinstance(row, Silent) and len(row.why) > 10
    assert notices.template(name) is None


def test_an_event_nobody_thought_of_is_refused() -> None:
    with pytest.raises(KeyError):
        notices.template("case.surprise")


@pytest.mark.parametrize(
    ("given", "endpoint"),
    [
        ({"case": "XS-2026-000001"}, "cases.show"),
        ({"assignment": "Ab_-9", "case": "XS-2026-000001"}, "assignments.show"),
        ({"letter": "Ab_-9", "case": "XS-2026-000001"}, "letters.show"),
        ({"submission": "Ab_-9"}, "submissions.show"),
        ({"booklet": "Ab_-9"}, "booklets.show"),
        ({"activity": "Ab_-9"}, "activities.show"),
        ({"workstation": "Ab_-9"}, "workstations.show"),
        ({"campaign": "Ab_-9"}, "campaigns.show"),
        ({}, "pages.desk"),
    ],
)
def test_links_open_pages_that_exist(app: Flask, given: dict[str, str], endpoint: str) -> None:
    address = notices.link("https://huiyin.example/", **given)
    adapter = app.url_map.bind("huiyin.example", url_scheme="https")
    found, _ = adapter.match(address.removeprefix("https://huiyin.example"))
    assert found == endpoint


# --- who is told, event by event

WHY = "经现场核实，这条路的照明由市政养护单位负责，不归我局管理。"
OFFICE = {"clerk", "clerk2"}
DIRECTORS = {"director", "director2"}
Came = Callable[[World], object]


def _reworked(world: World) -> None:
    world.move(world.handled(), "rework", note="再核实一次")


def _reopened(world: World) -> None:
    world.rated(world.fed_back(), "dissatisfied", by="resident")


def _asked_back(world: World) -> str:
    (share,) = world.shares(world.coordinated())
    world.move_share(share, "request_return", reason=WHY)
    return share


def _decided(world: World, granted: bool) -> None:
    world.move_share(_asked_back(world), "decide_return", by="clerk2", granted=granted, note="按职责分工")


def _merged(world: World) -> str:
    master, child = world.raised(by="member2"), world.raised()
    world.move(child, "merge", into=master, reason="duplicate")
    return child


def _instructed(world: World) -> None:
    reference = world.raised()
    with world.writing():
        cases.note(
            world.case(reference), NoteIn(text="请尽快办理"), by=world.actor("leader"), verb="instruct"
        )


def _share(world: World, name: str, by: str, **given: Any) -> None:
    (share,) = world.shares(world.replied() if name in ("approve_reply", "rework") else world.coordinated())
    world.move_share(share, name, by=by, **given)


def _waived(world: World) -> None:
    reference = world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    world.move_share(world.shares(reference)[1], "waive", by="clerk", note="已书面说明")


def _letter(world: World, upto: str, name: str = "", by: str = "") -> None:
    letter = world.letter(world.handled(), upto)
    if name:
        world.move_letter(letter, name, by=by, reason="请核对日期")


def _brief(world: World, upto: str, name: str, by: str = "clerk", **given: Any) -> None:
    world.move_submission(world.brief(upto), name, by=by, **given)


def _handed_in(world: World, kind: str, *steps: tuple[str, dict[str, Any]]) -> None:
    public_id = world.submitted(kind)
    for name, given in steps:
        world.move_submission(public_id, name, **given)


def _for_a_member(world: World) -> None:
    with world.reading():
        member = db.session.get_one(Person, world.actor("member").id).public_id
    world.submitted(by="clerk", member=member)


def _corrected(world: World) -> None:
    public_id = world.submitted()
    with world.writing():
        given = SubmissionEdit(title="改正标题", text="改正错字")
        submissions.correct(world.submission(public_id), given, by=world.actor("clerk"))


def _carried_on(world: World) -> None:
    public_id = world.submitted()
    with world.writing():
        given = CarryOnIn(into="proposal_lead", title="充电设施")
        conversions.carry_on(world.submission(public_id), given, by=world.actor("clerk"))


def _case_carried_on(world: World) -> None:
    reference = world.raised()
    with world.writing():
        given = FromCaseIn(into="research_topic", title="夜间照明")
        conversions.from_case(world.case(reference), given, by=world.actor("clerk"))


def _imported(world: World) -> None:
    confirmed(world, sent(world, ("登记表.docx", annex1()), by="member"), by="member")


def _parked(world: World) -> None:
    world.raised()
    with world.writing():
        outbox.put("notify", "odd:1", {}, world.actor("clerk").committee_id)
        db.session.flush()
        bell.alert(db.session.scalars(select(Outbox).where(Outbox.effect_key == "odd:1")).one())


def _booklet(*steps: tuple[str, str]) -> Came:
    """An empty one of which the diary tells these acts."""

    def come_about(world: World) -> None:
        with world.writing():
            booklet = booklets.begin(BookletIn(title="汇编"), by=world.actor("clerk"))
            for name, who in steps:
                by = world.actor(who)
                diary.write(booklet, name, by=by)

    return come_about


def _decided_on(name: str, by: str) -> Came:
    """An invitation the secretary proposed."""

    def come_about(world: World) -> None:
        public_id = inviting.proposed(world, inviting.meeting(world))
        inviting.moved(world, public_id, name, by=by, **({"reason": "名额已满"} if name == "decline" else {}))

    return come_about


def _changed(**given: Any) -> Came:
    """The clerk changes a meeting to which the secretary's guest was let in."""

    def come_about(world: World) -> None:
        meeting = inviting.meeting(world)
        inviting.moved(world, inviting.proposed(world, meeting), "approve", by="director")
        inviting.changed(world, meeting, **given)

    return come_about


def _rechecked(world: World) -> None:
    station = contacting.opened(world)
    with world.writing():
        given = WorkstationEdit(kind="studio", name="议事厅", opened_on=contacting.OPENED)
        activities.edit_workstation(contacting.station(world, station), given, by=world.actor("secretary"))


def _digest(world: World) -> None:
    with world.writing():
        digests.send(span("week", date(2026, 11, 20)), by=world.actor("director"))


def _reported(*steps: tuple[str, str]) -> Came:
    """A group's figures on their way; each step by whom."""

    def come_about(world: World) -> None:
        begun(world)
        for name, who in steps:
            given = {"reason": "请再核对"} if name == "reopen" else {}
            moved(world, name, by=who, **given)

    return come_about


def _supervised(world: World) -> None:
    begun(world)
    with world.writing():
        finding = FindingIn(found_on=date(2026, 11, 20), finding="两位委员尚未走访")
        group_reports.supervise(campaigning.report(world), finding, by=world.actor("clerk"))


def _reminded(world: World) -> None:
    begun(world)
    world.visited(by="member2")
    with world.writing():
        campaigns.remind(campaigning.campaign(world), by=world.actor("clerk"))


def _studied(world: World) -> None:
    """A case that departments handle was decided on."""
    agendas.decided(world, agendas.standing(world)[2])


TOLD: dict[str, tuple[Came, set[str]]] = {
    "case.raise": (lambda world: world.raised(), OFFICE),
    "case.coordinate": (lambda world: world.coordinated(), {"member"}),
    "case.handle": (lambda world: world.handled(), {"member"}),
    "case.feed_back": (lambda world: world.fed_back(), {"member"}),
    "case.rework": (_reworked, {"member"}),
    "case.reopen": (_reopened, OFFICE | DIRECTORS | {"member"}),
    "case.recall": (lambda world: _decided(world, True), OFFICE),
    "case.withdraw": (lambda w: w.move(w.raised(), "withdraw", reason="群众撤回"), {"clerk2", "member"}),
    "case.decline": (lambda w: w.move(w.raised(), "decline", reason="已进入诉讼程序"), {"member"}),
    "case.merge": (_merged, {"member"}),
    "case.unmerge": (lambda world: world.move(_merged(world), "unmerge"), {"member"}),
    "case.rate": (lambda w: w.rated(w.fed_back(), "satisfied", by="resident"), OFFICE),
    "case.instruct": (_instructed, OFFICE | DIRECTORS),
    "assignment.dispatch": (lambda world: world.coordinated(), {"dept"}),
    "assignment.request_return": (_asked_back, OFFICE | DIRECTORS),
    "assignment.decide_return": (lambda world: _decided(world, False), {"dept"}),
    "assignment.reply": (lambda world: world.replied(), OFFICE),
    "assignment.approve_reply": (lambda world: _share(world, "approve_reply", "clerk"), {"dept"}),
    "assignment.rework": (lambda w: _share(w, "rework", "clerk", reason="没有完成时间"), {"dept"}),
    "assignment.waive": (_waived, {"dept2"}),
    "assignment.revoke": (lambda w: _share(w, "revoke", "director", reason="选错了单位"), {"dept"}),
    "letter.submit": (lambda world: _letter(world, "submitted"), DIRECTORS),
    "letter.approve": (lambda world: _letter(world, "approved"), OFFICE),
    "letter.reject": (lambda w: _letter(w, "submitted", "reject", "director"), {"clerk"}),
    "letter.freeze": (lambda world: world.delivered(world.handled()), OFFICE),
    "letter.void": (lambda w: _letter(w, "issued", "void", "director"), OFFICE),
    "submission.submit_for": (_for_a_member, {"member"}),
    "submission.correct": (_corrected, {"member"}),
    "submission.withdraw": (lambda w: _brief(w, "submitted", "withdraw"), {"member"}),
    "submission.select": (lambda world: world.brief("selected"), {"member"}),
    "submission.keep": (lambda w: _brief(w, "submitted", "keep", reason="已有同类"), {"member"}),
    "submission.check": (lambda world: world.brief("edited"), DIRECTORS),
    "submission.send_back": (
        lambda w: _brief(w, "edited", "send_back", "director", reason="太长"),
        {"clerk"},
    ),
    "submission.sign": (lambda world: world.brief("signed"), {"member", "clerk"}),
    "submission.send_up": (lambda world: world.brief("sent_up"), {"member"}),
    "submission.adopt": (
        lambda w: _brief(w, "sent_up", "adopt", level="city", manner="single", adopted_on="2026-11-23"),
        {"member"},
    ),
    "submission.leader_note": (
        lambda w: _brief(
            w, "sent_up", "leader_note", office="分管领导", text="请研究", noted_on="2026-11-23"
        ),
        {"member"},
    ),
    "submission.tell": (lambda w: _brief(w, "sent_up", "tell", reason="已被采用"), {"member"}),
    "submission.file": (lambda w: _handed_in(w, "suggestion", ("file", {})), {"member"}),
    "submission.forward": (
        lambda w: _handed_in(w, "suggestion", ("forward", {"forwarded_to": "区住建局"})),
        {"member"},
    ),
    "submission.answer": (
        lambda w: _handed_in(w, "suggestion", ("file", {}), ("answer", {"answer": "已列入计划"})),
        {"member"},
    ),
    "submission.follow_up": (
        lambda w: _handed_in(w, "talent_lead", ("follow_up", {"done_on": "2026-11-23"})),
        {"member"},
    ),
    "submission.settle": (
        lambda w: _handed_in(
            w, "talent_lead", ("follow_up", {"done_on": "2026-11-23"}), ("settle", {"reason": "已签约"})
        ),
        {"member", "clerk2"},
    ),
    "submission.drop": (
        lambda w: _handed_in(w, "talent_lead", ("drop", {"reason": "暂无意向"})),
        {"member"},
    ),
    "submission.convert": (_carried_on, {"member"}),
    "case.convert": (_case_carried_on, {"member"}),
    "booklet.submit": (_booklet(("submit", "clerk")), {"clerk2"} | DIRECTORS),
    "booklet.check": (_booklet(("check", "clerk2")), DIRECTORS),
    "booklet.approve": (_booklet(("approve", "director")), OFFICE),
    "booklet.publish": (_booklet(("publish", "clerk")), {"clerk2"} | DIRECTORS),
    "booklet.return": (_booklet(("return", "director")), OFFICE),
    "booklet.recall": (_booklet(("recall", "director")), OFFICE | {"director2"}),
    "invitee.approve": (_decided_on("approve", "director"), {"secretary"}),
    "invitee.decline": (_decided_on("decline", "director"), {"secretary"}),
    "invitee.tell_change": (_changed(title="改在周三的座谈会"), {"secretary", "director"}),
    "invitee.tell_cancelled": (_changed(cancelled=True), {"secretary", "director"}),
    "workstation.recheck": (_rechecked, OFFICE),
    "agenda_item.put_on": (lambda world: agendas.standing(world), {"member"}),
    "agenda_item.take_off": (lambda w: agendas.taken_off(w, agendas.standing(w)[2]), {"clerk2"}),
    "agenda_item.decide": (_studied, {"clerk2"} | DIRECTORS),
    "assignment.tell_decision": (_studied, {"dept"}),
    "campaign.remind": (_reminded, {"member", "member2"}),
    "group_report.confirm": (_reported(("confirm", "secretary")), OFFICE),
    "group_report.receive": (_reported(("confirm", "secretary"), ("receive", "clerk")), {"secretary"}),
    "group_report.reopen": (
        _reported(("confirm", "secretary"), ("reopen", "clerk")),
        {"secretary", "clerk2"},
    ),
    "group_report.supervise": (_supervised, {"secretary"}),
    "digest.send": (_digest, {"director2", "leader"}),
    "import.confirm_forms": (_imported, OFFICE),
    "job.park": (_parked, {"admin"}),
}


def told(world: World, name: str) -> list[str]:
    """Logins, each as often as it is told, that hear of the newest event of this name."""
    kind, _, verb = name.partition(".")
    with world.reading():
        query = select(Event.id).where(Event.object_kind == kind, Event.verb == verb)
        event = db.session.scalars(query.order_by(Event.id.desc()).limit(1)).one()
        template = notices.template(name)
        assert template is not None
        found = recipients.of(recipients.about(event), template.audience)
        return sorted(person.login for person in found)


def test_every_row_that_tells_somebody_is_tried() -> None:
    speaking = {name for name, row in NOTICES.items() if isinstance(row, Template)}
    assert set(TOLD) == speaking - {notices.RECEIPT}


@pytest.mark.parametrize("name", TOLD)
def test_who_hears_of_each_event(huiyin: World, name: str) -> None:
    come_about, people = TOLD[name]
    come_about(huiyin)
    assert told(huiyin, name) == sorted(f"xs-{login}" for login in people)


def test_a_rule_driven_move_is_told_to_the_raiser_too(huiyin: World) -> None:
    huiyin.delivered(huiyin.handled())
    assert told(huiyin, "case.feed_back") == ["xs-member"]


def test_the_second_department_hears_of_its_own_share_only(huiyin: World) -> None:
    huiyin.coordinated(units=(("transport", "lead"), ("housing", "co")))
    assert told(huiyin, "assignment.dispatch") == ["xs-dept"]


def test_a_director_who_drafted_does_not_hear_that_it_waits_for_a_signature(huiyin: World) -> None:
    reference = huiyin.handled()
    with huiyin.writing():
        letter = letters.draft(huiyin.case(reference), LetterIn(), by=huiyin.actor("director2")).public_id
    huiyin.move_letter(letter, "submit", by="clerk")
    assert told(huiyin, "letter.submit") == ["xs-director"]


def test_of_an_accusation_the_office_hears_nothing(huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True)
    huiyin.move(reference, "withdraw", by="director", reason="已当面说明")
    assert told(huiyin, "case.withdraw") == ["xs-director2", "xs-member"]


@pytest.mark.requirement("T33")
@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"case": "XS-2026-000001"}, "/cases/XS-2026-000001"),
        ({"assignment": "a", "letter": "b", "case": "c"}, "/assignments/a"),
        ({"letter": "b", "case": "c"}, "/letters/b"),
        ({"assignment": None, "letter": "", "case": None}, "/"),
        ({"case": "a b?x=1#y"}, "/cases/a%20b%3Fx%3D1%23y"),
    ],
)
@pytest.mark.parametrize("base", ["https://huiyin.example", "https://huiyin.example/", ""])
def test_a_link_leads_to_the_nearest_thing(base: str, given: dict[str, str | None], path: str) -> None:
    assert notices.link(base, **given) == base.rstrip("/") + path


def test_an_event_is_named_by_its_thing_and_its_verb() -> None:
    assert notices.name_of("letter", "issue") in NOTICES
