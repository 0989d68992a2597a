from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

import pytest

from tracker.rules.chain import GENESIS, Head, Row, canonical, link, make_head, new_salt, note_hash, verify

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
START = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


def chained(events: list[dict[str, object]]) -> list[Row]:
    rows, prev = [], GENESIS
    for seq, event in enumerate(events, 1):
        rows.append(Row(seq, event, prev, link(prev, event)))
        prev = rows[-1].hash
    return rows


EVENTS = [
    {
        "seq": n,
        "committee": 1,
        "kind": "moved",
        "case": n % 5,
        "at": START + timedelta(minutes=n),
        "note": None,
    }
    for n in range(1, 31)
]
ROWS = chained(EVENTS)
HEAD = make_head(KEY, 1, len(ROWS), ROWS[-1].hash)


def changed(rows, random):
    i = random.randrange(len(rows))
    field = random.choice(["kind", "case", "at", "committee"])
    value = {"kind": "raised", "case": 99, "at": START - timedelta(days=1), "committee": 2}[field]
    rows[i] = rows[i]._replace(event={**rows[i].event, field: value})
    return rows, HEAD


def rehashed(rows, random):
    i = random.randrange(len(rows))
    event = {**rows[i].event, "case": 77}
    rows[i] = rows[i]._replace(event=event, hash=link(rows[i].prev, event))
    return rows, HEAD


def removed(rows, random):
    del rows[random.randrange(len(rows))]
    return rows, HEAD


def reordered(rows, random):
    i, j = random.sample(range(len(rows)), 2)
    rows[i], rows[j] = rows[j], rows[i]
    return rows, HEAD


def contents_swapped(rows, random):
    i, j = random.sample(range(len(rows)), 2)
    rows[i], rows[j] = rows[i]._replace(event=rows[j].event), rows[j]._replace(event=rows[i].event)
    return rows, HEAD


def truncated(rows, random):
    return rows[: random.randrange(len(rows))], HEAD


def doubled(rows, random):
    i = random.randrange(len(rows))
    return [*rows[: i + 1], rows[i], *rows[i + 1 :]], HEAD


def appended(rows, random):
    event = {"seq": len(rows) + 1, "kind": "invented", "case": random.randrange(9)}
    return [*rows, Row(len(rows) + 1, event, rows[-1].hash, link(rows[-1].hash, event))], HEAD


def chained_anew(rows, random):
    """Everything built again from one changed event on, the head too, but without the key."""
    i = random.randrange(len(rows))
    events = [dict(row.event) for row in rows]
    events[i]["case"] = 55
    forged = chained(events)
    return forged, make_head(OTHER_KEY, 1, len(forged), forged[-1].hash)


def cut_with_an_older_head_of_another_key(rows, random):
    kept = rows[: random.randrange(1, len(rows))]
    return kept, make_head(OTHER_KEY, 1, len(kept), kept[-1].hash)


def another_committees_head(rows, random):
    return rows, Head(random.randrange(2, 9), HEAD.seq, HEAD.hash, HEAD.mac)


EDITS = [changed, rehashed, removed, reordered, contents_swapped, truncated, doubled, appended, chained_anew]
EDITS += [cut_with_an_older_head_of_another_key, another_committees_head]


def test_an_untouched_diary_has_no_fault():
    assert verify(ROWS, HEAD, KEY) == []
    assert verify([], make_head(KEY, 1, 0, GENESIS), KEY) == []


def test_a_part_of_a_diary_is_checked_from_a_known_row_on():
    assert verify(ROWS[10:], HEAD, KEY, after=(10, ROWS[9].hash)) == []
    assert verify(ROWS[10:], HEAD, KEY, after=(10, ROWS[8].hash)) != []


@pytest.mark.requirement("T39")
def test_a_thousand_edits_are_a_thousand_findings():
    random = Random(39)
    for n in range(1000):
        edit = EDITS[n % len(EDITS)]
        rows, head = edit(list(ROWS), random)
        assert verify(rows, head, KEY), edit.__name__


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (changed, "changed"),
        (rehashed, "broken"),
        (truncated, "truncated"),
        (appended, "extended"),
        (doubled, "disordered"),
    ],
)
def test_the_fault_says_what_happened(edit, kind):
    rows, head = edit(list(ROWS), Random(7))
    assert kind in [fault.kind for fault in verify(rows, head, KEY)]


def test_a_fault_names_its_row():
    rows = [*ROWS[:4], *ROWS[5:]]
    assert [(fault.seq, fault.kind) for fault in verify(rows, HEAD, KEY)] == [(6, "missing"), (6, "broken")]


