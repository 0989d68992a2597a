"""Pages."""

from flask import Flask

from tracker.web import assignments, cases, health, letters, shell, visits

ROOMS = (health, cases, assignments, letters, visits)


def init_app(app: Flask) -> None:
    """Hang the pages up."""
    shell.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
