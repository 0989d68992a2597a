"""A visit as annex 1 writes it down."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.schema import read
from tracker.incoming.visits import MOST_PHOTOS, VisitEdit, VisitIn

VISIT: dict[str, Any] = {"visited_on": "2026-11-22", "reported": "反映小区路灯不亮"}
CASE = {"summary": "路灯不亮", "narrative": "北门三盏路灯不亮", "area": "0101"}


@pytest.mark.requirement("S2-28")
def test_a_visit_needs_its_day_and_what_was_told() -> None:
    assert faults.of(VisitIn, {}) == ["visited_on", "reported"]
    visit = read(VisitIn, VISIT)
    assert (visit.channel, visit.persons_count, visit.contact.kind) == ("in_person", 1, "public_person")


@pytest.mark.parametrize(
    ("count", "taken"), [(1, True), (999, True), (0, False), (1000, False), (1.5, False)]
)
def test_between_one_and_999_people_were_met(count: float, taken: bool) -> None:
    assert faults.of(VisitIn, VISIT | {"persons_count": count}) == ([] if taken else ["persons_count"])


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("reported", 10_000),
        ("help_needed", 10_000),
        ("coordination_needed", 10_000),
        ("address", 120),
        ("client_id", 64),
    ],
)
def test_each_line_of_the_form_has_its_length(field: str, most: int) -> None:
    assert faults.of(VisitIn, VISIT | {field: "字" * most}) == []
    assert faults.of(VisitIn, VISIT | {field: "字" * (most + 1)}) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("circle", "family"),
        ("circle", ""),
        ("channel", "fax"),
        ("visited_on", "today"),
        ("visited_on", None),
        ("contact", "沈桂芳"),
        ("cases", CASE),
        ("member", "xs-member2"),
        ("group", "group2"),
    ],
)
def test_a_faulty_line_is_named(field: str, value: Any) -> None:
    assert faults.of(VisitIn, VISIT | {field: value}) == [field]


@pytest.mark.requirement("S2-03")
@pytest.mark.parametrize("circle", ["sector", "living", "friends", None])
def test_there_are_three_circles_and_none(circle: str | None) -> None:
    assert read(VisitIn, VISIT | {"circle": circle}).circle == circle


@pytest.mark.requirement("S2-11")
@pytest.mark.parametrize("channel", ["in_person", "phone", "wechat", "qq", "other"])
def test_one_may_meet_in_five_ways(channel: str) -> None:
    assert read(VisitIn, VISIT | {"channel": channel}).channel == channel


@pytest.mark.parametrize(
    "personal", [{"contact": {"name": "沈"}}, {"contact": {"phone": "139"}}, {"address": "3号楼"}]
)
def test_whoever_refuses_to_be_kept_is_not_named(personal: dict[str, Any]) -> None:
    refused = VISIT | personal | {"consent_process": False}
    assert faults.of(VisitIn, refused) == ["body"]
    assert faults.of(VisitIn, VISIT | personal) == []
    assert faults.of(VisitIn, VISIT | {"consent_process": False}) == []


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"name": "长" * 41}, "contact.name"),
        ({"phone": "1" * 31}, "contact.phone"),
        ({"kind": "friend"}, "contact.kind"),
        ({"address": "3号楼"}, "contact.address"),
    ],
)
def test_whom_one_met_has_limits_too(contact: dict[str, Any], field: str) -> None:
    assert faults.of(VisitIn, VISIT | {"contact": contact}) == [field]


def test_twenty_concerns_of_one_visit_are_the_most() -> None:
    assert faults.of(VisitIn, VISIT | {"cases": [CASE] * 20}) == []
    assert faults.of(VisitIn, VISIT | {"cases": [CASE] * 21}) == ["cases"]


def test_each_faulty_concern_is_named_by_its_place() -> None:
    faulty = [CASE, CASE | {"summary": ""}, CASE | {"resident": {"name": "吴"}}]
    assert faults.of(VisitIn, VISIT | {"cases": faulty}) == ["cases.1.summary", "cases.2.resident"]


@pytest.mark.parametrize(("field", "most"), [("link", 32), ("drive", 40), ("client_id", 64)])
def test_what_a_visit_points_to_is_named_in_few_characters(field: str, most: int) -> None:
    assert faults.lengths(VisitIn, VISIT, field, 0, most, most + 1) == [0, most]


@pytest.mark.parametrize(("field", "most"), [("visitors", 20), ("photos", MOST_PHOTOS)])
def test_companions_and_photos_are_so_many_at_most_and_each_is_named(field: str, most: int) -> None:
    assert faults.of(VisitIn, VISIT | {field: ["t"] * most}) == []
    assert faults.of(VisitIn, VISIT | {field: ["t"] * (most + 1)}) == [field]
    assert faults.of(VisitIn, VISIT | {field: ["t", "", "x" * 65, " "]}) == [
        f"{field}.{n}" for n in (1, 2, 3)
    ]
    assert faults.of(VisitIn, VISIT | {field: "t"}) == [field]


@pytest.mark.parametrize("field", ["cases", "photos", "client_id", "link"])
def test_a_correction_is_the_form_alone(field: str) -> None:
    assert faults.of(VisitEdit, VISIT) == []
    assert faults.of(VisitEdit, VISIT | {field: []}) == [field]


def test_a_correction_needs_the_same_consent() -> None:
    named = VISIT | {"contact": {"name": "沈桂芳"}}
    assert faults.of(VisitEdit, named) == []
    assert faults.of(VisitEdit, named | {"consent_process": False}) == ["body"]


def test_whom_one_met_is_of_the_public_unless_said_otherwise() -> None:
    kinds = ("enterprise", "sector_person", "public_person")
    for kind in kinds:
        assert read(VisitIn, VISIT | {"contact": {"kind": kind}}).contact.kind == kind
    assert faults.of(VisitIn, VISIT | {"contact": {"kind": ""}}) == ["contact.kind"]
