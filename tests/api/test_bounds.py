"""Every limit of what programs send: just within it passes, just beyond it is named, nothing is cut."""

from typing import Any

import pytest

from tests import contacting
from tests.api.bodies import CASE, VISIT
from tests.api.caller import Calls
from tests.world import MATTER

PAPER: dict[str, Any] = {"kind": "suggestion", "title": "共用实验室", "text": MATTER}
FIRM: dict[str, Any] = {"kind": "enterprise", "called": "锡东机电有限公司", "since": "2026-03-01"}
DAY: dict[str, Any] = {"unit": "group", "title": "法律服务进社区", "held_on": "2026-11-20"}
STUDIO: dict[str, Any] = {"unit": "group", "kind": "studio", "name": "云林工作室", "opened_on": "2026-03-01"}
HEARD = VISIT | {"cases": []}
ALIKE = {"summary": "楼道灯坏了", "narrative": "楼道灯坏了三个月。", "area": "0101", "source": "visit"}

# path, body, field, the longest or largest that passes, the shortest or smallest that does not.
BEYOND: list[tuple[str, dict[str, Any], str, Any, Any]] = [
    ("/cases", CASE, "summary", "灯" * 80, "灯" * 81),
    ("/cases", CASE, "summary", "灯坏", "灯"),
    ("/cases", CASE, "narrative", "灯" * 10_000, "灯" * 10_001),
    ("/cases", CASE, "narrative", "灯坏", " 灯 "),
    ("/visits", HEARD, "persons_count", 999, 1000),
    ("/visits", HEARD, "persons_count", 1, 0),
    ("/visits", HEARD, "address", "楼" * 120, "楼" * 121),
    ("/visits", HEARD, "reported", "说" * 10_000, "说" * 10_001),
    ("/visits", HEARD, "help_needed", "求" * 10_000, "求" * 10_001),
    ("/visits", HEARD, "client_id", "c" * 64, "c" * 65),
    ("/visits", HEARD, "cases", [ALIKE], [ALIKE] * 21),
    ("/visits", HEARD, "visited_on", "2026-11-23", "2026-11-24"),
    ("/visits", HEARD, "visited_on", "2026-11-01", "2026-11-31"),
    ("/submissions", PAPER, "title", "题" * 80, "题" * 81),
    ("/submissions", PAPER, "text", "建" * 5000, "建" * 5001),
    ("/submissions", PAPER | {"kind": "brief"}, "text", "情" * 1500, "情" * 1501),
    ("/submissions", PAPER, "submitted_on", "2026-11-23", "2026-11-24"),
    ("/submissions", PAPER, "client_id", "c" * 64, "c" * 65),
    ("/contact_links", FIRM, "called", "厂" * 40, "厂" * 41),
    ("/contact_links", FIRM, "called", "厂区", "厂"),
    ("/contact_links", FIRM, "phone", "1" * 30, "1" * 31),
    ("/contact_links", FIRM, "since", "2026-11-23", "2026-11-24"),
    ("/activities", DAY, "title", "会" * 120, "会" * 121),
    ("/activities", DAY, "title", "会议", "会"),
    ("/activities", DAY, "people_count", 1_000_000, 1_000_001),
    ("/activities", DAY, "people_count", 0, -1),
    ("/activities", DAY, "report", "记" * 5000, "记" * 5001),
    ("/activities", DAY, "place", "厅" * 120, "厅" * 121),
    ("/workstations", STUDIO, "name", "室" * 80, "室" * 81),
    ("/workstations", STUDIO, "name", "室内", "室"),
    ("/workstations", STUDIO, "keepers", "员" * 200, "员" * 201),
    ("/workstations", STUDIO, "reception", "周" * 120, "周" * 121),
    ("/workstations", STUDIO, "opened_on", "2026-11-23", "2026-11-24"),
]
WHO = {"/cases": "member", "/visits": "member", "/submissions": "member", "/contact_links": "member"}


def caller(api: Calls, path: str) -> Any:
    return api.by(WHO.get(path, "clerk"))


def named(problem: Any) -> list[str]:
    return [fault["field"] for fault in problem["errors"]]


PATHS: list[str] = sorted({row[0] for row in BEYOND})


def test_just_within_passes_and_just_beyond_is_named(api: Calls) -> None:
    for path in PATHS:
        sender = caller(api, path)
        for where, body, field, within, beyond in BEYOND:
            if where == path:
                assert named(sender.post(path, body | {field: beyond}, 422)) == [field], (field, beyond)
                sender.post(path, body | {field: within}, 201)


