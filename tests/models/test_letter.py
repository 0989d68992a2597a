"""What the moves of a letter ask of it, and whose it is."""

from typing import Any

import pytest

from tracker.models import Case, Letter


@pytest.mark.parametrize(
    ("checks", "passes"),
    [
        ([], False),
        ([{"ok": True}], True),
        ([{"ok": True}, {"ok": True}], True),
        ([{"ok": True}, {"ok": False}], False),
        ([{"ok": False}, {"ok": True}], False),
    ],
)
def test_a_letter_is_sent_for_signature_when_every_check_passed(
    checks: list[dict[str, Any]], passes: bool
) -> None:
    """One that was never checked has not passed."""
    assert Letter(checks=checks).checks_pass is passes


@pytest.mark.parametrize(
    ("content", "seen", "fresh"), [(1, 0, False), (1, 1, True), (3, 2, False), (3, 3, True)]
)
def test_the_preview_counts_only_for_the_words_it_showed(content: int, seen: int, fresh: bool) -> None:
    assert Letter(content_revision=content, previewed_revision=seen).preview_rendered is fresh


def test_it_can_be_handed_over_once_the_file_is_frozen() -> None:
    assert not Letter().has_pdf
    assert Letter(pdf_sha256="0" * 64).has_pdf


def test_a_letter_is_as_secret_as_its_case_and_no_department_has_it() -> None:
    letter = Letter(case=Case(raised_by_id=11, group_id=5, is_accusation=True))
    assert (letter.owner_id, letter.group_id, letter.is_accusation) == (11, 5, True)
    assert (letter.unit_ids, letter.is_conflicted) == (frozenset(), False)
    assert not Letter(case=Case(is_accusation=False)).is_accusation
