"""The life of an invitation: proposed, approved by somebody else, then whether the person came (S1-36)."""

from workflows.rulebook import N_, Move, Rulebook, State

CAPACITIES = {"observer": N_("列席"), "participant": N_("参加"), "speaker": N_("发言")}

STATES = (
    State("proposed", N_("待审核"), tone="warn", icon="clipboard-check"),
    State("approved", N_("已同意"), tone="info", icon="check2-square"),
    State("attended", N_("已到会"), tone="ok", icon="check-circle", final=True),
    State("absent", N_("未到会"), tone="quiet", icon="slash-circle", final=True),
    State("declined", N_("未同意"), tone="quiet", icon="slash-circle", final=True),
    State("withdrawn", N_("已撤回"), tone="quiet", icon="arrow-return-left", final=True),
)

MOVES = (
    Move("approve", ("proposed",), "approved", N_("同意邀请"), ("is_called_for",), primary=True),
    Move("decline", ("proposed",), "declined", N_("不同意")),
    Move("attend", ("approved", "absent"), "attended", N_("登记到会"), ("has_begun",), primary=True),
    Move("miss", ("approved", "attended"), "absent", N_("登记未到"), ("has_begun", "has_not_spoken")),
    Move("speak", ("attended",), None, N_("登记发言")),
    Move("withdraw", ("proposed", "approved"), "withdrawn", N_("撤回")),
)

INVITEE = Rulebook("invitee", STATES, MOVES)

MISSING = {
    "is_called_for": N_("活动已经撤下"),
    "has_begun": N_("活动还没有举行"),
    "has_not_spoken": N_("已经登记了发言"),
}
