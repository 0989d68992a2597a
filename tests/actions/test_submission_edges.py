"""What members hand in, at its edges: the longest title, the next contact, the first day that counts."""

from datetime import date

import pytest

from tests.campaigning import begun
from tests.visiting import together
from tests.world import World
from tracker.actions import submissions
from tracker.errors import Invalid


@pytest.mark.parametrize(
    "text, title",
    [
        ("长" * 80 + "。后面还有一句。", "长" * 80),
        ("长" * 81 + "。后面还有一句。", "长" * 79 + "…"),
        ("。。；\n  建议增设充电桩！尽快。", "建议增设充电桩"),
        ("！？。", "！？。"),
        ("建议增设充电桩", "建议增设充电桩"),
    ],
)
def test_a_title_is_the_first_sentence_as_far_as_a_title_may_be_long(text: str, title: str) -> None:
    assert submissions.title_of(text) == title and len(title) <= 80


@pytest.mark.parametrize("next_on, fits", [("2026-11-22", False), ("2026-11-23", True), ("2027-03-01", True)])
def test_the_next_contact_is_not_before_this_one(huiyin: World, next_on: str, fits: bool) -> None:
    public_id = huiyin.submitted("investment_lead")
    given = {"done_on": "2026-11-23", "next_on": next_on, "willingness": "interested"}
    if fits:
        huiyin.move_submission(public_id, "follow_up", **given)
        with huiyin.reading():
            assert huiyin.submission(public_id).follow_ups[0].next_on == date.fromisoformat(next_on)
        return
    with pytest.raises(Invalid) as refused:
        huiyin.move_submission(public_id, "follow_up", **given)
    assert [fault.field for fault in refused.value.errors] == ["next_on"]


def test_it_may_come_from_a_visit_the_member_only_went_along_on(huiyin: World) -> None:
    visit = together(huiyin)
    public_id = huiyin.submitted("suggestion", by="member2", visit=visit)
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert found.visit_id is not None and found.member_id == huiyin.actor("member2").id


@pytest.mark.parametrize("on, counted", [("2026-01-31", False), ("2026-02-01", True), ("2026-11-23", True)])
def test_it_counts_for_the_campaign_of_its_day(huiyin: World, on: str, counted: bool) -> None:
    begun(huiyin)
    public_id = huiyin.submitted("suggestion", submitted_on=on)
    with huiyin.reading():
        found = huiyin.submission(public_id)
        assert (found.campaign_id is not None) is counted and found.submitted_on == date.fromisoformat(on)
