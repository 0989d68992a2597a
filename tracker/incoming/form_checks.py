"""Read forms held against what the house knows: who went, whether it is known already, what must be settled.

Worked out anew at each look, because people, groups and visits change while an import waits.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, cast

from tracker.errors import FieldError, Invalid
from tracker.incoming.form_imports import SCHEMAS, Choices, ResultsForm, VisitForm
from tracker.incoming.schema import Input, read
from tracker.models import FormImport
from tracker.queries import campaigns, form_imports, form_people, reference
from tracker.queries.form_imports import VISIT_KINDS, Stored
from tracker.queries.form_people import Key, Member, Roll
from tracker.rules import drives, permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

# Below this a person should look.
UNSURE: Final = 0.6
PARTS: Final = ("suggestion", "brief", "lead")
_ABSENT = N_("找不到“%(name)s”这位委员，请选一位，或者改正姓名")
_SEVERAL = N_("有 %(n)d 位委员叫“%(name)s”，请选是哪一位")
_NOT_MINE = N_("这份表的走访人员里没有您；别人的表请由组联络员或办公室导入")
_NOT_MY_GROUP = N_("“%(name)s”不在您的组里，请由办公室导入")
_NO_CIRCLE = N_("请选哪个圈子")
_FUTURE = N_("走访日期不能晚于今天")
_DRIVE = N_("这项活动的走访没有一并计入的安排，请改成其中一项，或者清空：%(drives)s")
_EMPTY = N_("表里没有可以报送的内容")
_TALENT: Final = ("人才", "博士", "硕士", "教授", "专家", "院士", "工程师", "大学生", "指导", "引智")

Names = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Named:
    """A name on a form, and whom it may mean."""

    text: str
    found: Sequence[Member]

    @property
    def member(self) -> Member | None:
        return self.found[0] if len(self.found) == 1 else None


@dataclass(frozen=True)
class Checked:
    """A form as it would be stored. ``faults`` must be settled first; ``doubts`` somebody should look at."""

    stored: Stored
    people: tuple[Named, ...] = ()
    given: Input | None = None
    faults: tuple[FieldError, ...] = ()
    doubts: tuple[FieldError, ...] = ()
    duplicate_of: str | None = None

    @property
    def is_left_out(self) -> bool:
        keep = self.stored.keep
        return keep is False or (keep is None and self.duplicate_of is not None)

    @property
    def is_blocking(self) -> bool:
        return bool(self.faults) and not self.is_left_out

    @property
    def members(self) -> list[Member]:
        return [named.member for named in self.people if named.member]

    @property
    def visit(self) -> VisitForm:
        return cast(VisitForm, self.given)

    @property
    def results(self) -> ResultsForm:
        return cast(ResultsForm, self.given)


@dataclass
class Office:
    """What all forms of one look are held against."""

    by: Actor
    roll: Roll
    choices: Choices
    has_circles: bool
    today: date
    seen: dict[Key, str] = field(default_factory=dict)


def look(
    imported: FormImport, by: Actor, now: Any, fixes: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Checked]:
    """Every form of the import for whoever is to confirm it; ``fixes`` are what they say just now."""
    office = Office(
        by,
        form_people.roll(by),
        Choices.model_validate(imported.choices),
        reference.committee(by).has_circles,
        shanghai_date(now),
    )
    stored = [corrected(one, (fixes or {}).get(one.id)) for one in form_imports.forms(imported)]
    checked = [_check(one, office) for one in stored]
    return _with_duplicates(checked, office)


def corrected(one: Stored, fix: Mapping[str, Any] | None) -> Stored:
    """``fix``: fields, keep, cases, as far as somebody said something about them."""
    if not fix:
        return one
    return replace(
        one,
        corrected=one.corrected | dict(fix.get("fields") or {}),
        keep=fix.get("keep", one.keep),
        cases=fix.get("cases") or one.cases,
    )


# Whose forms become something; the others are kept as evidence.
_MAKERS: Final = {
    "annex1": ("visit.create", "visit.create_for"),
    "register": ("visit.create", "visit.create_for"),
    "annex2": ("submission.create",),
    "roster": ("person.edit",),
}


def takes(kind: str, by: Actor) -> bool:
    """Whether something is made of such a form when this person confirms it."""
    return any(permissions.may_any(by, question) for question in _MAKERS.get(kind, ()))


def blocking(checked: Iterable[Checked]) -> list[FieldError]:
    """Every fault that keeps the import from being stored, by the form's id."""
    return [
        replace(fault, field=f"{one.stored.id}.{fault.field}")
        for one in checked
        if one.is_blocking
        for fault in one.faults
    ]


