"""Addresses of photos."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.web import visit_photos

blueprint = Blueprint("photos", __name__, url_prefix="/photos")


@blueprint.get("/<public_id>")
def show(public_id: str) -> Response:
    return visit_photos.show(public_id)


@blueprint.post("/<public_id>/remove")
def remove(public_id: str) -> ResponseReturnValue:
    return visit_photos.remove(public_id)
