"""Statutory holidays (全国年节及纪念日放假办法, revised November 2024) for years without an official plan.

The lunar ones are known by calculation up to 2036; later years fall back to the fixed ones.
"""

from datetime import date, timedelta

FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

# Year: 1st day of the lunar year, 清明节, 端午节, 中秋节.
LUNAR: dict[int, tuple[tuple[int, int], ...]] = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
}


def is_holiday(day: date) -> bool:
    return (day.month, day.day) in FIXED or day in _MOVING


def _moving(year: int) -> set[date]:
    new_year, *single = (date(year, month, day) for month, day in LUNAR[year])
    spring = {new_year + timedelta(days=n) for n in (-1, 0, 1, 2)}
    return spring | set(single)


_MOVING = frozenset(day for year in LUNAR for day in _moving(year))
