"""A unit is never given a case about itself, its superior or its subordinate (T06)."""

from collections.abc import Sequence


def conflicted(unit: Sequence[int], subject: Sequence[int]) -> bool:
    """Whether a unit must not handle a case about the subject unit.

    Both are lineages: unit ids from the committee's root down to the unit. The root itself is everybody's
    ancestor and therefore makes no conflict. There is no override.
    """
    if not unit or not subject:
        return False
    return unit[-1] in subject[1:] or subject[-1] in unit[1:]
