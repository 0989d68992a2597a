"""What the resident takes home: the number and the tracking code, shown once, with a slip to print."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import Response, current_app, render_template, request

from tracker import door
from tracker.door.language import gettext
from tracker.errors import Invalid
from tracker.models import Case
from tracker.outgoing.slip import ReceiptSlip, receipt_html
from tracker.queries import cases, search, track
from tracker.queries.scope import cases as visible_to
from tracker.rules import codes, permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.codes import Code
from tracker.rules.words import N_
from tracker.web import files


@dataclass(frozen=True)
class Receipt:
    """``code`` is empty when the page is repeated: nobody can show it a second time."""

    reference: str
    summary: str
    code: str
    qr: str
    similar: Sequence[Case]


def page(given: Sequence[tuple[Case, Code]], actor: Actor, *, title: str, next_visit: str = "") -> str:
    """The confirmation; the same request sent again gets it without the codes."""
    door.repeat_with(_draw([_receipt(case, None, actor) for case, _ in given], title, next_visit))
    return _draw([_receipt(case, code, actor) for case, code in given], title, next_visit)


def slip(reference: str) -> Response:
    """The slip as PDF. The code comes back from the page, is checked, printed and forgotten."""
    actor = door.signed_in()
    case = cases.get(reference, actor)
    permissions.require(actor, "issue_code", case)
    parsed = codes.parse(request.form.get("code", ""))
    if parsed is None or not track.is_code_of(case, parsed):
        raise Invalid.one("code", N_("这不是这件诉求现在的查询码，请重新发一个"))
    return files.pdf(files.render(receipt_html(_paper(case, parsed))), case.reference)


def _paper(case: Case, code: Code) -> ReceiptSlip:
    committee = case.committee
    return ReceiptSlip(
        committee=committee.name,
        reference=case.reference,
        summary=case.summary,
        received_on=shanghai_date(case.raised_at),
        code=code,
        base_url=current_app.config["HUIYIN_BASE_URL"],
        office=gettext("%(committee)s办公室", committee=committee.name),
        office_phone=committee.office_phone,
    )


def _draw(receipts: Sequence[Receipt], title: str, next_visit: str) -> str:
    return render_template("cases/receipt.html", receipts=receipts, heading=title, next_visit=next_visit)


def _receipt(case: Case, code: Code | None, actor: Actor) -> Receipt:
    return Receipt(
        case.reference,
        case.summary,
        code.display if code else "",
        _qr(code) if code else "",
        search.similar(actor, visible_to(actor), case.summary, without=case.id, limit=3),
    )


def _qr(code: Code) -> str:
    """The page's address with the code behind "#", where no server or log sees it (decisions 16)."""
    address = f"{current_app.config['HUIYIN_BASE_URL'].rstrip('/')}/track#{code.text}"
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2))
