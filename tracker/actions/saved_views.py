"""What people keep of a list for themselves. Comfort, not record: the diary hears nothing of it."""

from tracker.actions.base import action, session
from tracker.errors import Invalid, NotFound
from tracker.incoming.saved_views import SavedViewIn
from tracker.models import SavedView
from tracker.queries import saved_views
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def keep(given: SavedViewIn, *, by: Actor) -> SavedView:
    """A new view; one of the same name gets the present filters instead."""
    permissions.require_any(by, f"{given.noun}.read")
    if by.person_id is None:
        raise NotFound
    filters = given.filters
    views = saved_views.of_list(given.noun, by)
    known = next((view for view in views if view.name == given.name), None)
    if known is not None:
        known.query = filters
        return known
    if len(views) >= saved_views.MOST:
        raise Invalid.one("name", N_("已经存了 %(n)s 个视图，先删掉一个不用的"), n=saved_views.MOST)
    view = SavedView(person_id=by.person_id, noun=given.noun, name=given.name, query=filters)
    session().add(view)
    return view


@action
def drop(view: SavedView, *, by: Actor) -> None:
    if view.person_id != by.person_id:
        raise NotFound
    session().delete(view)
