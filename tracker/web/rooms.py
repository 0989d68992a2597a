"""Every page's blueprint, hung up once."""

from flask import Flask

from tracker.web import (
    activities,
    agenda,
    assignments,
    booklets,
    campaigns,
    cases,
    contact_links,
    contact_page,
    digests,
    exemplars,
    form_files,
    group_reports,
    health,
    heard,
    imports,
    invitees,
    letters,
    members,
    notices,
    pages,
    people,
    photos,
    profile,
    saved_views,
    scores,
    search,
    sessions,
    shell,
    submissions,
    track,
    units,
    visits,
    work_rules,
    workstations,
)

ROOMS = (
    health,
    sessions,
    pages,
    profile,
    notices,
    search,
    saved_views,
    cases,
    assignments,
    letters,
    agenda,
    visits,
    photos,
    submissions,
    contact_links,
    contact_page,
    imports,
    form_files,
    campaigns,
    group_reports,
    scores,
    activities,
    invitees,
    heard,
    workstations,
    booklets,
    exemplars,
    digests,
    track,
    people,
    members,
    units,
    work_rules,
)


def init_app(app: Flask) -> None:
    """Hang the pages up."""
    shell.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
