"""The three annexes as files to take along: blank, or filled with what the reader may see."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from tracker import door
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.errors import NotFound, Unavailable
from tracker.extensions import clock
from tracker.incoming.list_pages import VisitPage, read_query
from tracker.models import Visit
from tracker.outgoing.forms import filled, kinds
from tracker.outgoing.forms.annexes import Annex
from tracker.outgoing.pdf import PdfFailed
from tracker.queries import annexes, campaigns, reference, summaries, visits
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

blueprint = Blueprint("form_files", __name__)

_NO_FILE = N_("没有这种表格文件")
WORDS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}


@blueprint.app_context_processor
def _words() -> dict[str, dict[str, str]]:
    return {"kind_words": WORDS}


@blueprint.get("/blank-forms/annex<number>.<kind>")
def blank(number: str, kind: str) -> Response:
    """Titled as the running campaign titles it, for whoever may know of campaigns."""
    actor = door.signed_in()
    if number not in ("1", "2", "3"):
        raise NotFound(_NO_FILE)
    campaign = None
    if permissions.may_any(actor, "campaign.read"):
        asked = request.args.get("campaign")
        campaign = (
            campaigns.get(asked, actor)
            if asked
            else campaigns.running(actor.committee_id, shanghai_date(clock()))
        )
    return answer(kind, [filled.blank(int(number), campaign)], gettext("附件%(n)s（空表）", n=number))


@blueprint.get("/visits/<public_id>/form.<kind>")
def visit(public_id: str, kind: str) -> Response:
    actor = door.signed_in()
    found = visits.get(public_id, actor)
    permissions.require(actor, "export", found)
    return answer(kind, _annexes1([found], actor), gettext("走访登记表"))


@blueprint.get("/visits/forms.<kind>")
def visits_listed(kind: str) -> Response:
    """Every visit of a list under its filters, one form a page."""
    actor = door.signed_in()
    permissions.require_any(actor, "visit.export")
    asked = read_query(VisitPage, request.args).model_dump(exclude={"limit", "after"})
    found = annexes.visits_of(actor, kinds.find(kind).most, **asked)
    return answer(kind, _some(_annexes1(found, actor)), gettext("走访登记表"))


@blueprint.get("/campaigns/<public_id>/results.<kind>")
def results(public_id: str, kind: str) -> Response:
    """Annex 2, one form a member: one's own, the group's, or everybody's."""
    actor = door.signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.export_results")
    found = annexes.results_of(campaign, actor, request.args.get("member"))
    return answer(kind, _some(filled.annexes2(found, campaign)), gettext("“三个一”成果登记表"))


@blueprint.get("/campaigns/<public_id>/summary.<kind>")
def summary(public_id: str, kind: str) -> Response:
    """Annex 3 with its sum, as the page shows it."""
    actor = door.signed_in()
    campaign = campaigns.get(public_id, actor)
    permissions.require_any(actor, "campaign.export")
    circles = reference.committee(actor).has_circles
    annex = filled.annex3(campaign, summaries.of(campaign, actor, "campaign.export"), circles=circles)
    return answer(kind, [annex], filled.summary_title(campaign))


def answer(kind: str, found: Sequence[Annex], name: str) -> Response:
    """The file, saved by the browser under the day's date; a PDF it cannot make now is a passing trouble."""
    try:
        content = kinds.written(kind, found)
    except PdfFailed as failed:
        raise Unavailable(failed.message, retry_after=30) from failed
    response = Response(content, content_type=kinds.find(kind).media_type)
    filename = f"{name}-{shanghai_date(clock()):%Y%m%d}.{kind}"
    response.headers["Content-Disposition"] = disposition("attachment", filename)
    return response


def _annexes1(found: Sequence[Visit], actor: Actor) -> list[Annex]:
    known = annexes.campaigns_of(found)
    return [filled.annex1(one, known.get(one.campaign_id or 0), actor) for one in found]


def _some(found: Sequence[Annex]) -> Sequence[Annex]:
    if not found:
        raise NotFound(N_("这些条件下没有可以填的表"))
    return found
