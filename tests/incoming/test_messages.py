"""Rows of another system become cases to register; every fault is told with its row and column."""

from datetime import UTC, datetime

import pytest

from tracker.errors import Invalid
from tracker.incoming import messages
from tracker.incoming.cases import ImportedCase

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD = "id,user,title,time,body,likes,dislikes\n"


def read(*rows: str) -> list[ImportedCase]:
    return messages.read((HEAD + "\n".join(rows)).encode(), committee="xs", area="0101", now=NOW)


def test_a_row_keeps_its_own_time_and_its_key() -> None:
    (case,) = read("7,A1,路灯不亮,2019-01-01 02:20:10,北门三盏路灯不亮,0,3")
    assert case.summary == "路灯不亮" and case.narrative == "北门三盏路灯不亮"
    assert case.occurred_at == datetime(2018, 12, 31, 18, 20, 10, tzinfo=UTC)
    assert (case.import_key, case.source, case.area) == ("xs:7", "import", "0101")


@pytest.mark.parametrize("text", ["2019-01-01 02:20", "2019/1/1 2:20:10", "2019/1/1 2:20", "2019-01-01"])
def test_times_are_read_as_office_programs_write_them(text: str) -> None:
    (case,) = read(f"7,A1,路灯不亮,{text},北门路灯不亮,0,0")
    assert case.occurred_at and case.occurred_at.year in (2018, 2019)


def test_a_long_title_is_cut_and_a_short_one_goes_on() -> None:
    long, short = read(f"1,A,{'长' * 90},2019-01-01,正文正文,0,0", "2,A,灯,2019-01-01,北门路灯不亮,0,0")
    assert long.summary == "长" * 80
    assert short.summary == "灯 北门路灯不亮"


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (",A,路灯不亮,2019-01-01,正文正文,0,0", ["2.id"]),
        ("1,A,路灯不亮,昨天,正文正文,0,0", ["2.time"]),
        ("1,A,路灯不亮,2027-01-01,正文正文,0,0", ["2.time"]),
        ("1,A,路灯不亮,2019-01-01,,0,0", ["2.body"]),
        (f"1,A,路灯不亮,2019-01-01,{'长' * 10_001},0,0", ["2.body"]),
        (f"{'9' * 90},A,路灯不亮,2019-01-01,正文正文,0,0", ["2.id"]),
    ],
)
def test_a_faulty_cell_is_named(row: str, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        read(row)
    assert [fault.field for fault in refused.value.errors] == fields


def test_all_faults_of_a_file_are_told_at_once() -> None:
    good = "1,A,路灯不亮,2019-01-01,正文正文,0,0"
    with pytest.raises(Invalid) as refused:
        read(good, "2,A,路灯不亮,昨天,正文正文,0,0", good, "3,A,路灯不亮,2019-01-01,,0,0")
    assert {fault.field for fault in refused.value.errors} == {"3.time", "5.body", "2.id", "4.id"}


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(Invalid):
        read()


@pytest.mark.parametrize(
    ("time", "at_fault"), [("2026-11-23 09:00:00", []), ("2026-11-23 09:00:01", ["2.time"])]
)
def test_a_message_of_this_moment_is_none_of_the_future(time: str, at_fault: list[str]) -> None:
    row = f"1,A,路灯不亮,{time},北门路灯不亮,0,0"
    if not at_fault:
        assert read(row)[0].occurred_at == NOW
        return
    with pytest.raises(Invalid) as refused:
        read(row)
    assert [fault.field for fault in refused.value.errors] == at_fault


def test_an_id_is_the_same_whatever_blanks_are_around_it() -> None:
    row = "路灯不亮,2019-01-01,正文正文,0,0"
    with pytest.raises(Invalid) as refused:
        read(f"7,A,{row}", f" 7 ,A,{row}")
    assert [fault.field for fault in refused.value.errors] == ["2.id", "3.id"]


@pytest.mark.parametrize(
    ("title", "body", "summary"),
    [
        ("路灯", "北门路灯不亮", "路灯"),
        ("灯", "北门路灯不亮", "灯 北门路灯不亮"),
        ("", "北门路灯不亮", "北门路灯不亮"),
        ("  ", "北门路灯不亮", "北门路灯不亮"),
        ("", "北" * 90, "北" * 80),
        ("长" * 80, "北门", "长" * 80),
    ],
)
def test_a_summary_is_the_title_or_where_it_says_nothing_the_beginning(
    title: str, body: str, summary: str
) -> None:
    (case,) = read(f"1,A,{title},2019-01-01,{body},0,0")
    assert case.summary == summary


@pytest.mark.parametrize("time", ["2019/01/01 02:20:10 ", "2019/1/1", "2019-1-1 2:20"])
def test_a_time_may_have_blanks_and_short_months(time: str) -> None:
    assert read(f"1,A,路灯不亮,{time},北门路灯不亮,0,0")[0].occurred_at


@pytest.mark.parametrize(
    "time", ["", "1/1/2019", "2019年1月1日", "2019-02-29", "2019-01-01T02:20:10", "43296"]
)
def test_a_time_nobody_agreed_on_is_asked_for_in_a_form_that_is_read(time: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(f"1,A,路灯不亮,{time},北门路灯不亮,0,0")
    assert [str(fault) for fault in refused.value.errors] == ["请写成 2026-11-22 09:30:00 这样的时间"]
