"""Calls about digests (定期汇总): those that were sent, the figures of any period, and the files."""

import hashlib

from flask import Response

from tracker.api.answers.digests import DigestAnswer, DigestList, digest_answer, digest_row
from tracker.api.calls import PDF, Sent, call
from tracker.door import signed_in
from tracker.door.headers import disposition
from tracker.errors import Invalid, NotFound, Unavailable
from tracker.extensions import clock
from tracker.incoming.digests import DigestIn
from tracker.incoming.schema import read
from tracker.incoming.unit_lists import DigestQuery
from tracker.outgoing import digest as paper
from tracker.outgoing import pdf, workbook
from tracker.outgoing.pdf import PdfFailed
from tracker.queries import digests, reference
from tracker.queries.digests import DigestOf
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.spans import span
from tracker.rules.words import N_


@call("GET", "/digests", N_("已送出的定期汇总"), asks=DigestQuery, gives=DigestList)
def list_digests(sent: Sent[DigestQuery]) -> DigestList:
    actor = signed_in()
    permissions.require_any(actor, "digest.read")
    page = digests.sent_page(actor, **sent.read().model_dump())
    return DigestList(items=[digest_row(one) for one in page.items], next=page.next)


@call("GET", "/digests/{period}/{on}", N_("一期汇总：week、month 或 quarter，包含这一天"), gives=DigestAnswer)
def show_digest(period: str, on: str) -> DigestAnswer:
    actor = signed_in()
    permissions.require_any(actor, "digest.read")
    return digest_answer(_found(period, on, actor))


@call("GET", "/digests/{period}/{on}/pdf", N_("一期汇总的 PDF"), gives=None, media=PDF)
def digest_pdf(period: str, on: str) -> Response:
    page, _found_one = _sheet(period, on)
    try:
        content = pdf.render(paper.html(page))
    except PdfFailed as failed:
        raise Unavailable(failed.message, retry_after=30) from failed
    return _file(content, PDF, f"{page.title}{page.period}.pdf")


@call("GET", "/digests/{period}/{on}/xlsx", N_("一期汇总的 Excel"), gives=None, media=workbook.CONTENT_TYPE)
def digest_xlsx(period: str, on: str) -> Response:
    page, found = _sheet(period, on)
    return _file(paper.xlsx(found, page.title), workbook.CONTENT_TYPE, f"{page.title}{page.period}.xlsx")


def _found(period: str, on: str, actor: Actor) -> DigestOf:
    """What stands in the address is no period and day: there is nothing there."""
    try:
        asked = read(DigestIn, {"period": period, "on": on})
    except Invalid:
        raise NotFound(N_("没有这一期汇总")) from None
    assert asked.on is not None
    return digests.of(span(asked.period, asked.on), actor, shanghai_date(clock()))


def _sheet(period: str, on: str) -> tuple[paper.DigestSheet, DigestOf]:
    actor = signed_in()
    permissions.require_any(actor, "digest.export")
    found = _found(period, on, actor)
    return paper.sheet(found, reference.committee(actor).full_name), found


def _file(content: bytes, media: str, name: str) -> Response:
    response = Response(content, content_type=media)
    response.headers["Content-Disposition"] = disposition("attachment", name)
    response.set_etag(hashlib.sha256(content).hexdigest())
    return response
