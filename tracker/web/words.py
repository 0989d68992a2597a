"""How a page says things: states, deadlines, dates and codes in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from flask_babel import pgettext

from tracker.door.language import gettext, spoken
from tracker.queries.calendar import calendar
from tracker.rules import clock as clocks
from tracker.rules.clock import SHANGHAI, Countdown, shanghai_date
from tracker.rules.words import N_, Phrase
from workflows import assignment, booklet, case, group_report, invitee, letter, submission
from workflows.rulebook import Rulebook

ROLES = {
    "member": N_("委员"),
    "secretary": N_("组联络员"),
    "clerk": N_("办公室"),
    "director": N_("办公室负责人"),
    "handler": N_("承办单位"),
    "leader": N_("主席"),
    "auditor": N_("督查"),
    "admin": N_("管理员"),
    "resident": N_("群众"),
    "system": N_("系统"),
}
SOURCES = {
    "visit": N_("走访"),
    "mailbox": N_("意见箱"),
    "reception": N_("接待日"),
    "symposium": N_("座谈会"),
    "wechat": N_("微信"),
    "phone": N_("电话"),
    "letter": N_("来信"),
    "import": N_("导入"),
    "other": N_("其他"),
}
ORIGINS = {"help": N_("需要帮助解决"), "coordination": N_("需要协调办理")}
URGENCIES = {"normal": N_("一般"), "urgent": N_("紧急")}
CIRCLES = {"sector": N_("界别圈"), "living": N_("生活圈"), "friends": N_("朋友圈")}
CHANNELS = {
    "in_person": N_("当面"),
    "phone": N_("电话"),
    "wechat": N_("微信"),
    "qq": N_("QQ"),
    "other": N_("其他"),
}
CONTACT_KINDS = {
    "enterprise": N_("企业"),
    "sector_person": N_("界别群众"),
    "public_person": N_("社会群众"),
}
CONVERSIONS = {
    "brief": N_("社情民意信息"),
    "suggestion": N_("发展建议"),
    "case": N_("诉求"),
    "research_topic": N_("界别调研课题"),
    "proposal_lead": N_("提案线索"),
}
LINK_KINDS = CONTACT_KINDS | {
    "village": N_("结对村"),
    "talent": N_("结对人才"),
    "aid_household": N_("帮扶对象"),
    "standing_member": N_("联系的常委"),
    "working_committee": N_("镇街工委"),
}
RATINGS = {"satisfied": N_("满意"), "basically": N_("基本满意"), "dissatisfied": N_("不满意")}
RATING_TONES = {"satisfied": "ok", "basically": "info", "dissatisfied": "late"}
BRIDGES = {
    "community_cadre": N_("社区干部"),
    "local_leader": N_("基层领导"),
    "professional": N_("行业骨干"),
}
LEVELS = {"county": N_("本级委员"), "prefecture_resident": N_("上级驻地委员")}
UNIT_KINDS = {
    "committee": N_("政协机关"),
    "office": N_("办公室"),
    "special_committee": N_("专门委员会"),
    "working_committee": N_("工作委员会"),
    "sector_group": N_("界别组"),
    "party": N_("党派团体"),
    "city_group": N_("市级小组"),
    "township_group": N_("镇街小组"),
    "department": N_("承办单位"),
}
STATIONS = {
    "studio": N_("委员工作室"),
    "members_home": N_("委员之家"),
    "standing_member_station": N_("常委工作站"),
    "contact_point": N_("社情民意联系点"),
}
# What the diary records besides the moves of the three lives.
EVENTS = {
    "raise": N_("提出"),
    "edit": N_("修改"),
    "note": N_("备注"),
    "instruct": N_("批示"),
    "draft": N_("起草"),
    "freeze": N_("生成正式文件"),
    "visit": N_("走访"),
    "add_photo": N_("添加照片"),
    "remove_photo": N_("删除照片"),
    "upload_forms": N_("上传表格"),
    "confirm_forms": N_("确认导入表格"),
    "discard_forms": N_("放弃导入表格"),
    "propose": N_("提出邀请"),
    "rate": N_("评价"),
    "reveal": N_("查看群众身份"),
    "issue_code": N_("发放查询码"),
    "reset_letter_lock": N_("重设取信口令"),
    "add_person": N_("新建账号"),
    "edit_person": N_("修改账号"),
    "invite": N_("发出邀请"),
    "set_password": N_("设置密码"),
    "issue_token": N_("签发接口令牌"),
    "add_unit": N_("添加单位"),
    "edit_unit": N_("修改单位"),
    "begin": N_("开始编辑"),
    "make": N_("生成文件"),
    "mark": N_("树为典型"),
    "unmark": N_("取消典型"),
    "send": N_("发送汇总"),
    "open": N_("开展活动"),
    "exempt": N_("免除任务"),
    "end_exemption": N_("取消免除"),
    "set_score_items": N_("改计分项目"),
    "nominate": N_("列为评优候选"),
    "end_nomination": N_("取消评优候选"),
    "submit": N_("报送"),
    "submit_for": N_("代为报送"),
    "correct": N_("修改"),
    "convert": N_("转化"),
    "remind": N_("提醒未完成"),
    "mark_done": N_("安排已落实"),
    "name_drives": N_("写明一并计入的活动"),
    "correct_figure": N_("更正数字"),
    "end_correction": N_("取消更正"),
    "write_story": N_("写活动情况"),
    "liaise": N_("联系分工"),
    "end_duty": N_("取消联系分工"),
    "supervise": N_("督查"),
    "hold": N_("登记单位活动"),
    "edit_activity": N_("修改单位活动"),
    "cancel_activity": N_("撤下单位活动"),
    "set_up": N_("登记工作室"),
    "edit_workstation": N_("修改工作室"),
    "close_workstation": N_("关闭工作室"),
    "receive_residents": N_("登记接待日"),
    "plan_day": N_("计划接待日"),
    "cancel_day": N_("取消计划的接待日"),
    "make_public": N_("向群众公布"),
    "make_private": N_("不再向群众公布"),
    "recheck": N_("停止公布，待重新确认"),
    "decide_contact_page": N_("决定联系页"),
    "arrange": N_("安排会议"),
    "edit_meeting": N_("修改会议"),
    "cancel_meeting": N_("撤销会议"),
    "reorder": N_("调整议题顺序"),
    "put_on": N_("提交会议研究"),
    "take_off": N_("移出会议议题"),
    "decide": N_("会议议定"),
    "tell_decision": N_("转告会议议定意见"),
    "tell_change": N_("转告活动变动"),
    "tell_cancelled": N_("转告活动撤下"),
    "replace": N_("修订工作制度"),
}
_GREETINGS = {6: N_("夜深了"), 11: N_("上午好"), 13: N_("中午好"), 18: N_("下午好"), 24: N_("晚上好")}
_WEEKDAYS = (N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"))
_DISPOSITION_SIGNS = {
    "merged": ("info", "layers"),
    "not_accepted": ("", "slash-circle"),
    "withdrawn": ("", "arrow-return-left"),
    "referred_out": ("info", "sign-turn-right"),
}
_TONES = {"quiet": ""}
_BOOKS: dict[str, Rulebook] = {
    "case": case.CASE,
    "assignment": assignment.ASSIGNMENT,
    "letter": letter.LETTER,
    "group_report": group_report.GROUP_REPORT,
    "booklet": booklet.BOOKLET,
    "invitee": invitee.INVITEE,
    **submission.BOOKS,
}


@dataclass(frozen=True)
class Sign:
    """A word in a coloured pill, as parts/signs.html draws it."""

    label: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True)
class CountdownView:
    """A deadline in words; ``title`` is the exact moment, ``sub`` the date where the words do not say it."""

    text: str
    tone: str
    title: str
    sub: str = ""


def say(table: dict[str, str], code: str | None) -> str:
    """The word for a code, or the code itself when no word is known."""
    return str(gettext(table[code])) if code in table else code or ""


def role(code: str) -> str:
    return say(ROLES, code)


def source(code: str) -> str:
    return say(SOURCES, code)


def choices(table: dict[str, str]) -> list[tuple[str, str]]:
    """(value, label) pairs for a select or chips."""
    return [(code, gettext(word)) for code, word in table.items()]


def bridges() -> dict[str, str]:
    """Every way of being a bridge, for a filter; first whoever is one at all."""
    return {"any": gettext("有桥梁身份"), **dict(choices(BRIDGES))}


def sign(kind: str, state: str) -> Sign:
    """The state of an assignment, a letter or a case that has no disposition."""
    return _sign(kind, state, spoken())


def steps() -> list[str]:
    """The four steps of a case, as its progress bar names them."""
    named = (
        pgettext("step", "提出"),
        pgettext("step", "协调"),
        pgettext("step", "办理"),
        pgettext("step", "反馈"),
    )
    return [str(name) for name in named]


def states(kind: str) -> dict[str, str]:
    """Every state of a life, or of all the lives of a noun, with its word, for a filter."""
    found = [state for book in _books(kind) for state in book.states.values()]
    return {state.name: str(gettext(state.label)) for state in found}


def case_sign(state: str, disposition: str | None = None, closed_at: datetime | None = None) -> Sign:
    """A disposition stands above the state, a closing above "fed back"."""
    if disposition and not (disposition == "referred_out" and state in ("handled", "fed_back")):
        tone, icon = _DISPOSITION_SIGNS[disposition]
        return Sign(say(case.DISPOSITIONS, disposition), tone, icon)
    if closed_at is not None:
        return Sign(gettext("已结案"), "ok", "archive")
    return sign("case", state)


def event(kind: str, verb: str, variant: str | None = None) -> str:
    """What happened, in a verb: the label of the move, else the word of the diary."""
    rows = [move for book in _books(kind) for move in book.moves if move.name == verb]
    rows = [move for move in rows if variant is None or move.variant == variant] or rows
    return str(gettext(rows[0].label)) if rows else say(EVENTS, verb)


def due(due_at: datetime | None, now: datetime, *, provisional: bool = False) -> CountdownView | None:
    """What is left of a deadline; None when nothing is due."""
    if due_at is None:
        return None
    count = clocks.countdown(now, due_at, calendar())
    return _countdown(count, moment(due_at, now), provisional, spoken())


def day(when: date | datetime | None, now: datetime) -> str:
    """11月23日, with the year where it is not this one."""
    if when is None:
        return ""
    on = shanghai_date(when) if isinstance(when, datetime) else when
    return _day(on, on.year == shanghai_date(now).year, spoken())


def full_day(on: date | None) -> str:
    """With the year: for the dates of documents and campaigns."""
    return _day(on, False, spoken()) if on else ""


def moment(when: datetime | None, now: datetime) -> str:
    """11月23日 09:12 in Shanghai."""
    return f"{day(when, now)} {_clock_face(when)}" if when else ""


def recently(when: datetime | None, now: datetime) -> str:
    """09:12 for today, 昨天 for yesterday, else the date."""
    if when is None:
        return ""
    on, today = shanghai_date(when), shanghai_date(now)
    if on == today:
        return _clock_face(when)
    return str(gettext("昨天")) if on == today - timedelta(days=1) else day(when, now)


def today_line(now: datetime) -> str:
    """11月23日 星期一"""
    return f"{day(now, now)} {gettext(_WEEKDAYS[shanghai_date(now).weekday()])}"


def weekday(on: date) -> str:
    return str(gettext(_WEEKDAYS[on.weekday()]))


def greeting(now: datetime) -> str:
    hour = now.astimezone(SHANGHAI).hour
    return str(gettext(next(word for until, word in _GREETINGS.items() if hour < until)))


def shortened(text: str, length: int = 42) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def capped(count: int, cap: int = 1000) -> str:
    """1,000+ where nobody counted further."""
    return f"{cap:,}+" if count > cap else f"{count:,}"


def iso(when: date | datetime | None) -> str:
    """For the datetime attribute of <time>."""
    if isinstance(when, datetime):
        return when.astimezone(SHANGHAI).isoformat(timespec="minutes")
    return when.isoformat() if when else ""


def _books(kind: str) -> list[Rulebook]:
    return [book for name, book in _BOOKS.items() if kind in (name, book.noun)]


# A list says the same few states and days again and again.
@lru_cache(maxsize=256)
def _sign(kind: str, state: str, _language: str) -> Sign:
    found = _BOOKS[kind].states[state]
    return Sign(gettext(found.label), _TONES.get(found.tone, found.tone), found.icon)


@lru_cache(maxsize=4096)
def _day(on: date, this_year: bool, _language: str) -> str:
    month = gettext(clocks.month(on))
    if this_year:
        return gettext("%(month)s%(day)s日", month=month, day=on.day)
    return gettext("%(year)s年%(month)s%(day)s日", year=on.year, month=month, day=on.day)


@lru_cache(maxsize=4096)
def _countdown(count: Countdown, when: str, provisional: bool, _language: str) -> CountdownView:
    title = gettext("%(when)s（当年放假安排尚未公布，暂定）", when=when) if provisional else when
    sub = when if count.kind == "overdue" else ""
    return CountdownView(_said(clocks.describe(count)), _tone(count), title, sub)


def _said(phrase: Phrase) -> str:
    """A phrase in the reader's language; the words among its values are msgids themselves."""
    values = {
        name: gettext(value) if isinstance(value, str) else value for name, value in phrase.params.items()
    }
    return str(gettext(phrase.msgid, **values))


def _clock_face(when: datetime) -> str:
    return when.astimezone(SHANGHAI).strftime("%H:%M")


def _tone(count: Countdown) -> str:
    if count.kind == "overdue":
        return "late"
    return "warn" if count.kind == "today" or count.days <= 1 else ""
