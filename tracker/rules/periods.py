"""How many working days each stage may take: defaults that a committee's settings may replace."""

from types import MappingProxyType
from typing import Final, NamedTuple

from tracker.rules.words import N_


class Period(NamedTuple):
    """A timer's length in working days and where it comes from, in words."""

    days: int
    timer: str
    basis: str


PERIODS: Final = MappingProxyType(
    {
        "coordinate": Period(3, "C1", N_("《信访工作条例》第二十二条")),
        "coordinate_urgent": Period(1, "C1", N_("紧急事项即日")),
        "accept": Period(2, "C2", N_("热线办理惯例")),
        "request_return": Period(3, "C3", N_("热线办理惯例")),
        "request_return_petition": Period(5, "C3", N_("《信访工作条例》第二十三条")),
        "decide_return": Period(2, "C3", N_("内部约定")),
        "reply_urgent": Period(3, "C4", N_("热线办理惯例")),
        "reply_simple": Period(5, "C4", N_("热线办理惯例")),
        "reply_normal": Period(15, "C4", N_("热线办理惯例")),
        "reply_complex": Period(30, "C4", N_("督查办理惯例")),
        "review": Period(2, "C7", N_("内部约定")),
        "rework": Period(5, "C7", N_("内部约定")),
        "letter": Period(5, "C8", N_("内部约定")),
        "deliver": Period(2, "C9", N_("内部约定")),
        "reopened": Period(10, "C11", N_("提案办理惯例")),
    }
)

SLA_CLASSES: Final = ("urgent", "simple", "normal", "complex")
CO_LIMIT: Final = 10


def days(name: str) -> int:
    return PERIODS[name].days


def coordinate_days(*, urgent: bool) -> int:
    return days("coordinate_urgent" if urgent else "coordinate")


def return_days(*, petition: bool) -> int:
    """A petition's unit keeps its legal five days (信访工作条例 art. 23)."""
    return days("request_return_petition" if petition else "request_return")


def reply_days(sla_class: str) -> int:
    if sla_class not in SLA_CLASSES:
        raise ValueError(f"no such class of period: {sla_class}")
    return days(f"reply_{sla_class}")


def co_period(lead_days: int) -> int:
    """A co-department has a third of the lead's period, rounded up, ten working days at most."""
    return min(CO_LIMIT, -(-lead_days // 3))
