"""The life of a booklet (汇编): edited by one person, approved by two others, published, taken back."""

from workflows.rulebook import N_, Move, Rulebook, State

STATES = (
    State("draft", N_("编辑中"), tone="quiet", icon="pencil"),
    State("submitted", N_("待初审"), tone="warn", icon="clipboard-check"),
    State("approved_once", N_("待终审"), tone="warn", icon="pen"),
    State("approved", N_("待发布"), tone="info", icon="file-earmark-lock"),
    State("published", N_("已发布"), tone="ok", icon="check-circle", final=True),
)

_UNDER_WAY = ("submitted", "approved_once", "approved")

MOVES = (
    Move("submit", ("draft",), "submitted", N_("送审"), ("has_items", "all_confirmed"), primary=True),
    Move("check", ("submitted",), "approved_once", N_("初审通过"), ("has_files",), primary=True),
    Move("approve", ("approved_once",), "approved", N_("终审通过"), ("has_files",), primary=True),
    Move("publish", ("approved",), "published", N_("发布"), ("has_files", "has_two_approvals"), primary=True),
    Move("return", _UNDER_WAY, "draft", N_("退回修改")),
    Move("recall", ("published",), "draft", N_("撤回发布")),
    # What was approved is what is published: any change of words starts the approvals anew.
    Move("amend", _UNDER_WAY, "draft", N_("修改后重新送审"), by_system=True, silent=True),
)

BOOKLET = Rulebook("booklet", STATES, MOVES)

MISSING = {
    "has_items": N_("先选入至少一条内容"),
    "all_confirmed": N_("还有没确认去除个人信息的条目"),
    "has_files": N_("文件还没有生成好，请稍候"),
    "has_two_approvals": N_("要有两位没有参加编辑的人先后审核通过"),
}
