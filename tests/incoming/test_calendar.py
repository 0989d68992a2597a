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


def test_a_day_written_twice_counts_as_it_stands_last() -> None:
    content = "date,kind,name\n2027-01-01,workday,\n2027-01-01,holiday,元旦\n".encode()
    assert [(day.kind, day.name) for day in calendar.read(content)] == [("holiday", "元旦")]


def test_other_columns_are_left_and_a_missing_one_is_told() -> None:
    content = "note,name,kind,date\n放假,元旦,holiday,2027-01-01\n".encode("gb18030")
    assert [day.name for day in calendar.read(content)] == ["元旦"]
    with pytest.raises(Invalid) as refused:
        calendar.read(b"date,name\n2027-01-01,x\n")
    assert refused.value.errors[0].params == {"names": "kind"}


def test_every_faulty_day_is_told_at_once_and_none_is_kept() -> None:
    content = "date,kind,name\n元旦,holiday,元旦\n2027-01-02,holiday,元旦\n\n2027-02-30,x,春节\n".encode()
    with pytest.raises(Invalid) as refused:
        calendar.read(content)
    assert [fault.field for fault in refused.value.errors] == ["2.date", "5.date", "5.kind"]


def test_a_plan_of_nothing_is_empty() -> None:
    assert calendar.read(b"date,kind,name\n") == []


def test_a_name_may_be_blank_and_is_no_longer_than_it_is_shown() -> None:
    (day,) = calendar.read(f"date,kind,name\n2027-01-01,holiday,{'长' * 40}\n".encode())
    assert len(day.name) == 40
