"""The visit form as a phone keeps it: what it needs without a signal, and nothing about anybody visited."""

from pathlib import Path

from flask import Response, current_app, jsonify, make_response, render_template
from flask_wtf.csrf import generate_csrf

from tracker import door
from tracker.door import headers
from tracker.queries import people
from tracker.rules import permissions
from tracker.web import visit_form

WORKER = "visit-worker.js"


def offline() -> Response:
    """No token, no nonce, no names but the writer's and the members': the phone keeps this page for weeks."""
    actor = door.signed_in()
    permissions.require_any(actor, "visit.create")
    response = make_response(render_template("visits/offline.html", **visit_form.options(actor)))
    response.headers["Content-Security-Policy"] = headers.without_nonce()
    return response


def sending() -> Response:
    """Who would send now, and a fresh token for it: those in kept pages have grown old."""
    actor = door.signed_in()
    permissions.require_any(actor, "visit.create")
    return jsonify({"person": people.public_id(actor), "csrf_token": generate_csrf()})


def worker() -> Response:
    """Served from /visits/, because a worker may look after nothing above its own address."""
    script = Path(str(current_app.static_folder), WORKER).read_bytes()
    return Response(script, content_type="text/javascript; charset=utf-8")
