"""The life of a case: 提出 → 协调 → 办理 → 反馈. Dispositions stand beside the state."""

from workflows.rulebook import N_, Move, Rulebook, State

STATES = (
    State("raised", N_("已提出"), tone="info", icon="inbox", clock="coordinate"),
    State("coordinated", N_("已协调"), tone="warn", icon="diagram-3", clock="reply"),
    State("handled", N_("已办理"), tone="info", icon="check2-square", clock="feedback"),
    State("fed_back", N_("已反馈"), tone="ok", icon="envelope-check", final=True),
)

ROUTES = {
    "quick": N_("快速办理"),
    "assign": N_("交办部门"),
    "refer": N_("转送其他渠道"),
    "brief": N_("转社情民意信息"),
}

DISPOSITIONS = {
    "merged": N_("已并案"),
    "not_accepted": N_("不予受理"),
    "withdrawn": N_("已撤回"),
    "referred_out": N_("已转送"),
}

_CHOSEN = ("has_category", "subject_is_decided")
_TRIAGED = (*_CHOSEN, "is_open")

MOVES = (
    Move(
        "coordinate",
        ("raised",),
        "coordinated",
        N_("协调交办"),
        (*_TRIAGED, "may_be_assigned", "has_lead", "drafts_are_confirmed"),
        variant="assign",
        gives=(*_CHOSEN, "has_lead", "drafts_are_confirmed"),
        primary=True,
    ),
    Move(
        "coordinate",
        ("raised",),
        "coordinated",
        N_("快速办理"),
        (*_TRIAGED, "is_not_accusation"),
        variant="quick",
        gives=_CHOSEN,
    ),
    Move(
        "coordinate",
        ("raised",),
        "coordinated",
        N_("转送其他渠道"),
        _TRIAGED,
        variant="refer",
        gives=_CHOSEN,
    ),
    Move(
        "coordinate",
        ("raised",),
        "coordinated",
        N_("转社情民意信息"),
        (*_TRIAGED, "is_not_accusation"),
        variant="brief",
        gives=_CHOSEN,
    ),
    Move(
        "handle",
        ("coordinated",),
        "handled",
        N_("审定办结"),
        ("is_open", "departments_answer", "has_outcome"),
        primary=True,
    ),
    Move(
        "handle",
        ("coordinated",),
        "handled",
        N_("审定办结"),
        ("is_open", "office_answers", "has_outcome"),
        gives=("has_outcome",),
        primary=True,
    ),
    Move(
        "handle",
        ("raised", "coordinated"),
        "handled",
        N_("随主案办结"),
        ("is_merged", "has_outcome"),
        variant="with_master",
        by_system=True,
    ),
    Move(
        "feed_back",
        ("handled",),
        "fed_back",
        N_("确认已反馈"),
        ("is_told",),
        gives=("is_told",),
        primary=True,
    ),
    Move(
        "feed_back",
        ("raised", "coordinated"),
        "fed_back",
        N_("确认已告知"),
        ("is_declined", "is_told"),
        variant="declined",
        gives=("is_told",),
    ),
    Move("rework", ("handled",), "coordinated", N_("退回重办"), ("is_open", "has_no_issued_letter")),
    Move("reopen", ("fed_back",), "coordinated", N_("重新办理"), ("is_open", "may_reopen"), by_system=True),
    Move("recall", ("coordinated",), "raised", N_("退回待协调"), ("all_returned",), by_system=True),
    Move("withdraw", ("raised", "coordinated"), None, N_("撤回"), ("is_open", "has_no_children")),
    Move(
        "decline",
        ("raised", "coordinated"),
        None,
        N_("不予受理"),
        ("is_open", "has_no_reply", "has_no_children"),
    ),
    Move(
        "merge", ("raised", "coordinated"), None, N_("并案"), ("is_open", "has_no_children", "has_no_reply")
    ),
    Move("unmerge", ("raised", "coordinated"), None, N_("取消并案"), ("is_merged", "master_is_not_handled")),
    Move("close", ("fed_back",), None, N_("结案"), ("is_not_closed",)),
)

CASE = Rulebook("case", STATES, MOVES)

MISSING = {
    "has_category": N_("先选类别"),
    "subject_is_decided": N_("先选被反映单位，没有就选“无”"),
    "is_open": N_("这件诉求已并案、撤回、不予受理或结案"),
    "may_be_assigned": N_("检举控告只能由办公室负责人转送，不能交办部门"),
    "has_lead": N_("先定一个主办单位，或至少两个分办单位"),
    "drafts_are_confirmed": N_("先对照标记看过转办摘要，再确认"),
    "is_not_accusation": N_("检举控告只能转送"),
    "departments_answer": N_("由办公室办理，请写明办理结果"),
    "office_answers": N_("由部门办理，以部门的答复为准"),
    "has_outcome": N_("还没有审核通过的主办答复，或会办意见未齐，或没有办理结果"),
    "is_told": N_("反馈函还没有送达，也没有口头反馈记录"),
    "is_declined": N_("没有作出不予受理的决定"),
    "has_no_issued_letter": N_("反馈函已经签发，不能再退回"),
    "may_reopen": N_("只有第一次评价不满意才能重新办理"),
    "all_returned": N_("还有没退回的交办"),
    "has_no_reply": N_("部门已经答复，不能再这样处理"),
    "has_no_children": N_("有其他诉求并在这件下面，请先取消并案"),
    "is_merged": N_("没有并案"),
    "master_is_not_handled": N_("主案已经办理，不能再拆开"),
    "is_not_closed": N_("已经结案"),
}
