"""T31 and T32 over everything that leaves as a table."""

import csv
import io
import itertools
import re
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from tests.outgoing import hidden_parts
from tests.outgoing.forms.examples import FILLED_1, FILLED_2, FILLED_3
from tests.outgoing.formulas import PAYLOADS, SIGNS, calculated
from tracker.outgoing.forms.annexes import Annex3Row
from tracker.outgoing.forms.excel import xlsx
from tracker.outgoing.sheets import calculates, csv_file, safe
from tracker.outgoing.workbook import cell_text, workbook

pytestmark = pytest.mark.requirement("T31")
UNSEEN = "\x00\x01\x08\x1f\x7f\x9f\u00ad\u200b\u200c\u200e\u202e\u2060\ufeff"


def calculable(cell: str) -> bool:
    """As a program sees it that drops blanks, quotes and what cannot be seen, and cuts at every separator."""
    seen = re.sub(f"[{UNSEEN}]", "", cell)
    return any(re.match(rf'[\s"]*[{re.escape(SIGNS)}]', piece) for piece in re.split(r"[,;|\t\r\n]", seen))


def test_there_are_sixty_payloads():
    assert len(set(PAYLOADS)) == 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_calculated_from_a_csv_file(payload):
    data = csv_file([payload], [[payload, payload]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))

    assert [len(row) for row in rows] == [1, 2]
    assert [cell for row in rows for cell in row if calculable(cell)] == []


def test_a_csv_file_opened_and_saved_again_is_still_no_formula():
    rows = list(csv.reader(io.StringIO(csv_file(["事由"], [[one] for one in PAYLOADS]).decode("utf-8-sig"))))
    for _ in range(3):
        saved = io.StringIO()
        csv.writer(saved).writerows(rows)
        rows = list(csv.reader(io.StringIO(saved.getvalue())))

    assert [cell for row in rows for cell in row if calculable(cell)] == []


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("sign", SIGNS + "﹦﹢﹣﹫")
def test_what_cannot_be_seen_does_not_cover_a_sign(unseen, sign):
    assert safe(f"{unseen}{sign}1") == f"'{sign}1"
    assert safe(f"路灯,{unseen}{sign}1") == f"路灯,'{sign}1"


def test_a_broken_half_of_a_character_does_not_stop_a_list():
    assert csv_file(["事由"], [["路灯\ud83d不亮"]]).decode("utf-8-sig").splitlines()[1] == '"路灯不亮"'


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_calculated_from_a_workbook(payload):
    content = workbook(payload, [payload], [[payload]], total=[payload])
    ((first,), *others) = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )

    assert calculated(content) == []
    assert first.split() == cell_text(payload).split()
    assert others == [[cell_text(payload)]] * 2


def test_all_payloads_in_one_list_leave_no_formula_and_nothing_hidden():
    content = workbook("清单", PAYLOADS, [PAYLOADS, PAYLOADS[::-1]], total=PAYLOADS)

    assert calculated(content) == []
    assert hidden_parts.in_excel(content) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_calculated_from_an_annex(payload):
    first = replace(
        FILLED_1,
        title=payload,
        visitors=(payload, payload),
        group=payload,
        contact=payload,
        address=payload,
        reported=payload,
        help_needed=(payload,),
        coordination_needed=(payload, payload),
    )
    second = replace(
        FILLED_2,
        title=payload,
        member=payload,
        group=payload,
        suggestion=payload,
        brief=payload,
        lead=payload,
    )
    third = replace(FILLED_3, title=payload, rows=(Annex3Row(payload, 1), Annex3Row(payload, 2)))

    assert calculated(xlsx([first, second, third])) == []


def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_the_cell():
    assert b'quotePrefix="1"' in styles(workbook("清单", ["事由"], [["=1+1"]]))
    assert b"quotePrefix" not in styles(workbook("清单", ["事由"], [["路灯不亮"]]))


@pytest.mark.parametrize(
    ("before", "sign"), list(itertools.product(["", " ", "x,", "x;", "x|", "x\n", "x\t"], SIGNS))
)
def test_what_the_list_marks_is_what_the_workbook_marks(before, sign):
    assert calculates(f"{before}{sign}1")
    assert not calculates("路灯8-10号，a@b.test")


def styles(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("xl/styles.xml")
