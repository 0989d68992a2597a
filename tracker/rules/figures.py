"""When a figure corrected by hand looks wrong, and may stand only once somebody looked again (S2-20)."""

from typing import Final

from tracker.rules.words import N_

# So many times what was counted; a typed digit too many makes as much.
TIMES: Final = 10


def doubt(figure: str, value: int, *, counted: int, members: int) -> str | None:
    """Why it looks wrong, in a sentence that takes ``value``, ``counted``, ``members`` and ``times``."""
    if figure == "participants" and value > members:
        return N_("本组只有 %(members)s 位委员，参与的却填了 %(value)s 位。请核对；确实如此的，勾选后再提交")
    if value > TIMES * max(counted, 1):
        return N_("统计的是 %(counted)s，%(value)s 超过它的 %(times)s 倍。请核对；确实如此的，勾选后再提交")
    return None
