"""Whom a member keeps in touch with: institutions freely, people only when they agreed."""

from typing import get_args

import pytest

from tests.incoming import faults
from tracker.incoming.cases import NEEDS_CONSENT
from tracker.incoming.contact_links import ContactLinkIn, LinkKind
from tracker.incoming.schema import read
from tracker.models.contact_link import INSTITUTIONS

LINK = {"kind": "enterprise", "called": "海安纺织厂", "since": "2026-03-01"}
PEOPLE = sorted(set(get_args(LinkKind)) - set(INSTITUTIONS))


def test_there_are_institutions_and_people() -> None:
    assert set(INSTITUTIONS) < set(get_args(LinkKind))
    assert {"public_person", "aid_household", "talent"} <= set(PEOPLE)


@pytest.mark.parametrize("kind", sorted(INSTITUTIONS))
def test_an_institution_need_not_agree(kind: str) -> None:
    assert read(ContactLinkIn, LINK | {"kind": kind}).consent_process is False


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_person_must_have_agreed(kind: str) -> None:
    given = LINK | {"kind": kind, "called": "顾阿婆"}
    assert faults.words(ContactLinkIn, given) == [NEEDS_CONSENT]
    assert faults.words(ContactLinkIn, given | {"consent_process": False}) == [NEEDS_CONSENT]
    assert faults.of(ContactLinkIn, given | {"consent_process": True}) == []


@pytest.mark.parametrize(
    ("field", "least", "most"), [("called", 2, 40), ("phone", 0, 30), ("address", 0, 120)]
)
def test_what_is_kept_of_somebody_is_short(field: str, least: int, most: int) -> None:
    assert faults.lengths(ContactLinkIn, LINK, field, least - 1, least, most, most + 1) == [least, most]


def test_a_contact_has_a_kind_a_name_and_a_beginning() -> None:
    assert faults.of(ContactLinkIn, {}) == ["kind", "called", "since"]
    assert faults.of(ContactLinkIn, LINK | {"kind": "relative"}) == ["kind"]
    assert faults.of(ContactLinkIn, LINK | {"since": "去年"}) == ["since"]
    assert faults.of(ContactLinkIn, LINK | {"ended_on": "2026-05-01"}) == ["ended_on"]
