"""The committee's tree of units: one is added, renamed, or taken out of use; none is ever deleted."""

import secrets

from tracker.actions import diary
from tracker.actions.base import action, session
from tracker.errors import Conflict, Invalid
from tracker.incoming.units import UnitEdit, UnitIn
from tracker.models import OrgUnit
from tracker.queries import directory, people, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# Nobody's organisation is deeper, and the path of ids stays within its column.
DEEPEST = 8


@action
def add(given: UnitIn, *, by: Actor) -> OrgUnit:
    """A new unit below another one; its key is made here, because presets and categories go by keys."""
    permissions.require_any(by, "unit.edit")
    parent = reference.unit(by, given.parent, "parent")
    if len(parent.lineage) >= DEEPEST:
        raise Invalid.one("parent", N_("层级太深了，请选上一级单位"))
    _must_be_free(given.name, by)
    unit = OrgUnit(committee_id=by.committee_id, kind=given.kind, key=_new_key(), name=given.name)
    hang(unit, parent)
    diary.write(unit, "add_unit", by=by, data={"kind": unit.kind, "parent": parent.id}, notify=False)
    return unit


@action
def edit(unit: OrgUnit, given: UnitEdit, *, by: Actor) -> OrgUnit:
    """Rename a unit or take it out of use; one with open assignments stays."""
    permissions.require(by, "edit", unit)
    if not given.is_active and unit.parent_id is None:
        raise Conflict(N_("政协机关是所有单位的上级，不能停用"))
    if not given.is_active and people.open_assignments(unit):
        raise Conflict(N_("这个单位还有在办的交办，办完再停用"), missing=["no_open_assignment"])
    if given.name != unit.name:
        _must_be_free(given.name, by)
    unit.name, unit.is_active = given.name, given.is_active
    diary.write(unit, "edit_unit", by=by, data={"active": unit.is_active}, notify=False)
    return unit


def hang(unit: OrgUnit, parent: OrgUnit | None) -> None:
    """Give a new unit its place in the tree."""
    # The path holds the row's own number, so the row comes first.
    unit.parent = parent
    session().add(unit)
    session().flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"


def _must_be_free(name: str, by: Actor) -> None:
    """Two units of one name could not be told apart in any list."""
    found = directory.unit_named(name, by)
    if found is None:
        return
    if found.is_active:
        raise Invalid.one("name", N_("已经有叫这个名字的单位了"))
    raise Invalid.one("name", N_("已停用的单位里有这个名字，把那一个恢复使用即可"))


def _new_key() -> str:
    """Like no key of a preset, and by chance like none of another unit."""
    return f"u-{secrets.token_hex(16)}"
