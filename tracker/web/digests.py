"""定期汇总: a week, a month or a quarter on the screen and as files, and sent to the leaders."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import digests as acts
from tracker.door import forms
from tracker.door.headers import disposition
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.digests import DigestIn
from tracker.incoming.schema import read
from tracker.outgoing import digest as paper
from tracker.outgoing.workbook import CONTENT_TYPE
from tracker.queries import digests, reference
from tracker.queries.digests import DigestOf, Exemplary, Figures
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.rules.spans import PERIODS, Span, last_full, span
from tracker.rules.words import N_
from tracker.web import files, links, words

blueprint = Blueprint("digests", __name__, url_prefix="/digests")

NAMES = {"week": N_("周"), "month": N_("月"), "quarter": N_("季度")}
LABELS = {
    "visits": N_("走访次数"),
    "visitors": N_("参与走访委员"),
    "met": N_("走访人数"),
    "submissions": N_("三个一成果"),
    "raised": N_("新提出诉求"),
    "handled": N_("办结诉求"),
    "fed_back": N_("反馈诉求"),
    "exemplars": N_("新树典型"),
}
# Figures whose rows a list can show by their day.
LISTS = {"visits": "visits.index", "met": "visits.index"}
STEPS = ("raised", "handled", "fed_back")


@blueprint.get("")
def index() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "digest.read")
    found = _found(request.args)
    wanted = found.span
    return render_template(
        "digests/index.html",
        digest=found,
        period=wanted.period,
        dates=f"{words.full_day(wanted.first)}—{words.full_day(wanted.last)}",
        tabs=[_tab(name, wanted) for name in PERIODS],
        before=_address(wanted.before()),
        after=_address(wanted.after()) if wanted.after().first <= _today() else "",
        rows=_rows(found),
        steps=_bars([(gettext(LABELS[n]), getattr(found.now, n)) for n in STEPS]),
        visits=_bars(sorted(((g.name, g.visits) for g in found.groups if g.visits), key=lambda r: -r[1])),
        exemplary=[(_link(one), one) for one in found.exemplary],
        untold=found.now.exemplars - len(found.exemplary),
        sent=digests.sent(wanted, actor.committee_id),
        may_export=permissions.may_any(actor, "digest.export"),
        may_send=permissions.may_any(actor, "digest.send"),
        query=_query(wanted),
        on=wanted.first.isoformat(),
    )


@blueprint.get("/pdf")
def pdf() -> Response:
    page = _sheet(_found(request.args))
    return files.pdf(files.render(paper.html(page)), f"{page.title}{page.period}")


@blueprint.get("/xlsx")
def xlsx() -> Response:
    found = _found(request.args)
    page = _sheet(found)
    response = Response(paper.xlsx(found, page.title), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = disposition("attachment", f"{page.title}{page.period}.xlsx")
    return response


@blueprint.post("/send")
def send() -> ResponseReturnValue:
    by = door.signed_in()
    permissions.require_any(by, "digest.send")
    wanted = _span(forms.values(request.form))
    acts.send(wanted, by=by)
    flash(gettext("已送出：主席和办公室负责人会收到邮件和站内通知。"), "ok")
    return redirect(_address(wanted))


def _span(given: Any) -> Span:
    """The one that holds the day asked for; without a day the last one that is over."""
    wanted = read(DigestIn, {name: given[name] for name in ("period", "on") if given.get(name)})
    return span(wanted.period, wanted.on) if wanted.on else last_full(wanted.period, _today())


def _found(given: Any) -> DigestOf:
    return digests.of(_span(given), door.signed_in(), _today())


def _sheet(found: DigestOf) -> paper.DigestSheet:
    return paper.sheet(found, reference.committee(door.signed_in()).full_name)


def _today() -> Any:
    return shanghai_date(clock())


def _query(wanted: Span) -> dict[str, Any]:
    return {"period": wanted.period, "on": wanted.first.isoformat()}


def _address(wanted: Span) -> str:
    return url_for("digests.index", **_query(wanted))


def _tab(name: Any, wanted: Span) -> dict[str, Any]:
    url = _address(wanted) if name == wanted.period else url_for("digests.index", period=name)
    return {"label": gettext(NAMES[name]), "url": url, "active": name == wanted.period}


@dataclass(frozen=True)
class Cell:
    """``url`` opens the rows behind the number where a list of them can be asked for."""

    text: str
    url: str = ""


def _rows(found: DigestOf) -> list[tuple[str, Cell, Cell]]:
    now, before, earlier = found.now, found.before, found.span.before()
    counted = [
        (gettext(label), _cell(name, now, found.span), _cell(name, before, earlier))
        for name, label in LABELS.items()
    ]
    return [
        *counted,
        (gettext("按期答复率"), Cell(paper.on_time(now)), Cell(paper.on_time(before))),
        (gettext("满意率"), Cell(paper.satisfaction(now)), Cell(paper.satisfaction(before))),
    ]


def _cell(name: str, figures: Figures, of: Span) -> Cell:
    number = getattr(figures, name)
    # The panel of examples is not drawn where there are none.
    return Cell(str(number), _behind(name, of) if number or name != "exemplars" else "")


def _behind(name: str, of: Span) -> str:
    days: dict[str, Any] = {"from": of.first.isoformat(), "to": of.last.isoformat()}
    if name == "exemplars":
        return url_for("digests.index", **_query(of), _anchor="exemplary")
    if name in STEPS:
        return url_for("cases.index", counted=name, **days)
    return url_for(LISTS[name], **days) if name in LISTS else ""


def _bars(rows: list[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in rows]


def _link(one: Exemplary) -> str:
    if one.kind == "case":
        return links.case(one.ident)
    return url_for(f"{one.kind}s.show", public_id=one.ident)
