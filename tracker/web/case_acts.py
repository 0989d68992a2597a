"""What people do from a case's page; a refused act draws the page again with everything that was typed."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from tracker import door
from tracker.actions import assignments, attachments, cases, codes, letters, ratings, residents
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import Invalid
from tracker.incoming.assignments import AssignmentIn
from tracker.incoming.attachments import read as read_file
from tracker.incoming.cases import NoteIn, RatingIn, RevealIn
from tracker.incoming.letters import LetterIn
from tracker.incoming.schema import read
from tracker.models import Case
from tracker.queries import attachments as files_of
from tracker.queries import cases as find
from tracker.queries.residents import ResidentOf
from tracker.rules.words import N_
from tracker.web import case_page, faults, files, links, move_forms, receipts
from tracker.web.case_page import Redraw

Act = Callable[[Case, dict[str, Any]], None]


def move(reference: str) -> ResponseReturnValue:
    """Any move but coordination, which has its own screen."""
    name, variant = move_forms.split(request.form.get("move", ""))

    def act(case: Case, given: dict[str, Any]) -> None:
        cases.move(case, name, by=door.signed_in(), given=given | variant, expect=forms.version(request.form))

    return _do(reference, request.form.get("move", ""), act, gettext("已办理"))


def assign(reference: str) -> ResponseReturnValue:
    """One more department while the case is handled; it gets the text that was confirmed for the others."""

    def act(case: Case, given: dict[str, Any]) -> None:
        wanted = read(AssignmentIn, given | {"transfer_text": case.transfer_text})
        share = assignments.draft(case, wanted, by=door.signed_in(), expect=forms.version(request.form))
        assignments.move(share, "dispatch", by=door.signed_in())

    return _do(reference, "assign", act, gettext("已交办"))


def note(reference: str) -> ResponseReturnValue:
    return _do(reference, "note", _noting("note"), gettext("已记下"))


def instruct(reference: str) -> ResponseReturnValue:
    return _do(reference, "instruct", _noting("instruct"), gettext("批示已送办公室"))


def rate(reference: str) -> ResponseReturnValue:
    def act(case: Case, given: dict[str, Any]) -> None:
        ratings.rate(case, read(RatingIn, given), by=door.signed_in())

    return _do(reference, "rate", act, gettext("评价已登记"))


def attach(reference: str) -> ResponseReturnValue:
    """Add the chosen files, all or none."""
    chosen = [entry for entry in request.files.getlist("file") if entry.filename]

    def act(case: Case, given: dict[str, Any]) -> None:
        if not chosen:
            raise Invalid.one("file", N_("请选要上传的文件"))
        for entry in chosen:
            with closing(entry):
                given_file = read_file(entry.filename or "", entry.read())
            attachments.add(case, given_file, by=door.signed_in())

    return _do(reference, "attach", act, gettext("文件已加密保存"))


def attachment(public_id: str) -> ResponseReturnValue:
    found = files_of.get(public_id, door.signed_in())
    return files.original(files_of.content(found), files_of.name(found), found.media_type)


def reveal(reference: str) -> ResponseReturnValue:
    """The one answer that shows who it is; sent again, it shows the mask."""
    case = find.get(reference, door.signed_in())
    policy.ask(ResidentOf(case))
    try:
        with door.attempt():
            look = residents.reveal(case, read(RevealIn, forms.values(request.form)), by=door.signed_in())
    except faults.REDRAWN as refused:
        return _again(case, "reveal", refused)
    door.repeat_with(case_page.draw(case))
    return case_page.draw(case, Redraw(look=look))


def issue_code(reference: str) -> ResponseReturnValue:
    """A new code; the old slip stops working."""
    case = find.get(reference, door.signed_in())
    code = codes.issue(case, by=door.signed_in()).code
    return receipts.page([(case, code)], door.signed_in(), title=gettext("新的查询码"))


def reset_letter_lock(reference: str) -> ResponseReturnValue:
    """Unlock the letter on the code page; a new PIN is shown once, to be told by voice."""
    case = find.get(reference, door.signed_in())
    pin = codes.issue_pin(case, by=door.signed_in())
    if pin is None:
        flash(gettext("取信已解锁，密码仍是电话后四位"))
        return _back(case)
    door.repeat_with(case_page.draw(case))
    return case_page.draw(case, Redraw(pin=pin))


def draft_letter(reference: str) -> ResponseReturnValue:
    case = find.get(reference, door.signed_in())
    try:
        with door.attempt():
            letter = letters.draft(case, LetterIn(), by=door.signed_in())
    except faults.REDRAWN as refused:
        return _again(case, "draft_letter", refused)
    return redirect(url_for("letters.show", public_id=letter.public_id))


def _noting(verb: str) -> Act:
    def act(case: Case, given: dict[str, Any]) -> None:
        cases.note(case, read(NoteIn, given), by=door.signed_in(), verb=verb)

    return act


def _do(reference: str, name: str, act: Act, done: str) -> ResponseReturnValue:
    case = find.get(reference, door.signed_in())
    policy.ask(case)
    try:
        with door.attempt():
            act(case, forms.values(request.form))
    except faults.REDRAWN as refused:
        return _again(case, name, refused)
    flash(done)
    return _back(case)


def _again(case: Case, name: str, refused: Any) -> ResponseReturnValue:
    redraw = Redraw(name, forms.values(request.form), faults.told(refused))
    return case_page.draw(case, redraw), faults.status(refused)


def _back(case: Case) -> Response:
    return redirect(links.case(case.reference, list=links.came_from()))
