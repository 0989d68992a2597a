"""The annexes over HTTP: blank for everybody, filled with what the reader may see, and read again."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.campaigning import begun
from tests.outgoing import hidden_parts
from tests.outgoing.formulas import PAYLOADS, calculated
from tests.outgoing.test_formulas import calculable
from tests.web.conftest import Visit
from tests.web.test_group_page import handed_in
from tests.world import NARRATIVE, RESIDENT, World
from tracker.extensions import db
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reading import read as read_form
from tracker.models import Membership, Person

pytestmark = pytest.mark.usefixtures("monday")
OCCASION = Occasion(date(2026, 11, 23), starts_on=date(2026, 2, 1), ends_on=date(2026, 12, 31))
CONTACT = {"name": RESIDENT["name"], "phone": RESIDENT["phone"], "kind": "public_person"}


@pytest.fixture
def campaign(huiyin: World) -> str:
    return begun(huiyin)


@pytest.fixture
def visited(campaign: str, huiyin: World) -> str:
    given: dict[str, Any] = {
        "contact": CONTACT,
        "address": RESIDENT["address"],
        "reported": "北门路灯不亮",
        "help_needed": "修好三盏路灯",
        "consent_process": True,
    }
    return huiyin.visited(**given)


def fields(answer: TestResponse, name: str) -> list[dict[str, Any]]:
    """What the product's own reader finds in the file."""
    assert answer.status_code == 200, answer.text
    (found,) = read_form(name, answer.data, OCCASION)
    return [dict(form.fields) for form in found.forms]


@pytest.mark.parametrize("who", ["member", "clerk", "leader", "dept", "admin"])
@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_a_blank_form_is_anybodys(who: str, number: str, campaign: str, visit: Visit) -> None:
    answer = visit(who).get(f"/blank-forms/annex{number}.docx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E9%99%84")
    assert answer.headers["Content-Disposition"].endswith(".docx")
    assert hidden_parts.in_word(answer.data) == []


def test_forms_of_other_kinds_do_not_exist(visit: Visit) -> None:
    for path in ("/blank-forms/annex4.docx", "/blank-forms/annex1.doc", "/blank-forms/annex1.html"):
        assert visit("clerk").get(path).status_code == 404
    assert visit().get("/blank-forms/annex1.pdf").status_code == 302


@pytest.mark.requirement("S2-28")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_ones_own_visit_comes_back_field_for_field(kind: str, visited: str, visit: Visit) -> None:
    (found,) = fields(visit("member").get(f"/visits/{visited}/form.{kind}"), f"a.{kind}")
    assert found == {
        "visitors": ["吴海燕"],
        "group": "东亭街道工委会",
        "contact": "欧阳桂兰",
        "address": RESIDENT["address"],
        "visited_on": "2026-11-20",
        "reported": "北门路灯不亮",
        "help_needed": ["修好三盏路灯"],
        "coordination_needed": [],
    }


@pytest.mark.requirement("S2-32")
@pytest.mark.parametrize(
    "who, contact", [("clerk", "欧阳**"), ("director", "欧阳**"), ("secretary", "社会群众1人")]
)
def test_the_office_gets_it_masked_and_the_group_without(
    who: str, contact: str, visited: str, visit: Visit
) -> None:
    (found,) = fields(visit(who).get(f"/visits/{visited}/form.xlsx"), "a.xlsx")
    assert found["contact"] == contact
    assert "401" not in found["address"] and "欧阳桂兰" not in str(found)


@pytest.mark.parametrize(
    "who, status", [("leader", 403), ("auditor", 404), ("dept", 404), ("member2", 404), ("dt-clerk", 404)]
)
def test_others_get_no_filled_form(who: str, status: int, visited: str, visit: Visit) -> None:
    assert visit(who).get(f"/visits/{visited}/form.docx").status_code == status


def test_a_list_of_visits_becomes_a_form_each(visited: str, visit: Visit, huiyin: World) -> None:
    huiyin.visited(by="member2", reported="另一户")
    assert len(fields(visit("clerk").get("/visits/forms.xlsx"), "a.xlsx")) == 2
    (own,) = fields(visit("secretary").get("/visits/forms.docx"), "a.docx")
    assert own["reported"] == "北门路灯不亮"
    assert visit("clerk").get("/visits/forms.docx?from=2026-11-22").status_code == 404
    assert visit("leader").get("/visits/forms.docx").status_code == 403


@pytest.mark.requirement("S2-37")
def test_annex_2_is_filled_from_what_was_handed_in(campaign: str, visit: Visit, huiyin: World) -> None:
    handed_in(huiyin)
    address = f"/campaigns/{campaign}/results.xlsx"
    (found,) = fields(visit("member").get(address), "a.xlsx")
    assert (found["member"], found["group"]) == ("吴海燕", "东亭街道工委会")
    assert "共用实验室" in found["suggestion"] and not found["brief"]
    assert len(fields(visit("clerk").get(address), "a.xlsx")) == 1
    assert visit("member2").get(address).status_code == 404
    assert visit("leader").get(address).status_code == 403


