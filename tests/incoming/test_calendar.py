"""A plan of working days: each day once, every fault with its row."""

from datetime import date

import pytest

from tracker.errors import Invalid
from tracker.incoming import calendar


def test_a_plan_is_read_in_the_order_of_its_days() -> None:
    content = "date,kind,name\n2027-02-07,workday,春节\n2027-01-01,holiday,元旦\n".encode()
    assert [(day.date, day.kind) for day in calendar.read(content)] == [
        (date(2027, 1, 1), "holiday"),
        (date(2027, 2, 7), "workday"),
    ]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("2027-13-01,holiday,元旦", "2.date"),
        ("2027-01-01,free,元旦", "2.kind"),
        (f"2027-01-01,holiday,{'长' * 41}", "2.name"),
    ],
)
def test_a_faulty_day_is_named(row: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        calendar.read(f"date,kind,name\n{row}\n".encode())
    assert [fault.field for fault in refused.value.errors] == [field]
