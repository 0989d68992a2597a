"""JSON for programs: version 1, under /api/v1."""

from flask import Flask

from tracker.api import (
    assignments,
    calls,
    campaigns,
    cases,
    documents,
    imports,
    letters,
    photos,
    reference,
    submissions,
    track,
    visits,
)

# Importing a noun registers its calls; the tuple says which there are.
NOUNS = (
    reference,
    visits,
    photos,
    imports,
    cases,
    assignments,
    letters,
    submissions,
    campaigns,
    track,
    documents,
)


def init_app(app: Flask) -> None:
    """Hang the API up."""
    app.register_blueprint(calls.blueprint)
