"""Pages of cases."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.web import case_acts, case_edit, case_list, case_page, case_register, receipts, triage

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
case_list.Cases().stand_in(blueprint)


@blueprint.get("/new")
def new() -> str:
    return case_register.new()


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    return case_register.create()


@blueprint.get("/similar")
def similar() -> Response:
    return case_register.similar()


@blueprint.get("/<reference>")
def show(reference: str) -> str:
    return case_page.show(reference)


@blueprint.post("/<reference>/moves")
def move(reference: str) -> ResponseReturnValue:
    return case_acts.move(reference)


@blueprint.get("/<reference>/edit")
def edit(reference: str) -> ResponseReturnValue:
    return case_edit.show(reference)


@blueprint.post("/<reference>/edit")
def correct(reference: str) -> ResponseReturnValue:
    return case_edit.store(reference)


@blueprint.get("/<reference>/coordinate", endpoint="triage")
def show_triage(reference: str) -> str:
    return triage.show(reference)


@blueprint.post("/<reference>/coordinate")
def coordinate(reference: str) -> ResponseReturnValue:
    return triage.decide(reference)


@blueprint.post("/<reference>/check-text")
def check_text(reference: str) -> Response:
    return triage.check_text(reference)


@blueprint.post("/<reference>/assignments")
def assign(reference: str) -> ResponseReturnValue:
    return case_acts.assign(reference)


@blueprint.post("/<reference>/notes")
def note(reference: str) -> ResponseReturnValue:
    return case_acts.note(reference)


@blueprint.post("/<reference>/instructions")
def instruct(reference: str) -> ResponseReturnValue:
    return case_acts.instruct(reference)


@blueprint.post("/<reference>/ratings")
def rate(reference: str) -> ResponseReturnValue:
    return case_acts.rate(reference)


@blueprint.post("/<reference>/attachments")
def attach(reference: str) -> ResponseReturnValue:
    return case_acts.attach(reference)


@blueprint.get("/attachments/<public_id>")
def attachment(public_id: str) -> ResponseReturnValue:
    return case_acts.attachment(public_id)


@blueprint.post("/<reference>/resident")
def reveal(reference: str) -> ResponseReturnValue:
    return case_acts.reveal(reference)


@blueprint.post("/<reference>/code")
def issue_code(reference: str) -> ResponseReturnValue:
    return case_acts.issue_code(reference)


@blueprint.post("/<reference>/letter-lock")
def reset_letter_lock(reference: str) -> ResponseReturnValue:
    return case_acts.reset_letter_lock(reference)


@blueprint.post("/<reference>/slip")
def slip(reference: str) -> Response:
    return receipts.slip(reference)
