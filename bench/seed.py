"""Fill a database with many cases at once: bulk inserts, but sealed residents and a chain that verifies."""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, text

from tracker.extensions import db, transaction
from tracker.models import (
    Area,
    Assignment,
    Case,
    Category,
    ChainHead,
    Committee,
    Counter,
    Event,
    Membership,
    OrgUnit,
    Person,
    Resident,
    SearchText,
    vault,
)
from tracker.models.base import new_public_id
from tracker.models.resident import new_resident_id
from tracker.queries.search import committee_token
from tracker.rules import chain, folding

# The newest case is a day old, the oldest ten months: the first page shows deadlines of these days.
START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=300)
SPAN = timedelta(days=299)
BATCH = 5000

# What an office has on its desk does not grow with its archive: the newest cases wait to be coordinated.
WAITING = 4000

# Two-character words by how many cases hold them: a third, one in fifty, twenty. The bench searches for each.
COMMON, MEDIUM, RARE = "路灯", "电梯", "窨井"
OPENINGS = ("小区北门", "老街东段", "学校门口", "菜场西侧", "社区广场", "河边步道", "村口公路", "公交站台")
MATTERS = (
    "积水严重",
    "停车混乱",
    "垃圾清运不及时",
    "绿化带缺株",
    "围墙开裂",
    "噪声扰民",
    "路面坑洼",
    "标志牌缺失",
)
WISHES = ("希望有关部门到现场看一看", "请尽快安排维修", "盼望给出明确的时间表", "建议统一规划后再施工")


def fill(cases: int, *, login: str = "xs-clerk") -> None:
    """One committee with a clerk, a department and that many cases in every state."""
    with transaction("write"):
        committee = _committee(login) | {"size": cases}
    for first in range(1, cases + 1, BATCH):
        with transaction("write"):
            _batch(committee, range(first, min(first + BATCH, cases + 1)))
    with transaction("write"):
        db.session.add(Counter(series=f"case:{committee['code']}", year=2026, last=cases))
        db.session.execute(text("ANALYZE"))


