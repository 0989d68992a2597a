"""A case is due when what is pending now is due."""

from datetime import UTC, datetime

from tests.world import NOW, World


def test_after_the_lead_answered_the_offices_review_is_pending(huiyin: World) -> None:
    reference = huiyin.replied(at=NOW)
    with huiyin.writing():
        # Two working days after Monday the 23rd, at half past five in Wuxi.
        assert huiyin.case(reference).due_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def test_while_the_lead_works_its_own_date_counts(huiyin: World) -> None:
    reference = huiyin.coordinated(at=NOW)
    with huiyin.writing():
        case = huiyin.case(reference)
        assert case.due_at == case.assignments[0].due_at