@pytest.mark.requirement("S2-45")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_annex_3_comes_back_as_the_screen_shows_it(
    kind: str, campaign: str, visited: str, visit: Visit
) -> None:
    answer = visit("clerk").get(f"/campaigns/{campaign}/summary.{kind}")
    rows = {row["group"]: row["participants"] for row in fields(answer, f"a.{kind}")}
    assert rows == {"东亭街道工委会": 1, "教育界别组": 0}
    assert visit("leader").get(f"/campaigns/{campaign}/summary.{kind}").status_code == 403
    assert visit("dt-clerk").get(f"/campaigns/{campaign}/summary.{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_a_form_a_program_fetches_is_the_same(kind: str, campaign: str, visited: str, visit: Visit) -> None:
    answer = visit("clerk").get(f"/api/v1/campaigns/{campaign}/summary.{kind}")
    assert answer.status_code == 200 and answer.headers["ETag"]
    assert answer.data == visit("clerk").get(f"/campaigns/{campaign}/summary.{kind}").data
    assert visit("leader").get(f"/api/v1/campaigns/{campaign}/summary.{kind}").status_code == 403


@pytest.mark.requirement("T31")
def test_no_payload_is_calculated_from_anything_the_product_hands_out(
    campaign: str, visit: Visit, huiyin: World
) -> None:
    """What people typed, through every export that holds it: each payload as visit, case and submission."""
    typed = [storable(payload) for payload in PAYLOADS]
    for text in typed:
        huiyin.visited(reported=text, help_needed=text, contact=CONTACT | {"name": text[:40]})
        huiyin.raised(summary=f"{text}路灯不亮"[:60], narrative=text + NARRATIVE)
        handed_in(huiyin, title=f"{text}建议", text=f"{text}，望研究采纳。")
    clerk = visit("clerk")
    for path in ("/visits/forms", f"/campaigns/{campaign}/results", f"/campaigns/{campaign}/summary"):
        assert calculated(clerk.get(f"{path}.xlsx").data) == [], path
        assert hidden_parts.in_word(clerk.get(f"{path}.docx").data) == [], path
    for path in (
        "/visits/export",
        "/cases/export",
        "/submissions/export",
        f"/campaigns/{campaign}/summary.csv",
    ):
        text = clerk.get(path).data.decode("utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
        assert [cell for cell in cells if calculable(cell)] == [], path
    assert "HYPERLINK" in clerk.get("/submissions/export").text


def storable(payload: str) -> str:
    """Without what the door refuses."""
    return "".join(sign for sign in payload if sign >= " " or sign in "\t\r\n").strip(" ") or "="


@pytest.mark.requirement("T32")
def test_nothing_is_hidden_in_any_form_the_product_hands_out(
    campaign: str, visited: str, visit: Visit, huiyin: World
) -> None:
    handed_in(huiyin)
    search = {"docx": hidden_parts.in_word, "xlsx": hidden_parts.in_excel, "pdf": hidden_parts.in_pdf}
    paths = [
        *(f"/blank-forms/annex{number}" for number in (1, 2, 3)),
        f"/visits/{visited}/form",
        "/visits/forms",
        f"/campaigns/{campaign}/results",
        f"/campaigns/{campaign}/summary",
    ]
    clerk = visit("clerk")
    found = {
        f"{path}.{kind}": look(clerk.get(f"{path}.{kind}").data)
        for path in paths
        for kind, look in search.items()
    }
    found |= {
        path: hidden_parts.in_pdf(clerk.get(f"/campaigns/{campaign}/{path}").data)
        for path in ("pack.pdf", "supervision.pdf")
    }
    assert {path: parts for path, parts in found.items() if parts} == {}


@pytest.mark.requirement("T14")
def test_a_leader_who_is_a_member_too_takes_only_the_own_papers_along(
    campaign: str, visited: str, visit: Visit, huiyin: World
) -> None:
    handed_in(huiyin)
    with huiyin.writing():
        both = db.session.scalars(select(Person).where(Person.login == "xs-leader")).one()
        group = db.session.scalars(select(Membership.unit_id).where(Membership.role == "member")).first()
        both.posts.append(Membership(unit_id=group, role="member"))
    browser = visit("leader")
    assert browser.get(f"/visits/{visited}").status_code == 200
    assert browser.get(f"/visits/{visited}/form.docx").status_code == 403
    assert browser.get("/visits/forms.docx").status_code == 404
    assert browser.get(f"/campaigns/{campaign}/results.docx").status_code == 404
    for path in ("/visits/export", "/submissions/export"):
        assert browser.get(path).text.count("\n") == 1, path
