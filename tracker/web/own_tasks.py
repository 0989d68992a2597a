"""我的任务: what a running campaign asks of a member, one bar a quota (S2-25, S2-38…40)."""

from dataclasses import dataclass

from flask import url_for

from tracker.extensions import clock
from tracker.models import Campaign, Quota
from tracker.queries import campaigns, quotas
from tracker.queries.quotas import COUNTS_AS
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.standing import Standing

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
    counts: str


@dataclass(frozen=True)
class Tasks:
    """Without cards nothing is asked: no campaign runs, or the member is excused."""

    campaign: Campaign | None
    cards: tuple[Card, ...]

    @property
    def owes(self) -> bool:
        return any(card.done < card.total for card in self.cards)

    @property
    def three_ones(self) -> list[Card]:
        """Those that a submission fills."""
        return [card for card in self.cards if card.counts in COUNTS_AS.values()]


def of(actor: Actor) -> Tasks:
    today = shanghai_date(clock())
    campaign = campaigns.running(actor.committee_id, today) if actor.has("member") else None
    line = quotas.of_one(campaign, actor, today) if campaign else None
    if campaign is None or line is None:
        return Tasks(None, ())
    return Tasks(campaign, tuple(_card(quota, found) for quota, found in line.tasks))


def _card(quota: Quota, found: Standing) -> Card:
    kind = _KINDS.get(quota.counts)
    late = found.missing if found.word == "late" else 0
    url = url_for("submissions.new", kind=kind) if kind else url_for("visits.new")
    return Card(quota.label, found.counted, found.minimum, late, url, quota.counts)
