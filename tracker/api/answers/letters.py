"""A letter: its life for those who may know of it, its words only for those who may read them."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from tracker.actions import letter_words
from tracker.api.answers.base import Answer, MoveOption, move_options, state_label
from tracker.door.language import gettext
from tracker.incoming.letters import LetterContent
from tracker.models import Letter
from tracker.queries.moves import moves_for
from tracker.rules import permissions
from tracker.rules.actors import Actor


class LetterBrief(Answer):
    """As it stands among the parts of a case."""

    id: str
    kind: str
    state: str
    state_label: str
    number: str | None
    issue_date: date | None
    due_at: datetime | None
    delivery_method: str | None
    delivered_on: date | None
    version: int


class LetterCheck(Answer):
    name: str
    ok: bool
    message: str


class LetterWords(Answer):
    """The content, as POST takes it."""

    title: str
    addressee: str
    opening: str
    concern: str
    handling: str
    result: str
    follow_up: str
    closing: str
    contact: str
    copy_to: list[str]


class LetterAnswer(LetterBrief):
    reference: str
    drafter_name: str
    approver_name: str | None
    submitted_at: datetime | None
    approved_at: datetime | None
    issued_at: datetime | None
    acknowledged_at: datetime | None
    sha256: str | None = Field(description="of the frozen PDF, once it is rendered")
    verification: str | None = Field(description="the code printed on the issued letter, for its readers")
    checks: list[LetterCheck] = Field(description="empty where you may not read the content")
    content: LetterWords | None
    moves: list[MoveOption]


def letter_brief(letter: Letter) -> LetterBrief:
    return LetterBrief(**_brief(letter))


def letter_answer(letter: Letter, actor: Actor) -> LetterAnswer:
    words = permissions.may(actor, "read_content", letter)
    return LetterAnswer(
        **_brief(letter),
        reference=letter.case.reference,
        drafter_name=letter.drafter.name,
        approver_name=letter.approver.name if letter.approver else None,
        submitted_at=letter.submitted_at,
        approved_at=letter.approved_at,
        issued_at=letter.issued_at,
        acknowledged_at=letter.acknowledged_at,
        sha256=letter.pdf_sha256,
        verification=letter_words.verification_code(letter) if words else None,
        checks=[_check(check) for check in letter.checks] if words else [],
        content=_words(letter_words.content(letter)) if words else None,
        moves=move_options(moves_for(letter, actor)),
    )


def _brief(letter: Letter) -> dict[str, Any]:
    names = set(LetterBrief.model_fields) - {"id", "state_label"}
    return {name: getattr(letter, name) for name in names} | {
        "id": letter.public_id,
        "state_label": state_label("letter", letter.state),
    }


def _check(check: dict[str, Any]) -> LetterCheck:
    return LetterCheck(name=check["name"], ok=check["ok"], message=_told(check["message"], check["place"]))


def _told(sentence: str, place: str) -> str:
    told: str = gettext(sentence, place=gettext(place) if place else "")
    return told


def _words(content: LetterContent) -> LetterWords:
    return LetterWords(**content.model_dump())
