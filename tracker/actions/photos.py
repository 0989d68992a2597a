"""Photos come before their visit or after it; without one they wait for a week."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.photos import Shot
from tracker.incoming.visits import MOST_PHOTOS
from tracker.models import Person, Photo, Visit, vault
from tracker.models.base import new_public_id
from tracker.queries import photos
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

WAITS = timedelta(days=7)
MOST_WAITING = 200


@action
def keep(shot: Shot, client_id: str, *, by: Actor) -> Photo:
    """A photo whose visit is still to come; the same client id sent twice gives the first again."""
    permissions.require_any(by, "visit.create")
    lock(session().get_one(Person, by.id))
    if (known := photos.by_client_id(by, client_id)) is not None:
        return known
    _forget_what_never_arrived()
    if photos.waiting(by) >= MOST_WAITING:
        raise Conflict(N_("已有太多照片在等走访记录，请先把走访发出来"))
    photo = _sealed(shot, client_id, by)
    session().add(photo)
    return photo


@action
def claim(client_ids: Sequence[str], visit: Visit, *, by: Actor) -> None:
    """The photos that were sent ahead become the visit's, all or none."""
    wanted = list(dict.fromkeys(client_ids))
    found = photos.unclaimed(by, wanted) if wanted else []
    if len(found) < len(wanted):
        raise Invalid.one("photos", N_("有照片没有传到，请重新添加照片再发送"))
    for photo in found:
        photo.visit = visit


@action
def add(visit: Visit, shots: Sequence[Shot], *, by: Actor) -> None:
    """More photos of a visit that is already there."""
    permissions.require(by, "add_photo", visit)
    lock(visit)
    if len(visit.photos) + len(shots) > MOST_PHOTOS:
        raise Invalid.one("photos", N_("一次走访最多 %(most)s 张照片"), most=MOST_PHOTOS)
    for shot in shots:
        photo = _sealed(shot, new_public_id(), by)
        visit.photos.append(photo)
        diary.write(visit, "add_photo", by=by, data={"sha256": photo.sha256}, notify=False)


@action
def remove(photo: Photo, visit: Visit, *, by: Actor) -> None:
    """The picture goes for good; the diary keeps its fingerprint."""
    permissions.require(by, "remove", photo)
    diary.write(visit, "remove_photo", by=by, data={"sha256": photo.sha256}, notify=False)
    session().delete(photo)


def _sealed(shot: Shot, client_id: str, by: Actor) -> Photo:
    public_id = new_public_id()
    return Photo(
        public_id=public_id,
        committee_id=by.committee_id,
        taken_by_id=by.person_id,
        client_id=client_id,
        size=len(shot.content),
        sha256=hashlib.sha256(shot.content).hexdigest(),
        content_sealed=vault.seal("photo", public_id, "content", shot.content),
        created_at=clock(),
    )


def _forget_what_never_arrived() -> None:
    session().execute(delete(Photo).where(Photo.visit_id.is_(None), Photo.created_at < clock() - WAITS))
