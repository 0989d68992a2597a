"""What a member still owes of the three ones, one card a quota (S2-25, S2-38…40)."""

from dataclasses import dataclass

from flask import url_for

from tracker.extensions import clock
from tracker.queries import campaigns, quotas
from tracker.queries.quotas import COUNTS_AS
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

# The kind a form begins with, for what a quota counts.
_KINDS = {"suggestion": "suggestion", "brief": "brief", "lead": "investment_lead"}


@dataclass(frozen=True)
class Card:
    """One quota of mine: as a bar, with the address of the form that fills it."""

    label: str
    done: int
    total: int
    late: int
    url: str


def cards(actor: Actor) -> list[Card]:
    """Nothing for whoever owes nothing, or while no campaign runs."""
    today = shanghai_date(clock())
    campaign = campaigns.running(actor.committee_id, today) if actor.has("member") else None
    line = quotas.of_one(campaign, actor, today) if campaign else None
    if campaign is None or line is None:
        return []
    asked = [quota for quota in campaign.quotas if quota.bearer == "member"]
    return [
        Card(
            quota.label,
            found.counted,
            found.minimum,
            found.missing if found.word == "late" else 0,
            url_for("submissions.new", kind=_KINDS[quota.counts]),
        )
        for quota, found in zip(asked, line.standings, strict=True)
        if quota.counts in COUNTS_AS.values() and found is not None and found.word != "exempt"
    ]
