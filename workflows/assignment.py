"""The life of one assignment (交办): one department's share of a case, with its own clock."""

from workflows.rulebook import N_, Move, Rulebook, State

STATES = (
    State("draft", N_("待发出"), tone="quiet", icon="pencil"),
    State("dispatched", N_("待签收"), tone="warn", icon="send", clock="reply"),
    State("accepted", N_("办理中"), tone="info", icon="person-workspace", clock="reply"),
    State("replied", N_("待审核"), tone="warn", icon="chat-left-text", clock="review"),
    State("reworking", N_("退回重办"), tone="late", icon="arrow-counterclockwise", clock="rework"),
    State("completed", N_("已办结"), tone="ok", icon="check2-circle", final=True),
    State("return_requested", N_("申请退回"), tone="warn", icon="reply", clock="decide_return"),
    State("returned", N_("已退回"), tone="quiet", icon="reply-fill", final=True),
    State("waived", N_("已免会办"), tone="quiet", icon="slash-circle", final=True),
    State("revoked", N_("已撤销"), tone="quiet", icon="x-circle", final=True),
)

KINDS = {"lead": N_("主办"), "co": N_("会办"), "separate": N_("分办")}

SLA_CLASSES = {"urgent": N_("特急"), "simple": N_("简易"), "normal": N_("普通"), "complex": N_("疑难")}

RESULT_CLASSES = {
    "A": N_("已经解决或基本解决"),
    "B": N_("正在解决或列入计划"),
    "C": N_("因条件所限暂不能解决"),
    "D": N_("留作参考"),
}

CONTACT_RECORDS = {
    "through_office": N_("通过政协办公室转达"),
    "on_site": N_("到现场察看"),
    "not_possible": N_("未能联系"),
}

_ACTIVE = ("dispatched", "accepted", "replied", "reworking", "return_requested")

MOVES = (
    Move(
        "dispatch",
        ("draft",),
        "dispatched",
        N_("发出交办"),
        ("case_takes_departments", "has_confirmed_text", "unit_may_receive", "fits_the_others"),
        primary=True,
    ),
    Move("accept", ("dispatched",), "accepted", N_("签收"), primary=True),
    Move(
        "request_return",
        ("dispatched", "accepted"),
        "return_requested",
        N_("申请退回"),
        ("in_return_window",),
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "returned",
        N_("同意退回"),
        ("is_first_return",),
        variant="granted",
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "returned",
        N_("同意退回"),
        ("is_repeated_return",),
        variant="granted",
        asks="decide_second_return",
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "accepted",
        N_("不同意退回"),
        ("was_accepted", "is_first_return"),
        variant="refused",
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "dispatched",
        N_("不同意退回"),
        ("was_not_accepted", "is_first_return"),
        variant="refused",
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "accepted",
        N_("不同意退回"),
        ("was_accepted", "is_repeated_return"),
        variant="refused",
        asks="decide_second_return",
    ),
    Move(
        "decide_return",
        ("return_requested",),
        "dispatched",
        N_("不同意退回"),
        ("was_not_accepted", "is_repeated_return"),
        variant="refused",
        asks="decide_second_return",
    ),
    Move("reply", ("dispatched", "accepted", "reworking"), "replied", N_("答复"), primary=True),
    Move("approve_reply", ("replied",), "completed", N_("审核通过"), primary=True),
    Move(
        "rework",
        ("replied", "completed"),
        "reworking",
        N_("退回重办"),
        ("case_is_coordinated", "reworks_are_left"),
    ),
    Move(
        "rework",
        ("replied", "completed"),
        "reworking",
        N_("退回重办"),
        ("case_is_coordinated", "reworks_are_used_up"),
        asks="rework_again",
    ),
    Move("waive", _ACTIVE, "waived", N_("免会办"), ("is_co",)),
    Move(
        "revoke",
        ("draft", *_ACTIVE),
        "revoked",
        N_("撤销交办"),
    ),
)

ASSIGNMENT = Rulebook("assignment", STATES, MOVES)

MISSING = {
    "case_is_coordinated": N_("诉求不在办理阶段"),
    "case_takes_departments": N_("这件诉求现在不能交办部门"),
    "has_confirmed_text": N_("先确认转办摘要"),
    "unit_may_receive": N_("这个单位就是被反映的单位，或是它的上级、下级，不能承办"),
    "fits_the_others": N_("已有主办单位；先撤销或退回它的交办，再发给新的主办"),
    "in_return_window": N_("退回期限已过"),
    "was_accepted": N_("退回前没有签收"),
    "was_not_accepted": N_("退回前已经签收"),
    "is_first_return": N_("再次申请退回，由办公室负责人裁定"),
    "is_repeated_return": N_("第一次申请退回，由办公室决定"),
    "reworks_are_left": N_("已退回重办两次，由办公室负责人决定"),
    "reworks_are_used_up": N_("还可以由办公室退回重办"),
    "is_co": N_("只有会办可以免"),
}
