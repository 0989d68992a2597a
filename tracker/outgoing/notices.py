"""Who hears of what: one row an event, with the sentence and the people it is for.

A notice carries the case's number and a link, nothing else: no name, no summary, no word of the story (T33).
"""

from dataclasses import dataclass
from urllib.parse import quote

from tracker.rules.words import N_


@dataclass(frozen=True)
class Template:
    """``audience`` names groups of queries.recipients; whoever made the event is never told of it."""

    text: str
    audience: tuple[str, ...]


@dataclass(frozen=True)
class Silent:
    """Nobody is told, and why."""

    why: str


_FOLLOWED = "another event of the same moment tells it"
_RECORD = "a record of what the office did itself; nobody has to act on it"
_TECHNICAL = "the person concerned sees it at once"

NOTICES: dict[str, Template | Silent] = {
    # --- case
    "case.raise": Template(N_("有新诉求等待协调交办"), ("clerks",)),
    "case.receipt": Template(N_("您登记的诉求已经收到"), ("raiser",)),
    "case.coordinate": Template(N_("您登记的诉求已经协调交办"), ("raiser",)),
    "case.handle": Template(N_("您登记的诉求已经办结，正在准备反馈"), ("raiser",)),
    "case.feed_back": Template(N_("您登记的诉求已经反馈，请了解群众是否满意"), ("raiser",)),
    "case.rework": Template(N_("您登记的诉求已退回重办"), ("raiser",)),
    "case.reopen": Template(N_("群众不满意，诉求重新办理"), ("clerks", "directors", "raiser")),
    "case.recall": Template(N_("交办已全部退回，请重新协调"), ("clerks",)),
    "case.withdraw": Template(N_("诉求已撤回"), ("clerks", "raiser")),
    "case.decline": Template(N_("您登记的诉求不予受理，请看说明"), ("raiser",)),
    "case.merge": Template(N_("您登记的诉求已与同类诉求并案办理"), ("raiser",)),
    "case.unmerge": Template(N_("您登记的诉求已恢复单独办理"), ("raiser",)),
    "case.close": Silent(_RECORD),
    "case.rate": Template(N_("收到一条评价"), ("clerks",)),
    "case.instruct": Template(N_("有新的批示，请办理"), ("clerks", "directors")),
    "case.edit": Silent(_RECORD),
    "case.note": Silent(_RECORD),
    "case.attach": Silent(_RECORD),
    "case.reveal": Silent(_RECORD),
    "case.issue_code": Silent(_TECHNICAL),
    "case.reset_letter_lock": Silent(_TECHNICAL),
    # --- assignment
    "assignment.draft": Silent("nothing has been sent yet"),
    "assignment.dispatch": Template(N_("有新的交办，请签收办理"), ("handlers",)),
    "assignment.accept": Silent(_RECORD),
    "assignment.request_return": Template(N_("承办单位申请退回，请决定"), ("clerks", "directors")),
    "assignment.decide_return": Template(N_("退回申请已有决定"), ("handlers",)),
    "assignment.reply": Template(N_("承办单位已答复，请审核"), ("clerks",)),
    "assignment.approve_reply": Template(N_("答复已审核通过"), ("handlers",)),
    "assignment.rework": Template(N_("答复被退回，请重新办理"), ("handlers",)),
    "assignment.waive": Template(N_("会办已免，不必再提意见"), ("handlers",)),
    "assignment.revoke": Template(N_("交办已撤销，不必再办理"), ("handlers",)),
    # --- campaign
    "campaign.open": Silent(_RECORD),
    "campaign.exempt": Silent(_RECORD),
    "campaign.end_exemption": Silent(_RECORD),
    "campaign.remind": Template(N_("走访活动还有任务没完成，请抓紧"), ("reminded",)),
    "campaign.mark_done": Silent(_RECORD),
    "campaign.name_drives": Silent(_RECORD),
    "campaign.set_score_items": Silent(_RECORD),
    "campaign.nominate": Silent(_RECORD),
    "campaign.end_nomination": Silent(_RECORD),
    "group_report.confirm": Template(N_("有小组确认了汇总数字，请接收"), ("clerks",)),
    "group_report.receive": Template(N_("办公室已收到本组的汇总"), ("group_secretaries",)),
    "group_report.reopen": Template(N_("小组汇总已退回修改"), ("group_secretaries", "clerks")),
    "group_report.correct_figure": Silent(_RECORD),
    "group_report.end_correction": Silent(_RECORD),
    "group_report.write_story": Silent(_RECORD),
    "group_report.liaise": Silent(_RECORD),
    "group_report.end_duty": Silent(_RECORD),
    "group_report.supervise": Template(N_("本组有新的督查意见，请查看"), ("group_secretaries",)),
    # --- what units organise and keep
    "activity.hold": Silent(_RECORD),
    "activity.edit_activity": Silent(_RECORD),
    "activity.cancel_activity": Silent(_RECORD),
    "invitee.propose": Silent("the number on the desk tells the director"),
    "invitee.approve": Template(N_("活动的邀请名单已经审核，请查看"), ("proposer",)),
    "invitee.decline": Template(N_("活动的邀请名单里有人没有通过，请看说明"), ("proposer",)),
    "invitee.tell_change": Template(
        N_("活动改了名称或日期地点，请告诉已经邀请的人"), ("proposer", "decider")
    ),
    "invitee.tell_cancelled": Template(N_("活动已经撤下，请告诉已经邀请的人"), ("proposer", "decider")),
    "invitee.withdraw": Silent(_RECORD),
    "invitee.attend": Silent(_RECORD),
    "invitee.miss": Silent(_RECORD),
    "invitee.speak": Silent(_RECORD),
    "workstation.set_up": Silent(_RECORD),
    "workstation.edit_workstation": Silent(_RECORD),
    "workstation.close_workstation": Silent(_RECORD),
    "workstation.receive_residents": Silent(_RECORD),
    "workstation.plan_day": Silent(_RECORD),
    "workstation.cancel_day": Silent(_RECORD),
    "workstation.make_public": Silent(_RECORD),
    "workstation.make_private": Silent(_RECORD),
    "workstation.recheck": Template(N_("工作室改了公布的内容，已先停止公布，请确认"), ("clerks",)),
    "unit.decide_contact_page": Silent(_RECORD),
    # --- meetings that take up cases, rules of work
    "meeting.arrange": Silent(_RECORD),
    "meeting.edit_meeting": Silent(_RECORD),
    "meeting.cancel_meeting": Silent(_RECORD),
    "meeting.reorder": Silent(_RECORD),
    "agenda_item.put_on": Template(N_("您登记的诉求已提交会议研究"), ("raiser",)),
    "agenda_item.take_off": Template(N_("有诉求移出了会议议题，请看说明"), ("clerks",)),
    "agenda_item.decide": Template(N_("会议对诉求有了议定意见，请查看"), ("clerks", "directors")),
    "assignment.tell_decision": Template(N_("会议对这件交办有了议定意见，请查看"), ("handlers",)),
    "work_rules.replace": Silent("the page shows the version in force to everybody"),
    # --- letter
    "letter.draft": Silent(_RECORD),
    "letter.edit": Silent(_RECORD),
    "letter.submit": Template(N_("有函件等待签发"), ("signers",)),
    "letter.approve": Template(N_("函件已签发，请编号定稿"), ("clerks",)),
    "letter.reject": Template(N_("函件被退回，请修改"), ("drafter",)),
    "letter.issue": Silent("the page is frozen a moment later, and that is told"),
    "letter.freeze": Template(N_("正式函件已生成，请送达"), ("clerks",)),
    "letter.deliver": Silent(_FOLLOWED),
    "letter.acknowledge": Silent(_RECORD),
    "letter.void": Template(N_("函件已作废"), ("drafter", "clerks")),
    # --- submission
    "submission.submit": Silent("the number on the desk tells the office"),
    "submission.submit_for": Template(N_("已替您报送一条三个一成果，请核对"), ("writer",)),
    # Told where the office did it; writers know what they did themselves.
    "submission.correct": Template(N_("您报送的成果已经修改，请核对"), ("writer",)),
    "submission.withdraw": Template(N_("您报送的成果已经撤回"), ("writer",)),
    "submission.select": Template(N_("您报送的社情民意信息已录用"), ("writer",)),
    "submission.keep": Template(N_("您报送的社情民意信息已留存，请看说明"), ("writer",)),
    "submission.check": Template(N_("有社情民意信息等待签发"), ("brief_signers",)),
    "submission.send_back": Template(N_("社情民意信息被退回，请修改核稿"), ("editor",)),
    "submission.sign": Template(N_("您报送的社情民意信息已签发"), ("writer", "editor")),
    "submission.send_up": Template(N_("您报送的社情民意信息已报送"), ("writer",)),
    "submission.adopt": Template(N_("您报送的社情民意信息被采用"), ("writer",)),
    "submission.leader_note": Template(N_("您报送的社情民意信息有了批示"), ("writer",)),
    "submission.tell": Template(N_("您报送的社情民意信息有了结果，请查看"), ("writer",)),
    "submission.file": Template(N_("您的发展建议已阅存"), ("writer",)),
    "submission.forward": Template(N_("您的发展建议已转送有关单位"), ("writer",)),
    "submission.answer": Template(N_("您的发展建议有了答复"), ("writer",)),
    "submission.follow_up": Template(N_("双招双引线索有新的跟进"), ("writer",)),
    "submission.settle": Template(N_("双招双引线索已落地"), ("writer", "clerks")),
    "submission.drop": Template(N_("双招双引线索未成"), ("writer",)),
    "submission.convert": Template(N_("您报送的成果已转化办理"), ("writer",)),
    "case.convert": Template(N_("您登记的诉求已转化为其他成果"), ("raiser",)),
    # --- booklet, exemplary marks, digest
    "booklet.begin": Silent(_RECORD),
    "booklet.edit": Silent(_RECORD),
    "booklet.make": Silent(_RECORD),
    "booklet.freeze": Silent(_RECORD),
    "booklet.submit": Template(N_("有汇编等待初审"), ("clerks", "directors")),
    "booklet.check": Template(N_("有汇编等待终审"), ("directors",)),
    "booklet.approve": Template(N_("汇编已通过两次审核，可以发布"), ("clerks",)),
    "booklet.publish": Template(N_("新的汇编已经发布"), ("clerks", "directors")),
    "booklet.return": Template(N_("汇编被退回，请修改"), ("clerks",)),
    "booklet.recall": Template(N_("汇编已撤回发布"), ("clerks", "directors")),
    "booklet.amend": Silent("the change of words behind it is told by its own event"),
    "exemplar.mark": Silent(_RECORD),
    "exemplar.unmark": Silent(_RECORD),
    "digest.send": Template(N_("活动汇总已经送出，请查看"), ("directors", "leaders")),
    # --- everything else
    "visit.visit": Silent(_RECORD),
    "contact_link.link": Silent(_RECORD),
    "contact_link.end_link": Silent(_RECORD),
    "import.upload_forms": Silent(_RECORD),
    "import.confirm_forms": Template(N_("导入了一批表格，可能有新诉求等待协调交办"), ("clerks",)),
    "import.discard_forms": Silent(_RECORD),
    "visit.edit": Silent(_RECORD),
    "visit.add_photo": Silent(_RECORD),
    "visit.remove_photo": Silent(_RECORD),
    "person.add_person": Silent(_TECHNICAL),
    "person.edit_person": Silent(_TECHNICAL),
    "person.invite": Silent(_TECHNICAL),
    "person.set_password": Silent(_TECHNICAL),
    "person.issue_token": Silent(_TECHNICAL),
    "unit.found": Silent(_TECHNICAL),
    "unit.add_unit": Silent(_TECHNICAL),
    "unit.edit_unit": Silent(_TECHNICAL),
    "job.park": Template(N_("有后台任务多次失败，已停下等待处理"), ("admins",)),
}

RECEIPT = "case.receipt"


def template(name: str) -> Template | None:
    """The sentence of an event, or None where nobody is told; an event nobody thought of is a KeyError."""
    found = NOTICES[name]
    return found if isinstance(found, Template) else None


def name_of(object_kind: str, verb: str) -> str:
    return f"{object_kind}.{verb}"


def link(
    base: str,
    *,
    assignment: str | None = None,
    letter: str | None = None,
    submission: str | None = None,
    campaign: str | None = None,
    booklet: str | None = None,
    activity: str | None = None,
    workstation: str | None = None,
    case: str | None = None,
) -> str:
    """The page to open, the nearest object first; without one, the first page."""
    rooms = (
        ("assignments", assignment),
        ("letters", letter),
        ("submissions", submission),
        ("campaigns", campaign),
        ("booklets", booklet),
        ("activities", activity),
        ("workstations", workstation),
        ("cases", case),
    )
    for room, key in rooms:
        if key:
            return f"{base.rstrip('/')}/{room}/{quote(key)}"
    return f"{base.rstrip('/')}/"
