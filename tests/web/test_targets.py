"""Where a page may send the browser next: to another page of this service, nowhere else."""

import pytest

from tests.web.tricks import TRICKS
from tracker.web.targets import inside

pytestmark = pytest.mark.requirement("T21")


@pytest.mark.parametrize("target", TRICKS)
def test_no_trick_leads_out_of_the_house(target: str) -> None:
    assert inside(target) == "/"
    assert inside(target, "/cases") == "/cases"


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/cases",
        "/cases?state=raised&q=%E8%B7%AF%E7%81%AF",
        "/cases/XS-2026-000001#reply-7",
        "/cases?list=state%3Draised",
        "/search?q=http://evil.test",
        "/cases?q=路灯",
        "/a//b",
        "/cases?next=//evil.test",
    ],
)
def test_a_page_of_ours_is_reached_as_it_was_asked_for(target: str) -> None:
    assert inside(target) == target


@pytest.mark.parametrize("target", [None, "", "cases", "?state=raised", "#moves", "../cases"])
def test_what_is_no_path_leads_home(target: str | None) -> None:
    assert inside(target) == "/"
    assert inside(target, "/desk") == "/desk"
