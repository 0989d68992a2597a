"""The resident's page: the code in, the way of the matter out. The code travels in form bodies only (T11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import codes, letter_words, ratings
from tracker.door import limits
from tracker.door.language import gettext
from tracker.errors import Conflict, FieldError, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.cases import RatingIn
from tracker.incoming.schema import read
from tracker.models import Committee, TrackingCode
from tracker.queries import contact_page, track
from tracker.queries.track import Progress
from tracker.rules import codes as spelling
from tracker.web import faults, files, words

blueprint = Blueprint("track", __name__, url_prefix="/track")


@dataclass(frozen=True)
class Refused:
    """What stood in the way, and at which of the two forms below the progress."""

    form: str
    message: str


@blueprint.get("")
def show() -> str:
    return _ask()


@blueprint.post("")
def look() -> ResponseReturnValue:
    try:
        row = track.find(request.form.get("code", ""))
    except NotFound as unknown:
        return _unknown(unknown)
    limits.forgive("track")
    return _progress(row)


@blueprint.post("/letter")
def letter() -> ResponseReturnValue:
    """The letter itself, for who knows the PIN as well; a wrong one is counted."""
    try:
        row = track.find(request.form.get("code", ""))
    except NotFound as unknown:
        return _unknown(unknown)
    found = track.letter_of(row.case)
    if found is None:
        return _progress(row, Refused("letter", gettext("还没有可以取的函，请过些时候再来。"))), 404
    if not codes.try_pin(row, request.form.get("pin", "")):
        door.keep_refused()
        return _progress(row, Refused("letter", _why_not(row))), 403
    limits.forgive("track")
    frozen = letter_words.frozen_pdf(found)
    if frozen is None:
        return _progress(row, Refused("letter", gettext("函正在生成，请过几分钟再取。"))), 503
    return files.pdf(frozen, found.number or gettext("反馈函"), etag=found.pdf_sha256 or "")


@blueprint.post("/rating")
def rate() -> ResponseReturnValue:
    try:
        row = track.find(request.form.get("code", ""))
    except NotFound as unknown:
        return _unknown(unknown)
    try:
        with door.attempt():
            given = read(RatingIn, {"rating": request.form.get("rating", "")})
            ratings.rate(row.case, given, by=track.resident_of(row))
    except (Invalid, Conflict) as refused:
        sentence = faults.told(refused)[0].message
        return _progress(row, Refused("rating", sentence)), faults.status(refused)
    limits.forgive("track")
    return _progress(row, thanks=True)


def _ask(error: str = "") -> str:
    errors = [FieldError("code", error)] if error else []
    return render_template("track/ask.html", errors=errors, contact=bool(contact_page.opened()))


def _unknown(unknown: NotFound) -> ResponseReturnValue:
    return _ask(gettext(unknown.message)), 404


def _why_not(row: TrackingCode) -> str:
    if row.letter_locked_at is not None:
        return str(gettext("输错次数太多，已锁定。请打电话给政协办公室解锁。"))
    return str(gettext("密码不对。请输入登记时所留电话的后四位；没有留电话的，输入办公室告诉您的六位数字。"))


def _progress(row: TrackingCode, refused: Refused | None = None, *, thanks: bool = False) -> str:
    now, found = clock(), track.progress(row)
    committee: Committee = row.case.committee
    return render_template(
        "track/progress.html",
        found=found,
        code=_canonical(),
        committee=committee,
        title=_title(found),
        steps=_steps(found, now),
        answer=found.answer,
        news=_news(found, now),
        refused=refused,
        thanks=thanks,
        locked=row.letter_locked_at is not None,
    )


def _canonical() -> str:
    """The code as it was meant; it goes into the hidden field of the next form and nowhere else."""
    code = spelling.parse(request.form.get("code", ""))
    return code.text if code else ""


def _title(found: Progress) -> str:
    if found.disposition == "withdrawn":
        return str(gettext("这件事已经撤回"))
    if found.disposition == "not_accepted":
        return str(gettext("这件事不在受理范围"))
    if found.disposition == "merged" and found.state in ("raised", "coordinated"):
        return str(gettext("您反映的事正与同类诉求一起办理"))
    titles = {
        "raised": gettext("您反映的事已经登记"),
        "coordinated": gettext("您反映的事正在办理"),
        "handled": gettext("您反映的事已有结果，正在答复您"),
        "fed_back": gettext("您反映的事已有答复"),
    }
    return str(titles[found.state])


def _steps(found: Progress, now: Any) -> Sequence[dict[str, str]]:
    reached = [step.name for step in found.steps].index(found.state)
    shown = []
    for number, (label, step) in enumerate(zip(words.steps(), found.steps, strict=True)):
        status = "done" if number <= reached else "now" if number == reached + 1 else "todo"
        sub = words.day(step.on, now) if number <= reached and step.on else ""
        shown.append({"label": label, "sub": sub, "status": status})
    return shown


def _news(found: Progress, now: Any) -> str:
    """When to look again, in one sentence."""
    if found.next_on is None or found.state == "fed_back":
        return ""
    return str(gettext("最迟 %(day)s 有新进展。", day=words.day(found.next_on, now)))
