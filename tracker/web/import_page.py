"""One upload: how far it is, what was read beside the original, what is to be settled, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from tracker import door
from tracker.actions.rosters import Invited
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming import form_checks
from tracker.incoming.form_checks import Checked
from tracker.incoming.list_pages import FormsPage, read_query
from tracker.models import FormImport, ImportFile
from tracker.outgoing import progress
from tracker.queries import form_imports, form_people, reference
from tracker.queries.form_imports import VISIT_KINDS
from tracker.rules import permissions
from tracker.rules.words import N_
from tracker.web import choices, files, import_compare, import_list, words
from tracker.web.import_compare import Compared, Excerpt

ON_A_PAGE = 8
MADE_SHOWN = 100
KINDS = {
    "annex1": N_("走访登记表"),
    "register": N_("走访一览表"),
    "annex2": N_("“三个一”成果表"),
    "annex3": N_("汇总表"),
    "roster": N_("人员名册"),
    "unknown": N_("没有认出"),
}
LABELS = {
    "visitors": N_("走访人员"),
    "group": N_("所在组"),
    "circle": N_("圈子"),
    "contact": N_("走访对象"),
    "address": N_("走访地址"),
    "visited_on": N_("走访日期"),
    "persons_count": N_("人数"),
    "drive": N_("同时属于哪项活动"),
    "reported": N_("反映的情况"),
    "help_needed": N_("需帮助解决的问题"),
    "coordination_needed": N_("需要统筹协调的问题"),
    "member": N_("委员姓名"),
    "suggestion": N_("发展建议"),
    "brief": N_("社情民意信息"),
    "lead": N_("“双招双引”信息"),
    "name": N_("姓名"),
    "login": N_("登录名"),
    "unit": N_("单位"),
    "role": N_("岗位"),
    "level": N_("层级"),
    "title": N_("职务"),
    "email": N_("邮箱"),
    "bridges": N_("桥梁身份"),
}
_LONG = frozenset({"reported", "suggestion", "brief", "lead"})
_ORDER = tuple(LABELS)


@dataclass(frozen=True)
class FieldView:
    """``sure`` in per cent, None where it was not read; ``kind`` says how it is drawn."""

    name: str
    key: str
    label: str
    kind: str
    value: Any
    sure: int | None
    doubt: str
    options: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class FormView:
    id: str
    title: str
    kind: str
    fields: list[FieldView]
    is_known: bool
    known_url: str
    is_left_out: bool
    is_taken: bool
    has_doubts: bool
    faults: list[FieldError]
    excerpt: Excerpt


@dataclass(frozen=True)
class FileView:
    name: str
    kind: str
    count: int
    problems: list[str]
    original: str
    sha256: str
    compared: Compared | None


def show(public_id: str) -> str:
    return draw(form_imports.get(public_id, door.signed_in()))


def original(public_id: str) -> Response:
    """The evidence itself: only ever saved, never shown by the browser (T28)."""
    found = form_imports.original(public_id, door.signed_in())
    name = form_imports.original_name(found)
    return files.original(form_imports.original_content(found), name, "application/octet-stream")


def draw(
    imported: FormImport,
    *,
    errors: Sequence[FieldError] = (),
    chosen: Mapping[str, Any] | None = None,
    invited: Sequence[Invited] = (),
) -> str:
    actor = door.signed_in()
    ready = imported.status == "ready" and permissions.may(actor, "confirm", imported)
    stuck = form_imports.is_stuck(imported)
    instance = str(current_app.config["HUIYIN_INSTANCE"])
    return render_template(
        "imports/show.html",
        imported=imported,
        sign=import_list.sign(imported, stuck=stuck),
        facts=_facts(imported),
        files=_files(imported),
        waits=imported.is_waiting and not stuck,
        progress=progress.told(instance, imported.public_id) if imported.is_waiting else None,
        errors=[_located(error) for error in errors],
        result=import_list.result(imported.counts),
        made=form_imports.made(imported, MADE_SHOWN) if imported.status == "confirmed" else [],
        handed_in=_handed_in(imported) if imported.counts.get("submissions") else [],
        invited=[(one.name, one.login, _link(one.token)) for one in invited],
        may_confirm=ready,
        **(_preview(imported, chosen, show_faults=bool(errors)) if ready else {}),
    )


def fields_of(one: Checked) -> list[str]:
    """In the order of the paper; a circle only where there are circles or one was read."""
    names = set(one.stored.read)
    if one.stored.kind in VISIT_KINDS:
        names |= {"persons_count"}
        if reference.committee(door.signed_in()).has_circles:
            names.add("circle")
    return [name for name in _ORDER if name in names]


def _facts(imported: FormImport) -> list[tuple[str, Any]]:
    now = clock()
    found = [
        (gettext("上传"), f"{imported.by.name}  {words.moment(imported.created_at, now)}"),
        (gettext("活动"), imported.campaign.name if imported.campaign else ""),
    ]
    if imported.confirmed_at and imported.confirmed_by:
        who = f"{imported.confirmed_by.name}  {words.moment(imported.confirmed_at, now)}"
        found.append((gettext("确认"), who))
    return [(term, value) for term, value in found if value]


def _files(imported: FormImport) -> list[FileView]:
    originals = {row.id: row for row in imported.originals}
    counts = form_imports.counts(imported)
    actor = door.signed_in()
    found = []
    for row in imported.files:
        source = originals[row.original_id]
        url = url_for("imports.original", public_id=source.public_id) if source.is_kept else ""
        said = [str(gettext(message, **params)) for _, message, params in row.problems]
        compared = import_compare.annex3(imported, row, actor) if row.kind == "annex3" else None
        if row.kind == "annex3":
            said.append(gettext("汇总表不存数，只留存原件，同统计的数对照。"))
        elif row.kind != "unknown" and not form_checks.takes(row.kind, actor):
            said.append(gettext("这类表不由您的岗位导入，只留存原件。"))
        found.append(
            FileView(
                form_imports.file_name(row),
                gettext(KINDS[row.kind]),
                counts.get(row.id, 0),
                said,
                url,
                source.sha256,
                compared,
            )
        )
    return found


def _handed_in(imported: FormImport) -> list[tuple[str, str]]:
    """Whose it is, and where: found again by the words, as a second import would find them."""
    checked = form_checks.look(imported, door.signed_in(), clock())
    owners = {pair: one.members[0].name for one in checked for pair in form_checks.result_keys(one)}
    found = form_people.submissions_of(owners.keys())
    return [
        (owners[pair], url_for("submissions.show", public_id=public_id))
        for pair, public_id in list(found.items())[:MADE_SHOWN]
    ]


def _preview(imported: FormImport, chosen: Mapping[str, Any] | None, *, show_faults: bool) -> dict[str, Any]:
    actor = door.signed_in()
    asked = read_query(FormsPage, request.args)
    checked = form_checks.look(imported, actor, clock())
    made = [one for one in checked if form_checks.takes(one.stored.kind, actor)]
    groups = {
        "look": [one for one in made if _wants_a_look(one)],
        "known": [one for one in made if one.duplicate_of],
        "all": made,
    }
    usual = "look" if groups["look"] else "all"
    showing = usual if show_faults else asked.show or usual
    found, number = groups[showing], 1 if show_faults else asked.page
    first = (number - 1) * ON_A_PAGE
    committee = reference.committee(actor)
    return {
        "forms": _forms(found[first : first + ON_A_PAGE], imported),
        "tabs": [_tab(imported, name, groups[name], showing) for name in groups],
        "pages": _pages(imported, showing, number, len(found)),
        "at_page": {"show": showing, "page": number},
        "counts": {
            "storing": sum(not one.is_left_out for one in made),
            "known": len(groups["known"]),
            "blocking": sum(one.is_blocking and not _lacks_only_a_circle(one) for one in made),
            "no_circle": sum(one.is_blocking and _lacks_a_circle(one) for one in made),
            "doubts": sum(bool(one.doubts) and not one.is_left_out for one in made),
        },
        "chosen": chosen or {"consent_process": True, "cases": True},
        "circles": words.choices(words.CIRCLES) if committee.has_circles else [],
        "areas": choices.areas(actor),
        "has_visits": any(one.stored.kind in VISIT_KINDS for one in made),
    }


def _wants_a_look(one: Checked) -> bool:
    """What is known has a tab of its own; a missing circle alone may be chosen for all at once."""
    if one.duplicate_of:
        return False
    return bool(one.doubts) or (one.is_blocking and not _lacks_only_a_circle(one))


def _lacks_only_a_circle(one: Checked) -> bool:
    return all(fault.field == "circle" for fault in one.faults)


def _lacks_a_circle(one: Checked) -> bool:
    return any(fault.field == "circle" for fault in one.faults)


def _tab(imported: FormImport, name: str, found: Sequence[Checked], showing: str) -> dict[str, Any]:
    labels = {"look": gettext("需要看一看"), "known": gettext("已有的"), "all": gettext("全部")}
    url = url_for("imports.show", public_id=imported.public_id, show=name)
    return {"label": labels[name], "url": url, "active": name == showing, "count": len(found)}


def _pages(imported: FormImport, showing: str, number: int, total: int) -> dict[str, str]:
    def address(to: int) -> str:
        return url_for("imports.show", public_id=imported.public_id, show=showing, page=to)

    last = max(1, -(-total // ON_A_PAGE))
    return {
        "prev": address(number - 1) if number > 1 else "",
        "next": address(number + 1) if number < last else "",
        "text": gettext("第 %(n)d / %(last)d 页", n=number, last=last) if last > 1 else "",
    }


def _forms(checked: Sequence[Checked], imported: FormImport) -> list[FormView]:
    by_id = {row.id: row for row in imported.files}
    pages: dict[int, list[dict[str, Any]]] = {}
    found = []
    for one in checked:
        row = by_id[one.stored.row.file_id]
        if row.id not in pages:
            pages[row.id] = form_imports.file_pages(row)
        found.append(_form(one, row, pages[row.id]))
    return found


def _form(one: Checked, file: ImportFile, pages: Sequence[Mapping[str, Any]]) -> FormView:
    known = one.duplicate_of or ""
    place = one.stored.place
    name = form_imports.file_name(file)
    return FormView(
        id=one.stored.id,
        title=_title(name, place),
        kind=one.stored.kind,
        fields=[_field(one, name) for name in fields_of(one)],
        is_known=bool(known),
        known_url=_known(one, known),
        is_left_out=one.is_left_out,
        is_taken=form_checks.takes(one.stored.kind, door.signed_in()),
        has_doubts=bool(one.doubts),
        faults=[] if one.is_left_out else [_said(fault, one) for fault in one.faults],
        excerpt=import_compare.excerpt(pages, place),
    )


def _title(name: str, place: str) -> str:
    """Where it stands in words: the row of a sheet, or the how manieth form of a document."""
    sheet, _, row = place.rpartition("!")
    if sheet and row.isdecimal():
        return gettext("%(file)s · %(sheet)s 第 %(row)s 行", file=name, sheet=sheet, row=row)
    if place.isdecimal():
        return gettext("%(file)s · 第 %(n)s 份", file=name, n=place)
    return f"{name} · {place}" if place else name


def _known(one: Checked, known: str) -> str:
    """The visit there is already; of one in the same import there is no page yet."""
    if not known or one.stored.kind not in VISIT_KINDS:
        return ""
    return url_for("visits.show", public_id=known) if form_imports.is_visit(known) else ""


def _said(fault: FieldError, one: Checked) -> FieldError:
    name = fault.field.partition(".")[0]
    return FieldError(f"f.{one.stored.id}.{name}", gettext(fault.message, **fault.params))


def _located(error: FieldError) -> FieldError:
    """A fault by form and field, as the field on the page is called."""
    form, _, rest = error.field.partition(".")
    return FieldError(f"f.{form}.{rest.partition('.')[0]}" if rest else error.field, error.message)


def _field(one: Checked, name: str) -> FieldView:
    sure = one.stored.confidence.get(name)
    doubts = [gettext(d.message, **d.params) for d in one.doubts if d.field == name]
    value, corrected = _value(one, name), name in one.stored.corrected
    # What was not found and is not asked for needs no figure.
    is_told = bool(doubts or value) and not corrected
    return FieldView(
        name,
        f"f.{one.stored.id}.{name}",
        gettext(LABELS[name]),
        _kind_of(name),
        value,
        round(sure * 100) if sure is not None and is_told else None,
        "；".join(doubts),
        _options(one, name),
    )


def _kind_of(name: str) -> str:
    if name in _LONG:
        return "long"
    return {
        "visitors": "people",
        "member": "person",
        "circle": "circle",
        "visited_on": "date",
        "persons_count": "number",
        "help_needed": "matters",
        "coordination_needed": "matters",
    }.get(name, "line")


def _value(one: Checked, name: str) -> Any:
    value = one.stored.fields.get(name)
    if name in ("help_needed", "coordination_needed"):
        ticks = one.stored.cases.get(name, [])
        listed = value if isinstance(value, list) else []
        return [(text, ticks[n] if n < len(ticks) else True) for n, text in enumerate(listed)]
    if name == "circle":
        return value or ""
    return "" if value is None else value


def _options(one: Checked, name: str) -> list[Any]:
    """For each name on the form: the text, and whom it may mean when that is not plain."""
    if name not in ("visitors", "member"):
        return []
    return [
        (
            named.text,
            named.member.name if named.member else "",
            [(m.public_id, f"{m.name}（{'、'.join(unit for _, unit in m.groups)}）") for m in named.found]
            if len(named.found) > 1
            else [],
        )
        for named in one.people
    ]


def _link(token: str) -> str:
    return url_for("sessions.invitation", token=token, _external=True)
