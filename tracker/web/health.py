"""Is the service ready? For whoever watches it from outside."""

from flask import Blueprint, Response

from tracker.queries.reference import answers

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def ready() -> Response:
    """200 only while the database answers; the door turns its silence into 503."""
    answers()
    return Response("ok\n", content_type="text/plain; charset=utf-8")
