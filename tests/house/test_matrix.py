"""The permission file over HTTP: every route × everybody × every relation answers what the file says (T14).

What is expected is worked out here from the file's rows and from relations written down by hand, never by the
code under test.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests import agendas, world
from tests.campaigning import begun
from tests.counted import Counted
from tests.forms_world import annex1, sent
from tests.world import World
from tracker.door import policy, routes, sessions
from tracker.extensions import db, transaction
from tracker.models import Case
from workflows.assignment import ASSIGNMENT
from workflows.case import CASE
from workflows.letter import LETTER
from workflows.rulebook import Rulebook
from workflows.submission import BRIEF

FILE = Path(__file__).resolve().parents[2] / "tracker" / "rules" / "permissions.toml"
ROWS = tomllib.loads(FILE.read_text("utf-8"))
FULL = os.environ.get("HUIYIN_TIER") == "gate"
EVERYBODY = "*"  # each has something of one's own in it
BOOKS: dict[str, Rulebook] = {"case": CASE, "assignment": ASSIGNMENT, "letter": LETTER, "submission": BRIEF}
STALE = "999999"


@dataclass(frozen=True)
class Thing:
    """An object with its relations as people see them: owner's login, group's and unit's people."""

    noun: str
    ident: str
    committee: str
    owner: str
    group: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    accusation: str = ""


@dataclass(frozen=True)
class Visitor:
    login: str
    client: FlaskClient
    headers: dict[str, str]

    @property
    def role(self) -> str:
        return world.CAST[self.login[3:]][0]

    @property
    def committee(self) -> str:
        return self.login[:2]


@pytest.fixture
def cast(either_app: Flask) -> list[Visitor]:
    return [_visitor(either_app, f"{code}-{name}") for code in ("xs", "dt") for name in world.CAST]


def _visitor(app: Flask, login: str) -> Visitor:
    client = app.test_client()
    with app.test_request_context(), transaction("write"):
        person = sessions.people.by_login(login)
        assert person is not None
        token = sessions.open_for(person)
    client.set_cookie(app.config["LOGIN_COOKIE_NAME"], token)
    page = client.get("/account").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, f"no page token for {login}"
    return Visitor(login, client, {"X-CSRFToken": found[1]})


@pytest.fixture
def things(either: World) -> list[Thing]:
    """One of each relation: mine, another group's, waiting, done, accusations; in both committees."""
    found: list[Thing] = []
    for code in ("xs", "dt"):
        huiyin = World(either.app, code)
        # In every campaign a member has a sheet of points, and a secretary counts the own group.
        found.append(Thing("campaign", begun(huiyin), code, EVERYBODY, ("secretary",)))
        extra: dict[str, Any] = {"circle": "sector"} if code == "dt" else {}
        mine = huiyin.handled()
        other = huiyin.coordinated(by="member2", units=(("transport", "lead"),))
        waiting = huiyin.raised()
        accused = huiyin.raised(is_accusation=True)
        triaged = huiyin.raised(is_accusation=True)
        huiyin.move(triaged, "coordinate", by="director", route="refer", result="转纪检监察机关处理")
        found += _cases(code, mine, other, waiting, accused, triaged)
        found += _children(huiyin, code, mine, other)
        found.append(Thing("visit", huiyin.visited(**extra), code, "member", ("secretary",)))
        found.append(Thing("submission", huiyin.submitted(), code, "member", ("secretary",)))
        found.append(Thing("submission", huiyin.brief("edited"), code, "member", ("secretary",)))
        found.append(Thing("booklet", huiyin.booklet(), code, ""))
        found.append(Thing("meeting", agendas.arranged(huiyin), code, ""))
        found.append(Thing("import", sent(huiyin, ("登记表.docx", annex1()), by="member"), code, "member"))
        found.append(
            Thing("import", sent(huiyin, ("登记表.docx", annex1()), by="secretary"), code, "secretary")
        )
        found.append(Thing("contact_link", huiyin.linked(), code, "member", ("secretary",)))
    return found


