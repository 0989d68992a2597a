"""Looking for what belongs into a booklet, and taking it in."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import booklet_items as acts
from tracker.actions.booklet_words import KINDS
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import Invalid
from tracker.incoming.booklets import ChoiceIn
from tracker.incoming.schema import read
from tracker.models.committee import GROUP_KINDS
from tracker.queries import booklet_sources, booklets, reference
from tracker.queries.booklet_sources import Candidate, Wanted
from tracker.rules.words import N_
from tracker.web import words

CHOICES = {
    "visit": N_("走访"),
    "suggestion": N_("发展建议"),
    "brief": N_("社情民意信息"),
    "lead": N_("双招双引信息"),
    "case": N_("办结的诉求"),
}
QUALITIES = {"exemplary": N_("先进典型"), "adopted": N_("被采用的"), "satisfied": N_("群众满意的")}
SHOWN = 100


@dataclass(frozen=True)
class Row:
    """``token`` says which one was ticked."""

    token: str
    title: str
    kind: str
    group: str
    circle: str
    day: str


def page(public_id: str) -> str:
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    given = _given(request.args)
    found = booklet_sources.found(booklet, _wanted(given), actor)
    return render_template(
        "booklets/choose.html",
        booklet=booklet,
        given=given,
        rows=[_row(one) for one in found[:SHOWN]],
        total=len(found),
        most=booklet_sources.MOST,
        kinds=words.choices(CHOICES),
        circles=words.choices(words.CIRCLES) if reference.committee(actor).has_circles else [],
        groups=[(u.public_id, u.name) for u in reference.units(actor) if u.kind in GROUP_KINDS],
        qualities=words.choices(QUALITIES),
        query={name: str(value) for name, value in given.items()},
    )


def add(public_id: str) -> ResponseReturnValue:
    """The ticked ones, or with ``all`` everything that fits."""
    actor = door.signed_in()
    booklet = booklets.get(public_id, actor)
    policy.ask(booklet)
    found = booklet_sources.found(booklet, _wanted(_given(request.form)), actor)
    if request.form.get("act") != "all":
        ticked = set(request.form.getlist("ids"))
        found = [one for one in found if _token(one) in ticked]
    if not found:
        flash(gettext("没有选中任何一条。"), "warn")
        return redirect(url_for("booklets.choose", public_id=public_id, **_given(request.form)))
    count = acts.add(booklet, found, by=actor, expect=forms.version(request.form))
    flash(gettext("已选入 %(n)s 条，请逐条看过，确认没有个人信息。", n=count), "ok")
    return redirect(url_for("booklets.items", public_id=public_id, show="waiting"))


def _given(sent: Any) -> dict[str, Any]:
    names = ("kind", "circle", "group", "from", "to", "quality")
    return {name: sent[name] for name in names if sent.get(name)}


def _wanted(given: dict[str, Any]) -> Wanted:
    wanted = read(ChoiceIn, given)
    if wanted.from_ and wanted.to and wanted.from_ > wanted.to:
        raise Invalid.one("to", N_("结束日期不能早于开始日期"))
    return Wanted(wanted.kind, wanted.circle, wanted.group, wanted.from_, wanted.to, wanted.quality)


def _token(one: Candidate) -> str:
    return f"{one.noun}-{one.id}"


def _row(one: Candidate) -> Row:
    return Row(
        _token(one),
        words.shortened(one.title, 60),
        KINDS[one.kind],
        one.group,
        words.say(words.CIRCLES, one.circle),
        one.on.isoformat(),
    )