def is_waiting(number: int, size: int) -> bool:
    """Whether the case of this number is seeded in the state raised."""
    return number > size - min(WAITING, size // 2)


def _committee(login: str) -> dict[str, Any]:
    committee = Committee(
        code="xs",
        name="锡山区政协",
        full_name="政协锡山区委员会办公室",
        issuer_mark="政协无锡市锡山区委员会办公室",
        preset="plain",
        case_prefix="XS",
        letter_prefix="锡政协办函",
        settings={},
    )
    db.session.add(committee)
    db.session.flush()
    root = OrgUnit(committee_id=committee.id, kind="committee", key="root", name="锡山区政协")
    db.session.add(root)
    db.session.flush()
    root.path = f"/{root.id}/"
    units = {}
    for key, kind in (("office", "office"), ("group", "working_committee"), ("housing", "department")):
        units[key] = OrgUnit(committee_id=committee.id, parent_id=root.id, kind=kind, key=key, name=key)
        db.session.add(units[key])
        db.session.flush()
        units[key].path = f"/{root.id}/{units[key].id}/"
    people = {}
    for name, role, unit in ((login, "clerk", "office"), ("xs-member", "member", "group")):
        people[role] = Person(committee_id=committee.id, login=name, name=name)
        people[role].posts = [Membership(unit_id=units[unit].id, role=role)]
    category = Category(
        committee_id=committee.id, code="B01", name="市政", full_name="城乡建设 / 市政", level=2
    )
    area = Area(committee_id=committee.id, code="01", kind="township", name="东亭街道", full_name="东亭街道")
    db.session.add_all([*people.values(), category, area])
    db.session.flush()
    return {
        "id": committee.id,
        "code": committee.code,
        "member": people["member"].id,
        "group": units["group"].id,
        "housing": units["housing"].id,
        "category": category.id,
        "area": area.id,
    }


def _batch(committee: dict[str, Any], numbers: range) -> None:
    stories = [_story(number, committee["size"]) for number in numbers]
    residents = [_resident(committee, number) for number in numbers]
    db.session.execute(insert(Resident), residents)
    rows = [
        _case(committee, number, story, resident["id"])
        for number, story, resident in zip(numbers, stories, residents, strict=True)
    ]
    db.session.execute(insert(Case), rows)
    shares = [_share(committee, row) for row in rows if row["state"] != "raised"]
    if shares:
        db.session.execute(insert(Assignment), shares)
    _diary(committee, rows)
    _index(committee, rows)


def _story(number: int, size: int) -> tuple[str, str]:
    chance = random.Random(number)
    word = (
        RARE
        if number % (size // 20) == 1
        else MEDIUM
        if number % 50 == 1
        else COMMON
        if number % 3 == 0
        else "设施"
    )
    place, matter = chance.choice(OPENINGS), chance.choice(MATTERS)
    lines = [
        f"{chance.choice(OPENINGS)}{chance.choice(MATTERS)}，{chance.choice(WISHES)}。" for _ in range(5)
    ]
    return f"{place}{word}{matter}", f"{place}的{word}有问题，{matter}。" + "".join(lines)


def _resident(committee: dict[str, Any], number: int) -> dict[str, Any]:
    row_id = new_resident_id()
    return {
        "id": row_id,
        "committee_id": committee["id"],
        "created_at": START,
        "consent_process": True,
        "consent_forward": False,
        "consent_publish": False,
        "consent_wording": "2026-11",
        "name_sealed": vault.seal("resident", row_id, "name", f"住户{number}"),
        "phone_sealed": vault.seal("resident", row_id, "phone", f"199{number:08}"),
    }


def _case(committee: dict[str, Any], number: int, story: tuple[str, str], resident_id: str) -> dict[str, Any]:
    raised = START + SPAN * (number / committee["size"])
    state = ("raised", "coordinated", "handled", "fed_back")[
        0 if is_waiting(number, committee["size"]) else 1 if number % 7 == 0 else 3
    ]
    return {
        "id": number,
        "reference": f"XS-2026-{number:06}",
        "committee_id": committee["id"],
        "state": state,
        "summary": story[0],
        "narrative": story[1],
        "source": "visit",
        "urgency": "normal",
        "is_petition": False,
        "is_accusation": False,
        "category_id": committee["category"],
        "area_id": committee["area"],
        "subject_none": True,
        "raised_by_id": committee["member"],
        "group_id": committee["group"],
        "resident_id": resident_id,
        "raised_at": raised,
        "updated_at": raised,
        "created_at": raised,
        "version": 1,
        "due_at": None if state == "fed_back" else raised + timedelta(days=20),
        "due_provisional": False,
        "transfer_text": "",
        "outcome_text": "",
        "reopened_count": 0,
        "route": None if state == "raised" else "assign",
        "coordinated_at": None if state == "raised" else raised + timedelta(days=1),
    }


def _share(committee: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    sent = case["coordinated_at"]
    return {
        "public_id": new_public_id(),
        "committee_id": committee["id"],
        "case_id": case["id"],
        "role": "lead",
        "unit_id": committee["housing"],
        "state": "completed" if case["state"] == "fed_back" else "dispatched",
        "sla_class": "normal",
        "transfer_text": case["summary"],
        "dispatched_at": sent,
        "due_at": case["due_at"],
        "due_provisional": False,
        "rework_count": 0,
        "updated_at": sent,
        "created_at": sent,
        "version": 1,
    }


def _diary(committee: dict[str, Any], cases: list[dict[str, Any]]) -> None:
    head = db.session.get(ChainHead, committee["id"])
    seq, last = (head.seq, head.hash) if head else (0, chain.GENESIS)
    rows = []
    for case in cases:
        for verb, before, after in _moves(case["state"]):
            seq += 1
            content = {
                "committee_id": committee["id"],
                "seq": seq,
                "at": case["raised_at"],
                "verb": verb,
                "actor_kind": "system",
                "actor_id": None,
                "actor_name": "bench",
                "object_kind": "case",
                "object_id": case["id"],
                "case_id": case["id"],
                "assignment_id": None,
                "before": before,
                "after": after,
                "data": {},
                "note_hash": None,
            }
            rows.append(content | {"prev_hash": last, "hash": (last := chain.link(last, content))})
    db.session.execute(insert(Event), rows)
    mac = chain.seal_head(current_app.extensions["huiyin.event_key"], committee["id"], seq, last)
    db.session.merge(ChainHead(committee_id=committee["id"], seq=seq, hash=last, mac=mac))


def _moves(state: str) -> Iterator[tuple[str, str | None, str]]:
    stages = [None, "raised", "coordinated", "handled", "fed_back"]
    verbs = ["raise", "coordinate", "handle", "feed_back"]
    for verb, (before, after) in zip(verbs, itertools.pairwise(stages), strict=True):
        yield verb, before, str(after)
        if after == state:
            return


def _index(committee: dict[str, Any], cases: list[dict[str, Any]]) -> None:
    words = {case["id"]: f"{case['reference']}\n{case['summary']}\n{case['narrative']}" for case in cases}
    token = committee_token(committee["id"])
    tokens = {case_id: [token, *folding.pairs(said)] for case_id, said in words.items()}
    db.session.execute(
        insert(SearchText),
        [
            {"case_id": case_id, "committee_id": committee["id"], "folded": folding.fold(said)}
            for case_id, said in words.items()
        ],
    )
    if db.engine.dialect.name == "sqlite":
        statement = text("INSERT INTO search_pairs (rowid, tokens) VALUES (:id, :tokens)")
        db.session.execute(statement, [{"id": i, "tokens": " ".join(pairs)} for i, pairs in tokens.items()])
    else:
        statement = text("UPDATE search_text SET pairs = array_to_tsvector(:tokens) WHERE case_id = :id")
        db.session.execute(
            statement, [{"id": i, "tokens": sorted(set(pairs))} for i, pairs in tokens.items()]
        )
