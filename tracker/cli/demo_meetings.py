"""The demonstration's meetings with residents: one that was held and what came of it, one that is to come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from tracker.actions import activities as acts
from tracker.actions import cases, heard, invitees, submissions
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock
from tracker.incoming.activities import ActivityIn
from tracker.incoming.cases import HeardCaseIn
from tracker.incoming.invitees import ApproveIn, InviteeIn
from tracker.incoming.submissions import SubmissionIn
from tracker.models import Activity, Case, Invitee
from tracker.queries import heard as places
from tracker.queries import reference
from tracker.queries import submissions as handed_in
from tracker.queries.heard import Place
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

Who = Callable[[str], Actor]
Guests = tuple[tuple[str, str, str], ...]
# Name, for whom, in which capacity.
CAME: Final[dict[str, Guests]] = {
    "xs": (
        ("蒋秋萍", "云林苑居民代表", "speaker"),
        ("浦志良", "沿街商户代表", "speaker"),
        ("顾建平", "教育界", "participant"),
        ("华银娣", "老年协会", "participant"),
    ),
    "dt": (
        ("崔佩芳", "农贸市场经营户", "speaker"),
        ("卞长根", "村民代表", "participant"),
        ("吉晓岚", "青年人才代表", "participant"),
    ),
}
ASKED: Final[Guests] = (
    ("钱永兴", "工商联企业代表", "observer"),
    ("尤秀珍", "社区居民代表", "observer"),
    ("邹国平", "科技界", "speaker"),
)
SPEECH: Final = (
    "小区门口的公交站没有雨棚，早高峰排队的人站到了机动车道上，下雨天更危险，希望加装雨棚和护栏。",
    "沿街商户晚上收摊以后没有地方倒垃圾，几家合起来出过钱也没人收，盼望有一个固定的收运时间。",
)
STOP: Final = "公交站没有雨棚，早高峰候车人站到机动车道"
RESULT: Final = "已联系公交公司，本站雨棚和护栏列入本月改造。"
BRIEF: Final = (
    "不少商户反映，夜间经营集中的路段没有晚间垃圾收运，商户自行堆放，影响街面和早市。"
    "建议由镇街统筹，在夜间经营路段增加一次晚间收运，并公示时间和责任人。"
)


def meet(end: datetime, actor: Who) -> None:
    """Inside a write transaction."""
    for code, guests in CAME.items():
        who = {name: actor(f"{code}-{name}") for name in ("secretary", "clerk", "director")}
        _held(office_hours(end - timedelta(days=24)), who, guests)
        _to_come(end, who)


def _held(day: datetime, who: dict[str, Actor], guests: Guests) -> None:
    with clock.at(office_hours(day - timedelta(days=9))):
        event = _meeting("群众代表座谈会：说说身边的难事", "symposium", shanghai_date(day), who["secretary"])
        listed = [_ask(event, guest, who["secretary"]) for guest in guests]
    with clock.at(office_hours(day - timedelta(days=7))):
        seen = ApproveIn(seen=[guest.public_id for guest in listed])
        invitees.approve_all(event, seen, by=who["director"])
    with clock.at(day):
        speeches = iter(SPEECH)
        for place, guest in enumerate(listed):
            _at_the_door(guest, place == len(listed) - 1, next(speeches, ""), who["secretary"])
        _write_down(event, who)


def _to_come(end: datetime, who: dict[str, Actor]) -> None:
    with clock.at(office_hours(end - timedelta(days=1))):
        day = shanghai_date(end) + timedelta(days=12)
        event = _meeting("列席专题协商会：社区养老服务", "sit_in", day, who["secretary"])
        for guest in ASKED:
            _ask(event, guest, who["secretary"])


def _meeting(title: str, kind: str, day: date, by: Actor) -> Activity:
    unit = next(unit for unit in reference.units(by, "group") if unit.id in by.units("secretary"))
    given = {"unit": unit.public_id, "kind": kind, "title": title, "held_on": day, "place": "政协会议室"}
    return acts.hold(ActivityIn.model_validate(given), by=by)


def _ask(event: Activity, guest: tuple[str, str, str], by: Actor) -> Invitee:
    called, sector, capacity = guest
    given = {"called": called, "sector": sector, "capacity": capacity, "consent_process": True}
    return invitees.propose(event, InviteeIn.model_validate(given), by=by)


def _at_the_door(guest: Invitee, stayed_away: bool, speech: str, by: Actor) -> None:
    invitees.move(guest, "miss" if stayed_away else "attend", by=by)
    if guest.capacity == "speaker" and speech:
        invitees.move(guest, "speak", by=by, given={"speech": speech})


def _write_down(event: Activity, who: dict[str, Actor]) -> None:
    """One thing to be done, and it was; one to be known."""
    clerk, secretary = who["clerk"], who["secretary"]
    member = handed_in.writers(secretary)[0][0].public_id
    there = {"member": member, "activity": event.public_id}
    area = places.area_of(Place(activity=event), clerk) or reference.areas(clerk)[0].code
    told = {"summary": STOP, "narrative": SPEECH[0], "area": area, "source": "symposium"}
    case = heard.register(HeardCaseIn.model_validate(told | there), by=secretary)
    _settle(case, clerk)
    brief = {"kind": "brief", "title": "夜间经营路段缺少晚间垃圾收运", "text": BRIEF}
    submissions.submit(SubmissionIn.model_validate(brief | there), by=secretary)


def _settle(case: Case, clerk: Actor) -> None:
    """At once, where the committee knows such a category."""
    about = next((one.code for one in reference.categories(clerk) if one.name == "公交站点设施"), None)
    if about:
        decided = {"route": "quick", "category": about, "subject_unit": "none", "result": RESULT}
        cases.move(case, "coordinate", by=clerk, given=decided)
        cases.move(case, "handle", by=clerk, given={"result": RESULT, "result_class": "A"})
        cases.move(case, "feed_back", by=clerk, given={"told": "oral"})
