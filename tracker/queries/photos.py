"""Photos of a visit, for whoever may look at its originals."""

from collections.abc import Sequence

from sqlalchemy import func, select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Photo, Visit, vault
from tracker.queries import redaction, scope
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def of(visit: Visit, actor: Actor) -> Sequence[Photo]:
    """Oldest first; none for whoever may not open them."""
    if redaction.is_withheld(visit, actor):
        return []
    return [photo for photo in visit.photos if permissions.may(actor, "read", photo)]


def get(public_id: str, actor: Actor) -> Photo:
    found = db.session.scalar(
        select(Photo)
        .join(Visit, Visit.id == Photo.visit_id)
        .where(Photo.public_id == public_id, scope.visits(actor))
    )
    if found is None or found.visit is None or not permissions.may(actor, "read", found):
        raise NotFound(N_("没有这张照片，或者您不能查看"))
    if redaction.is_withheld(found.visit, actor):
        raise NotFound(N_("没有这张照片，或者您不能查看"))
    return found


def content(photo: Photo) -> bytes:
    return vault.unseal("photo", photo.public_id, "content", photo.content_sealed)


def by_client_id(actor: Actor, client_id: str) -> Photo | None:
    return db.session.scalar(select(Photo).where(Photo.taken_by_id == actor.id, Photo.client_id == client_id))


def unclaimed(actor: Actor, client_ids: Sequence[str]) -> Sequence[Photo]:
    """Those of one's own photos that wait for their visit."""
    query = select(Photo).where(
        Photo.taken_by_id == actor.id, Photo.client_id.in_(client_ids), Photo.visit_id.is_(None)
    )
    return db.session.scalars(query.order_by(Photo.id)).all()


def waiting(actor: Actor) -> int:
    query = select(func.count()).where(Photo.taken_by_id == actor.id, Photo.visit_id.is_(None))
    return db.session.scalar(query) or 0
