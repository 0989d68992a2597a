"""Committees, for the operator's shell: it stands outside of them all."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Area, Committee, OrgUnit, Person
from tracker.rules.words import N_


def choose(code: str | None) -> Committee:
    """By its code; without one, the only committee there is."""
    known = db.session.scalars(select(Committee).order_by(Committee.id)).all()
    found = [committee for committee in known if code is None or committee.code == code]
    if len(found) == 1:
        return found[0]
    if not known:
        raise Invalid.one("committee", N_("还没有政协委员会，请先运行 committee create --preset"))
    if code is None:
        raise Invalid.one("committee", N_("有多个政协委员会，请用 --committee 指明代码"))
    raise Invalid.one("committee", N_("没有这个代码的政协委员会"))


def several(code: str | None) -> Sequence[Committee]:
    """All of them, or the one of this code."""
    if code is not None:
        return [choose(code)]
    return db.session.scalars(select(Committee).order_by(Committee.id)).all()


def of(person: Person) -> Committee:
    return db.session.get_one(Committee, person.committee_id)


def is_taken(code: str, case_prefix: str, letter_prefix: str) -> bool:
    """Whether another committee has the code or one of the prefixes; numbers must never meet."""
    taken = or_(
        Committee.code == code,
        Committee.case_prefix == case_prefix,
        Committee.letter_prefix == letter_prefix,
    )
    return db.session.scalar(select(Committee.id).where(taken).limit(1)) is not None


def office(committee: Committee) -> OrgUnit:
    """The unit where the office's own people have their posts; Invalid while there is none."""
    query = select(OrgUnit).where(OrgUnit.committee_id == committee.id, OrgUnit.kind == "office")
    found = db.session.scalars(query.order_by(OrgUnit.id).limit(1)).first()
    if found is None:
        raise Invalid.one("unit", N_("还没有政协办公室这个单位，请先在“单位”里添加"))
    return found


def whole_area(committee: Committee) -> Area | None:
    """The area everything lies in: where nothing closer is known."""
    query = select(Area).where(Area.committee_id == committee.id, Area.parent_id.is_(None))
    return db.session.scalar(query.order_by(Area.id).limit(1))
