"""What residents read without an account: whole, plain, kept for some minutes, and nothing secret in it."""

import io
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from tests import contacting
from tests.contacting import decided, kept, opened
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.actions import activities, codes
from tracker.door import limits
from tracker.extensions import clock, db
from tracker.incoming.activities import ReceptionIn
from tracker.models import Person

pytestmark = [pytest.mark.requirement("S1-32"), pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def unseen() -> Iterator[None]:
    """Nobody has looked yet: looks are counted in memory, and the next test is another day."""
    limits.forget_looks()
    yield
    limits.forget_looks()


def test_a_stranger_reads_where_and_when_members_are_met(huiyin: World, visit: Visit) -> None:
    opened(huiyin, reception="每周三上午")
    answer = visit().get("/contact/xs")
    assert answer.status_code == 200
    for wanted in (
        "锡山区政协", "邻里议事工作室", "委员工作室", contacting.PLACE, "每周三上午",
        "11月25日 星期三 上午9:00—11:30", "12月2日 星期三", "0510-88880000", "教育界别组", "陈丽华",
        'href="/track"', "http://127.0.0.1:8000/contact/xs", "data:image/svg+xml",
    ):  # fmt: skip
        assert wanted in answer.text, wanted


def test_the_list_leads_to_the_committees_that_opened_their_page(huiyin: World, visit: Visit) -> None:
    assert "还没有公布" in visit().get("/contact").text
    opened(huiyin)
    shown = visit().get("/contact").text
    assert 'href="/contact/xs"' in shown and "东台" not in shown


def test_unknown_and_closed_are_the_same_404(huiyin: World, visit: Visit) -> None:
    kept(huiyin)
    decided(huiyin, open=False)
    answers = [visit().get(f"/contact/{code}") for code in ("xs", "dt", "no-such", quote("锡山"))]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r"nonce=\"[^\"]+\"|value=\"[^\"]+\"", "", answer.text) for answer in answers}
    assert len(bodies) == 1
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


