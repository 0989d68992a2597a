"""JSON for programs: version 1, under /api/v1."""

from flask import Flask

from tracker.api import (
    activities,
    assignments,
    booklets,
    calls,
    campaigns,
    cases,
    contact_links,
    digests,
    documents,
    imports,
    letters,
    photos,
    reference,
    submissions,
    track,
    visits,
    workstations,
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
    contact_links,
    campaigns,
    activities,
    workstations,
    booklets,
    digests,
    track,
    documents,
)


def init_app(app: Flask) -> None:
    """Hang the API up."""
    app.register_blueprint(calls.blueprint)
