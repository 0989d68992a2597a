"""Pages of booklets (汇编): the list, one booklet, its items, the choice of more, and its files."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.web import booklet_choice, booklet_items, booklet_list, booklet_page

blueprint = Blueprint("booklets", __name__, url_prefix="/booklets")


@blueprint.get("")
def index() -> str:
    return booklet_list.page()


@blueprint.post("")
def create() -> ResponseReturnValue:
    return booklet_list.create()


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return booklet_page.show(public_id)


@blueprint.post("/<public_id>")
def edit(public_id: str) -> ResponseReturnValue:
    return booklet_page.edit(public_id)


@blueprint.post("/<public_id>/moves")
def move(public_id: str) -> ResponseReturnValue:
    return booklet_page.move(public_id)


@blueprint.post("/<public_id>/make")
def make(public_id: str) -> ResponseReturnValue:
    return booklet_page.make(public_id)


@blueprint.get("/<public_id>/pdf")
def pdf(public_id: str) -> Response:
    return booklet_page.file(public_id, "pdf")


@blueprint.get("/<public_id>/docx")
def docx(public_id: str) -> Response:
    return booklet_page.file(public_id, "docx")


@blueprint.get("/<public_id>/choose")
def choose(public_id: str) -> str:
    return booklet_choice.page(public_id)


@blueprint.post("/<public_id>/choose")
def add(public_id: str) -> ResponseReturnValue:
    return booklet_choice.add(public_id)


@blueprint.get("/<public_id>/items")
def items(public_id: str) -> str:
    return booklet_items.page(public_id)


@blueprint.post("/<public_id>/items")
def confirm(public_id: str) -> ResponseReturnValue:
    return booklet_items.confirm(public_id)


@blueprint.get("/<public_id>/items/<item>")
def item(public_id: str, item: str) -> str:
    return booklet_items.form(public_id, item)


@blueprint.post("/<public_id>/items/<item>")
def save_item(public_id: str, item: str) -> ResponseReturnValue:
    return booklet_items.save(public_id, item)


@blueprint.post("/<public_id>/items/<item>/place")
def place(public_id: str, item: str) -> ResponseReturnValue:
    return booklet_items.place(public_id, item)
