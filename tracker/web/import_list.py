"""Uploading filled forms, and what became of earlier uploads."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import form_uploads
from tracker.actions.form_uploads import Sealed
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import FieldError, HuiyinError
from tracker.extensions import clock
from tracker.incoming.form_imports import UploadQuery
from tracker.incoming.list_pages import ImportPage, read_query
from tracker.incoming.schema import read
from tracker.models import FormImport
from tracker.queries import campaigns, form_imports
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import faults, listing, words
from tracker.web.words import Sign

STATUSES = {
    "queued": (N_("等待读取"), "", "hourglass-split"),
    "reading": (N_("正在读取"), "info", "arrow-repeat"),
    "ready": (N_("待确认"), "warn", "eye"),
    "storing": (N_("正在存入"), "info", "arrow-repeat"),
    "confirmed": (N_("已导入"), "ok", "check-lg"),
    "failed": (N_("没有读出表格"), "late", "exclamation-triangle"),
    "discarded": (N_("已放弃"), "", "slash-circle"),
}
ACCEPTED = ".docx,.doc,.xlsx,.xls,.csv,.txt,.zip"


@dataclass(frozen=True)
class Row:
    url: str
    files: str
    by: str
    at: str
    sign: Sign
    result: str


def page(errors: Sequence[FieldError] = ()) -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "import.create")
    asked = read_query(ImportPage, request.args)
    found, following = form_imports.page(
        actor, now=now, waits=asked.waiting, limit=asked.limit, after=asked.after
    )
    names = form_imports.names(found)
    return render_template(
        "imports/index.html",
        rows=[_row(one, names[one.id], now) for one in found],
        next_url=url_for("imports.index", after=following, waiting=asked.waiting) if following else "",
        waits=listing.waits("import", asked.waiting),
        campaigns=[(campaign.public_id, campaign.name) for campaign in campaigns.listing(actor)],
        chosen=_running(actor.committee_id, now),
        accepted=ACCEPTED,
        errors=errors,
    )


def chosen() -> Callable[[], Sealed | HuiyinError]:
    """Sealing what came takes its time; nobody should wait for the lock meanwhile."""
    files = []
    for entry in request.files.getlist("file"):
        with closing(entry):
            if entry.filename:
                files.append((entry.filename, entry.read()))
    return lambda: _sealed(files)


def upload() -> ResponseReturnValue:
    actor = door.signed_in()
    permissions.require_any(actor, "import.create")
    try:
        with door.attempt():
            sealed = door.made()
            if isinstance(sealed, HuiyinError):
                raise sealed
            imported = form_uploads.receive(sealed, read(UploadQuery, forms.values(request.form)), by=actor)
    except faults.REDRAWN as refused:
        return page(faults.told(refused)), faults.status(refused)
    flash(gettext("文件已加密保存，正在读取。"))
    return redirect(url_for("imports.show", public_id=imported.public_id))


def sign(imported: FormImport, *, stuck: bool = False) -> Sign:
    if stuck:
        return Sign(gettext("读取或存入没有成功"), "late", "exclamation-triangle")
    label, tone, icon = STATUSES[imported.status]
    return Sign(gettext(label), tone, icon)


def result(counts: dict[str, Any]) -> str:
    """What was made, in one line; what is zero is not spoken of."""
    told = [
        (gettext("走访 %(n)d 次", n=counts.get("visits", 0)), counts.get("visits")),
        (gettext("诉求 %(n)d 件", n=counts.get("cases", 0)), counts.get("cases")),
        (gettext("报送 %(n)d 条", n=counts.get("submissions", 0)), counts.get("submissions")),
        (gettext("人员 %(n)d 位", n=counts.get("people", 0)), counts.get("people")),
        (gettext("已有 %(n)d 份", n=counts.get("known", 0)), counts.get("known")),
        (gettext("不导入 %(n)d 份", n=counts.get("left_out", 0)), counts.get("left_out")),
        (gettext("留存 %(n)d 份", n=counts.get("kept", 0)), counts.get("kept")),
    ]
    return "，".join(text for text, number in told if number)


def _sealed(files: list[tuple[str, bytes]]) -> Sealed | HuiyinError:
    try:
        return form_uploads.seal(files)
    except faults.REDRAWN as refused:
        return refused


def _row(one: FormImport, names: Sequence[str], now: datetime) -> Row:
    shown = "、".join(names[:3])
    if len(names) > 3:
        shown = gettext("%(names)s等 %(n)d 个文件", names=shown, n=len(names))
    return Row(
        url_for("imports.show", public_id=one.public_id),
        shown or gettext("文件已删除"),
        one.by.name,
        words.moment(one.created_at, now),
        sign(one),
        result(one.counts),
    )


def _running(committee_id: int, now: datetime) -> str:
    """The campaign forms most likely belong to."""
    found = campaigns.running(committee_id, shanghai_date(now))
    return found.public_id if found else ""