def test_the_page_has_no_cookie_no_script_and_nothing_for_one_answer_only(
    huiyin: World, visit: Visit
) -> None:
    opened(huiyin)
    for path in ("/contact", "/contact/xs"):
        answer = visit().get(path)
        assert "Set-Cookie" not in answer.headers
        assert "<script" not in answer.text and "<form" not in answer.text and "nonce" not in answer.text
        assert "nonce" not in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_it_may_be_kept_some_minutes_and_is_sent_again_only_when_it_changed(
    huiyin: World, visit: Visit
) -> None:
    opened(huiyin)
    first = visit().get("/contact/xs")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert {"Cookie", "Accept-Language"} <= set(first.headers["Vary"].replace(" ", "").split(","))
    again = visit().client.get("/contact/xs", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with huiyin.writing():
        contacting.person(huiyin, "member2").is_listed = False
    changed = visit().client.get("/contact/xs", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and "陈丽华" not in changed.text


def test_whoever_is_signed_in_sees_the_same(huiyin: World, visit: Visit) -> None:
    opened(huiyin)
    assert visit("clerk").get("/contact/xs").data == visit().get("/contact/xs").data


def test_a_message_that_waits_for_its_reader_is_not_shown_here(huiyin: World, visit: Visit) -> None:
    public_id = opened(huiyin)
    browser = visit("clerk")
    address = f"/workstations/{public_id}"
    browser.post(f"{address}/plan", page=address, held_on="2026-12-09")
    assert "已列入计划" not in browser.get("/contact/xs").text
    assert "已列入计划" in browser.get(address).text


def test_the_language_follows_the_reader_and_the_address(huiyin: World, visit: Visit) -> None:
    opened(huiyin)
    english = visit("", "en").get("/contact/xs")
    assert '<html lang="en">' in english.text and "联系政协委员" not in english.text
    assert '<html lang="en">' in visit().get("/contact/xs?language=en").text
    assert '<html lang="zh-CN">' in visit("", "en").get("/contact/xs?language=zh").text
    assert '<html lang="zh-CN">' in visit().get("/contact/xs?language=tlh").text
    assert english.headers["ETag"] != visit().get("/contact/xs").headers["ETag"]
    assert "陈丽华" in english.text


def test_search_engines_may_come_unless_the_office_minds(huiyin: World, visit: Visit) -> None:
    public_id = opened(huiyin)
    assert "noindex" not in visit().get("/contact/xs").text
    decided(huiyin, [public_id], hidden=True)
    assert '<meta name="robots" content="noindex' in visit().get("/contact/xs").text


def test_without_stations_and_list_the_office_is_left(huiyin: World, visit: Visit) -> None:
    decided(huiyin, members=False)
    shown = visit().get("/contact/xs").text
    assert "接待地点还没有公布" in shown and "0510-88880000" in shown and "委员名单" not in shown


def test_a_committee_without_phone_and_address_has_a_page(huiyin: World, visit: Visit) -> None:
    decided(huiyin)
    with huiyin.writing():
        contacting.person(huiyin, "clerk")
        committee = contacting.reference.committee(huiyin.actor("clerk"))
        committee.office_phone, committee.office_address = "", "锡山区二泉中路88号"
    shown = visit().get("/contact/xs").text
    assert "tel:" not in shown and "二泉中路88号" in shown


def test_words_of_ours_stay_words(huiyin: World, visit: Visit) -> None:
    opened(huiyin, name="<b>议事</b>", place='"><script>alert(1)</script>')
    answer = visit().get("/contact/xs")
    assert "<script" not in answer.text and "&lt;b&gt;议事" in answer.text


@pytest.mark.requirement("T13")
def test_who_looks_too_often_waits_and_nobody_else_does(huiyin: World, visit: Visit) -> None:
    opened(huiyin)
    client = visit().client
    most = limits.LOOKS["contact.show"].tries
    statuses = [client.get("/contact/no").status_code for _ in range(most)]
    assert set(statuses) == {404}
    refused = client.get("/contact/xs")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) <= 60
    check_page(refused)
    assert client.get("/contact/xs", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
    with clock.at(NOW.replace(minute=1)):
        assert client.get("/contact/xs").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/track"])
def test_the_way_in_leads_there_once_somebody_opened_a_page(path: str, huiyin: World, visit: Visit) -> None:
    assert "/contact" not in visit().get(path).text
    opened(huiyin)
    assert 'href="/contact"' in visit().get(path).text


def test_whoever_looks_a_matter_up_finds_the_page_of_the_committee(huiyin: World, visit: Visit) -> None:
    opened(huiyin)
    reference = huiyin.raised()
    with huiyin.writing():
        code = codes.issue(huiyin.case(reference), by=huiyin.actor("clerk")).code.text
    assert 'href="/contact/xs"' in visit().post("/track", page="/track", code=code).text


# --- canaries


@pytest.fixture
def aviary(huiyin: World) -> World:
    """Every field that could leak holds a word of its own; what may be read holds none."""
    public_id = opened(huiyin)
    kept(
        huiyin,
        key="group2",
        name="金丝雀未公布工作室",
        place="金丝雀未公布地点",
        reception="金丝雀未公布时间",
    )
    with huiyin.writing():
        for person in db.session.query(Person):
            person.email, person.title = f"jsq{person.id}@jinsique.test", "金丝雀职务"
            person.bridges = ["community_cadre"]
        gone, unlisted = contacting.person(huiyin, "member"), contacting.person(huiyin, "member2")
        gone.name, gone.is_active = "金丝雀离任", False
        unlisted.name, unlisted.is_listed = "金丝雀不列", False
        contacting.person(huiyin, "secretary").name = "金丝雀秘书"
        contacting.person(huiyin, "clerk").name = "金丝雀经办"
        station = contacting.station(huiyin, public_id, "director")
        station.keepers = "金丝雀驻室 13911110001"
        day = ReceptionIn(held_on=date(2026, 11, 20), members="金丝雀值班", people_count=7, note="金丝雀情况")
        activities.receive_residents(station, day, by=huiyin.actor("director"))
        for planned in station.planned:
            planned.members, planned.note = "金丝雀计划", "金丝雀附注"
    return huiyin


SECRET = re.compile(r"金丝雀|jinsique|jsq\d|(?<!\d)1[3-9]\d{9}(?!\d)|(?:xs|dt)-[a-z]+\d?|社区干部")


def test_nothing_secret_reaches_the_page(aviary: World, visit: Visit) -> None:
    for path in ("/contact", "/contact/xs", "/contact/xs?language=en"):
        shown = visit().get(path)
        assert shown.status_code == 200
        assert not SECRET.findall(shown.text), path
        assert not SECRET.findall(str(shown.headers)), path
    assert "邻里议事工作室" in visit().get("/contact/xs").text


def test_nothing_secret_reaches_the_notice(aviary: World, visit: Visit) -> None:
    answer = visit("director").get("/workstations/poster")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    said = "".join(sheet.extract_text() for sheet in reader.pages) + str(reader.metadata)
    assert "邻里议事工作室" in said.replace("\n", "")
    assert not SECRET.findall(said)


def test_a_canary_would_be_found(aviary: World, visit: Visit) -> None:
    with aviary.writing():
        contacting.person(aviary, "member2").is_listed = True
    assert SECRET.findall(visit().get("/contact/xs").text) == ["金丝雀"]


def test_a_refusal_sets_a_stranger_no_cookie(huiyin: World, visit: Visit) -> None:
    for path in ("/contact/xs", "/contact/no-such", "/no-such-page"):
        answer = visit().get(path)
        assert answer.status_code == 404 and "Set-Cookie" not in answer.headers
    browser = visit()
    answer = next(a for _ in range(130) if (a := browser.get("/contact")).status_code == 429)
    assert "Set-Cookie" not in answer.headers
