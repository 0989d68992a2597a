"""修改诉求: the words of a case put right, with the fields it was registered with."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import cases
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import Conflict, FieldError, HuiyinError
from tracker.incoming.cases import CaseEdit
from tracker.incoming.schema import read
from tracker.models import Area, Case, Category, OrgUnit
from tracker.queries import cases as find
from tracker.rules import corrections
from tracker.rules.actors import Actor
from tracker.web import choices, faults, links, words

FIELDS = ("summary", "narrative", "category", "area", "urgency", "subject_unit")


def show(reference: str) -> ResponseReturnValue:
    actor = door.signed_in()
    case = find.get(reference, actor)
    policy.ask(case)
    if not corrections.is_open_to(actor, case):
        flash(gettext("已经协调，不能再改；请联系政协办公室"), "warn")
        return _back(case)
    return _draw(case, _stands(case))


def store(reference: str) -> ResponseReturnValue:
    """Only what differs is written, so that the diary names what was changed."""
    actor = door.signed_in()
    case = find.get(reference, actor)
    policy.ask(case)
    given = {name: _plain(request.form.get(name, "")) for name in FIELDS}
    try:
        with door.attempt():
            changed = _correct(case, given, actor)
    except faults.REDRAWN as refused:
        return _again(case, given, refused)
    flash(gettext("已保存修改") if changed else gettext("没有改动"))
    return _back(case)


def _correct(case: Case, given: dict[str, str], actor: Actor) -> bool:
    stands = _stands(case)
    changed = {name: value for name, value in given.items() if value != stands[name]}
    if changed:
        wanted = read(CaseEdit, changed)
        cases.edit(case, wanted, by=actor, expect=forms.version(request.form))
    return bool(changed)


def _stands(case: Case) -> dict[str, str]:
    """The case as the form would send it."""
    return {
        "summary": case.summary,
        "narrative": _plain(case.narrative),
        "category": case.category.code if case.category else "",
        "area": case.area.code if case.area else "",
        "urgency": case.urgency,
        "subject_unit": choices.subject_of(case),
    }


def _plain(text: str) -> str:
    # A browser sends line ends of its own kind.
    return text.replace("\r\n", "\n").strip()


def _again(case: Case, given: dict[str, str], refused: HuiyinError) -> ResponseReturnValue:
    if isinstance(refused, Conflict):
        return _draw(case, given, clash=True), faults.status(refused)
    return _draw(case, given, faults.told(refused)), faults.status(refused)


def _draw(
    case: Case, given: dict[str, str], errors: Sequence[FieldError] = (), *, clash: bool = False
) -> str:
    """``clash``: somebody else was quicker; what stands now is shown beside what was typed."""
    actor = door.signed_in()
    return render_template(
        "cases/edit.html",
        case=case,
        given=given,
        errors=errors,
        clash=clash,
        differs=_differing(case, given) if clash else [],
        came_from=links.came_from(),
        urgencies=words.choices(words.URGENCIES),
        **_options(case, actor),
    )


def _options(case: Case, actor: Actor) -> dict[str, choices.Groups]:
    area, category, unit = case.area, case.category, case.subject_unit
    return {
        "areas": _offering(choices.areas(actor), area.code if area else "", area),
        "categories": _offering(choices.categories(actor), category.code if category else "", category),
        "units": _offering(choices.units(actor), unit.public_id if unit else "", unit),
    }


def _offering(groups: choices.Groups, value: str, stands: Area | Category | OrgUnit | None) -> choices.Groups:
    """What the case has stays on offer, although nobody may choose it anew."""
    if stands is None or any(value == known for _, options in groups for known, _ in options):
        return groups
    return [("", [(value, stands.name)]), *groups]


def _differing(case: Case, given: dict[str, str]) -> list[tuple[str, str]]:
    """Label and present content of each field that was typed otherwise."""
    nothing = gettext("未填")
    subject = case.subject_unit.name if case.subject_unit else ""
    shown = {
        "summary": (gettext("一句话说清什么事"), case.summary),
        "narrative": (gettext("具体情况"), case.narrative),
        "category": (gettext("类别"), case.category.full_name if case.category else nothing),
        "area": (gettext("地点"), case.area.full_name if case.area else nothing),
        "urgency": (gettext("缓急"), words.say(words.URGENCIES, case.urgency)),
        "subject_unit": (
            gettext("被反映的单位"),
            gettext("没有，只反映问题") if case.subject_none else subject or nothing,
        ),
    }
    stands = _stands(case)
    return [shown[name] for name in FIELDS if given[name] != stands[name]]


def _back(case: Case) -> ResponseReturnValue:
    return redirect(links.case(case.reference, list=links.came_from()))
