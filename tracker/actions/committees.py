"""A committee is founded from a preset: units, areas, categories, rules of work, its first event."""

from tracker.actions import diary, units, work_rules
from tracker.actions.base import action, session
from tracker.errors import Conflict
from tracker.incoming.presets import Preset
from tracker.models import Area, Category, Committee, OrgUnit
from tracker.queries import committees
from tracker.rules.actors import system
from tracker.rules.words import N_

ROOT_KEY = "root"


@action
def found(preset: Preset) -> Committee:
    """Only from the shell: whoever has it is the operator. A code or prefix is given once an installation."""
    spec = preset.committee
    if committees.is_taken(spec.code, spec.case_prefix, spec.letter_prefix):
        raise Conflict(N_("已经有同样代码或编号前缀的政协委员会"))
    committee = Committee(
        code=spec.code,
        name=spec.name,
        full_name=spec.full_name,
        issuer_mark=spec.issuer_mark,
        preset=preset.name,
        case_prefix=spec.case_prefix,
        letter_prefix=spec.letter_prefix,
        has_circles=spec.has_circles,
        office_phone=spec.office_phone,
        office_address=spec.office_address,
        settings={
            "signature": spec.signature,
            "region_word": spec.region_word,
            "office_postcode": spec.office_postcode,
        },
    )
    session().add(committee)
    session().flush()
    root = _units(committee, preset)
    _areas(committee, preset)
    _categories(committee, preset)
    work_rules.first(committee, preset.work_rules)
    diary.write(root, "found", by=system(committee.id, "shell"), data={"preset": preset.name})
    return committee


def _units(committee: Committee, preset: Preset) -> OrgUnit:
    """The tree, from the committee itself down; a unit without a parent stands right below it."""
    root = OrgUnit(committee_id=committee.id, kind="committee", key=ROOT_KEY, name=committee.name)
    units.hang(root, None)
    made = {ROOT_KEY: root}
    for spec in preset.units:
        unit = OrgUnit(
            committee_id=committee.id,
            kind=spec.kind,
            key=spec.key,
            name=spec.name,
            short_name=spec.short_name,
        )
        units.hang(unit, made[spec.parent or ROOT_KEY])
        made[spec.key] = unit
    return root


def _areas(committee: Committee, preset: Preset) -> None:
    made: dict[str, Area] = {}
    for spec in preset.areas:
        made[spec.code] = Area(
            committee_id=committee.id,
            parent=made[spec.parent] if spec.parent else None,
            code=spec.code,
            kind=spec.kind,
            name=spec.name,
            full_name=spec.full_name,
        )
    session().add_all(made.values())


def _categories(committee: Committee, preset: Preset) -> None:
    made: dict[str, Category] = {}
    for spec in preset.categories:
        made[spec.code] = Category(
            committee_id=committee.id,
            parent=made[spec.parent] if spec.parent else None,
            code=spec.code,
            name=spec.name,
            full_name=spec.full_name,
            level=spec.level,
            default_unit_key=spec.default_unit,
        )
    session().add_all(made.values())
