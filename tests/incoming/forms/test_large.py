"""A year's register is read in one go, and a list longer than anybody's is refused."""

import os
from datetime import date

import pytest

from tests.counted import Counted
from tests.incoming.forms import specimens
from tests.incoming.forms.test_hostile import _memory, _seconds
from tests.incoming.forms.writing import book
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader

FULL = os.environ.get("HUIYIN_TIER") == "gate"
VISITS = 5000 if FULL else 1000
# For 5,000; the rest of the twenty seconds an import may take is for storing them.
SOON = 5.0


@pytest.mark.gate(seconds=15)
def test_a_register_of_five_thousand_visits_is_read_soon(counted: Counted) -> None:
    rows, visits = specimens.register(specimens.Desk(), VISITS)
    content = book({"走访": rows})
    with Reader(Occasion(date(2026, 11, 22), year=2026)) as reader:
        read = reader.read("register.xlsx", content)
        seconds, memory = _seconds(reader.pid), _memory(reader.pid)
    counted(f"{VISITS} visits in one workbook read in {seconds:.1f} s and {memory / 1024:.0f} MB")
    assert [(one.kind, len(one.forms)) for one in read] == [("register", VISITS)]
    assert [form.fields["reported"] for form in read[0].forms] == [visit.reported for visit in visits]
    assert seconds < SOON
