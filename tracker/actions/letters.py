"""What can happen to a letter: drafted, checked, signed by another, numbered, frozen, delivered."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tracker.actions import (
    cases,
    deadlines,
    diary,
    feedback,
    index,
    letter_preview,
    letter_words,
    numbers,
    outbox,
)
from tracker.actions.base import CHANGED, action, apply, lock, session
from tracker.actions.letter_preview import Proof
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.letters import DeliverIn, LetterContent, LetterEdit, LetterIn, RejectIn
from tracker.incoming.schema import Input, Nothing, read
from tracker.models import Case, Event, Letter, vault
from tracker.models.base import new_public_id
from tracker.queries import moves
from tracker.rules import numbers as formats
from tracker.rules import permissions
from tracker.rules.actors import Actor, system
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from workflows.letter import LETTER

Step = Callable[[Letter, Any, Actor], None]

TAKES: dict[str, type[Input]] = {"deliver": DeliverIn, "reject": RejectIn, "void": RejectIn}


@action
def draft(case: Case, given: LetterIn, *, by: Actor, expect: int | None = None) -> Letter:
    """A letter filled from the case, once there is an outcome and somebody with a name to tell it to."""
    permissions.require(by, "draft_letter", case)
    lock(case, expect)
    if not (case.state == "handled" or (case.is_declined and case.state != "fed_back")):
        raise Conflict(N_("办结之后才能起草反馈函"), missing=["is_handled"], version=case.version)
    if any(letter.state in ("draft", "submitted", "approved", "issued") for letter in case.letters):
        raise Conflict(N_("这件诉求已有一份在办的函"), missing=["no_open_letter"], version=case.version)
    if case.resident is None or case.resident.is_anonymous:
        raise Conflict(
            N_("匿名诉求没有收件人，请在查询页公布答复"), missing=["has_addressee"], version=case.version
        )
    now = clock()
    letter = Letter(
        public_id=new_public_id(),
        committee_id=case.committee_id,
        case=case,
        kind=given.kind,
        drafter_id=by.person_id,
        updated_at=now,
        state=LETTER.initial,
        content_sealed=b"",
        content_revision=0,
    )
    session().add(letter)
    _write_content(letter, given.content or feedback.compose(letter_words.facts(case)))
    diary.write(letter, "draft", by=by, after=letter.state, notify=False)
    return letter


@action
def edit(letter: Letter, given: LetterEdit, *, by: Actor, expect: int | None = None) -> Event:
    """Change the words while it is a draft; the checks run again."""
    permissions.require(by, "edit", letter)
    lock(letter.case)
    lock(letter, expect)
    if letter.state != "draft":
        raise Conflict(N_("已经送签的函不能改，请先退回修改"), missing=["is_draft"], version=letter.version)
    _write_content(letter, given.content)
    letter.drafter_id = by.person_id or letter.drafter_id
    return diary.write(letter, "edit", by=by, data={"revision": letter.content_revision}, notify=False)


@action
def move(
    letter: Letter,
    name: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    expect: int | None = None,
    preview: Proof | None = None,
) -> Event:
    """Make one move of the table; see actions.cases.move for the order of refusals.

    ``preview`` proves that the letter as it stands can be printed; it takes too long to find out in here.
    """
    if name not in LETTER.names:
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, letter)
    value = read(TAKES.get(name, Nothing), given or {})
    lock(letter.case)
    lock(letter, expect)
    row = moves.find(letter, name)
    if preview is not None:
        _remember(letter, preview)
    before = letter.state
    BEFORE[name](letter, value, by)
    apply(letter, name, row.move.variant)
    letter.updated_at = clock()
    AFTER[name](letter, value, by)
    event = diary.write(
        letter,
        name,
        by=by,
        before=before,
        after=letter.state,
        data=_facts(letter, name),
        note=getattr(value, "reason", "") or getattr(value, "note", ""),
    )
    session().flush()
    FOLLOW[name](letter, value, by)
    return event


@action
def freeze(letter: Letter, rendered: bytes) -> None:
    """Keep the issued page for ever. A second rendering of the same letter changes nothing."""
    lock(letter.case)
    lock(letter)
    if letter.pdf_sha256 is not None:
        return
    letter.pdf_sealed = vault.seal("letter", letter.public_id, "pdf", rendered)
    letter.pdf_sha256 = hashlib.sha256(rendered).hexdigest()
    letter.rendered_at = letter.updated_at = clock()
    diary.write(letter, "freeze", by=system(letter.committee_id, "jobs"), data={"sha256": letter.pdf_sha256})


def _write_content(letter: Letter, content: LetterContent) -> None:
    clear = content.model_dump_json().encode()
    letter.content_sealed = vault.seal("letter", letter.public_id, "content", clear)
    letter.content_revision += 1
    letter.updated_at = clock()
    letter.checks = letter_words.checks(letter, content)
    session().flush()


def _facts(letter: Letter, name: str) -> dict[str, Any]:
    return {"number": letter.number} if name == "issue" else {}


def _nothing(letter: Letter, value: Any, by: Actor) -> None:
    """Most moves change nothing but the state."""


def _remember(letter: Letter, preview: Proof) -> None:
    if not letter_preview.is_of(preview, letter):
        raise Conflict(CHANGED, version=letter.version)
    letter.previewed_revision = letter.content_revision


def _check(letter: Letter, value: Any, by: Actor) -> None:
    letter.checks = letter_words.checks(letter, letter_words.content(letter))


def _hand_over(letter: Letter, value: Any, by: Actor) -> None:
    letter.submitted_at = clock()


def _sign(letter: Letter, value: Any, by: Actor) -> None:
    letter.approver_id, letter.approved_at = by.person_id, clock()


def _unsign(letter: Letter, value: Any, by: Actor) -> None:
    letter.approver_id, letter.approved_at, letter.submitted_at = None, None, None


def _number(letter: Letter, value: Any, by: Actor) -> None:
    """The number comes with the move in one transaction: none is lost, none is given twice (R5)."""
    now = clock()
    series, year = letter.case.committee.letter_prefix, formats.shanghai_year(now)
    letter.number_series, letter.number_year = series, year
    letter.number_seq = numbers.take(f"letter:{series}", year)
    letter.number = formats.document_number(series, year, letter.number_seq)
    letter.issue_date, letter.issued_at = shanghai_date(now), now
    deadlines.start_letter(letter, now)


def _queue_rendering(letter: Letter, value: Any, by: Actor) -> None:
    outbox.put("render_letter", f"render:{letter.public_id}", {"letter": letter.id}, letter.committee_id)
    index.refresh(letter.case)


def _deliver(letter: Letter, value: DeliverIn, by: Actor) -> None:
    if value.delivered_on > shanghai_date(clock()):
        raise Invalid.one("delivered_on", N_("送达日期不能晚于今天"))
    if letter.issue_date and value.delivered_on < letter.issue_date:
        raise Invalid.one("delivered_on", N_("送达日期不能早于成文日期"))
    letter.delivery_method, letter.delivered_on = value.method, value.delivered_on
    letter.due_at = None


def _feed_back(letter: Letter, value: Any, by: Actor) -> None:
    case = letter.case
    waits = case.state == "handled" or (case.is_declined and case.state != "fed_back")
    # A late delivery of a letter about an earlier outcome tells nothing of the present one.
    if waits and case.is_told:
        cases.move(case, "feed_back", by=system(letter.committee_id, "delivery"))


def _acknowledge(letter: Letter, value: Any, by: Actor) -> None:
    letter.acknowledged_at = clock()


def _clear_clock(letter: Letter, value: Any, by: Actor) -> None:
    letter.due_at = None


BEFORE: dict[str, Step] = defaultdict(lambda: _nothing, {"submit": _check})
AFTER: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "submit": _hand_over,
        "approve": _sign,
        "reject": _unsign,
        "issue": _number,
        "deliver": _deliver,
        "acknowledge": _acknowledge,
        "void": _clear_clock,
    },
)
FOLLOW: dict[str, Step] = defaultdict(lambda: _nothing, {"issue": _queue_rendering, "deliver": _feed_back})
