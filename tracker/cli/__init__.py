"""flask … commands."""

from flask import Flask

from tracker.cli.audit import audit
from tracker.cli.calendar import calendar
from tracker.cli.cases import cases
from tracker.cli.committee import committee
from tracker.cli.demo import demo
from tracker.cli.digests import digests
from tracker.cli.forms import forms
from tracker.cli.jobs import jobs
from tracker.cli.letters import letters
from tracker.cli.people import people, token
from tracker.cli.serve import serve

GROUPS = (audit, calendar, cases, committee, demo, digests, forms, jobs, letters, people, token, serve)


def init_app(app: Flask) -> None:
    """Add the commands."""
    for group in GROUPS:
        app.cli.add_command(group)
