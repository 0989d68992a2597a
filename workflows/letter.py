"""The life of a letter (函): drafted by one person, signed by another, numbered once, never altered after."""

from workflows.rulebook import N_, Move, Rulebook, State

STATES = (
    State("draft", N_("草稿"), tone="quiet", icon="pencil"),
    State("submitted", N_("待签发"), tone="warn", icon="clipboard-check", clock="sign"),
    State("approved", N_("已签发"), tone="info", icon="pen", clock="sign"),
    State("issued", N_("待送达"), tone="warn", icon="file-earmark-lock", clock="deliver"),
    State("delivered", N_("已送达"), tone="ok", icon="envelope-check", final=True),
    State("acknowledged", N_("已签收"), tone="ok", icon="person-check", final=True),
    State("voided", N_("已作废"), tone="quiet", icon="x-circle", final=True),
)

KINDS = {"feedback": N_("反馈函")}

DELIVERY_METHODS = {
    "in_person": N_("当面送达"),
    "post": N_("邮寄"),
    "member": N_("委员转交"),
    "code_page": N_("查询页取件"),
}

MOVES = (
    Move(
        "submit",
        ("draft",),
        "submitted",
        N_("送签"),
        ("checks_pass", "preview_rendered"),
        gives=("preview_rendered",),
        primary=True,
    ),
    Move("approve", ("submitted",), "approved", N_("签发"), primary=True),
    Move("reject", ("submitted", "approved"), "draft", N_("退回修改")),
    Move("issue", ("approved",), "issued", N_("编号并定稿"), primary=True),
    Move("deliver", ("issued",), "delivered", N_("登记送达"), ("has_pdf",), primary=True),
    Move("acknowledge", ("delivered",), "acknowledged", N_("登记签收")),
    Move("void", ("draft", "submitted", "approved", "issued", "delivered"), "voided", N_("作废")),
)

LETTER = Rulebook("letter", STATES, MOVES)

MISSING = {
    "checks_pass": N_("还有没通过的检查"),
    "preview_rendered": N_("先看一遍预览"),
    "has_pdf": N_("正式文件还在生成，请稍候"),
}
