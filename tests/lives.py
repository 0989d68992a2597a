"""A row in every state of every life, and whole input for every move: what general tests of moves walk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests import campaigning, inviting
from tests.campaigning import START
from tests.world import MATTER, REPLY, World
from tracker.actions import (
    assignments,
    booklet_items,
    booklets,
    campaigns,
    cases,
    group_reports,
    invitees,
    letter_preview,
    letter_words,
    letters,
    submissions,
)
from tracker.actions.booklets import Made
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.group_reports import StoryIn
from tracker.models import Booklet, Campaign, GroupReport, Letter
from tracker.queries import group_reports as reports
from tracker.rules.actors import Actor

Find = Callable[[], Any]

REASON = "该路段由交通部门管养，我局无权处置，请改派。"
TODAY = "2026-11-23"


# --- where they stand
def _cases(world: World) -> Iterator[Find]:
    """In every state, and in every way a case can end."""
    master = world.raised()
    yield partial(world.case, master)
    for reference in (world.raised(), world.coordinated(), world.handled(), world.fed_back()):
        yield partial(world.case, reference)
    for name, given in (
        ("withdraw", {"note": "不办了"}),
        ("decline", {"note": "不属于"}),
        ("merge", {"into": master}),
    ):
        reference = world.raised()
        world.move(reference, name, **given)
        yield partial(world.case, reference)
    closed = world.fed_back()
    world.move(closed, "close", by="director")
    yield partial(world.case, closed)


def _shares(world: World) -> Iterator[Find]:
    yield partial(world.share, world.drafted(world.coordinated(), "transport", "co", confirmed=False))
    for step in SHARE_STEPS:
        share = world.shares(world.coordinated())[0]
        for name, who, given in step:
            world.move_share(share, name, by=who, **given)
        yield partial(world.share, share)
    waived = world.shares(world.coordinated(units=(("housing", "lead"), ("transport", "co"))))[1]
    world.move_share(waived, "waive", by="clerk")
    yield partial(world.share, waived)


_REPLY = ("reply", "dept", {"result_class": "A", "text": REPLY, "contact_record": "on_site"})
_ASK_BACK = ("request_return", "dept", {"reason": REASON})
SHARE_STEPS: tuple[tuple[tuple[str, str, dict[str, Any]], ...], ...] = (
    (),
    (("accept", "dept", {}),),
    (_ASK_BACK,),
    (_ASK_BACK, ("decide_return", "clerk", {"granted": True})),
    (("revoke", "director", {"reason": "主管单位有误"}),),
    (_REPLY,),
    (_REPLY, ("rework", "clerk", {"reason": "没有写明责任单位"})),
    (_REPLY, ("approve_reply", "clerk", {})),
)


def _letters(world: World) -> Iterator[Find]:
    for state in ("draft", "submitted", "approved", "issued"):
        yield partial(_letter, world.letter(world.handled(), state))
    delivered, acknowledged = world.delivered(world.handled()), world.delivered(world.handled())
    world.move_letter(acknowledged, "acknowledge", by="clerk")
    void = world.letter(world.handled())
    world.move_letter(void, "void", by="director", reason="发错了人")
    for public_id in (delivered, acknowledged, void):
        yield partial(_letter, public_id)


def _letter(public_id: str) -> Letter:
    return db.session.query(Letter).filter_by(public_id=public_id).one()


def _group_reports(world: World) -> Iterator[Find]:
    """One nobody wrote about yet, one that was only written about, and what follows: a campaign each."""
    stages: tuple[tuple[tuple[str, str], ...], ...] = (
        (),
        (),
        (("confirm", "secretary"),),
        (("confirm", "secretary"), ("receive", "clerk")),
    )
    for number, steps in enumerate(stages):
        with world.writing(START):
            clerk = world.actor("clerk")
            opened = campaigns.open_from(presets.load("xishan").campaigns[0], 2026 + number, by=clerk)
            find = partial(_report, world, opened.id)
            if number:
                group_reports.write_story(find(), StoryIn(story="走访二十户。"), by=clerk)
        for name, who in steps:
            with world.writing():
                group_reports.move(find(), name, by=world.actor(who), given={})
        yield find


def _report(world: World, campaign_id: int) -> GroupReport:
    campaign = db.session.get_one(Campaign, campaign_id)
    return reports.get(campaign, campaigning.group_id(world), world.actor("clerk"))


def _booklets(world: World) -> Iterator[Find]:
    """Each of one visit; its files are there without a printer."""
    world.visited()
    steps = (("submit", "clerk"), ("check", "clerk2"), ("approve", "director"), ("publish", "clerk"))
    for last in range(len(steps) + 1):
        find = partial(_booklet, world.booklet())
        with world.writing():
            booklet_items.confirm(find(), find().items, by=world.actor("clerk"))
        for name, who in steps[:last]:
            with world.writing():
                booklets.move(find(), name, by=world.actor(who))
                booklets.keep(find(), find().revision, [Made("pdf", b"%PDF-"), Made("docx", b"PK")])
        yield find


def _booklet(public_id: str) -> Booklet:
    return db.session.query(Booklet).filter_by(public_id=public_id).one()


def _invitees(world: World) -> Iterator[Find]:
    """Of a meeting on the very day."""
    steps = ((), ("approve",), ("approve", "attend"), ("approve", "miss"), ("decline",), ("withdraw",))
    meeting = inviting.meeting(world)
    for number, names in enumerate(steps):
        public_id = inviting.proposed(world, meeting, called=f"蒋秋{'一二三四五六'[number]}")
        for name in names:
            who = "director" if name in ("approve", "decline") else "secretary"
            inviting.moved(world, public_id, name, by=who, **GIVEN["invitee"][name])
        yield partial(inviting.invitee, public_id)


def _briefs(world: World) -> Iterator[Find]:
    for state in ("submitted", "selected", "edited", "signed", "sent_up"):
        yield partial(world.submission, world.brief(state))
    yield from _submitted(world, "brief", (("keep",), ("withdraw",)))


def _suggestions(world: World) -> Iterator[Find]:
    steps = ((), ("file",), ("forward",), ("forward", "answer"), ("withdraw",))
    yield from _submitted(world, "suggestion", steps)


def _leads(world: World) -> Iterator[Find]:
    steps = ((), ("follow_up",), ("follow_up", "settle"), ("drop",), ("withdraw",))
    yield from _submitted(world, "investment_lead", steps)


def _submitted(world: World, kind: str, steps: tuple[tuple[str, ...], ...]) -> Iterator[Find]:
    for names in steps:
        public_id = world.submitted(kind)
        for name in names:
            world.move_submission(public_id, name, **GIVEN["submission"][name])
        yield partial(world.submission, public_id)


# --- how they are moved
def _move_letter(letter: Letter, name: str, *, by: Actor, given: dict[str, Any]) -> None:
    """The entrances render before they write; nobody waits here."""
    asked = name == "submit" and letter.state == "draft"
    proof = letter_preview.of(letter, letter_words.content(letter))() if asked else None
    letters.move(letter, name, by=by, given=given, preview=proof)


@dataclass(frozen=True)
class Life:
    """``rows`` finds the things inside an open transaction, ``move`` is what every entrance calls."""

    rows: Callable[[World], Iterator[Find]]
    move: Callable[..., Any]


LIVED = {
    "case": Life(_cases, cases.move),
    "assignment": Life(_shares, assignments.move),
    "letter": Life(_letters, _move_letter),
    "group_report": Life(_group_reports, group_reports.move),
    "booklet": Life(_booklets, booklets.move),
    "invitee": Life(_invitees, invitees.move),
    "brief": Life(_briefs, submissions.move),
    "suggestion": Life(_suggestions, submissions.move),
    "lead": Life(_leads, submissions.move),
}

# Whole input for every move, by noun, so that only role and state can refuse it. A case is merged into the
# first there is.
GIVEN: dict[str, dict[str, dict[str, Any]]] = {
    "case": {
        "coordinate": {"route": "quick", "result": "已电话告知"},
        "handle": {},
        "feed_back": {"told": "oral"},
        "rework": {"note": "再核实一次"},
        "withdraw": {"note": "当事人撤回"},
        "decline": {"note": "不属于受理范围"},
        "merge": {"into": "XS-2026-000001"},
        "unmerge": {},
        "close": {},
        "reopen": {},
        "recall": {},
    },
    "assignment": {
        "dispatch": {},
        "accept": {},
        "request_return": {"reason": REASON},
        "decide_return": {"granted": True},
        "reply": {"result_class": "A", "text": REPLY, "contact_record": "on_site"},
        "approve_reply": {},
        "rework": {"reason": "没有写明责任单位"},
        "waive": {},
        "revoke": {"reason": "主管单位有误"},
    },
    "letter": {
        "submit": {},
        "approve": {},
        "reject": {"reason": "落款有误"},
        "issue": {},
        "deliver": {"method": "in_person", "delivered_on": TODAY},
        "acknowledge": {},
        "void": {"reason": "发错了人"},
    },
    "group_report": {"confirm": {}, "receive": {}, "reopen": {"reason": "漏了一次走访"}},
    "booklet": {
        "submit": {},
        "check": {},
        "approve": {},
        "publish": {},
        "return": {"reason": "第三页有错字"},
        "recall": {"reason": "有一条要改"},
        "amend": {},
    },
    "invitee": {
        "approve": {},
        "decline": {"reason": "名额已满"},
        "attend": {},
        "miss": {},
        "speak": {"speech": "北门路灯半个月不亮。"},
        "withdraw": {},
    },
    "submission": {
        "select": {},
        "keep": {"reason": "已有同类信息"},
        "check": {"edited_title": "老旧小区充电设施亟待补齐", "edited_text": MATTER},
        "send_back": {"reason": "数据要核实"},
        "sign": {},
        "send_up": {"sent_to": ["city"], "sent_up_on": TODAY},
        "adopt": {"level": "city", "manner": "single", "adopted_on": TODAY},
        "leader_note": {"office": "区委书记", "text": "请住建局研究。", "noted_on": TODAY},
        "tell": {"reason": "已报市政协"},
        "withdraw": {},
        "forward": {"forwarded_to": "区住房和城乡建设局"},
        "file": {},
        "answer": {"answer": "已列入明年计划。"},
        "follow_up": {"done_on": TODAY},
        "settle": {"reason": "已签约"},
        "drop": {"reason": "对方没有意向"},
    },
}