def _cases(code: str, mine: str, other: str, waiting: str, accused: str, triaged: str) -> list[Thing]:
    return [
        Thing("case", mine, code, "member", ("secretary",)),
        Thing("case", other, code, "member2"),
        Thing("case", waiting, code, "member", ("secretary",)),
        Thing("case", accused, code, "member", ("secretary",), accusation="waiting"),
        Thing("case", triaged, code, "member", ("secretary",), accusation="triaged"),
    ]


def _children(huiyin: World, code: str, mine: str, other: str) -> list[Thing]:
    return [
        Thing("assignment", huiyin.shares(mine)[0], code, "member", ("secretary",), ("dept",)),
        Thing("assignment", huiyin.shares(other)[0], code, "member2", (), ("dept2",)),
        Thing("letter", huiyin.letter(mine), code, "member", ("secretary",)),
    ]


def _grants(visitor: Visitor, question: str, thing: Thing) -> bool:
    """What the file says of this visitor, this question and this object."""
    who = visitor.login[3:]
    relations = {"committee"}
    if thing.owner in (who, EVERYBODY):
        relations.add("own")
    if who in thing.group:
        relations.add("group")
    if who in thing.unit:
        relations.add("unit")
    row = ROWS.get(question, {})
    if visitor.committee != thing.committee or not relations & set(row.get(visitor.role, ())):
        return False
    if "drafter" in row.get("not_by", ()) and who == "clerk":
        return False
    return not thing.accusation or _accusation_allows(visitor, question, thing)


def _accusation_allows(visitor: Visitor, question: str, thing: Thing) -> bool:
    """Directors everything; the raiser the story until triage, then number, title and state; nobody else."""
    if visitor.role == "director":
        return True
    if visitor.login[3:] != thing.owner:
        return False
    early = ("case.read_story", "case.withdraw", "resident.read_own", "attachment.read")
    return question in ("case.read", "case.issue_code", "case.rate") or (
        thing.accusation == "waiting" and question in early
    )


def _expected(visitor: Visitor, question: str, thing: Thing) -> set[int]:
    if not _grants(visitor, f"{thing.noun}.read", thing):
        return {404}
    return {200, 302, 303, 400, 409, 422, 503} if _grants(visitor, question, thing) else {403}


