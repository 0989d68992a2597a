"""The life of a group's row of annex 3: the group confirms its figures, the office receives them (S2-26)."""

from workflows.rulebook import N_, Move, Rulebook, State

STATES = (
    State("draft", N_("填报中"), tone="quiet", icon="pencil"),
    State("group_confirmed", N_("小组已确认"), tone="warn", icon="clipboard-check"),
    State("office_received", N_("办公室已收"), tone="ok", icon="check2-circle", final=True),
)

MOVES = (
    Move("confirm", ("draft",), "group_confirmed", N_("确认汇总数字"), primary=True),
    Move("receive", ("group_confirmed",), "office_received", N_("确认收到"), primary=True),
    Move("reopen", ("group_confirmed",), "draft", N_("退回修改")),
    Move("reopen", ("office_received",), "draft", N_("退回修改"), asks="reopen_received"),
)

GROUP_REPORT = Rulebook("group_report", STATES, MOVES)
