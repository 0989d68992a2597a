"""Lists to choose from, as the form macros take them."""

from itertools import groupby

from tracker.door.language import gettext
from tracker.models import Case, Category, OrgUnit
from tracker.models.committee import UNIT_KINDS
from tracker.queries import reference
from tracker.rules.actors import Actor
from tracker.web import words

Options = list[tuple[str, str]]
Groups = list[tuple[str, Options]]


def areas(actor: Actor) -> Groups:
    """Townships as groups, each offering itself and its communities."""
    found = reference.areas(actor)
    inside: dict[int | None, Options] = {}
    for area in found:
        inside.setdefault(area.parent_id, []).append((area.code, area.name))
    towns = [area for area in found if area.kind != "community"]
    groups = []
    for town in towns:
        below = [
            (code, name) for code, name in inside.get(town.id, []) if code not in {t.code for t in towns}
        ]
        whole = (town.code, gettext("%(place)s（不细分）", place=town.name) if below else town.name)
        groups.append((town.name, [whole, *below]))
    return groups


def categories(actor: Actor) -> Groups:
    """The top level as groups; deeper ones by their path below it."""
    found = reference.categories(actor)
    tops = {category.id: category.name for category in found if category.level == 1}
    rows = [(_top(category), category) for category in found if category.level > 1]
    grouped = groupby(rows, key=lambda row: row[0])
    return [
        (tops.get(top, ""), [(category.code, _below_top(category)) for _, category in group])
        for top, group in grouped
    ]


def units(actor: Actor) -> Groups:
    """Departments first: complaints are mostly about them."""
    found = [unit for unit in reference.units(actor) if unit.kind != "committee"]
    departments = [unit for unit in found if unit.kind == "department"]
    others = [unit for unit in found if unit.kind != "department"]
    return [
        (gettext("部门和镇街"), _named(departments)),
        (gettext("政协各组"), _named(others)),
    ]


def companions(actor: Actor) -> Groups:
    """The other members, those of one's own groups first."""
    own = actor.units("member")
    found = [(unit, person) for person, unit in reference.members(actor) if person.id != actor.id]
    found.sort(key=lambda row: (row[0].id not in own, row[0].path))
    return [
        (name, [(person.public_id, person.name) for _unit, person in rows])
        for name, rows in groupby(found, key=lambda row: row[0].name)
    ]


def subject_of(case: Case) -> str:
    """Whose conduct is complained of, as a form names it: a unit, ``none``, or nothing while it is open."""
    if case.subject_unit is not None:
        return case.subject_unit.public_id
    return "none" if case.subject_none else ""


def departments(actor: Actor) -> Options:
    return _named(list(reference.units(actor, "department")))


def _named(units: list[OrgUnit]) -> Options:
    return [(unit.public_id, unit.name) for unit in units]


def _top(category: Category) -> int:
    while category.parent is not None:
        category = category.parent
    return category.id


def _below_top(category: Category) -> str:
    return category.full_name.partition(" / ")[2] or category.name


def usual_departments(actor: Actor) -> dict[str, str]:
    """Category code → public id of the department that usually handles it."""
    by_key = {unit.key: unit.public_id for unit in reference.units(actor, "department")}
    found = reference.categories(actor)
    return {c.code: by_key[c.default_unit_key] for c in found if c.default_unit_key in by_key}


def all_units(actor: Actor) -> Groups:
    """Every unit, by kind, for giving somebody a post in it."""
    found = sorted(reference.units(actor), key=lambda unit: (UNIT_KINDS.index(unit.kind), unit.path))
    grouped = groupby(found, key=lambda unit: unit.kind)
    return [(words.say(words.UNIT_KINDS, kind), _named(list(units))) for kind, units in grouped]
