"""The lives of what members hand in: an opinion brief, a development suggestion, a lead (S2-07…14).

They share their first state and the way back; what follows is as long as the office's work on each kind.
"""

from workflows.rulebook import N_, Move, Rulebook, State

KINDS = {
    "suggestion": N_("发展建议"),
    "brief": N_("社情民意信息"),
    "investment_lead": N_("招商线索"),
    "talent_lead": N_("引才线索"),
}
# Both kinds of leads live alike.
LIVES = {"suggestion": "suggestion", "brief": "brief", "investment_lead": "lead", "talent_lead": "lead"}

# The lowest first.
ADOPTION_LEVELS = {
    "district": N_("本级采用"),
    "city": N_("市级采用"),
    "province": N_("省级采用"),
    "nation": N_("全国采用"),
}
ADOPTION_MANNERS = {"single": N_("单篇采用"), "combined": N_("综合采用")}
SENT_TO = {
    "party": N_("党委办公室"),
    "department": N_("有关部门"),
    "city": N_("市政协"),
    "province": N_("省政协"),
    "nation": N_("全国政协"),
}
WILLINGNESS = {
    "unknown": N_("还不清楚"),
    "watching": N_("观望"),
    "interested": N_("有意向"),
    "visiting": N_("愿意来考察"),
    "declined": N_("没有意向"),
}

_SUBMITTED = State("submitted", N_("待处理"), tone="warn", icon="inbox")
_WITHDRAWN = State("withdrawn", N_("已撤回"), tone="quiet", icon="arrow-return-left", final=True)
_WITHDRAW = Move("withdraw", ("submitted",), "withdrawn", N_("撤回"))

BRIEF = Rulebook(
    "brief",
    (
        _SUBMITTED,
        State("selected", N_("已录用"), tone="info", icon="check2-square"),
        State("edited", N_("待签发"), tone="warn", icon="clipboard-check"),
        State("signed", N_("已签发"), tone="info", icon="pen"),
        State("sent_up", N_("已报送"), tone="ok", icon="send"),
        State("kept", N_("已留存"), tone="quiet", icon="archive"),
        _WITHDRAWN,
    ),
    (
        Move("select", ("submitted", "kept"), "selected", N_("录用"), primary=True),
        Move("keep", ("submitted", "selected"), "kept", N_("留存")),
        Move(
            "check",
            ("selected",),
            "edited",
            N_("核稿送签"),
            ("has_edited_text",),
            gives=("has_edited_text",),
            primary=True,
        ),
        Move("send_back", ("edited",), "selected", N_("退回修改")),
        Move("sign", ("edited",), "signed", N_("签发"), primary=True),
        Move("send_up", ("signed",), "sent_up", N_("向上报送"), primary=True),
        Move("adopt", ("sent_up",), None, N_("登记采用")),
        Move("leader_note", ("sent_up",), None, N_("登记批示")),
        Move("tell", ("sent_up", "kept"), None, N_("反馈作者")),
        _WITHDRAW,
    ),
    noun="submission",
)

SUGGESTION = Rulebook(
    "suggestion",
    (
        _SUBMITTED,
        State("noted", N_("已阅存"), tone="ok", icon="archive"),
        State("forwarded", N_("已转送"), tone="info", icon="send"),
        State("answered", N_("已答复"), tone="ok", icon="chat-left-text", final=True),
        _WITHDRAWN,
    ),
    (
        Move("forward", ("submitted", "noted"), "forwarded", N_("转送"), primary=True),
        Move("file", ("submitted",), "noted", N_("阅存")),
        Move("answer", ("forwarded", "noted"), "answered", N_("登记答复"), primary=True),
        _WITHDRAW,
    ),
    noun="submission",
)

LEAD = Rulebook(
    "lead",
    (
        _SUBMITTED,
        State("following", N_("跟进中"), tone="info", icon="arrow-repeat"),
        State("settled", N_("已落地"), tone="ok", icon="check2-circle", final=True),
        State("dropped", N_("未成"), tone="quiet", icon="slash-circle"),
        _WITHDRAWN,
    ),
    (
        Move("follow_up", ("submitted", "following", "dropped"), "following", N_("登记跟进"), primary=True),
        Move("settle", ("following",), "settled", N_("登记落地")),
        Move("drop", ("submitted", "following"), "dropped", N_("登记未成")),
        _WITHDRAW,
    ),
    noun="submission",
)

BOOKS = {book.name: book for book in (BRIEF, SUGGESTION, LEAD)}

MISSING = {"has_edited_text": N_("先写好核稿后的标题和正文")}
