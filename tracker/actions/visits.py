"""A visit is written down, and the concerns heard on it become cases."""

from tracker.actions import cases, diary, photos, residents
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.cases import CaseIn, ResidentIn
from tracker.incoming.visits import VisitEdit, VisitIn, VisitTold
from tracker.models import Campaign, Case, ContactLink, Person, Visit, Visitor
from tracker.models.base import new_public_id
from tracker.queries import campaigns, contact_links, people, reference, visits
from tracker.queries.residents import identity
from tracker.rules import corrections, permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

_PLAIN = (
    "visited_on", "circle", "channel", "persons_count", "reported", "help_needed", "coordination_needed",
    "drive",
)  # fmt: skip


@action
def register(given: VisitIn, *, by: Actor, owner: Person | None = None) -> tuple[Visit, list[Case]]:
    """The visit and its cases, all or none; the same client id sent twice gives the first again.

    ``owner`` is the member whose visit it is, where somebody else writes it down for them.
    """
    member = people.as_actor(owner) if owner else by
    if owner is None:
        permissions.require_any(by, "visit.create")
    else:
        permissions.require(by, "create_for", _blank(member))
    if given.client_id:
        # The same visit sent twice at once: the second waits, and then finds the first.
        lock(session().get_one(Person, member.id))
        if known := visits.by_client_id(member, given.client_id):
            return known, list(known.cases)
    _check(given, by)
    visit = new(given, by=member)
    if owner is not None:
        permissions.require(by, "create_for", visit)
    link = _link(given, member)
    known_person = link.resident if link else None
    visit.resident = known_person or residents.register(_contact(given), by=by)
    if link:
        visit.link_id = link.id
        visit.contact_kind = link.counts_as or visit.contact_kind
    session().add(visit)
    photos.claim(given.photos, visit, by=by)
    diary.write(visit, "visit", by=by, notify=False)
    theirs = member if owner else None
    heard = [_told_by(link, entry) if known_person else entry for entry in given.cases]
    return visit, [cases.register(entry, by=by, visit=visit, owner=theirs) for entry in heard]


def new(given: VisitIn, *, by: Actor) -> Visit:
    """The row and its visitors, each with the group of that day (S2-29, S2-30); whom one met is not in it."""
    visit = _blank(by)
    visit.client_id = given.client_id or None
    _tell(visit, given, by)
    return visit


def _blank(by: Actor) -> Visit:
    return Visit(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        member_id=by.person_id,
        group_id=min(by.units("member"), default=None),
    )


@action
def correct(visit: Visit, given: VisitEdit, *, by: Actor, expect: int | None = None) -> None:
    """Put one's own visit right, as long as nobody works on what was heard there."""
    permissions.require(by, "edit", visit)
    lock(visit, expect)
    if not corrections.is_visit_open(visit.cases):
        raise Conflict(N_("这次走访的诉求已在办理，不能再改；请联系政协办公室"), version=visit.version)
    _check(given, by)
    _tell(visit, given, by)
    if not _is_to_known_person(visit):
        visit.resident = residents.correct(visit.resident, _contact(given), by=by)
    diary.write(visit, "edit", by=by, notify=False)


def _is_to_known_person(visit: Visit) -> bool:
    """Such a resident belongs to the contact, and to other visits."""
    link = session().get(ContactLink, visit.link_id) if visit.link_id else None
    return link is not None and link.resident_id is not None


def _tell(visit: Visit, given: VisitTold, by: Actor) -> None:
    campaign = campaigns.running(by.committee_id, given.visited_on)
    _check_drive(given.drive, campaign, visit.drive)
    visit.campaign_id = campaign.id if campaign else None
    for name in _PLAIN:
        setattr(visit, name, getattr(given, name))
    if visit.link_id is None:
        visit.contact_kind = given.contact.kind
    visit.area = reference.area(by, given.area) if given.area else None
    went = {visit.member_id: visit.group_id} | dict(_others(given, by))
    # Whoever was among them before keeps the group of that day.
    known = {visitor.person_id: visitor for visitor in visit.visitors}
    went[visit.member_id] = visit.group_id
    visit.visitors = [
        known.get(person) or Visitor(person_id=person, group_id=unit) for person, unit in went.items()
    ]


def _others(given: VisitTold, by: Actor) -> list[tuple[int, int]]:
    if not given.visitors:
        return []
    found = reference.groups_of_members(by, given.visitors)
    if unknown := set(given.visitors) - set(found):
        raise Invalid.one("visitors", N_("同行的委员里有 %(n)s 位不在名单上，请重新选"), n=len(unknown))
    return list(found.values())


def _link(given: VisitIn, by: Actor) -> ContactLink | None:
    """Whom the visit was to, if that is somebody the member keeps in touch with."""
    if not given.link:
        return None
    found = contact_links.own(given.link, by)
    if found is None:
        raise Invalid.one("link", N_("没有这个联系对象，请重新选"))
    return found


def _told_by(link: ContactLink | None, entry: CaseIn) -> CaseIn:
    """A concern of somebody known is theirs, unless it names another; consent came with the link."""
    if link is None or entry.resident.name or entry.resident.phone:
        return entry
    known = identity(link)
    who = {"name": known.name, "phone": known.phone, "address": known.address, "consent_process": True}
    return entry.model_copy(update={"resident": entry.resident.model_copy(update=who)})


def _contact(given: VisitTold) -> ResidentIn:
    return ResidentIn(
        name=given.contact.name,
        phone=given.contact.phone,
        address=given.address,
        consent_process=given.consent_process,
    )


def _check(given: VisitTold, by: Actor) -> None:
    if given.visited_on > shanghai_date(clock()):
        raise Invalid.one("visited_on", N_("走访日期不能晚于今天"))
    if reference.committee(by).has_circles and given.circle is None:
        raise Invalid.one("circle", N_("请选哪个圈子"))


def _check_drive(drive: str, campaign: Campaign | None, before: str | None) -> None:
    """Only what the campaign of that day names, or what stood there before it was named no more (S1-09)."""
    allowed = campaign.drives if campaign else []
    if drive in ("", before, *allowed):
        return
    if not allowed:
        raise Invalid.one("drive", N_("这一天没有可以一并计入的其他活动，请留空"))
    raise Invalid.one("drive", N_("请从这些活动里选，或者留空：%(drives)s"), drives="、".join(allowed))
