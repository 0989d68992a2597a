"""When a dispatch is complete, and when its replies are."""

from collections.abc import Sequence
from typing import Protocol

ACTIVE = ("dispatched", "accepted", "replied", "reworking", "return_requested")
GONE = ("draft", "returned", "revoked")
# Nothing more is asked of these, and they hear of nothing more.
RELEASED = (*GONE, "waived")


class Share(Protocol):
    """One department's share of a case."""

    @property
    def state(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def unit_may_receive(self) -> bool: ...


def drafts_make_a_dispatch(drafts: Sequence[Share]) -> bool:
    """One lead, or at least two separate handlers; no unit handles a case about itself."""
    roles = [draft.role for draft in drafts]
    one_lead = roles.count("lead") == 1 and "separate" not in roles
    separate = roles.count("separate") >= 2 and len(set(roles)) == 1
    return (one_lead or separate) and all(draft.unit_may_receive for draft in drafts)


def fits(share: Share, shares: Sequence[Share]) -> bool:
    """A case keeps one lead; separate handlers have neither a lead nor co-handlers beside them."""
    barred = {"lead": ("lead", "separate"), "co": ("separate",), "separate": ("lead", "co")}[share.role]
    return not any(
        other.role in barred and other.state not in RELEASED for other in shares if other is not share
    )


def replies_are_complete(shares: Sequence[Share]) -> bool:
    """The lead's reply (or every separate one) is approved, and every co-opinion is in or waived."""
    live = [share for share in shares if share.state not in GONE]
    answers = [share for share in live if share.role in ("lead", "separate")]
    return (
        bool(answers)
        and all(share.state == "completed" for share in answers)
        and all(share.state in ("completed", "waived") for share in live)
    )
