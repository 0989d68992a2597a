"""Tabs of one's own: the filters of a list kept under a name."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import saved_views as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import Invalid
from tracker.incoming.saved_views import PAGES, SavedViewIn
from tracker.incoming.schema import read
from tracker.queries import saved_views
from tracker.web import faults, links

blueprint = Blueprint("saved_views", __name__, url_prefix="/views")


@blueprint.post("")
def keep() -> ResponseReturnValue:
    """Back to the list either way: its filters stand in the address and are not lost."""
    noun, query = request.form.get("noun", ""), request.form.get("query", "")
    try:
        with door.attempt():
            view = acts.keep(read(SavedViewIn, values(request.form)), by=door.signed_in())
    except Invalid as refused:
        if noun not in PAGES:
            raise
        flash(gettext("；").join(fault.message for fault in faults.told(refused)), "warn")
        return redirect(links.view(noun, links.respelled(query)))
    flash(gettext("视图“%(name)s”已存好，以后点这个标签就是这些条件。", name=view.name), "ok")
    return redirect(links.view(view.noun, view.query))


@blueprint.post("/<public_id>/remove")
def drop(public_id: str) -> ResponseReturnValue:
    by = door.signed_in()
    view = saved_views.get(public_id, by)
    acts.drop(view, by=by)
    flash(gettext("视图“%(name)s”已删除，里面的事一件没少。", name=view.name), "ok")
    return redirect(links.view(view.noun, view.query))