def test_an_event_has_the_same_bytes_in_every_order_spelling_and_zone():
    one = {"b": "é", "a": START, "day": date(2026, 1, 2), "list": (1, None, True), "raw": b"\x01"}
    shanghai = START.astimezone(timezone(timedelta(hours=8)))
    other = {"raw": b"\x01", "list": [1, None, True], "a": shanghai, "b": "e\u0301", "day": date(2026, 1, 2)}
    assert canonical(one) == canonical(other)
    assert b'"a":"2026-11-20T01:02:03.000000+00:00"' in canonical(one)


@pytest.mark.parametrize("value", [1.5, object(), {1.5}])
def test_a_value_without_one_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="zone"):
        canonical({"at": datetime(2026, 1, 1)})


def test_a_note_is_bound_by_a_hash_that_needs_its_salt():
    salt, other = new_salt(), new_salt()
    assert note_hash(salt, "é") == note_hash(salt, "e\u0301")
    assert note_hash(salt, "同意") != note_hash(salt, "不同意")
    assert note_hash(salt, "同意") != note_hash(other, "同意")


# A diary is read again years later: what is hashed, and how, must never change.
KEPT = {
    "committee_id": 1,
    "seq": 1,
    "at": datetime(2026, 11, 20, 1, 2, 3, 4, tzinfo=UTC),
    "verb": "coordinate",
    "actor_name": "陈静",
    "data": {"departments": [3, 1], "路线": "交办", "空": None, "是": True},
    "note_hash": bytes(range(4)),
}
KEPT_LINK = bytes.fromhex("76333fd67473699b64de98109734eac2f87c30507b03ccea50594b260e319360")


def test_an_event_of_years_ago_still_fits_its_hash():
    assert canonical(KEPT).decode() == (
        '{"actor_name":"陈静","at":"2026-11-20T01:02:03.000004+00:00","committee_id":1,'
        '"data":{"departments":[3,1],"是":true,"空":null,"路线":"交办"},'
        '"note_hash":"00010203","seq":1,"verb":"coordinate"}'
    )
    assert link(GENESIS, KEPT) == KEPT_LINK


def test_a_head_and_a_note_of_years_ago_still_fit_their_seals():
    head = make_head(KEY, 1, 1, KEPT_LINK)
    assert head.mac.hex() == "b904ce200a45278813f2ca33063bff9efb2e9eadd8aaaa25f1c8e9bac38f7837"
    told = note_hash(bytes(16), "同意")
    assert told.hex() == "6f213319f7770523be572ecd3484b3a79772814430a7cceb9fb3b646e19d96c5"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": {"x": 1}}, {"a": {"x": 2}}),
        ({"a": {"x": 1}}, {"a": {"y": 1}}),
        ({"a": None}, {}),
        ({"a": "1"}, {"a": 1}),
        ({"a": True}, {"a": 1}),
        ({"a": date(2026, 1, 1)}, {"a": date(2026, 1, 2)}),
        ({"a": b"\x01"}, {"a": b"\x02"}),
        ({"a": START}, {"a": START + timedelta(microseconds=1)}),
    ],
)
def test_what_differs_deep_inside_is_another_hash(one, other):
    assert link(GENESIS, one) != link(GENESIS, other)


def test_the_end_of_one_diary_is_not_the_end_of_another():
    macs = {make_head(KEY, *place, KEPT_LINK).mac for place in ((1, 1), (1, 2), (2, 1), (11, 1), (1, 11))}
    assert len(macs) == 5 and make_head(OTHER_KEY, 1, 1, KEPT_LINK).mac not in macs


def test_a_head_without_its_own_last_hash_is_told_as_such():
    other = make_head(KEY, 1, len(ROWS), ROWS[0].hash)
    assert [fault.kind for fault in verify(ROWS, other, KEY)] == ["head"]
    unsealed = HEAD._replace(mac=bytes(32))
    assert [(fault.seq, fault.kind) for fault in verify(ROWS, unsealed, KEY)] == [(30, "seal")]


def test_a_number_that_came_again_is_disordered_and_one_that_is_left_out_is_missing():
    again = [*ROWS[:3], ROWS[2]._replace(prev=ROWS[2].hash)]
    found = verify(again, make_head(KEY, 1, 3, ROWS[2].hash), KEY)
    assert [(fault.seq, fault.kind) for fault in found] == [(3, "disordered"), (3, "changed")]
    assert [fault.kind for fault in verify(ROWS[1:], HEAD, KEY)] == ["missing", "broken"]
