"""Is the service ready? For whoever watches it from outside."""

from flask import Blueprint

from tracker.queries.reference import answers

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def ready() -> tuple[str, int]:
    """200 only while the database answers; the door turns its silence into 503."""
    answers()
    return "ok\n", 200
