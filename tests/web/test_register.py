"""登记诉求: one form, the code shown once, the slip streamed and not kept."""

import re
from typing import Any

import pytest

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Attachment, Case, Letter, Outbox, TrackingCode
from tracker.rules import codes

pytestmark = pytest.mark.usefixtures("monday")

FORM = {
    "summary": "东亭中路红绿灯配时太短",
    "narrative": "绿灯只有十五秒，老人走不完。",
    "area": "0101",
    "source": "reception",
    "urgency": "normal",
    "resident.name": "李桂兰",
    "resident.phone": "13912345678",
    "resident.consent_process": "1",
}
_CODE = re.compile(r'name="code" value="([0-9A-Z-]{25})"')


def register(browser: Browser, **changes: Any) -> Any:
    answer = browser.post("/cases/new", **(FORM | changes))
    check_page(answer)
    return answer


def code_in(answer: Any) -> str:
    found = _CODE.search(answer.text)
    assert found, answer.text
    return found[1]


@pytest.mark.parametrize(
    "who, status",
    [("member", 200), ("clerk", 200), ("director", 200), ("secretary", 403), ("dept", 403), ("leader", 403),
     ("auditor", 403), ("admin", 403)],
)  # fmt: skip
def test_who_may_register_a_concern(visit: Visit, who: str, status: int) -> None:
    browser = visit(who)
    assert browser.get("/cases/new").status_code == status
    assert register(browser).status_code == status


@pytest.mark.requirement("T10")
def test_the_code_is_shown_once_and_kept_as_a_hash_only(visit: Visit, huiyin: World) -> None:
    answer = register(visit("member"))
    code = codes.parse(code_in(answer))
    assert code and answer.headers["Cache-Control"] == "no-store"
    assert 'src="data:image/svg+xml' in answer.text
    with huiyin.reading():
        row = db.session.query(TrackingCode).one()
        assert row.locator == code.locator
        assert code.secret not in row.secret_hash
        assert db.session.query(Case).one().summary == FORM["summary"]


def test_the_same_form_sent_twice_registers_once_and_does_not_repeat_the_code(
    visit: Visit, huiyin: World
) -> None:
    browser = visit("member")
    first = register(browser, idempotency_key="form-1")
    again = browser.post("/cases/new", **FORM, idempotency_key="form-1")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert code_in(first) not in again.text
    assert "查询码已经显示过一次" in again.text
    with huiyin.reading():
        assert db.session.query(Case).count() == 1


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(visit: Visit, huiyin: World) -> None:
    answer = register(visit("clerk"), summary="东", area="", narrative="讲了很久的一段话")
    assert answer.status_code == 422
    assert 'id="f-summary-error"' in answer.text
    assert 'id="f-area-error"' in answer.text
    assert "讲了很久的一段话" in answer.text
    assert 'value="李桂兰"' in answer.text
    with huiyin.reading():
        assert db.session.query(Case).count() == 0


def test_a_name_without_consent_is_refused_at_the_box_that_gives_it(visit: Visit) -> None:
    given = {name: value for name, value in FORM.items() if name != "resident.consent_process"}
    answer = visit("member").post("/cases/new", **given)
    assert answer.status_code == 422
    assert 'id="f-resident.consent_process-error"' in answer.text


def test_an_anonymous_concern_needs_no_consent(visit: Visit, huiyin: World) -> None:
    given = {name: value for name, value in FORM.items() if not name.startswith("resident.")}
    assert visit("member").post("/cases/new", **given).status_code == 200
    with huiyin.reading():
        resident = db.session.query(Case).one().resident
        assert resident is not None and resident.is_anonymous


def test_similar_concerns_are_hinted_while_typing(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.raised(summary="云林苑北门路灯不亮有人收钱", is_accusation=True)
    found = visit("member").get("/cases/similar?q=云林苑北门路灯不亮").get_json()["items"]
    assert [item["reference"] for item in found] == [reference]
    assert found[0]["url"] == f"/cases/{reference}"
    assert visit("member2").get("/cases/similar?q=云林苑北门路灯不亮").get_json()["items"] == []


def test_the_slip_is_printed_from_the_page_and_stored_nowhere(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    code = code_in(register(browser))
    with huiyin.reading():
        before = [db.session.query(table).count() for table in (Outbox, Attachment, Letter, TrackingCode)]
        reference = db.session.query(Case.reference).scalar()
    answer = browser.post(f"/cases/{reference}/slip", code=code)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert code not in str(answer.headers)
    with huiyin.reading():
        after = [db.session.query(table).count() for table in (Outbox, Attachment, Letter, TrackingCode)]
    assert before == after


def test_a_slip_takes_the_code_of_this_case_only(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    code = code_in(register(browser))
    other = huiyin.raised()
    for given in (code, "nonsense", ""):
        answer = browser.post(f"/cases/{other}/slip", code=given)
        assert (answer.status_code, answer.mimetype) == (422, "text/html")


@pytest.mark.parametrize(
    "who, status",
    [("member", 200), ("clerk", 200), ("director", 200), ("member2", 404), ("secretary", 403),
     ("leader", 403), ("dept", 404)],
)  # fmt: skip
def test_who_may_give_a_new_code(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.raised()
    assert visit(who).post(f"/cases/{reference}/code").status_code == status


def test_a_new_code_ends_the_old_one(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    old = code_in(register(browser))
    with huiyin.reading():
        reference = db.session.query(Case.reference).scalar()
    new = code_in(browser.post(f"/cases/{reference}/code"))
    nobody = visit()
    assert nobody.post("/track", code=old).status_code == 404
    assert nobody.post("/track", code=new).status_code == 200
