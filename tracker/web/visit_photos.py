"""Photos on the pages of a visit: read before the lock is taken, shown to whoever may see originals."""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import photos as acts
from tracker.door import policy
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.errors import HuiyinError, Invalid, NotFound
from tracker.incoming.photos import Shot, read
from tracker.incoming.visits import MOST_PHOTOS
from tracker.models.base import new_public_id
from tracker.models.photo import MEDIA_TYPE
from tracker.queries import photos, visits
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import faults, visit_page


def chosen(**_path: Any) -> Callable[[], "list[Shot] | HuiyinError"] | None:
    """The pictures that came with the form, drawn anew; what is wrong with one is told on the form."""
    contents = []
    for entry in request.files.getlist("photos"):
        with closing(entry):
            if entry.filename:
                contents.append(entry.read())
    return (lambda: _read(contents)) if contents else None


def _read(contents: Sequence[bytes]) -> list[Shot] | HuiyinError:
    if len(contents) > MOST_PHOTOS:
        return Invalid.one("photos", N_("一次走访最多 %(most)s 张照片"), most=MOST_PHOTOS)
    try:
        return [read(content) for content in contents]
    except faults.REDRAWN as refused:
        return refused


def made() -> list[Shot]:
    """What ``chosen`` prepared; its refusal is raised here, where the view can show it."""
    found = door.made()
    if isinstance(found, HuiyinError):
        raise found
    return list(found or [])


def keep_for_later(by: Actor) -> list[str]:
    """Photos of a form that has another step: kept without a visit, found again by their ids."""
    return [acts.keep(shot, new_public_id(), by=by).client_id for shot in made()]


def add(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    visit = visits.get(public_id, actor)
    policy.ask(visit)
    try:
        with door.attempt():
            if not (shots := made()):
                raise Invalid.one("photos", N_("请选一张照片，空文件不能上传"))
            acts.add(visit, shots, by=actor)
    except faults.REDRAWN as refused:
        return visit_page.draw(visit, faults.told(refused)), faults.status(refused)
    flash(gettext("照片已加密保存"))
    return redirect(url_for("visits.show", public_id=visit.public_id))


def remove(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    photo = photos.get(public_id, actor)
    if (visit := photo.visit) is None:
        raise NotFound(N_("没有这张照片，或者您不能查看"))
    acts.remove(photo, visit, by=actor)
    flash(gettext("照片已删除"))
    return redirect(url_for("visits.show", public_id=visit.public_id))


def show(public_id: str) -> Response:
    """A picture that we drew ourselves may be shown; nothing inside it can act."""
    photo = photos.get(public_id, door.signed_in())
    response = Response(photos.content(photo), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = disposition("inline", f"{photo.public_id}.jpg")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