def repeat_key(kind: str, text: str) -> str:
    """The same words of one member are handed in once, however often the form comes."""
    return "form:" + hashlib.sha256(f"{kind}\n{form_people.folded(text)}".encode()).hexdigest()[:40]


def lead_kind(text: str) -> str:
    """招商 or 引智: annex 2 asks for either under one label (S2-40)."""
    return "talent_lead" if any(word in text for word in _TALENT) else "investment_lead"


def _check(one: Stored, office: Office) -> Checked:
    doubts = tuple(_doubts(one))
    schema = SCHEMAS.get(one.kind)
    if schema is None or not takes(one.kind, office.by):
        return Checked(one, doubts=doubts)
    people = tuple(_named(one, office.roll))
    if people and all(named.member for named in people) and not one.fields.get("group"):
        # The roll knows where they belong: a form of the group's own list need not say so.
        doubts = tuple(doubt for doubt in doubts if doubt.field != "group")
    try:
        given = read(schema, _filled(one, office))
    except Invalid as refused:
        return Checked(one, people, None, (*refused.errors, *_unknown(people, one)), doubts)
    wrong = _wrong_visit if one.kind in VISIT_KINDS else _wrong_results
    faults = (*_unknown(people, one), *wrong(given, people, office))
    return Checked(one, people, given, faults, doubts)


def _filled(one: Stored, office: Office) -> dict[str, Any]:
    """The fields that the form has; a circle it does not name is the one chosen for all."""
    given = {name: value for name, value in one.fields.items() if value not in (None, "", [])}
    if one.kind in VISIT_KINDS and office.has_circles and office.choices.circle:
        given.setdefault("circle", office.choices.circle)
    if one.kind in VISIT_KINDS and given.get("persons_count") == 0:
        del given["persons_count"]
    return given


def _named(one: Stored, roll: Roll) -> Iterator[Named]:
    group = one.fields.get("group") or ""
    asked = one.fields.get("visitors") if one.kind in VISIT_KINDS else [one.fields.get("member")]
    for name in asked if isinstance(asked, list) else ():
        if isinstance(name, str) and name.strip():
            found = roll.find(name.strip(), group if isinstance(group, str) else "")
            yield Named(name.strip(), found)


def _unknown(people: Sequence[Named], one: Stored) -> Iterator[FieldError]:
    name = "visitors" if one.kind in VISIT_KINDS else "member"
    for named in people:
        if not named.found:
            yield FieldError(name, _ABSENT, {"name": named.text})
        elif len(named.found) > 1:
            yield FieldError(name, _SEVERAL, {"name": named.text, "n": len(named.found)})


def _wrong_visit(given: Input, people: Sequence[Named], office: Office) -> Iterator[FieldError]:
    form = cast(VisitForm, given)
    if form.visited_on > office.today:
        yield FieldError("visited_on", _FUTURE)
    if office.has_circles and form.circle is None:
        yield FieldError("circle", _NO_CIRCLE)
    if form.drive:
        yield from _unknown_drive(form, office)
    yield from _not_theirs("visitors", people, office.by)


