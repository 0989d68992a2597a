"""A group's figures are corrected, confirmed and received; it is looked after and tells how it went."""

from typing import Any

from sqlalchemy import inspect

from tracker.actions import diary
from tracker.actions.base import action, apply, lock, session
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn, ReopenIn, StoryIn
from tracker.incoming.schema import Nothing, read
from tracker.models import FigureCorrection, GroupReport, LiaisonDuty, SupervisionRecord
from tracker.models.committee import GROUP_KINDS
from tracker.queries import group_reports, moves, reference, summaries
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.figures import TIMES, doubt
from tracker.rules.words import N_
from workflows.group_report import GROUP_REPORT

TAKES = {"reopen": ReopenIn}


@action
def move(
    report: GroupReport, name: str, *, by: Actor, given: dict[str, Any], expect: int | None = None
) -> GroupReport:
    """Confirm, receive or reopen; at confirmation the figures are kept as they stand (S2-26)."""
    if name not in GROUP_REPORT.names:
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, report)
    taken = read(TAKES.get(name, Nothing), given)
    report = _kept(report, expect)
    permissions.require(by, moves.find(report, name).permission, report)
    before = report.state
    apply(report, name)
    AFTER[name](report, by)
    note = str(getattr(taken, "reason", "") or getattr(taken, "note", ""))
    data: dict[str, Any] = dict(report.confirmed or {}) if name == "confirm" else {}
    diary.write(report, name, by=by, before=before, after=report.state, note=note, data=data)
    return report


@action
def correct(report: GroupReport, given: CorrectionIn, *, by: Actor) -> FigureCorrection:
    """Another number beside the counted one, and why; the one before it ends (S2-20)."""
    permissions.require(by, "correct_figure", report)
    report = _kept(report)
    _still_draft(report)
    counted = getattr(summaries.of_group(report).counted, given.figure)
    if given.value == counted:
        raise Invalid.one("value", N_("与统计的数字相同，不用更正"))
    _check_likely(report, given, counted)
    for earlier in report.corrections:
        if earlier.figure == given.figure:
            earlier.ended_at = earlier.ended_at or clock()
    made = FigureCorrection(
        figure=given.figure, counted=counted, value=given.value, reason=given.reason, made_by_id=by.id
    )
    report.corrections.append(made)
    data = {"figure": given.figure, "counted": counted, "value": given.value}
    diary.write(report, "correct_figure", by=by, note=given.reason, data=data, notify=False)
    return made


@action
def end_correction(report: GroupReport, public_id: str, *, by: Actor) -> None:
    """What was counted is shown again."""
    permissions.require(by, "correct_figure", report)
    lock(report)
    _still_draft(report)
    made = _one_of(report.corrections, public_id)
    if made.ended_at is None:
        made.ended_at = clock()
        diary.write(report, "end_correction", by=by, data={"figure": made.figure}, notify=False)


@action
def write_story(report: GroupReport, given: StoryIn, *, by: Actor, expect: int | None = None) -> GroupReport:
    """The group's own account for the summary meeting (S2-21)."""
    permissions.require(by, "write_story", report)
    report = _kept(report, expect)
    report.story = given.story
    diary.write(report, "write_story", by=by, data={"length": len(given.story)}, notify=False)
    return report


@action
def liaise(report: GroupReport, given: DutyIn, *, by: Actor) -> LiaisonDuty:
    """An office or committee is to look after this group (S2-19)."""
    permissions.require(by, "liaise", report)
    unit = reference.unit(by, given.unit)
    if unit.kind not in ("office", *GROUP_KINDS) or unit.id == report.group_id:
        raise Invalid.one("unit", N_("请选办公室或者另一个专工委"))
    report = _kept(report)
    if unit.id in report.unit_ids:
        raise Invalid.one("unit", N_("已经由这个单位联系"))
    duty = LiaisonDuty(unit_id=unit.id, unit=unit)
    report.duties.append(duty)
    diary.write(report, "liaise", by=by, data={"unit": unit.id}, notify=False)
    return duty


@action
def end_duty(report: GroupReport, public_id: str, *, by: Actor) -> None:
    permissions.require(by, "liaise", report)
    lock(report)
    duty = _one_of(report.duties, public_id)
    if duty.ended_at is None:
        duty.ended_at = clock()
        diary.write(report, "end_duty", by=by, data={"unit": duty.unit_id}, notify=False)


@action
def supervise(report: GroupReport, given: FindingIn, *, by: Actor) -> SupervisionRecord:
    """What was found and what is to be done; the group's secretaries hear of it."""
    permissions.require(by, "supervise", report)
    if given.found_on > shanghai_date(clock()):
        raise Invalid.one("found_on", N_("督查日期不能晚于今天"))
    report = _kept(report)
    record = SupervisionRecord(
        unit_id=min((post.unit_id for post in by.posts), default=None),
        found_on=given.found_on,
        finding=given.finding,
        action=given.action,
        written_by_id=by.id,
    )
    report.findings.append(record)
    diary.write(report, "supervise", by=by)
    return record


def _confirmed(report: GroupReport, by: Actor) -> None:
    report.confirmed = dict(vars(summaries.of_group(report).figures))
    report.confirmed_at, report.confirmed_by_id = clock(), by.id


def _received(report: GroupReport, by: Actor) -> None:
    report.received_at, report.received_by_id = clock(), by.id


def _reopened(report: GroupReport, by: Actor) -> None:
    """What was confirmed stays as evidence until it is confirmed again."""
    report.received_at = report.received_by_id = None


AFTER = {"confirm": _confirmed, "receive": _received, "reopen": _reopened}


def _kept(report: GroupReport, expect: int | None = None) -> GroupReport:
    """The stored row behind what the caller found; made now where nothing was written about the group yet."""
    if inspect(report).persistent:
        lock(report, expect)
        return report
    # Two first lines about a group may meet here: the slower one goes on with the other's row.
    lock(report.campaign)
    found = group_reports.stored(report.campaign_id, report.group_id)
    if found is None:
        session().add(report)
        session().flush()
        return report
    lock(found, expect)
    return found


def _check_likely(report: GroupReport, given: CorrectionIn, counted: int) -> None:
    """A number that can hardly be waits for a second look (S2-20)."""
    members = summaries.members_of(report)
    if not given.sure and (said := doubt(given.figure, given.value, counted=counted, members=members)):
        facts = {"value": given.value, "counted": counted, "members": members, "times": TIMES}
        raise Invalid.one("sure", said, **facts)


def _still_draft(report: GroupReport) -> None:
    if report.state != "draft":
        raise Conflict(N_("汇总已经确认，先退回修改，再更正数字"), version=report.version)


def _one_of(rows: list[Any], public_id: str) -> Any:
    for row in rows:
        if row.public_id == public_id:
            return row
    raise NotFound(N_("没有找到，或者您不能查看"))
