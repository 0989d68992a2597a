"""Calls about a letter."""

import hashlib
from collections.abc import Callable

from flask import Response, url_for

from tracker.actions import letter_preview, letter_words
from tracker.actions import letters as acts
from tracker.actions.letter_preview import Proof
from tracker.api import moves
from tracker.api.answers.letters import LetterAnswer, letter_answer
from tracker.api.calls import PDF, Sent, body, call, expected, respond
from tracker.door import made, prepares, signed_in
from tracker.door.headers import disposition
from tracker.errors import Unavailable
from tracker.incoming.letters import LetterIn
from tracker.models import Letter
from tracker.outgoing import pdf
from tracker.outgoing.pdf import PdfFailed
from tracker.queries import cases, letters
from tracker.queries import moves as open_moves
from tracker.rules import permissions
from tracker.rules.words import N_


@call(
    "POST",
    "/cases/{reference}/letters",
    N_("起草函件，内容按办理情况填好"),
    takes=LetterIn,
    gives=LetterAnswer,
    status=201,
    expects=True,
)
def draft_letter(sent: Sent[LetterIn], reference: str) -> Response:
    actor = signed_in()
    case = cases.get(reference, actor)
    permissions.require(actor, "draft_letter", case)
    letter = acts.draft(case, sent.read(), by=actor, expect=expected())
    where = url_for("api.show_letter", public_id=letter.public_id)
    return respond(letter_answer(letter, actor), 201, where)


@call("GET", "/letters/{public_id}", N_("一份函件"), gives=LetterAnswer)
def show_letter(public_id: str) -> LetterAnswer:
    actor = signed_in()
    return letter_answer(letters.get(public_id, actor), actor)


def _submitting(public_id: str) -> Callable[[], Proof | None] | None:
    sent = body()
    if not isinstance(sent, dict) or sent.get("move") != "submit":
        return None
    actor = signed_in()
    letter = letters.get(public_id, actor)
    if not open_moves.is_open(letter, "submit", actor):
        return None
    return letter_preview.of(letter, letter_words.content(letter))


@call(
    "POST",
    "/letters/{public_id}/moves",
    N_("办理函件的一步"),
    takes=moves.LetterMove,
    gives=LetterAnswer,
    expects=True,
)
@prepares(_submitting)
def move_letter(sent: Sent[moves.LetterMove], public_id: str) -> LetterAnswer:
    actor = signed_in()
    letter = letters.get(public_id, actor)
    name, given = sent.move()
    acts.move(letter, name, by=actor, given=given, expect=expected(), preview=made())
    return letter_answer(letter, actor)


@call("GET", "/letters/{public_id}/pdf", N_("函件的 PDF：定稿前为预览，定稿后为原件"), gives=None)
def letter_pdf(public_id: str) -> Response:
    actor = signed_in()
    letter = letters.get(public_id, actor)
    permissions.require(actor, "read_content", letter)
    return pdf_response(frozen(letter) if letter.number else _preview(letter), letter)


def frozen(letter: Letter) -> bytes:
    """The PDF as it was issued; after issue never a preview."""
    found = letter_words.frozen_pdf(letter)
    if found is None:
        raise Unavailable(N_("正式文件还在生成，请稍候"), retry_after=2)
    return found


def pdf_response(content: bytes, letter: Letter) -> Response:
    response = Response(content, content_type=PDF)
    response.set_etag(hashlib.sha256(content).hexdigest())
    name = f"{letter.number or letter.case.reference}.pdf"
    response.headers["Content-Disposition"] = disposition("inline", name)
    return response


def _preview(letter: Letter) -> bytes:
    try:
        return pdf.render(letter_words.page(letter, letter_words.content(letter), watermark=True))
    except PdfFailed as failed:
        raise Unavailable(failed.message, retry_after=5) from failed
