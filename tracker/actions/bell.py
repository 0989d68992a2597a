"""Reading what is behind one's bell. No event: it concerns nobody else."""

from sqlalchemy import update

from tracker.actions.base import action, session
from tracker.errors import NotFound
from tracker.extensions import clock
from tracker.models import Notice
from tracker.rules.actors import Actor


@action
def read(notice: Notice, *, by: Actor) -> None:
    if notice.person_id != by.person_id:
        raise NotFound
    notice.read_at = notice.read_at or clock()


@action
def read_all(*, by: Actor) -> None:
    session().execute(
        update(Notice)
        .where(Notice.person_id == by.person_id, Notice.read_at.is_(None))
        .values(read_at=clock())
    )
