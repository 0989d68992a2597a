"""待我办理: the numbers, the ten nearest deadlines, what moved since yesterday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template

from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.models import Assignment, Case
from tracker.outgoing import pdf
from tracker.queries import desk
from tracker.queries.desk import Deadline, Tray
from tracker.rules.actors import Actor
from tracker.rules.clock import ONE_DAY, shanghai_midnight
from tracker.rules.outcome import GONE
from tracker.rules.words import N_
from tracker.web import links, own_tasks, words
from tracker.web.words import CountdownView, Sign
from workflows.assignment import KINDS, SLA_CLASSES
from workflows.case import CASE

# What the button on a row says; the page behind it asks for the rest.
ACTS = {
    "coordinate": N_("协调"),
    "handle": N_("办结"),
    "feed_back": N_("确认反馈"),
    "draft_letter": N_("拟函"),
    "accept": N_("签收"),
    "reply": N_("答复"),
    "approve_reply": N_("审核"),
    "decide_return": N_("裁定退回"),
    "submit": N_("送签"),
    "approve": N_("签发"),
    "issue": N_("编号"),
    "deliver": N_("登记送达"),
}
# What the office owes while a case's clock runs.
PENDING = {"coordinate": N_("待协调"), "reply": N_("办理中"), "feedback": N_("待反馈")}


@dataclass(frozen=True)
class CountView:
    """One number of the line; ``hot`` ones are red unless zero."""

    label: str
    count: str | int
    url: str
    hot: bool


@dataclass(frozen=True)
class Row:
    """One deadline: what, in whose hands, until when, and the next act."""

    title: str
    url: str
    sub: str
    holder: str
    holder_sub: str
    due: CountdownView | None
    act: str
    act_url: str


@dataclass(frozen=True)
class News:
    """One line of "since yesterday"."""

    when: str
    who: str
    verb: str
    what: str
    url: str
    tag: Sign | None = None


def page(actor: Actor) -> str:
    now = clock()
    numbers = desk.counts(actor, now)
    return render_template(
        "pages/desk.html",
        greeting=gettext("%(greeting)s，%(name)s", greeting=words.greeting(now), name=actor.name),
        today=_today(numbers, now),
        counts=[_count(tray, number) for tray, number in numbers.items() if number or not tray.rare],
        rows=[_row(entry, now) for entry in desk.nearest(actor, now)],
        news=[_news(row, actor, now) for row in desk.recent(actor, shanghai_midnight(now) - ONE_DAY)],
        everything=links.index("assignment" if actor.has("handler") else "case"),
        tasks=own_tasks.of(actor),
        administers=actor.has("admin"),
        lacks=_lacks() if actor.has("admin") else [],
    )


def _lacks() -> list[str]:
    return [gettext(lack.msgid, **lack.params) for lack in pdf.shortcomings()]


def _count(tray: Tray, number: int) -> CountView:
    shown = number if number <= 1000 else words.capped(number)
    return CountView(gettext(tray.queue.label), shown, links.tray(tray), tray.hot)


def _today(numbers: dict[Tray, int], now: datetime) -> str:
    """11月23日 星期一 · 即将到期 2 件，已逾期 1 件"""
    named = {tray.name: number for tray, number in numbers.items()}
    parts = []
    if named.get("soon"):
        parts.append(gettext("即将到期 %(n)s 件", n=words.capped(named["soon"])))
    if named.get("overdue"):
        parts.append(gettext("已逾期 %(n)s 件", n=words.capped(named["overdue"])))
    if "overdue" in named and not parts:
        parts.append(gettext("没有临近的期限"))
    return " · ".join(filter(None, [words.today_line(now), gettext("，").join(parts)]))


def _row(entry: Deadline, now: datetime) -> Row:
    thing = entry.thing
    title, sub, holder = _of_case(thing) if thing.noun == "case" else _of_share(thing)
    return Row(
        title,
        links.thing(thing),
        sub,
        holder[0],
        holder[1],
        words.due(thing.due_at, now, provisional=thing.due_provisional),
        words.say(ACTS, entry.act) if entry.act else gettext("查看"),
        links.act(entry.act, entry.act_on) if entry.act else "",
    )


def _of_case(case: Case) -> tuple[str, str, tuple[str, str]]:
    place = case.area.township if case.area else ""
    sub = " · ".join(filter(None, [case.reference, case.category.name if case.category else "", place]))
    return case.summary, sub, _hands(case)


def _hands(case: Case) -> tuple[str, str]:
    """Who has it now: the departments, the letter on its way, or the office.

    Departments first: a case that is handled again still has the letter of its first round.
    """
    shares = [share for share in case.assignments if share.state not in GONE]
    if shares and case.handled_at is None:
        return _departments(shares)
    letters = [letter for letter in case.round_letters if letter.state != "voided"]
    if letters:
        return gettext("反馈函"), words.sign("letter", letters[-1].state).label
    who = gettext("委员 %(name)s 提出", name=case.raised_by.name)
    pending = PENDING.get(CASE.states[case.state].clock or "")
    return gettext(pending) if pending else words.sign("case", case.state).label, who


def _departments(shares: Sequence[Assignment]) -> tuple[str, str]:
    leads = [share for share in shares if share.role != "co"]
    others = [share.unit.name for share in shares if share.role == "co"]
    sub = words.sign("assignment", leads[0].state).label if leads else ""
    if others:
        sub = gettext("%(state)s · 会办 %(units)s", state=sub, units=gettext("、").join(others))
    return gettext("、").join(share.unit.name for share in leads), sub


def _of_share(share: Assignment) -> tuple[str, str, tuple[str, str]]:
    """A department reads its own transfer text; the case's title stays in the office."""
    kind = words.say(KINDS, share.role)
    sub = " · ".join([share.case.reference, kind, words.say(SLA_CLASSES, share.sla_class)])
    return words.shortened(share.transfer_text), sub, (words.sign("assignment", share.state).label, "")


def _news(row: Any, actor: Actor, now: datetime) -> News:
    rating = row.data.get("rating") if row.verb == "rate" else None
    tag = Sign(words.say(words.RATINGS, rating), words.RATING_TONES[rating]) if rating else None
    what, url = row.summary, links.case(row.reference)
    if actor.has("handler"):
        what, url = words.shortened(row.transfer_text, 24), links.share(row.share)
    verb = words.event(row.object_kind, row.verb, row.data.get("variant"))
    return News(words.recently(row.at, now), _who(row, actor), verb, what, url, tag)


def _who(row: Any, actor: Actor) -> str:
    """Departments act as units; a department is told "the office", never a name outside its own house."""
    if row.actor_kind in ("resident", "system"):
        return words.role(row.actor_kind)
    if row.by_handler and row.unit:
        return str(row.unit)
    return gettext("政协办公室") if actor.has("handler") else row.person or ""
