"""履职计分: the sheet of a campaign, of one member or unit, what counts how much, candidates for awards."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import scores as acts
from tracker.door.forms import values, version
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.incoming.schema import read
from tracker.incoming.scores import NominationIn, ScoreItemsIn
from tracker.models import Campaign
from tracker.outgoing.workbook import CONTENT_TYPE
from tracker.queries import campaigns, people, scores
from tracker.queries.scores import Sheet
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.scoring import Whose
from tracker.web import faults, score_file, score_items, score_sheet, words

blueprint = Blueprint("scores", __name__, url_prefix="/campaigns")

Page = tuple[str, int]


@blueprint.get("/<public_id>/scores")
def index(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    campaign = _campaign(public_id, actor)
    if not permissions.may_any(actor, "campaign.count"):
        own = people.public_id(actor)
        return redirect(url_for("scores.show", public_id=public_id, bearer=own))
    return _everybody(campaign, actor)


@blueprint.get("/<public_id>/scores.xlsx")
def file(public_id: str) -> Response:
    actor = door.signed_in()
    campaign = _campaign(public_id, actor)
    permissions.require_any(actor, "campaign.export_scores")
    whose: Whose = "unit" if request.args.get("of") == "unit" else "member"
    title, content = score_file.made(campaign, whose, actor)
    response = Response(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = disposition("attachment", f"{title}.xlsx")
    return response


@blueprint.get("/<public_id>/scores/items")
def items(public_id: str) -> str:
    return score_items.page(_campaign(public_id, door.signed_in()))


@blueprint.post("/<public_id>/scores/items")
def set_items(public_id: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "set_score_items", campaign)
    typed = values(request.form)
    try:
        with door.attempt():
            acts.set_items(campaign, read(ScoreItemsIn, typed), by=by, expect=version(request.form))
    except faults.REDRAWN as refused:
        return score_items.page(campaign, typed, faults.told(refused)), faults.status(refused)
    flash(gettext("计分项目已保存，计分表已按新的分值重算。"), "ok")
    return make_response(redirect(url_for("scores.index", public_id=public_id)))


@blueprint.get("/<public_id>/scores/<bearer>")
def show(public_id: str, bearer: str) -> str:
    return _one(_campaign(public_id, door.signed_in()), bearer)


@blueprint.post("/<public_id>/scores/<bearer>/candidate")
def nominate(public_id: str, bearer: str) -> Page | Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "nominate", campaign)
    typed = values(request.form)
    try:
        with door.attempt():
            acts.nominate(campaign, bearer, read(NominationIn, typed), by=by)
    except faults.REDRAWN as refused:
        return _one(campaign, bearer, typed, faults.told(refused)), faults.status(refused)
    flash(gettext("已列为评优候选。"), "ok")
    return make_response(redirect(url_for("scores.show", public_id=public_id, bearer=bearer)))


@blueprint.post("/<public_id>/scores/candidates/<candidate>/end")
def end_nomination(public_id: str, candidate: str) -> Response:
    by = door.signed_in()
    campaign = campaigns.get(public_id, by)
    permissions.require(by, "nominate", campaign)
    acts.end_nomination(campaign, candidate, by=by)
    flash(gettext("已取消评优候选，原来的记录仍然保留。"), "ok")
    return make_response(redirect(url_for("scores.index", public_id=public_id)))


def _campaign(public_id: str, actor: Actor) -> Campaign:
    found = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.score")
    return found


def _everybody(campaign: Campaign, actor: Actor) -> str:
    ranks = permissions.may(actor, "nominate", campaign)
    by_points = ranks and request.args.get("sort") == "points"
    members, units = scores.of(campaign, actor, "member"), scores.of(campaign, actor, "unit")
    return render_template(
        "scores/index.html",
        campaign=campaign,
        tables=[
            _table(campaign, sheet, whose, actor, by_points)
            for whose, sheet in (("member", members), ("unit", units))
            if sheet.items and sheet.lines
        ],
        notes=score_sheet.notes(campaign, [line.bearer for line in (*members.lines, *units.lines)]),
        ranks=ranks,
        by_points=by_points,
        exports=permissions.may_any(actor, "campaign.export_scores"),
    )


def _table(campaign: Campaign, sheet: Sheet, whose: str, actor: Actor, by_points: bool) -> dict[str, Any]:
    standing = scores.candidates(campaign) if permissions.may(actor, "nominate", campaign) else {}
    return {
        "whose": whose,
        "items": [(item.label, score_sheet.worth(item)) for item in sheet.items],
        "rows": score_sheet.rows(campaign, sheet, standing, actor, by_points=by_points),
        "totals": score_sheet.totals(sheet),
        "total": sheet.total,
    }


def _one(
    campaign: Campaign, bearer: str, given: Mapping[str, Any] | None = None, errors: Sequence[FieldError] = ()
) -> str:
    actor = door.signed_in()
    found, line = scores.of_one(campaign, actor, bearer)
    cells = score_sheet.cells(campaign, found, line, actor)
    ranks = permissions.may(actor, "nominate", campaign)
    standing = scores.candidates(campaign) if ranks else {}
    candidate = standing.get((line.bearer.is_unit, line.bearer.id))
    return render_template(
        "scores/show.html",
        campaign=campaign,
        line=line,
        rows=[(item, score_sheet.worth(item), cell) for item, cell in zip(found, cells, strict=True)],
        proofs=score_sheet.proofs(campaign, line.bearer, actor),
        notes=score_sheet.notes(campaign, [line.bearer]),
        counts_others=permissions.may_any(actor, "campaign.count"),
        nominates=ranks and (candidate is not None or line.bearer.is_unit or line.bearer.id != actor.id),
        candidate=candidate,
        since=words.full_day(shanghai_date(candidate.created_at)) if candidate else "",
        given=given or {},
        errors=errors,
    )
