"""The page of one case: its story, its departments, its line of time, and what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for

from tracker import door
from tracker.actions.residents import Look
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.models import Case
from tracker.queries import attachments, beside, cases, events, search, submissions
from tracker.queries.redaction import story_for
from tracker.queries.residents import ResidentOf, identity_for
from tracker.queries.scope import cases as visible_to
from tracker.rules import corrections, permissions
from tracker.rules.actors import Actor
from tracker.web import (
    agenda_page,
    case_list,
    case_parts,
    conversion_links,
    heard,
    links,
    move_forms,
    timelines,
    words,
)


@dataclass(frozen=True)
class Redraw:
    """What an act leaves on the page: which form stands open and what was wrong, or what is shown once."""

    opened: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    errors: Sequence[FieldError] = ()
    look: Look | None = None
    pin: str = ""


@dataclass(frozen=True)
class FileView:
    name: str
    url: str
    size: str
    when: str


def show(reference: str) -> str:
    return draw(cases.get(reference, door.signed_in()))


def draw(case: Case, again: Redraw | None = None) -> str:
    actor, now, again = door.signed_in(), clock(), again or Redraw()
    shares = case_parts.shares(case, actor, now)
    return render_template(
        "cases/show.html",
        case=case,
        again=again,
        errors=list(again.errors),
        steps=case_parts.steps(case, now),
        pending=case_parts.pending(case),
        signs=case_parts.signs(case),
        due=words.due(case.due_at, now, provisional=case.due_provisional) if case.is_open else None,
        place=case_parts.place_line(case),
        source=words.source(case.source),
        facts=case_parts.deadline_facts(case, now),
        shares=shares,
        unassigned=case_parts.without_departments(case),
        letters=case_parts.letters(case, actor, now),
        moves=[*case_parts.to_replies(shares), *_moves(case, actor, again)],
        may={verb: permissions.may(actor, verb, case) for verb in _VERBS}
        | {
            "edit": corrections.may_correct(actor, case),
            "convert": not case.is_accusation and permissions.may(actor, "convert", case),
        },
        raised_on=words.day(case.raised_at, now),
        visit_url=_visit_url(case, actor),
        heard=heard.origin(case, actor),
        **_story(case, actor),
        **_people(case, actor, again, now),
        **_time(case, actor, now),
        **_around(case, actor, now),
    )


_VERBS = ("note", "instruct", "rate", "attach", "issue_code", "reset_letter_lock", "draft_letter")


def _story(case: Case, actor: Actor) -> dict[str, Any]:
    """The narrative as told, or the text that left the office."""
    may_read = permissions.may(actor, "read_story", case)
    transfer = request.args.get("text") == "transfer" and bool(case.transfer_text)
    return {
        "may_read": may_read,
        "transfer": transfer,
        "story": story_for(case, actor) if may_read else "",
    }


def _moves(case: Case, actor: Actor, again: Redraw) -> list[move_forms.Button]:
    """Coordination has a page of its own; the letter is drafted from here."""
    found = move_forms.buttons(case, actor, again.typed, again.opened)
    moves = [button for button in found if button.name != "coordinate"]
    if len(moves) < len(found):
        moves.insert(0, move_forms.to_coordination(case))
    if case.route == "brief" and permissions.may(actor, "convert", case) and not submissions.of_case(case):
        moves.insert(0, move_forms.to_brief(case))
    if permissions.may(actor, "draft_letter", case) and (draft := move_forms.to_letter(case)):
        moves.insert(0, draft)
    typed = again.typed if again.opened == "assign" else {}
    if permissions.may(actor, "assign", case) and (
        more := move_forms.to_another_department(case, actor, typed)
    ):
        moves.insert(0 if more.primary else len(moves), more)
    if meet := agenda_page.to_meeting(case, actor, again.typed if again.opened == "put_on_agenda" else {}):
        moves.append(meet)
    if permissions.may(actor, "instruct", case):
        moves.append(move_forms.to_instruction(case, again.typed if again.opened == "instruct" else {}))
    return moves


def _people(case: Case, actor: Actor, again: Redraw, now: datetime) -> dict[str, Any]:
    seen = again.look.identity if again.look else identity_for(case, actor)
    may_reveal = permissions.may(actor, "reveal", ResidentOf(case))
    anonymous = seen is None or seen.is_anonymous
    return {
        "resident": case_parts.resident(seen, revealed=again.look is not None),
        "reveal_url": url_for("cases.reveal", reference=case.reference, list=links.came_from())
        if may_reveal and not anonymous
        else "",
        "watermark": f"{actor.name} {words.moment(now, now)}" if again.look else "",
        "group": case.group.name if case.group else "",
        "ratings": [
            (
                words.say(words.RATINGS, rating.rating),
                words.RATING_TONES[rating.rating],
                words.role(rating.by_kind),
            )
            for rating in case.ratings
        ],
        "may_rate_now": permissions.may(actor, "rate", case)
        and case.state == "fed_back"
        and case.closed_at is None,
    }


def _time(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    show = request.args.get("show", "all")
    show = show if show in timelines.SHOWS else "all"
    # Only what this page itself puts there: an address may hold anything.
    here = {"text": "transfer"} if request.args.get("text") == "transfer" else {}
    if (came := links.came_from()) is not None:
        here["list"] = came
    urls = {name: links.case(case.reference, **here, show=name) for name in timelines.SHOWS}
    return {
        "timeline": timelines.lines(events.timeline(case, actor), now, show),
        "timeline_show": show,
        "timeline_urls": urls,
    }


def _around(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    """Its files, its relatives, those like it, and its neighbours in the list one came from."""
    came = links.came_from()
    return {
        "files": [
            FileView(
                attachments.name(found),
                url_for("cases.attachment", public_id=found.public_id),
                f"{max(found.size // 1024, 1)} KB",
                words.day(found.created_at, now),
            )
            for found in attachments.of(case, actor)
        ],
        "master": case.master if case.master and permissions.may(actor, "read", case.master) else None,
        "children": [child for child in case.children if permissions.may(actor, "read", child)],
        "similar": [
            (found, words.case_sign(found.state, found.disposition, found.closed_at).label)
            for found in search.similar(actor, visible_to(actor), case.summary, without=case.id, limit=4)
        ]
        if not case.is_accusation
        else [],
        "meetings": agenda_page.of_case(case, actor),
        "conversions": conversion_links.of_case(case, actor, now),
        **_neighbours(case, actor, now, came),
    }


def _neighbours(case: Case, actor: Actor, now: datetime, came: str | None) -> dict[str, Any]:
    """Previous and next; and the place, where a list was left behind and the case is near its top."""
    look = beside.of_case if came is None else beside.in_list
    found = look(case, actor, case_list.came_from(came or ""), now)
    total = words.capped(found.total, beside.REACH)
    return {
        "came_from": came,
        "list_url": links.view("case", came or ""),
        "before_url": links.case(found.before, list=came) if found.before else "",
        "after_url": links.case(found.after, list=came) if found.after else "",
        "place_in_list": gettext("第 %(n)s/%(all)s 件", n=found.place, all=total) if found.place else "",
    }


def _visit_url(case: Case, actor: Actor) -> str:
    if case.visit is None or not permissions.may(actor, "read", case.visit):
        return ""
    return url_for("visits.show", public_id=case.visit.public_id)
