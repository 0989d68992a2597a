"""When a dispatch is complete, who fits beside whom, and when the answers are in."""

from dataclasses import dataclass
from itertools import product

import pytest

from tracker.rules.outcome import ACTIVE, GONE, drafts_make_a_dispatch, fits, replies_are_complete


@dataclass(eq=False)
class Share:
    role: str
    state: str = "draft"
    unit_may_receive: bool = True


def shares(text: str) -> list[Share]:
    """From `lead:completed co:waived`; a draft where no state is given."""
    return [Share(*part.split(":")) for part in text.split()]


@pytest.mark.parametrize(
    ("roles", "complete"),
    [
        ("lead", True),
        ("lead co", True),
        ("lead co co co", True),
        ("separate separate", True),
        ("separate separate separate", True),
        ("", False),
        ("co", False),
        ("co co", False),
        ("lead lead", False),
        ("separate", False),
        ("lead separate", False),
        ("lead separate separate", False),
        ("separate separate co", False),
    ],
)
def test_a_dispatch_has_one_lead_or_at_least_two_separate_handlers(roles: str, complete: bool) -> None:
    assert drafts_make_a_dispatch(shares(roles)) is complete


@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_department_that_may_not_receive_it_holds_up_all(at: int) -> None:
    drafts = shares("lead co co")
    drafts[at].unit_may_receive = False
    assert not drafts_make_a_dispatch(drafts)


@pytest.mark.parametrize(
    ("newcomer", "there", "fit"),
    [
        ("lead", "lead", False),
        ("lead", "separate", False),
        ("lead", "co", True),
        ("co", "lead", True),
        ("co", "co", True),
        ("co", "separate", False),
        ("separate", "separate", True),
        ("separate", "lead", False),
        ("separate", "co", False),
    ],
)
@pytest.mark.parametrize("state", [*ACTIVE, "completed"])
def test_who_fits_beside_whom(newcomer: str, there: str, fit: bool, state: str) -> None:
    new, other = Share(newcomer), Share(there, state)
    assert fits(new, [other, new]) is fit


@pytest.mark.parametrize(("role", "gone"), list(product(["lead", "co", "separate"], [*GONE, "waived"])))
def test_what_is_gone_stands_in_nobodys_way(role: str, gone: str) -> None:
    new = Share(role)
    there = [Share(other, gone) for other in ("lead", "co", "separate")]
    assert fits(new, [*there, new])


@pytest.mark.parametrize("role", ["lead", "co", "separate"])
def test_nobody_stands_in_their_own_way(role: str) -> None:
    own = Share(role, "dispatched")
    assert fits(own, [own])


@pytest.mark.parametrize(
    "text",
    [
        "lead:completed",
        "lead:completed co:completed",
        "lead:completed co:waived",
        "separate:completed separate:completed",
        "lead:returned lead:completed",
        "lead:completed co:revoked co:draft co:returned",
    ],
)
def test_the_answers_are_in_when_lead_and_co_opinions_are(text: str) -> None:
    assert replies_are_complete(shares(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lead:returned",
        "co:completed",
        "lead:revoked co:completed",
        "separate:completed separate:replied",
        "lead:waived co:completed",
    ],
)
def test_without_every_answer_they_are_not(text: str) -> None:
    assert not replies_are_complete(shares(text))


@pytest.mark.parametrize(("role", "state"), list(product(["lead", "co"], ACTIVE)))
def test_one_that_still_works_holds_up_the_rest(role: str, state: str) -> None:
    others = {"lead": "co:completed", "co": "lead:completed"}[role]
    assert not replies_are_complete([*shares(others), Share(role, state)])
