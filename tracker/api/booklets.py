"""Calls about booklets (汇编): the list, one, its steps, its files. Items are edited on the pages."""

from flask import Response

from tracker.actions import booklets as acts
from tracker.api import moves
from tracker.api.answers.booklets import BookletAnswer, BookletList, booklet_answer, booklet_row
from tracker.api.calls import PDF, Sent, call, expected
from tracker.door import signed_in
from tracker.door.headers import disposition
from tracker.errors import Unavailable
from tracker.incoming.unit_lists import BookletQuery
from tracker.outgoing.forms.kinds import WORD
from tracker.queries import booklets
from tracker.rules import permissions
from tracker.rules.words import N_


@call("GET", "/booklets", N_("汇编列表"), asks=BookletQuery, gives=BookletList)
def list_booklets(sent: Sent[BookletQuery]) -> BookletList:
    actor = signed_in()
    permissions.require_any(actor, "booklet.open")
    found, following = booklets.page(actor, **sent.read().model_dump())
    return BookletList(items=[booklet_row(row) for row in found], next=following)


@call("GET", "/booklets/{public_id}", N_("一本汇编"), gives=BookletAnswer)
def show_booklet(public_id: str) -> BookletAnswer:
    actor = signed_in()
    return booklet_answer(booklets.to_open(public_id, actor), actor)


@call(
    "POST",
    "/booklets/{public_id}/moves",
    N_("办理汇编的一步"),
    takes=moves.BookletMove,
    gives=BookletAnswer,
    expects=True,
)
def move_booklet(sent: Sent[moves.BookletMove], public_id: str) -> BookletAnswer:
    actor = signed_in()
    booklet = booklets.to_open(public_id, actor)
    name, given = sent.move()
    acts.move(booklet, name, by=actor, given=given, expect=expected())
    return booklet_answer(booklet, actor)


@call("GET", "/booklets/{public_id}/pdf", N_("汇编的 PDF，按审核的内容"), gives=None, media=PDF)
def booklet_pdf(public_id: str) -> Response:
    return _file(public_id, "pdf", "open", PDF)


@call("GET", "/booklets/{public_id}/docx", N_("汇编的 Word 文件"), gives=None, media=WORD)
def booklet_docx(public_id: str) -> Response:
    return _file(public_id, "docx", "export", WORD)


def _file(public_id: str, kind: str, verb: str, media: str) -> Response:
    """The finished file; while it is being made, nothing else in its place."""
    actor = signed_in()
    booklet = booklets.to_open(public_id, actor)
    permissions.require(actor, verb, booklet)
    found = booklets.file(booklet, kind)
    if found is None:
        raise Unavailable(N_("文件还没有生成好，请稍候"), retry_after=5)
    response = Response(booklets.content(booklet, found), content_type=media)
    response.set_etag(found.sha256)
    response.headers["Content-Disposition"] = disposition("attachment", f"{booklet.title}.{kind}")
    return response
