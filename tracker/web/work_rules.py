"""工作制度: the rules office and committees follow, and the deadlines in force beside them (S1-43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import work_rules as acts
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.incoming.schema import read
from tracker.incoming.work_rules import WorkRulesIn
from tracker.models import WorkRules
from tracker.queries import work_rules
from tracker.rules import permissions, rule_text
from tracker.rules.clock import shanghai_date
from tracker.web import faults, words

blueprint = Blueprint("work_rules", __name__, url_prefix="/work-rules")


@dataclass(frozen=True)
class VersionView:
    """``replaces`` is the number of the version before it, 0 where there was none."""

    number: int
    url: str
    day: str
    author: str
    why: str
    replaces: int


@blueprint.get("")
def index() -> str:
    return _page(work_rules.in_force(door.signed_in()))


@blueprint.get("/<number>", endpoint="version")
def version_(number: str) -> str:
    return _page(work_rules.version(number, door.signed_in()))


@blueprint.get("/edit")
def edit() -> str:
    found = work_rules.in_force(door.signed_in())
    return _form({"text": found.text} if found else {}, found.number if found else 0)


@blueprint.post("/edit")
def save() -> tuple[str, int] | Response:
    by, given, seen = door.signed_in(), values(request.form), version(request.form)
    try:
        with door.attempt():
            made = acts.replace(read(WorkRulesIn, given), by=by, expect=seen)
    except faults.REDRAWN as refused:
        return _form(given, seen or 0, faults.told(refused)), faults.status(refused)
    flash(gettext("第 %(n)s 版已生效，旧版本仍可查看", n=made.number), "ok")
    return make_response(redirect(url_for("work_rules.index")))


def _page(found: WorkRules | None) -> str:
    actor = door.signed_in()
    known = work_rules.versions(actor)
    return render_template(
        "work_rules/show.html",
        shown=_view(found) if found else None,
        lines=rule_text.lines(found.text) if found else [],
        is_in_force=found is None or found.number == known[0].number,
        versions=[_view(one) for one in known],
        may_edit=permissions.may_any(actor, "work_rules.edit"),
        deadlines=[
            (gettext(one.stage), gettext("%(n)s 个工作日", n=one.days), gettext(one.basis))
            for one in rule_text.deadlines()
        ],
    )


def _form(given: Mapping[str, Any], seen: int, errors: Sequence[FieldError] = ()) -> str:
    return render_template("work_rules/edit.html", given=given, seen=seen, errors=list(errors))


def _view(one: WorkRules) -> VersionView:
    return VersionView(
        one.number,
        url_for("work_rules.version", number=one.number),
        words.full_day(shanghai_date(one.created_at)),
        one.author.name if one.author else gettext("建立机构时的文本"),
        one.why,
        one.number - 1 if one.replaces_id else 0,
    )
