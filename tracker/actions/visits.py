"""A visit is written down, and the concerns heard on it become cases."""

from tracker.actions import cases, diary, residents
from tracker.actions.base import action, lock, session
from tracker.errors import Invalid
from tracker.extensions import clock
from tracker.incoming.cases import ResidentIn
from tracker.incoming.visits import VisitIn
from tracker.models import Case, Person, Visit, Visitor
from tracker.models.base import new_public_id
from tracker.queries import campaigns, reference, visits
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_


@action
def register(given: VisitIn, *, by: Actor) -> tuple[Visit, list[Case]]:
    """The visit and its cases, all or none; the same client id sent twice gives the first again."""
    permissions.require_any(by, "visit.create")
    if given.client_id:
        # The same visit sent twice at once: the second waits, and then finds the first.
        lock(session().get_one(Person, by.id))
        if known := visits.by_client_id(by, given.client_id):
            return known, list(known.cases)
    _check(given, by)
    group_id = min(by.units("member"), default=None)
    campaign = campaigns.running(by.committee_id, given.visited_on)
    visit = Visit(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        campaign_id=campaign.id if campaign else None,
        member_id=by.person_id,
        group_id=group_id,
        visitors=[Visitor(person_id=by.person_id, group_id=group_id)],
        visited_on=given.visited_on,
        circle=given.circle,
        channel=given.channel,
        persons_count=given.persons_count,
        contact_kind=given.contact.kind,
        area=reference.area(by, given.area) if given.area else None,
        reported=given.reported,
        help_needed=given.help_needed,
        coordination_needed=given.coordination_needed,
        client_id=given.client_id or None,
    )
    visit.resident = residents.register(
        ResidentIn(
            name=given.contact.name,
            phone=given.contact.phone,
            address=given.address,
            consent_process=given.consent_process,
        ),
        by=by,
    )
    session().add(visit)
    diary.write(visit, "visit", by=by, notify=False)
    return visit, [cases.register(entry, by=by, visit=visit) for entry in given.cases]


def _check(given: VisitIn, by: Actor) -> None:
    if given.visited_on > shanghai_date(clock()):
        raise Invalid.one("visited_on", N_("走访日期不能晚于今天"))
    if reference.committee(by).has_circles and given.circle is None:
        raise Invalid.one("circle", N_("请选哪个圈子"))
