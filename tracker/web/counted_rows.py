"""The list that holds what a number of one member or unit counts."""

from typing import Any, get_args

from flask import url_for

from tracker.models import Campaign
from tracker.models.contact_link import ContactKind
from tracker.queries.quotas import Bearer
from tracker.rules import permissions
from tracker.rules.actors import Actor

_CONTACTS = get_args(ContactKind)
# What no list of ours can be narrowed to; the sheet of one member or unit tells it in full.
UNLISTED = ("exemplar", "service", "studio")


def url(campaign: Campaign, counts: str, bearer: Bearer, actor: Actor) -> str:
    """Its address, for whoever may open it; empty where there is no such list."""
    if counts in UNLISTED:
        return ""
    if counts == "visit" or counts in _CONTACTS:
        return _visits(campaign, counts, bearer) if permissions.may_any(actor, "visit.read") else ""
    return _submissions(campaign, counts, bearer) if permissions.may_any(actor, "submission.read") else ""


def _visits(campaign: Campaign, counts: str, bearer: Bearer) -> str:
    contact = counts if counts in _CONTACTS else None
    return url_for("visits.index", campaign=campaign.public_id, visitor=bearer.public_id, contact=contact)


def _submissions(campaign: Campaign, counts: str, bearer: Bearer) -> str:
    narrowed: dict[str, Any] = {"group" if bearer.is_unit else "member": bearer.public_id}
    adopted = counts.removeprefix("adopted_")
    narrowed |= {"kind": counts} if adopted == counts else {"adopted": adopted}
    return url_for("submissions.index", campaign=campaign.public_id, **narrowed)
