"""Calls about a case."""

from flask import Response, url_for

from tracker.actions import cases as acts
from tracker.actions import codes, ratings
from tracker.api import moves
from tracker.api.answers.base import state_label
from tracker.api.answers.cases import (
    CaseAnswer,
    CaseList,
    CaseRaised,
    Rated,
    RatingAnswer,
    case_answer,
    case_row,
    similar_case,
)
from tracker.api.answers.events import EventList, event_answer
from tracker.api.calls import Sent, call, expected, repeat_as, respond
from tracker.door import signed_in
from tracker.extensions import clock
from tracker.incoming.cases import CaseIn, RatingIn
from tracker.incoming.lists import CaseQuery
from tracker.models import Case
from tracker.queries import cases, events, scope, search
from tracker.queries.cases import CaseFilter
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@call("POST", "/cases", N_("登记诉求"), takes=CaseIn, gives=CaseRaised, status=201)
def raise_case(sent: Sent[CaseIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "case.create")
    case = acts.register(sent.read(), by=actor)
    answer = _raised(case, codes.issue(case, by=actor).code.display, actor)
    repeat_as(answer.model_dump_json(exclude={"tracking_code"}))
    return respond(answer, 201, url_for("api.show_case", reference=case.reference))


@call("GET", "/cases", N_("诉求列表"), asks=CaseQuery, gives=CaseList)
def list_cases(sent: Sent[CaseQuery]) -> CaseList:
    actor = signed_in()
    permissions.require_any(actor, "case.read")
    wanted = sent.read()
    narrowed = CaseFilter(**wanted.model_dump(exclude={"limit", "after"}))
    page = cases.page(actor, narrowed, limit=wanted.limit, after=wanted.after, now=clock())
    return CaseList(items=[case_row(row, actor) for row in page.items], next=page.next)


@call("GET", "/cases/{reference}", N_("一件诉求"), gives=CaseAnswer)
def show_case(reference: str) -> CaseAnswer:
    actor = signed_in()
    return case_answer(cases.get(reference, actor), actor)


@call("GET", "/cases/{reference}/events", N_("诉求的办理记录，从早到晚"), gives=EventList)
def case_events(reference: str) -> EventList:
    actor = signed_in()
    case = cases.get(reference, actor)
    return EventList(items=[event_answer(entry) for entry in events.timeline(case, actor)])


@call(
    "POST",
    "/cases/{reference}/moves",
    N_("办理诉求的一步"),
    takes=moves.CaseMove,
    gives=CaseAnswer,
    expects=True,
)
def move_case(sent: Sent[moves.CaseMove], reference: str) -> CaseAnswer:
    actor = signed_in()
    case = cases.get(reference, actor)
    name, given = sent.move()
    acts.move(case, name, by=actor, given=given, expect=expected())
    return case_answer(case, actor)


@call(
    "POST",
    "/cases/{reference}/ratings",
    N_("委员代群众评价"),
    takes=RatingIn,
    gives=Rated,
    status=201,
    expects=True,
)
def rate_case(sent: Sent[RatingIn], reference: str) -> Rated:
    actor = signed_in()
    case = cases.get(reference, actor)
    permissions.require(actor, "rate", case)
    rating = ratings.rate(case, sent.read(), by=actor, expect=expected())
    return Rated(
        reference=case.reference,
        state=case.state,
        state_label=state_label("case", case.state),
        version=case.version,
        rating=RatingAnswer(
            rating=rating.rating, by=rating.by_kind, round=rating.round, created_at=rating.created_at
        ),
    )


def _raised(case: Case, code: str, actor: Actor) -> CaseRaised:
    similar = search.similar(actor, scope.cases(actor), case.summary, without=case.id)
    return CaseRaised(
        reference=case.reference,
        state=case.state,
        raised_at=case.raised_at,
        due_at=case.due_at,
        version=case.version,
        tracking_code=code,
        similar=[similar_case(found) for found in similar],
    )
