"""What people send about a suggestion, an opinion brief or a lead."""

from typing import Any, get_args

import pytest

from tests.incoming import faults
from tracker.incoming.schema import Input, read
from tracker.incoming.submissions import (
    BRIEF_LENGTH,
    AdoptIn,
    AnswerIn,
    CarryOnIn,
    CheckIn,
    FollowUpIn,
    ForwardIn,
    FromCaseIn,
    Kind,
    LeaderNoteIn,
    SendUpIn,
    SubmissionEdit,
    SubmissionIn,
    ToCaseIn,
    WhyIn,
)

HANDED = {"kind": "suggestion", "text": "建议在河西增设两处夜间公交停靠点。"}
ADOPTED = {"level": "city", "manner": "single", "adopted_on": "2026-10-09"}
NOTED = {"office": "区委办公室", "text": "请住建局研究。", "noted_on": "2026-10-12"}
SENT = {"sent_to": ["city"], "sent_up_on": "2026-09-30"}
FROM_CASE = {"into": "suggestion", "title": "增设夜间公交", "text": "河西夜班工人无车可乘。"}
TO_CASE = {"summary": "夜间无公交", "narrative": "河西夜班工人无车可乘。", "area": "0101"}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_needs_its_words_and_nothing_else(kind: str) -> None:
    handed = read(SubmissionIn, HANDED | {"kind": kind})
    assert (handed.title, handed.member, handed.submitted_on) == ("", None, None)
    assert faults.of(SubmissionIn, {"kind": kind}) == ["text"]


def test_a_lead_says_of_which_kind_it_is() -> None:
    assert faults.values(SubmissionIn, HANDED, "kind", "lead", "proposal", "", None) == []
    assert faults.of(SubmissionIn, HANDED | {"state": "sent_up"}) == ["state"]


@pytest.mark.requirement("S2-08")
@pytest.mark.parametrize(
    ("kind", "most"),
    [("brief", 1500), ("suggestion", 5000), ("investment_lead", 5000), ("talent_lead", 5000)],
)
def test_only_a_brief_must_be_brief(kind: str, most: int) -> None:
    given = HANDED | {"kind": kind}
    assert faults.lengths(SubmissionIn, given, "text", 1, 2, most, most + 1) == [2, most]


def test_a_brief_that_is_none_is_told_to_keep_to_one_matter() -> None:
    given = {"kind": "brief", "text": "事" * (BRIEF_LENGTH + 1)}
    assert faults.words(SubmissionIn, given) == ["一条社情民意信息不超过 1500 字，请一事一报"]


@pytest.mark.parametrize("field", ["member", "visit", "activity", "reception_day"])
def test_where_it_comes_from_is_named_in_few_characters(field: str) -> None:
    assert faults.lengths(SubmissionIn, HANDED, field, 0, 1, 64, 65) == [1, 64]
    assert faults.of(SubmissionIn, HANDED | {field: None}) == []


def test_a_title_may_wait_when_handed_in_and_not_when_corrected() -> None:
    assert faults.lengths(SubmissionIn, HANDED, "title", 0, 80, 81) == [0, 80]
    corrected = {"title": "夜间公交", "text": HANDED["text"]}
    assert faults.lengths(SubmissionEdit, corrected, "title", 0, 1, 2, 80, 81) == [2, 80]
    assert faults.lengths(SubmissionEdit, corrected, "text", 1, 2, 5000, 5001) == [2, 5000]
    assert faults.lengths(SubmissionIn, HANDED, "client_id", 0, 64, 65) == [0, 64]


def test_what_is_signed_is_brief_too() -> None:
    checked = {"edited_title": "夜间公交", "edited_text": "河西夜班工人无车可乘。"}
    assert faults.lengths(CheckIn, checked, "edited_text", 1, 2, BRIEF_LENGTH, BRIEF_LENGTH + 1) == [
        2,
        BRIEF_LENGTH,
    ]
    assert faults.lengths(CheckIn, checked, "edited_title", 1, 2, 80, 81) == [2, 80]


def test_a_brief_goes_up_to_one_place_at_least_and_to_all_five_at_most() -> None:
    every = ["party", "department", "city", "province", "nation"]
    taken = [n for n in range(7) if faults.of(SendUpIn, SENT | {"sent_to": (every * 2)[:n]}) == []]
    assert taken == [1, 2, 3, 4, 5]
    assert faults.of(SendUpIn, SENT | {"sent_to": ["city", "world"]}) == ["sent_to.1"]
    assert faults.lengths(SendUpIn, SENT, "note", 0, 1000, 1001) == [0, 1000]


