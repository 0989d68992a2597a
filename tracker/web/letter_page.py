"""The page of one letter: its words at the left, the real sheet at the right, and what was sealed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from tracker import door
from tracker.actions import letter_preview, letter_words, letters
from tracker.actions.letter_preview import Proof
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import FieldError, Invalid, Unavailable
from tracker.extensions import clock
from tracker.incoming.letters import LetterContent, LetterEdit
from tracker.incoming.schema import read
from tracker.models import Letter
from tracker.queries import letters as find
from tracker.queries import moves as open_moves
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import faults, files, move_forms, words
from workflows.letter import DELIVERY_METHODS, KINDS

# Where a failed check is mended.
_MENDED_AT = {
    "title": "content.title",
    "title_ending": "content.title",
    "addressee": "content.addressee",
    "body": "content.handling",
    "length": "content.handling",
}
# What a check calls a part of the letter → the field it is written in.
_PLACES = {
    N_("标题"): "content.title",
    N_("主送"): "content.addressee",
    N_("开头"): "content.opening",
    N_("反映事项"): "content.concern",
    N_("办理情况"): "content.handling",
    N_("办理结果"): "content.result",
    N_("后续安排"): "content.follow_up",
    N_("结束语"): "content.closing",
    N_("附注"): "content.contact",
    N_("抄送"): "content.copy_to_lines",
}
_NOT_YET = ("draft", "submitted", "approved")


def show(public_id: str) -> str:
    return _draw(find.get(public_id, door.signed_in()))


def typed_preview(public_id: str) -> Callable[[], Proof | None] | None:
    """What ``edit`` has rendered beforehand, where the words are to be handed over at once."""
    if request.form.get("then") != "submit":
        return None
    try:
        words_typed = read(LetterEdit, _given()).content
    except Invalid:
        return None
    return _submitting(public_id, words_typed)


def stored_preview(public_id: str) -> Callable[[], Proof | None] | None:
    """What ``move`` has rendered beforehand."""
    return _submitting(public_id) if request.form.get("move") == "submit" else None


def _submitting(public_id: str, typed: LetterContent | None = None) -> Callable[[], Proof | None] | None:
    actor = door.signed_in()
    letter = find.get(public_id, actor)
    if not open_moves.is_open(letter, "submit", actor):
        return None
    return letter_preview.of(letter, typed or letter_words.content(letter))


def edit(public_id: str) -> ResponseReturnValue:
    """Save the words; with ``then=submit`` also hand them over for signing, if they pass."""
    actor = door.signed_in()
    letter = find.get(public_id, actor)
    policy.ask(letter)
    given = _given()
    try:
        with door.attempt():
            letters.edit(letter, read(LetterEdit, given), by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _draw(letter, typed=given, errors=faults.told(refused)), faults.status(refused)
    if request.form.get("then") == "submit":
        _try_to_submit(letter, actor)
    else:
        flash(gettext("已保存"))
    return redirect(_page(letter))


def move(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    letter = find.get(public_id, actor)
    name = request.form.get("move", "")
    given = forms.values(request.form)
    try:
        with door.attempt():
            expect = forms.version(request.form)
            letters.move(letter, name, by=actor, given=given, expect=expect, preview=door.made())
    except faults.REDRAWN as refused:
        return _draw(letter, name, given, faults.told(refused)), faults.status(refused)
    flash(gettext(_DONE.get(name, N_("已办理"))))
    return redirect(_page(letter))


def pdf(public_id: str) -> Response:
    """Before issue a marked preview, afterwards the frozen file, never one for the other."""
    letter = find.get(public_id, door.signed_in())
    permissions.require(door.signed_in(), "read_content", letter)
    if letter.number is None:
        return files.pdf(_preview(letter, letter_words.content(letter)), gettext("预览"))
    frozen = letter_words.frozen_pdf(letter)
    if frozen is None:
        raise Unavailable(N_("正式文件正在生成，请稍候"), retry_after=5)
    response = files.pdf(frozen, letter.number, etag=letter.pdf_sha256 or "")
    response.make_conditional(request)
    return response


def preview(public_id: str) -> Response:
    """The sheet with what is typed now, as PDF, or its checks for a script; stores nothing."""
    actor = door.signed_in()
    letter = find.get(public_id, actor)
    permissions.require(actor, "read_content", letter)
    permissions.require(actor, "edit", letter)
    content = read(LetterEdit, _given()).content
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"checks": _checks(letter_words.checks(letter, content))})
    return files.pdf(_preview(letter, content), gettext("预览"))


_DONE = {
    "submit": N_("已送签"),
    "approve": N_("已签发，可以编号"),
    "reject": N_("已退回修改"),
    "issue": N_("已编号定稿，正式文件几秒钟后生成"),
    "deliver": N_("已登记送达，诉求转为已反馈"),
    "acknowledge": N_("已登记签收"),
    "void": N_("已作废"),
}


def _given() -> dict[str, Any]:
    """The form as the schema takes it; copies go one a line."""
    given = forms.values(request.form)
    content = dict(given.get("content", {}))
    lines = str(content.pop("copy_to_lines", "")).splitlines()
    content["copy_to"] = [line.strip() for line in lines if line.strip()]
    # A closing that was emptied is meant to be empty.
    content.setdefault("closing", "")
    return {"content": content}


def _try_to_submit(letter: Letter, actor: Actor) -> None:
    try:
        with door.attempt():
            letters.move(letter, "submit", by=actor, preview=door.made())
    except faults.REDRAWN as refused:
        why = gettext("；").join(error.message for error in faults.told(refused))
        flash(gettext("已保存，还不能送签：%(why)s", why=why), "warn")
    else:
        flash(gettext("已保存并送签"))


def _preview(letter: Letter, content: LetterContent) -> bytes:
    return files.render(letter_words.page(letter, content, watermark=True))


def _page(letter: Letter) -> str:
    return url_for("letters.show", public_id=letter.public_id)


def _draw(
    letter: Letter,
    opened: str = "",
    typed: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    actor, now = door.signed_in(), clock()
    may_read = permissions.may(actor, "read_content", letter)
    editing = letter.state == "draft" and may_read and permissions.may(actor, "edit", letter)
    moves = move_forms.buttons(letter, actor, typed or {}, opened)
    submit = next((button for button in moves if button.name == "submit"), None)
    return render_template(
        "letter/show.html",
        letter=letter,
        case=letter.case,
        title=_title(letter, may_read),
        kind=words.say(KINDS, letter.kind),
        sign=words.sign("letter", letter.state),
        due=words.due(letter.due_at, now) if letter.state == "issued" else None,
        may_read=may_read,
        editing=editing,
        content=_shown(letter, typed) if editing else {},
        checks=_checks(letter.checks) if letter.state in _NOT_YET else [],
        moves=[button for button in moves if not (editing and button.name == "submit")],
        submit=submit if editing else None,
        facts=_facts(letter, now),
        verification=letter_words.verification_code(letter) if may_read else None,
        issued_on=words.day(letter.issue_date, now),
        opened=opened,
        errors=list(errors),
        pdf_url=url_for("letters.pdf", public_id=letter.public_id, v=letter.version),
        rendering=letter.number is not None and not letter.has_pdf and letter.state != "voided",
    )


def _title(letter: Letter, may_read: bool) -> str:
    if may_read:
        return letter_words.content(letter).title
    return letter.number or words.say(KINDS, letter.kind)


def _shown(letter: Letter, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    if typed and "content" in typed:
        content: dict[str, Any] = dict(typed["content"])
    else:
        content = letter_words.content(letter).model_dump()
    return content | {"copy_to_lines": "\n".join(content.get("copy_to", []))}


def _checks(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What still has to be mended; one line when nothing has."""
    wrong = [_failed(check) for check in found if not check["ok"]]
    passed = gettext("%(n)s 项检查全部通过", n=len(found))
    return wrong or [{"ok": True, "text": passed, "where": ""}]


def _failed(check: Mapping[str, Any]) -> dict[str, Any]:
    where = _PLACES.get(check["place"]) or _MENDED_AT.get(check["name"], "")
    return {"ok": False, "text": _told(check["message"], check["place"]), "where": where}


def _told(sentence: str, place: str) -> str:
    told: str = gettext(sentence, place=gettext(place) if place else "")
    return told


def _facts(letter: Letter, now: datetime) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(pgettext("letter", "起草"), letter.drafter.name)]
    if letter.submitted_at is not None:
        found.append((pgettext("letter", "送签"), words.moment(letter.submitted_at, now)))
    if letter.approver is not None:
        found.append(
            (pgettext("letter", "签发"), f"{letter.approver.name} {words.day(letter.approved_at, now)}")
        )
    if letter.delivered_on is not None:
        method = words.say(DELIVERY_METHODS, letter.delivery_method)
        found.append((pgettext("letter", "送达"), f"{words.day(letter.delivered_on, now)} {method}"))
    if letter.acknowledged_at is not None:
        found.append((pgettext("letter", "签收"), words.day(letter.acknowledged_at, now)))
    return found
