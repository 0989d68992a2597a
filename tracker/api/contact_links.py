"""Calls about whom members keep in touch with (联系对象)."""

from datetime import date

from flask import Response, url_for

from tracker.actions import contact_links as acts
from tracker.api.answers.contact_links import ContactLinkAnswer, ContactLinkList, contact_link_answer
from tracker.api.calls import Sent, call, expected, respond
from tracker.door import signed_in
from tracker.extensions import clock
from tracker.incoming.contact_links import ContactLinkIn
from tracker.incoming.unit_lists import ContactLinkQuery
from tracker.models import ContactLink
from tracker.queries import contact_links
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_


@call("GET", "/contact_links", N_("联系对象列表"), asks=ContactLinkQuery, gives=ContactLinkList)
def list_contact_links(sent: Sent[ContactLinkQuery]) -> ContactLinkList:
    actor = signed_in()
    permissions.require_any(actor, "contact_link.read")
    found, following = contact_links.page(actor, since=_new_year(), **sent.read().model_dump())
    return ContactLinkList(items=[contact_link_answer(kept, actor) for kept in found], next=following)


@call(
    "POST", "/contact_links", N_("记下一个联系对象"), takes=ContactLinkIn, gives=ContactLinkAnswer, status=201
)
def add_contact_link(sent: Sent[ContactLinkIn]) -> Response:
    actor = signed_in()
    permissions.require_any(actor, "contact_link.create")
    link = acts.register(sent.read(), by=actor)
    return respond(_answer(link, actor), 201, url_for("api.show_contact_link", public_id=link.public_id))


@call("GET", "/contact_links/{public_id}", N_("一个联系对象"), gives=ContactLinkAnswer)
def show_contact_link(public_id: str) -> ContactLinkAnswer:
    actor = signed_in()
    return _answer(contact_links.get(public_id, actor), actor)


@call("POST", "/contact_links/{public_id}/end", N_("结束联系"), gives=ContactLinkAnswer, expects=True)
def end_contact_link(public_id: str) -> ContactLinkAnswer:
    actor = signed_in()
    link = contact_links.get(public_id, actor)
    acts.end(link, by=actor, expect=expected())
    return _answer(link, actor)


def _answer(link: ContactLink, actor: Actor) -> ContactLinkAnswer:
    (kept,) = contact_links.kept([link], actor, since=_new_year())
    return contact_link_answer(kept, actor)


def _new_year() -> date:
    return shanghai_date(clock()).replace(month=1, day=1)