def _object_routes(app: Flask, noun: str) -> list[tuple[Rule, str, str]]:
    """Routes about one object of that noun: rule, method, question."""
    found = []
    for rule in app.url_map.iter_rules():
        question = routes.ASKS.get(rule.endpoint)
        if question is None or len(rule.arguments) != 1 or not _is_about(rule, noun):
            continue
        found += [
            (rule, method, question) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found


def _is_about(rule: Rule, noun: str) -> bool:
    if "reference" in rule.arguments:
        return noun == "case"
    stem = rule.rule.removeprefix("/api/v1").split("/")[1]
    files = ("cases.attachment", "imports.original")
    return stem == f"{noun}s" and "public_id" in rule.arguments and rule.endpoint not in files


def _send(visitor: Visitor, rule: Rule, method: str, thing: Thing) -> int:
    name = next(iter(rule.arguments))
    path = rule.rule.replace(f"<{name}>", thing.ident)
    if path.startswith("/api/"):
        return visitor.client.open(
            path,
            method=method,
            json={} if method == "POST" else None,
            headers=visitor.headers | {"If-Match": f'"{STALE}"'},
        ).status_code
    data = {"version": STALE} if method == "POST" else None
    return visitor.client.open(path, method=method, data=data, headers=visitor.headers).status_code


@pytest.mark.gate(seconds=90)
@pytest.mark.requirement("T14")
def test_every_object_route_answers_everybody_as_the_file_says(
    either_app: Flask, cast: list[Visitor], things: list[Thing], counted: Counted
) -> None:
    wrong, number, sent = [], 0, 0
    for thing in things:
        for rule, method, question in _object_routes(either_app, thing.noun):
            for visitor in cast:
                if not _in_tier(number := number + 1):
                    continue
                sent += 1
                status = _send(visitor, rule, method, thing)
                if status not in _expected(visitor, question, thing):
                    wrong.append((visitor.login, method, rule.rule, thing, status))
    counted(f"{sent} requests to routes about one object, {len(wrong)} differ from the file")
    assert not wrong, f"{len(wrong)} differ, the first: {wrong[:5]}"


@pytest.mark.gate(seconds=30)
@pytest.mark.requirement("T14")
def test_every_move_answers_everybody_as_the_file_says(
    either_app: Flask, cast: list[Visitor], things: list[Thing], counted: Counted
) -> None:
    wrong, number, sent = [], 0, 0
    for thing in (t for t in things if t.noun in BOOKS):
        for name in BOOKS[thing.noun].names:
            for visitor in cast:
                if not _in_tier(number := number + 1):
                    continue
                sent += 1
                status = visitor.client.post(
                    f"/api/v1/{thing.noun}s/{thing.ident}/moves",
                    json={"move": name},
                    headers=visitor.headers | {"If-Match": f'"{STALE}"'},
                ).status_code
                if status not in _expected(visitor, f"{thing.noun}.{name}", thing):
                    wrong.append((visitor.login, name, thing, status))
    counted(f"{sent} moves asked for, {len(wrong)} differ from the file")
    assert not wrong, f"{len(wrong)} differ, the first: {wrong[:5]}"


@pytest.mark.gate(seconds=10)
@pytest.mark.requirement("T14")
def test_every_list_and_form_answers_everybody_as_the_file_says(
    either_app: Flask, cast: list[Visitor], counted: Counted
) -> None:
    wrong, sent, number = [], 0, 0
    # The same roles of the other committee are asked at the gate, and so are four in five of these.
    asking = [visitor for visitor in cast if FULL or visitor.committee == "xs"]
    plain = [r for r in either_app.url_map.iter_rules() if r.endpoint in routes.ASKS and not r.arguments]
    for rule in plain:
        question = routes.ASKS[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            for visitor in asking:
                if not _in_tier(number := number + 1, 5):
                    continue
                sent += 1
                status = visitor.client.open(rule.rule, method=method, headers=visitor.headers).status_code
                refused = not ROWS[question].get(visitor.role)
                if (status == 403) != refused:
                    wrong.append((visitor.login, method, rule.rule, status))
    counted(f"{sent} requests to lists and forms, {len(wrong)} differ from the file")
    assert not wrong, f"{len(wrong)} differ, the first: {wrong[:5]}"


def test_without_an_account_nothing_but_the_public_routes_opens(
    either_app: Flask, things: list[Thing]
) -> None:
    client = either_app.test_client()
    wrong = []
    for rule in either_app.url_map.iter_rules():
        if rule.endpoint in policy.PUBLIC | policy.STATIC:
            continue
        path = re.sub(r"<[^>]+>", things[0].ident, rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            status = client.open(path, method=method).status_code
            if status not in (401, 302):
                wrong.append((method, rule.rule, status))
    assert not wrong, wrong


@pytest.mark.gate(seconds=5)
@pytest.mark.requirement("T14")
def test_the_full_matrix_counts_at_least_five_thousand_requests(
    either_app: Flask, cast: list[Visitor], things: list[Thing], counted: Counted
) -> None:
    objects = sum(len(_object_routes(either_app, thing.noun)) for thing in things)
    moves = sum(len(BOOKS[thing.noun].names) for thing in things if thing.noun in BOOKS)
    total = (objects + moves) * len(cast)
    counted(f"the whole matrix is {total} requests about objects")
    assert total >= 5000


def _in_tier(number: int, step: int = 31) -> bool:
    """Everything at the gate, otherwise one in so many: a number that shares no divisor with the cast."""
    return FULL or number % step == 0


def test_the_world_did_not_move_while_it_was_asked(
    either_app: Flask, cast: list[Visitor], things: list[Thing]
) -> None:
    """A stale version is refused before anything is written."""
    mine = next(thing for thing in things if thing.noun == "case")
    before = _version(either_app, mine.ident)
    clerk = next(v for v in cast if v.login == f"{mine.committee}-clerk")
    answer = clerk.client.post(
        f"/api/v1/cases/{mine.ident}/moves",
        json={"move": "rework", "note": "请补充照片"},
        headers=clerk.headers | {"If-Match": f'"{STALE}"'},
    )
    assert answer.status_code == 409
    assert _version(either_app, mine.ident) == before


def _version(app: Flask, reference: str) -> int:
    with app.app_context(), transaction("read"):
        return db.session.query(Case).filter_by(reference=reference).one().version
