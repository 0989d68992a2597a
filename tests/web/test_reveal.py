"""查看群众: a look takes a reason, leaves a row, and shows who it is on one answer only."""

import pytest

from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import IdentityView

pytestmark = [pytest.mark.usefixtures("monday"), pytest.mark.requirement("T08")]

NAME, PHONE = "欧阳桂兰", "13912342186"


def looks(huiyin: World) -> list[str]:
    with huiyin.reading():
        return [view.reason for view in db.session.query(IdentityView).order_by(IdentityView.id)]


def test_a_look_with_a_reason_shows_who_it_is_and_leaves_a_row(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = visit("clerk").post(f"/cases/{reference}/resident", reason="核对联系电话")
    check_page(answer)
    assert NAME in answer.text and PHONE in answer.text
    assert "周文博 11月23日" in answer.text
    assert looks(huiyin) == ["核对联系电话"]


def test_the_next_page_shows_the_mask_again(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    browser.post(f"/cases/{reference}/resident", reason="核对联系电话")
    assert NAME not in browser.get(f"/cases/{reference}").text


def test_the_same_look_sent_again_shows_the_mask(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    browser.post(f"/cases/{reference}/resident", reason="核对联系电话", idempotency_key="look-1")
    again = browser.post(f"/cases/{reference}/resident", reason="核对联系电话", idempotency_key="look-1")
    assert NAME not in again.text and "欧阳**" in again.text
    assert len(looks(huiyin)) == 1


@pytest.mark.parametrize("reason", ["", "看看"])
def test_without_a_reason_of_some_substance_nothing_is_shown(
    visit: Visit, huiyin: World, reason: str
) -> None:
    reference = huiyin.raised()
    answer = visit("clerk").post(f"/cases/{reference}/resident", reason=reason)
    check_page(answer)
    assert answer.status_code == 422
    assert NAME not in answer.text
    assert looks(huiyin) == []


@pytest.mark.parametrize(
    "who, status",
    [("clerk", 200), ("director", 200), ("leader", 403), ("secretary", 403), ("auditor", 403), ("dept", 404)],
)
def test_who_may_look(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.coordinated()
    answer = visit(who).post(f"/cases/{reference}/resident", reason="核对联系电话")
    assert answer.status_code == status
    assert (NAME in answer.text) == (status == 200)


def test_the_fifty_first_look_of_a_day_is_refused(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.writing():
        resident, clerk = huiyin.case(reference).resident_id, huiyin.actor("clerk")
        assert resident and clerk.id
        db.session.add_all(
            IdentityView(
                committee_id=clerk.committee_id, person_id=clerk.id, resident_id=resident, reason="先前"
            )
            for _ in range(50)
        )
    answer = visit("clerk").post(f"/cases/{reference}/resident", reason="核对联系电话")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert NAME not in answer.text
    assert len(looks(huiyin)) == 50