def _unknown_drive(form: VisitForm, office: Office) -> Iterator[FieldError]:
    campaign = campaigns.running(office.by.committee_id, form.visited_on)
    named = campaign.drives if campaign else []
    if drives.meant(form.drive, named, campaign.name if campaign else "") is None:
        yield FieldError("drive", _DRIVE, {"drives": "、".join(named) or "—"})


def _wrong_results(given: Input, people: Sequence[Named], office: Office) -> Iterator[FieldError]:
    form = cast(ResultsForm, given)
    if not any(getattr(form, part) for part in PARTS):
        yield FieldError("suggestion", _EMPTY)
    for part in PARTS:
        if len(getattr(form, part)) == 1:
            yield FieldError(part, _EMPTY)
    yield from _not_theirs("member", people, office.by)


def _not_theirs(name: str, people: Sequence[Named], by: Actor) -> Iterator[FieldError]:
    """Whose forms somebody may bring: the office all, a secretary the group's, a member the own ones."""
    known = [named.member for named in people if named.member]
    if not known or _is_theirs(known[0], by) or by.person_id in {member.id for member in known}:
        return
    if not by.has("secretary"):
        yield FieldError(name, _NOT_MINE)
    else:
        yield FieldError(name, _NOT_MY_GROUP, {"name": known[0].name})


def _is_theirs(member: Member, by: Actor) -> bool:
    """Whether this person may bring forms of that member alone."""
    in_group = bool(by.units("secretary") & {unit for unit, _ in member.groups})
    return by.has("clerk") or member.id == by.person_id or in_group


def _doubts(one: Stored) -> Iterator[FieldError]:
    """What the reader was not sure of, as far as nobody has corrected it."""
    told = set()
    for name, message, params in one.problems:
        if name not in one.corrected:
            told.add(name)
            yield FieldError(name, message, params)
    for name, sure in one.confidence.items():
        if sure < UNSURE and name not in told and name not in one.corrected:
            yield FieldError(name, N_("读得不太有把握，请核对"))


def _with_duplicates(checked: Sequence[Checked], office: Office) -> list[Checked]:
    # Whether there is a visit to somebody tells whom a member met: asked only where the form may be brought.
    theirs = {member.id for one in checked for member in one.members if _is_theirs(member, office.by)}
    asked = {key for one in checked for key in _keys(one) if key[0] in theirs}
    known = form_people.visits_of(office.by, asked)
    handed_in = {pair for one in checked for pair in result_keys(one) if pair[0] in theirs}
    results = form_people.submissions_of(handed_in)
    found = []
    for one in checked:
        same = next((known[key] for key in _keys(one) if key in known), None)
        same = same or next((office.seen[key] for key in _keys(one) if key in office.seen), None)
        pairs = list(result_keys(one))
        if pairs and all(pair in results for pair in pairs):
            same = results[pairs[0]]
        found.append(replace(one, duplicate_of=same))
        for key in _keys(one, form_people.known_as):
            office.seen.setdefault(key, one.stored.id)
    return found


def _keys(one: Checked, names: Names = form_people.asked_as) -> Iterator[Key]:
    if one.stored.kind in VISIT_KINDS and one.given is not None:
        for member in one.members:
            for whom in names(one.visit.contact, one.visit.reported):
                yield member.id, one.visit.visited_on, whom


def result_keys(one: Checked) -> Iterator[tuple[int, str]]:
    """Member and repeat key of each part of an annex 2."""
    if one.stored.kind == "annex2" and one.given is not None and one.members:
        for kind, text in result_parts(one.results):
            yield one.members[0].id, repeat_key(kind, text)


def result_parts(given: ResultsForm) -> list[tuple[str, str]]:
    """Kind and text of what is handed in."""
    kinds = {"suggestion": "suggestion", "brief": "brief", "lead": lead_kind(given.lead)}
    return [(kinds[part], getattr(given, part)) for part in PARTS if getattr(given, part)]
