"""The document of the interface, for programs and for people."""

from flask import Response, jsonify, render_template

from tracker.api import openapi as documented
from tracker.api import reading
from tracker.api.calls import blueprint


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return jsonify(documented.document())


@blueprint.get("/docs")
def docs() -> str:
    document = documented.document()
    return render_template(
        "api/docs.html",
        api=document,
        groups=reading.operations(document),
        shapes=reading.shapes(document),
    )
