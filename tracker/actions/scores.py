"""What counts how much in a campaign is set, and somebody is put forward for an award (S1-48)."""

from sqlalchemy.orm.attributes import flag_modified

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.extensions import clock
from tracker.incoming.scores import NominationIn, ScoreItemIn, ScoreItemsIn
from tracker.models import AwardCandidate, Campaign, ScoreItem
from tracker.models.base import new_public_id
from tracker.queries import scores
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def set_items(campaign: Campaign, given: ScoreItemsIn, *, by: Actor, expect: int | None = None) -> None:
    """Only while no group has confirmed its figures: nobody's points change afterwards."""
    permissions.require(by, "set_score_items", campaign)
    lock(campaign, expect)
    if scores.is_settled(campaign):
        raise Conflict(N_("已有组确认了汇总数字，计分项目不能再改；确要改，先把已确认的汇总都退回"))
    before, wanted = _said(campaign), [item for item in given.items if item.points]
    held = {(row.bearer, row.counts): row for row in campaign.score_items}
    campaign.score_items[:] = [
        _set(held.get((item.bearer, item.counts)) or ScoreItem(), item, position)
        for position, item in enumerate(wanted, start=1)
    ]
    # The items are rows of their own; whoever looked before sees by the campaign's version that they changed.
    flag_modified(campaign, "name")
    data = {"before": before, "after": _said(campaign)}
    diary.write(campaign, "set_score_items", by=by, data=data, notify=False)


@action
def nominate(campaign: Campaign, public_id: str, given: NominationIn, *, by: Actor) -> AwardCandidate:
    """A member or unit becomes a candidate, with the points of this moment and the reason."""
    permissions.require(by, "nominate", campaign)
    lock(campaign)
    _items, line = scores.of_one(campaign, by, public_id)
    bearer = line.bearer
    if not bearer.is_unit and bearer.id == by.person_id:
        raise Forbidden(N_("不能把自己列为评优候选，请别人提出"))
    if (bearer.is_unit, bearer.id) in scores.candidates(campaign):
        raise Conflict(N_("已经是评优候选了"))
    found = AwardCandidate(
        public_id=new_public_id(),
        campaign_id=campaign.id,
        person_id=None if bearer.is_unit else bearer.id,
        unit_id=bearer.id if bearer.is_unit else None,
        points=line.total,
        reason=given.reason,
        nominated_by_id=by.id,
    )
    session().add(found)
    session().flush()
    whose = {"unit" if bearer.is_unit else "person": bearer.id}
    data = whose | {"candidate": found.id, "points": line.total}
    diary.write(campaign, "nominate", by=by, data=data, notify=False)
    return found


@action
def end_nomination(campaign: Campaign, public_id: str, *, by: Actor) -> None:
    permissions.require(by, "nominate", campaign)
    lock(campaign)
    standing = {row.public_id: row for row in scores.candidates(campaign).values()}
    if public_id not in standing:
        raise NotFound(N_("没有这条评优候选"))
    standing[public_id].ended_at = clock()
    data = {"candidate": standing[public_id].id}
    diary.write(campaign, "end_nomination", by=by, data=data, notify=False)


def _set(row: ScoreItem, item: ScoreItemIn, position: int) -> ScoreItem:
    row.bearer, row.counts, row.label = item.bearer, item.counts, item.label
    row.points, row.cap, row.position = item.points, item.cap, position
    return row


def _said(campaign: Campaign) -> list[list[str | int | None]]:
    """As the diary keeps it."""
    return [[row.bearer, row.counts, row.points, row.cap] for row in campaign.score_items]
