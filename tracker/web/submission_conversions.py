"""Carrying one matter on: a case as a brief, a submission as a case, either as a topic (S2-06)."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import conversions
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.list_pages import read_query
from tracker.incoming.lists import PageQuery
from tracker.incoming.schema import read
from tracker.incoming.submissions import BRIEF_LENGTH, CarryOnIn, FromCaseIn, ToCaseIn
from tracker.models import Case, Submission
from tracker.queries import cases, redaction
from tracker.queries import submissions as find
from tracker.web import choices, conversion_links, faults, links, submission_page

_FROM_CASE = ("brief", "suggestion", "research_topic", "proposal_lead")


def register() -> str:
    """Which matters were carried on as what (S2-06)."""
    actor, now = door.signed_in(), clock()
    found = find.register(actor, after=read_query(PageQuery, request.args).after)
    return render_template(
        "submissions/register.html",
        rows=[conversion_links.both(row, now) for row in found.items],
        next_url=url_for("submissions.register", after=found.next) if found.next else "",
    )


def ask_from_case(reference: str) -> str:
    case = cases.get(reference, door.signed_in())
    policy.ask(case)
    return _from_case(case, _beginning(case))


def from_case(reference: str) -> ResponseReturnValue:
    case = cases.get(reference, door.signed_in())
    policy.ask(case)
    given = forms.values(request.form)
    try:
        with door.attempt():
            made = conversions.from_case(
                case, read(FromCaseIn, given), by=door.signed_in(), expect=forms.version(request.form)
            )
    except faults.REDRAWN as refused:
        return _from_case(case, given, faults.told(refused)), faults.status(refused)
    flash(gettext("已转化，两边互相留有链接"))
    if made.submission is not None:
        return redirect(links.submission(made.submission.public_id))
    return redirect(links.case(reference))


def ask_into_case(public_id: str) -> str:
    found = find.get(public_id, door.signed_in())
    policy.ask(found)
    return _into_case(found, {"summary": found.title, "narrative": found.text, "area": _area(found)})


def into_case(public_id: str) -> ResponseReturnValue:
    found = find.get(public_id, door.signed_in())
    policy.ask(found)
    given = forms.values(request.form)
    try:
        with door.attempt():
            wanted = read(ToCaseIn, given)
            by, expect = door.signed_in(), forms.version(request.form)
            case = conversions.into_case(found, wanted, by=by, expect=expect)
    except faults.REDRAWN as refused:
        return _into_case(found, given, faults.told(refused)), faults.status(refused)
    flash(gettext("已登记为诉求，两边互相留有链接"))
    return redirect(links.case(case.reference))


def carry_on(public_id: str) -> ResponseReturnValue:
    found = find.get(public_id, door.signed_in())
    policy.ask(found)
    given = forms.values(request.form)
    try:
        with door.attempt():
            wanted = read(CarryOnIn, given)
            by, expect = door.signed_in(), forms.version(request.form)
            conversions.carry_on(found, wanted, by=by, expect=expect)
    except faults.REDRAWN as refused:
        errors = faults.told(refused)
        return submission_page.draw(found, "convert", given, errors), faults.status(refused)
    flash(gettext("已记入转化"))
    return redirect(links.submission(public_id))


def _beginning(case: Case) -> dict[str, Any]:
    """The text departments got, else the story with everything taken out that tells who it is."""
    text = case.transfer_text or redaction.suggestion(case)
    return {"into": "brief", "title": case.summary, "text": text[:BRIEF_LENGTH]}


def _area(found: Submission) -> str:
    return found.visit.area.code if found.visit is not None and found.visit.area is not None else ""


def _from_case(case: Case, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "submissions/from_case.html",
        case=case,
        given=given,
        errors=list(errors),
        into=conversion_links.choices(_FROM_CASE),
        limit=BRIEF_LENGTH,
        back=links.case(case.reference),
    )


def _into_case(found: Submission, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    actor = door.signed_in()
    return render_template(
        "submissions/into_case.html",
        found=found,
        given=given,
        errors=list(errors),
        areas=choices.areas(actor),
        categories=choices.categories(actor),
        back=links.submission(found.public_id),
    )
