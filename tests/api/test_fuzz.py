"""Nothing a program sends ends as a failure of ours, and every answer is as documented (R14)."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.bodies import ANSWER, CASE, VISIT, coordinate
from tests.api.caller import Calls
from tests.api.test_contact_links import NEIGHBOUR
from tests.api.test_unit_calls import DAY, RECEPTION, STUDIO

FULL = os.environ.get("HUIYIN_TIER") == "gate"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 1e308, "", " ", "\x00", "a\ud800", "’; --", "%", "_", "\\", "a" * 5000,
    [], {}, [[]], {"a": 1}, "9999-12-31", "0001-01-01", "2026-02-30", "none", "锡" * 100, '{"', "{x}",
    "%s", "\u202e", "None",
)  # fmt: skip
MOVES: tuple[dict[str, Any], ...] = (
    coordinate(("housing", "lead"), ("transport", "co")),
    {"move": "merge", "into": "XS-2026-000001", "reason": "same_matter", "note": "同一事项"},
    {"move": "handle", "result": "已处理", "result_class": "A", "note": ""},
    {"move": "feed_back", "told": "oral"},
    {"move": "decline", "note": "不属受理范围"},
    {"move": "unmerge"},
)
NOT_OURS = "不属于我局职责范围，建议转交市政管养单位办理。"
SHARES: tuple[dict[str, Any], ...] = (
    ANSWER,
    {
        "move": "request_return",
        "reason": "不属于我局职责范围，建议转交市政管养单位办理。",
        "suggested_unit": "transport",
    },
    {"move": "decide_return", "granted": True, "note": ""},
    {"move": "rework", "reason": "请写明完成时间"},
)
LETTERS: tuple[dict[str, Any], ...] = (
    {"move": "deliver", "method": "post", "delivered_on": "2026-11-23", "note": ""},
    {"move": "reject", "reason": "请修改"},
)


def _twisted(body: dict[str, Any], dice: random.Random) -> Any:
    """The body with one or two of its values (or names) replaced by something odd, at any depth."""
    found = dict(body)
    for _ in range(dice.randint(1, 2)):
        name = dice.choice(sorted(found))
        inner = found[name]
        kind = dice.random()
        if kind < 0.3 and isinstance(inner, dict) and inner:
            found[name] = _twisted(inner, dice)
        elif kind < 0.3 and isinstance(inner, list) and inner and isinstance(inner[0], dict):
            found[name] = [_twisted(inner[0], dice), *inner[1:]]
        elif kind < 0.4:
            found[dice.choice(["id", "state", "x", ""])] = dice.choice(ODD)
        elif kind < 0.5:
            found = {key: value for key, value in found.items() if key != name} or {"x": 1}
        else:
            found[name] = dice.choice(ODD)
    return found


@pytest.mark.gate(seconds=10)
@pytest.mark.requirement("R14")
@pytest.mark.parametrize("seed", [1, 2])
def test_odd_values_are_refused_and_never_a_failure(either_api: Calls, seed: int) -> None:
    api, dice = either_api, random.Random(seed)
    first = api.world.raised()
    case, other = api.world.raised(), api.world.handled()
    (share,) = api.world.shares(api.world.coordinated())
    letter = api.world.letter(other)
    clerk, member, dept = api.by("clerk"), api.by("member"), api.by("dept")
    booklet, studio = api.world.booklet(), clerk.post("/workstations", STUDIO, 201)["id"]
    calls: list[tuple[Any, str, dict[str, Any]]] = [
        (member, "/cases", CASE),
        (member, "/visits", VISIT),
        (member, f"/cases/{first}/ratings", {"rating": "satisfied", "note": "好"}),
        (
            clerk,
            f"/cases/{case}/assignments",
            {"unit": "housing", "role": "lead", "transfer_text": "请查明。"},
        ),
        (clerk, f"/cases/{other}/letters", {"kind": "feedback"}),
        (member, "/contact_links", NEIGHBOUR),
        (clerk, "/activities", DAY),
        (clerk, "/workstations", STUDIO),
        (clerk, f"/workstations/{studio}/receptions", RECEPTION),
        (clerk, f"/workstations/{studio}/close", {"closed_on": "2026-11-22"}),
        (clerk, f"/booklets/{booklet}/moves", {"move": "submit", "reason": "x"}),
        (clerk, f"/booklets/{booklet}/moves", {"move": "return", "reason": "说得太细"}),
        *[(clerk, f"/cases/{case}/moves", body) for body in MOVES],
        *[(dept, f"/assignments/{share}/moves", body) for body in SHARES],
        *[(clerk, f"/letters/{letter}/moves", body) for body in LETTERS],
    ]
    statuses: set[int] = set()
    for _ in range(300 if FULL else 100):
        caller, path, body = dice.choice(calls)
        response = caller.raw("POST", path, json=_twisted(body, dice))
        statuses.add(response.status_code)
    assert max(statuses) < 500 and 422 in statuses


@pytest.mark.gate(seconds=20)
@pytest.mark.requirement("R14")
def test_odd_queries_are_refused_and_never_a_failure(either_api: Calls) -> None:
    """Every parameter of every list; in an ordinary run each with a third of the odd words, in turn."""
    either_api.world.coordinated()
    clerk, step = either_api.by("clerk"), 1 if FULL else 3
    odd_words = [odd for odd in ODD if isinstance(odd, str) and "\ud800" not in odd]
    for number, (path, name) in enumerate(_asked(either_api.interface.document)):
        for odd in odd_words[number % step :: step]:
            response = clerk.raw("GET", path, query_string={name: odd})
            assert response.status_code in ((400,) if "\x00" in odd else (200, 422))


def _asked(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, item in document["paths"].items():
        for given in item.get("get", {}).get("parameters", []):
            if given["in"] == "query":
                yield path.removeprefix("/api/v1"), given["name"]
