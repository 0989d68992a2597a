"""Forms of what members hand in and what is carried on: what is named, what stays, what is stored."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import accusing, campaigning, contacting
from tests.actions.conftest import everything
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import MATTER, World
from tracker.extensions import db
from tracker.models import Conversion, Submission

pytestmark = pytest.mark.usefixtures("monday")
NEW = "/submissions/new"
GIVEN = {
    "kind": "suggestion",
    "title": "共用实验室",
    "text": "在园区设立共用实验室。",
    "submitted_on": "2026-11-20",
}


def faults(text: str) -> set[str]:
    return set(re.findall(r'id="f-([\w.-]+)-error"', text))


def refused(browser: Browser, path: str, status: int = 422, **form: Any) -> str:
    answer = browser.post(path, page="/search", **form)
    check_page(answer)
    assert answer.status_code == status, answer.text
    return answer.text


def count(world: World, model: Any) -> int:
    with world.reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


WRONG: list[tuple[dict[str, str], str]] = [
    ({"kind": "poem"}, "kind"),
    ({"title": "题" * 81}, "title"),
    ({"text": "建"}, "text"),
    ({"text": "建" * 5001}, "text"),
    ({"kind": "brief", "text": "情" * 1501}, "text"),
]


def test_a_refused_form_names_one_field_and_keeps_the_others(visit: Visit, huiyin: World) -> None:
    member = visit("member")
    for change, field in WRONG:
        given = GIVEN | change
        text = refused(member, NEW, **given)
        assert faults(text) == {field}
        assert given["title"] in text and given["text"] in text
    assert count(huiyin, Submission) == 0


@pytest.mark.parametrize(("day", "taken"), [("2026-11-23", True), ("2026-11-24", False), ("昨天", False)])
def test_the_office_names_the_day_it_was_handed_in(
    day: str, taken: bool, visit: Visit, huiyin: World
) -> None:
    with huiyin.reading():
        member = contacting.person(huiyin, "member").public_id
    answer = visit("clerk").post(NEW, page=NEW, **GIVEN | {"submitted_on": day}, member=member)
    assert count(huiyin, Submission) == int(taken)
    if not taken:
        assert faults(answer.text) == {"submitted_on"} and f'value="{member}" selected' in answer.text


@pytest.mark.parametrize("length", [1500, 2])
def test_a_brief_as_long_as_it_may_be_is_taken(length: int, visit: Visit, huiyin: World) -> None:
    answer = visit("member").post(NEW, page=NEW, kind="brief", title="长短正好", text="情" * length)
    assert answer.status_code == 302 and count(huiyin, Submission) == 1


def test_the_same_form_sent_twice_is_one_submission(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    first = browser.post(NEW, page=NEW, **GIVEN, client_id="phone-9")
    again = browser.post(NEW, page=NEW, **GIVEN, client_id="phone-9")
    assert first.location == again.location and count(huiyin, Submission) == 1


def test_a_form_that_is_opened_anew_has_an_id_of_its_own(visit: Visit) -> None:
    browser = visit("member")
    found = [re.findall(r'name="client_id" value="([^"]+)"', browser.get(NEW).text) for _ in range(2)]
    assert found[0] and found[0] != found[1]


KINDS: list[str] = ["brief", "suggestion", "investment_lead"]


def test_the_kind_in_the_address_is_chosen_already(visit: Visit) -> None:
    member = visit("member")
    for kind in KINDS:
        text = member.get(f"{NEW}?kind={kind}").text
        assert re.search(rf'value="{kind}"[^>]*(checked|selected)', text)
    assert not re.search(r'value="\w+_?\w*" checked', member.get(f"{NEW}?kind=poem").text)


@pytest.mark.parametrize("who", ["member2", "nobody"])
def test_a_secretary_hands_nothing_in_for_a_stranger(who: str, visit: Visit, huiyin: World) -> None:
    with huiyin.reading():
        token = "nobody" if who == "nobody" else contacting.person(huiyin, who).public_id
    answer = visit("secretary").post(NEW, page=NEW, **GIVEN, member=token)
    assert answer.status_code in (403, 422) and count(huiyin, Submission) == 0


# --- putting right
def test_the_slower_of_two_corrections_keeps_its_words_and_changes_nothing(
    visit: Visit, huiyin: World
) -> None:
    path, browser = f"/submissions/{huiyin.submitted()}", visit("member")
    text = refused(browser, f"{path}/edit", 409, title="慢了一步", text="慢了一步的正文", version="99")
    assert 'value="慢了一步"' in text and "慢了一步的正文</textarea>" in text
    assert "慢了一步" not in browser.get(path).text


WRONG_EDITS: list[tuple[dict[str, str], str]] = [
    ({"title": "题", "text": "正文"}, "title"),
    ({"title": "标题", "text": ""}, "text"),
    ({"title": "标题", "text": "情" * 1501}, "text"),
]


def test_a_refused_correction_names_its_field(visit: Visit, huiyin: World) -> None:
    member, path = visit("member"), f"/submissions/{huiyin.submitted()}/edit"
    for given, field in WRONG_EDITS:
        text = refused(member, path, **given)
        assert faults(text) in ({field}, set()) and all(word in text for word in given.values())


NOT_THE_WRITERS: list[tuple[str, int]] = [("secretary", 403), ("leader", 403), ("member2", 404)]


def test_who_only_reads_corrects_nothing(visit: Visit, huiyin: World) -> None:
    path = f"/submissions/{huiyin.submitted()}/edit"
    for who, status in NOT_THE_WRITERS:
        assert visit(who).get(path).status_code == status
        assert (
            visit(who).post(path, page="/search", title="别人的标题", text="别人的正文").status_code == status
        )


# --- steps
WRONG_STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("submitted", "keep", {"reason": ""}),
    ("selected", "check", {"edited_title": "留住的题", "edited_text": ""}),
    ("selected", "check", {"edited_title": "", "edited_text": "留住的话"}),
    ("edited", "send_back", {"reason": "改"}),
    ("signed", "send_up", {"sent_up_on": "2026-11-23", "note": "留住的话"}),
    ("signed", "send_up", {"sent_to[]": ["moon"], "sent_up_on": "2026-11-23"}),
    ("sent_up", "adopt", {"level": "city", "manner": "single", "adopted_on": "2026-11-24"}),
    (
        "sent_up",
        "adopt",
        {"manner": "single", "adopted_on": "2026-11-23", "place": "留住的刊物"},
    ),
    ("sent_up", "leader_note", {"office": "", "text": "留住的批示", "noted_on": "2026-11-23"}),
    ("sent_up", "tell", {"reason": ""}),
]


def test_a_refused_step_keeps_what_was_typed_and_stores_nothing(visit: Visit, huiyin: World) -> None:
    clerk, director = visit("clerk"), visit("director")
    tokens = {browser: browser.token("/search") for browser in (clerk, director)}
    paths = {upto: f"/submissions/{huiyin.brief(upto)}" for upto in {row[0] for row in WRONG_STEPS}}
    before = everything(huiyin)
    for upto, move, given in WRONG_STEPS:
        path, who = paths[upto], director if move == "send_back" else clerk
        answer = who.client.post(f"{path}/moves", data=given | {"move": move, "csrf_token": tokens[who]})
        check_page(answer)
        assert answer.status_code == 422 and "没有办成" in answer.text
        for word in given.values():
            assert not str(word).startswith("留住") or word in answer.text
    assert everything(huiyin) == before


def test_a_step_that_is_none_or_not_yet_is_refused(visit: Visit, huiyin: World) -> None:
    path, clerk = f"/submissions/{huiyin.submitted()}", visit("clerk")
    for move, status in (("publish", 422), ("", 422), ("send_up", 409), ("sign", 403)):
        given = {"sent_to[]": ["city"], "sent_up_on": "2026-11-23"} if move == "send_up" else {}
        answer = clerk.post(f"{path}/moves", page="/search", move=move, **given)
        assert answer.status_code in (status, 409, 422), move
    late = clerk.post(f"{path}/moves", page="/search", move="select", version="99")
    assert late.status_code == 409
    with huiyin.reading():
        assert huiyin.submission(path.rpartition("/")[2]).state == "submitted"


# --- carrying on
WRONG_CONVERSIONS: list[tuple[dict[str, str], str]] = [
    ({"into": "poem", "title": "照明改造", "text": "统一排查"}, "into"),
    ({"into": "brief", "title": "照", "text": "统一排查"}, "title"),
    ({"into": "brief", "title": "照明改造", "text": ""}, "text"),
    ({"into": "brief", "title": "照明改造", "text": "情" * 1501}, "text"),
    ({"into": "suggestion", "title": "照明改造", "text": ""}, "text"),
]


def test_a_case_is_carried_on_whole_or_not_at_all(visit: Visit, huiyin: World) -> None:
    clerk, path = visit("clerk"), f"/submissions/for/{huiyin.raised()}"
    for given, field in WRONG_CONVERSIONS:
        text = refused(clerk, path, **given)
        assert faults(text) == {field} and given["title"] in text
    assert count(huiyin, Conversion) == count(huiyin, Submission) == 0


def test_a_topic_needs_no_text(visit: Visit, huiyin: World) -> None:
    path = f"/submissions/for/{huiyin.raised()}"
    assert (
        visit("clerk").post(path, page="/search", into="research_topic", title="夜间照明").status_code == 302
    )


@pytest.mark.parametrize(
    ("end", "given"),
    [
        ("case", {"summary": "慢了一步", "narrative": MATTER, "area": "0101"}),
        ("topic", {"into": "proposal_lead", "title": "慢了一步"}),
    ],
)
def test_the_slower_of_two_clerks_carries_nothing_on(
    end: str, given: dict[str, str], visit: Visit, huiyin: World
) -> None:
    path = f"/submissions/{huiyin.submitted('suggestion')}/{end}"
    assert "慢了一步" in refused(visit("clerk"), path, 409, **given, version="99")
    assert count(huiyin, Conversion) == 0


NOT_THE_OFFICE: list[str] = ["member", "secretary", "leader", "dt-clerk", "dept"]


def test_nobody_else_carries_a_matter_on(visit: Visit, huiyin: World) -> None:
    paper, case = huiyin.submitted(), huiyin.raised()
    for who in NOT_THE_OFFICE:
        browser = visit(who)
        for path in (f"/submissions/{paper}/case", f"/submissions/{paper}/topic", f"/submissions/for/{case}"):
            answer = browser.post(path, page="/search", into="proposal_lead", title="夜间照明")
            assert answer.status_code in (403, 404), path
    assert count(huiyin, Conversion) == 0


def test_an_accusation_leaves_no_trace_in_the_register(visit: Visit, huiyin: World) -> None:
    reference = accusing.carried_on(huiyin, huiyin.submitted("suggestion"))
    page = visit("clerk").get("/submissions/conversions").text
    assert reference not in page and "私分" not in page


def test_the_number_of_the_annex_opens_as_many_rows(visit: Visit, huiyin: World) -> None:
    campaign = campaigning.begun(huiyin)
    for kind, times in (("suggestion", 2), ("brief", 3), ("investment_lead", 1), ("talent_lead", 1)):
        for _ in range(times):
            huiyin.submitted(kind)
    huiyin.submitted("brief", by="member2")
    clerk = visit("clerk")
    summary = clerk.get(f"/campaigns/{campaign}").text.partition('id="summary"')[2]
    found = re.findall(r'<a href="(/submissions\?[^"]+)">(\d+)</a>', summary)
    # Six of the groups' numbers and three sums, of which two are nothing.
    assert len(found) == 7
    for url, number in found:
        assert clerk.get(url.replace("&amp;", "&")).text.count("<tr data-row>") == int(number), url
