"""What a letter is filled from, its content in clear, and its page as HTML."""

import json
from typing import Any

from tracker.actions import feedback
from tracker.actions.feedback import Facts
from tracker.incoming.letters import LetterContent
from tracker.models import Case, Letter, vault
from tracker.outgoing import letter_checks, letters
from tracker.queries.redaction import hits
from tracker.queries.residents import identity
from tracker.rules import redaction, verification
from tracker.rules.clock import shanghai_date
from tracker.rules.masking import phone_digits


def facts(case: Case) -> Facts:
    """Facts of the case; a merged case answers with its master's replies."""
    source = case.master if case.is_merged and case.master else case
    done = [share for share in source.assignments if share.state == "completed" and share.latest_reply]
    return Facts(
        reference=case.reference,
        addressee=identity(case).name or "反映人",
        summary=case.summary,
        narrative=_story(case),
        raised_on=shanghai_date(case.raised_at),
        replies=[(share.unit.name, share.latest_reply.text) for share in done if share.latest_reply],
        outcome_class=case.outcome_class,
        outcome_text=source.outcome_text,
        declined=case.is_declined,
        office_phone=case.committee.office_phone,
        office_name=f"{case.committee.name}办公室",
    )


def _story(case: Case) -> str:
    """The concern in words that name nobody and have no gaps."""
    # What was confirmed for the department names nobody; the story as it was told may.
    told = case.transfer_text or case.narrative
    return case.summary if redaction.MARK.search(told) else told


def content(letter: Letter) -> LetterContent:
    return LetterContent.model_validate(json.loads(_clear(letter)))


def verification_code(letter: Letter) -> str | None:
    """What is printed on the paper to compare it with what is kept here; None before it has a number."""
    if letter.number is None:
        return None
    return verification.code(letter.public_id, letter.number, _clear(letter))


def _clear(letter: Letter) -> bytes:
    return vault.unseal("letter", letter.public_id, "content", letter.content_sealed)


def frozen_pdf(letter: Letter) -> bytes | None:
    """The PDF as it was issued; None until it is rendered."""
    if letter.pdf_sealed is None:
        return None
    return vault.unseal("letter", letter.public_id, "pdf", letter.pdf_sealed)


def page(letter: Letter, words: LetterContent, *, watermark: bool = False) -> str:
    """The letter as HTML for the PDF process: a marked preview, or the page that is frozen."""
    committee = letter.case.committee
    return letters.html(
        feedback.sheet(
            words,
            issuer_mark=committee.issuer_mark,
            issuer=committee.signature,
            number=letter.number,
            issue_date=letter.issue_date,
            watermark="预览 未签发" if watermark else None,
            verification=verification_code(letter),
        )
    )


def checks(letter: Letter, words: LetterContent) -> list[dict[str, Any]]:
    """What a machine can check of a letter; each with a sentence that says what to do."""
    committee = letter.case.committee
    sheet = feedback.sheet(words, issuer_mark=committee.issuer_mark, issuer=committee.signature)
    found = letter_checks.checks(sheet, _personal(letter.case, words))
    return [{"name": c.name, "ok": c.ok, "message": c.message, "place": c.place} for c in found]


# Numbers that tell who somebody is; a hotline or the office's own line is not among them.
_PERSONAL = frozenset({"id", "card"})


def _personal(case: Case, words: LetterContent) -> list[str]:
    """What in the body should not stand in a letter that may lie on a table."""
    body = "\n".join((words.opening, words.concern, words.handling, words.result, words.follow_up))
    own = phone_digits(identity(case).phone)
    return [
        hit.text
        for hit in hits(case, body)
        if hit.kind in _PERSONAL or (hit.kind == "phone" and _is_private(hit.text, own))
    ]


def _is_private(text: str, own: str) -> bool:
    digits = phone_digits(text)
    return digits == own or (len(digits) == 11 and digits.startswith("1"))