WRONG: list[tuple[str, dict[str, Any], str, Any]] = [
    ("/cases", CASE, "urgency", "very"),
    ("/cases", CASE, "source", "rumour"),
    ("/cases", CASE, "area", ""),
    ("/cases", CASE, "area", "9999"),
    ("/cases", CASE, "category", "Z99"),
    ("/cases", CASE, "is_petition", "perhaps"),
    ("/cases", CASE, "resident.name", 5),
    ("/cases", CASE, "resident.phone", "1" * 31),
    ("/cases", CASE, "resident.address", "楼" * 121),
    ("/visits", HEARD, "circle", "square"),
    ("/visits", HEARD, "channel", "pigeon"),
    ("/visits", HEARD, "contact.name", "名" * 41),
    ("/visits", HEARD, "contact.kind", "ghost"),
    ("/visits", HEARD, "visited_on", "20.11.2026"),
    ("/visits", HEARD, "visited_on", None),
    ("/visits", HEARD, "persons_count", "two"),
    ("/visits", HEARD, "persons_count", 1.5),
    ("/visits", HEARD, "visitors", "吴海燕"),
    ("/visits", HEARD, "visitors.0", ""),
    ("/submissions", PAPER, "kind", "poem"),
    ("/submissions", PAPER, "text", ""),
    ("/contact_links", FIRM, "kind", "friend"),
    ("/contact_links", FIRM, "since", "2026-02-30"),
    ("/activities", DAY, "kind", "party"),
    ("/activities", DAY, "form", "weekend"),
    ("/activities", DAY, "held_on", "yesterday"),
    ("/workstations", STUDIO, "kind", "castle"),
]


def test_a_value_of_the_wrong_kind_is_named_where_it_stands(api: Calls) -> None:
    for path, body, field, value in WRONG:
        group, _, inner = field.partition(".")
        if inner == "0":
            sent = body | {group: [value]}
        elif inner:
            sent = body | {group: {**body[group], inner: value}}
        else:
            sent = body | {field: value}
        assert named(caller(api, path).post(path, sent, 422)) == [field]


UNSTORABLE: list[str] = ["灯\x00坏", "灯\x1b坏", "灯\ud800坏", "\x7f灯坏"]


def test_what_no_database_keeps_is_refused_by_name(api: Calls) -> None:
    for text in UNSTORABLE:
        member = api.by("member")
        assert named(member.post("/cases", CASE | {"summary": text}, 422)) == ["summary"]
        deep = CASE | {"resident": {**CASE["resident"], "name": text}}
        assert named(member.post("/cases", deep, 422)) == ["resident.name"]
        assert named(member.post("/visits", VISIT | {"cases": [CASE | {"narrative": text}]}, 422)) == [
            "cases.0.narrative"
        ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  路灯不亮  ", "路灯不亮"),
        ("路灯\t不亮", "路灯\t不亮"),
        ("𠮷祥里路灯不亮", "𠮷祥里路灯不亮"),
        ("１２号楼路灯", "１２号楼路灯"),
        ("路灯👵不亮", "路灯👵不亮"),
        ("<b>路灯</b>", "<b>路灯</b>"),
    ],
)
def test_unusual_words_come_back_as_they_were_sent_without_the_blanks_around(
    text: str, kept: str, api: Calls
) -> None:
    member = api.by("member")
    reference = member.post("/cases", CASE | {"summary": text}, 201)["reference"]
    assert member.get(f"/cases/{reference}")["summary"] == kept
    assert [row["summary"] for row in member.get("/cases")["items"]] == [kept]


WRONG_DAYS: list[tuple[str, dict[str, Any], str]] = [
    ("/close", {"closed_on": "2026-11-24"}, "closed_on"),
    ("/close", {"closed_on": "2026-11-01"}, "closed_on"),
    ("/close", {}, "closed_on"),
    ("/receptions", {"held_on": "2026-11-24", "members": "吴海燕"}, "held_on"),
    ("/receptions", {"held_on": "2026-11-01", "members": "吴海燕"}, "held_on"),
    ("/receptions", {"held_on": "2026-11-20", "members": "吴"}, "members"),
    ("/receptions", {"held_on": "2026-11-20", "members": "吴" * 121}, "members"),
    ("/receptions", {"held_on": "2026-11-20", "members": "吴海燕", "people_count": -1}, "people_count"),
    ("/receptions", {"held_on": "2026-11-20", "members": "吴海燕", "note": "说" * 2001}, "note"),
    ("/receptions", {"held_on": "2026-11-20", "members": "吴海燕", "hours": "上午"}, "hours"),
]


def test_days_of_a_workstation_lie_within_its_life(api: Calls) -> None:
    station = f"/workstations/{contacting.kept(api.world)}"
    for end, body, field in WRONG_DAYS:
        assert named(api.by("clerk").post(f"{station}{end}", body, 422)) == [field]
        assert api.by("clerk").get(station)["receptions"] == []