def test_an_adoption_has_its_level_its_manner_and_its_day() -> None:
    levels = ["district", "city", "province", "nation"]
    assert faults.values(AdoptIn, ADOPTED, "level", *levels, "county", "") == levels
    assert faults.values(AdoptIn, ADOPTED, "manner", "single", "combined", "both") == ["single", "combined"]
    assert faults.lengths(AdoptIn, ADOPTED, "place", 0, 120, 121) == [0, 120]
    assert faults.of(AdoptIn, {}) == ["level", "manner", "adopted_on"]


@pytest.mark.parametrize(
    ("schema", "given", "field"),
    [
        (SubmissionIn, HANDED, "submitted_on"),
        (SendUpIn, SENT, "sent_up_on"),
        (AdoptIn, ADOPTED, "adopted_on"),
        (LeaderNoteIn, NOTED, "noted_on"),
        (FollowUpIn, {}, "done_on"),
    ],
)
def test_a_day_lies_within_what_a_calendar_reckons_with(
    schema: type[Input], given: dict[str, Any], field: str
) -> None:
    days = ("1899-12-31", "1900-01-01", "2999-12-31", "3000-01-01", "2026-02-30", "明天")
    assert faults.values(schema, given, field, *days) == ["1900-01-01", "2999-12-31"]


@pytest.mark.parametrize(
    ("schema", "given", "field", "least", "most"),
    [
        (LeaderNoteIn, NOTED, "office", 2, 60),
        (LeaderNoteIn, NOTED, "text", 2, 1000),
        (WhyIn, {}, "reason", 2, 1000),
        (ForwardIn, {}, "forwarded_to", 2, 120),
        (ForwardIn, {"forwarded_to": "区发改委"}, "note", 0, 1000),
        (AnswerIn, {}, "answer", 2, 5000),
        (FollowUpIn, {"done_on": "2026-11-01"}, "next_step", 0, 300),
        (CarryOnIn, {"into": "research_topic"}, "title", 2, 80),
        (ToCaseIn, TO_CASE, "summary", 2, 80),
        (ToCaseIn, TO_CASE, "narrative", 2, 5000),
    ],
)
def test_each_word_on_its_way_has_its_length(
    schema: type[Input], given: dict[str, Any], field: str, least: int, most: int
) -> None:
    assert faults.lengths(schema, given, field, least - 1, least, most, most + 1) == [least, most]


def test_a_follow_up_knows_nothing_of_their_mind_unless_told() -> None:
    contact = read(FollowUpIn, {"done_on": "2026-11-01"})
    assert (contact.willingness, contact.policy_sent, contact.next_on) == ("unknown", False, None)
    words = ["unknown", "watching", "interested", "visiting", "declined"]
    given = {"done_on": "2026-11-01"}
    assert faults.values(FollowUpIn, given, "willingness", *words, "eager") == words


@pytest.mark.requirement("S2-06")
@pytest.mark.parametrize("into", ["brief", "suggestion"])
def test_a_case_that_becomes_a_submission_needs_a_text(into: str) -> None:
    given = {"into": into, "title": "增设夜间公交"}
    assert faults.of(FromCaseIn, given) == ["text"]
    assert faults.words(FromCaseIn, given | {"text": " 路 "}) == ["请填写这一项"]
    assert faults.of(FromCaseIn, given | {"text": "路灯"}) == []


@pytest.mark.requirement("S2-06")
@pytest.mark.parametrize("into", ["research_topic", "proposal_lead"])
def test_a_topic_or_a_lead_for_a_proposal_needs_none(into: str) -> None:
    assert faults.of(FromCaseIn, {"into": into, "title": "增设夜间公交"}) == []
    assert faults.of(CarryOnIn, {"into": into, "title": "增设夜间公交"}) == []
    assert faults.of(CarryOnIn, {"into": "brief", "title": "增设夜间公交"}) == ["into"]


@pytest.mark.parametrize(("into", "most"), [("brief", 1500), ("suggestion", 5000), ("proposal_lead", 5000)])
def test_what_a_case_becomes_is_no_longer_than_what_is_handed_in(into: str, most: int) -> None:
    assert faults.lengths(FromCaseIn, FROM_CASE | {"into": into}, "text", most, most + 1) == [most]


def test_a_submission_that_becomes_a_case_has_a_place() -> None:
    assert faults.values(ToCaseIn, TO_CASE, "area", "0101", "", "  ", None) == ["0101"]
    assert read(ToCaseIn, TO_CASE).category is None
