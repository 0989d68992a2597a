"""What the moves of a booklet ask of it: items, files of this revision, two who did not edit."""

import pytest

from tests.world import NOW
from tracker.models import Booklet, BookletFile, BookletItem, Case, Exemplar, Submission, Visit


def item(*, excluded: bool = False, confirmed: bool = True) -> BookletItem:
    return BookletItem(excluded=excluded, confirmed_at=NOW if confirmed else None)


@pytest.mark.parametrize(
    ("items", "has", "confirmed"),
    [
        ([], False, True),
        ([item()], True, True),
        ([item(), item(confirmed=False)], True, False),
        ([item(excluded=True)], False, True),
        ([item(), item(excluded=True, confirmed=False)], True, True),
        ([item(excluded=True, confirmed=False), item(confirmed=False)], True, False),
    ],
)
def test_what_was_left_out_neither_counts_nor_delays(
    items: list[BookletItem], has: bool, confirmed: bool
) -> None:
    booklet = Booklet(items=list(items))
    assert (booklet.has_items, booklet.all_confirmed) == (has, confirmed)


@pytest.mark.parametrize(
    ("files", "has"),
    [
        ([], False),
        ([("pdf", 2)], False),
        ([("docx", 2)], False),
        ([("pdf", 2), ("docx", 2)], True),
        ([("pdf", 2), ("docx", 1)], False),
        ([("pdf", 1), ("docx", 1)], False),
        ([("pdf", 1), ("docx", 1), ("pdf", 2), ("docx", 2)], True),
    ],
)
def test_the_files_are_those_of_the_words_as_they_are_now(files: list[tuple[str, int]], has: bool) -> None:
    booklet = Booklet(revision=2, files=[BookletFile(kind=kind, revision=number) for kind, number in files])
    assert booklet.has_files is has


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("checker", "approver", "editors", "two"),
    [
        (None, None, [1], False),
        (2, None, [1], False),
        (None, 3, [1], False),
        (2, 3, [1], True),
        (2, 2, [1], False),
        (2, 3, [1, 2], False),
        (2, 3, [3], False),
        (2, 3, [], True),
    ],
)
def test_two_who_did_not_edit_it_have_approved_it(
    checker: int | None, approver: int | None, editors: list[int], two: bool
) -> None:
    booklet = Booklet(checker_id=checker, approver_id=approver, editor_ids=editors)
    assert booklet.has_two_approvals is two


@pytest.mark.parametrize(
    ("exemplar", "group"),
    [
        (Exemplar(visit=Visit(group_id=5)), 5),
        (Exemplar(submission=Submission(group_id=6)), 6),
        (Exemplar(case=Case(group_id=7)), 7),
        (Exemplar(case=Case(group_id=None)), None),
        (Exemplar(), None),
    ],
)
def test_an_exemplar_belongs_to_the_group_it_comes_from(exemplar: Exemplar, group: int | None) -> None:
    assert exemplar.group_id == group
