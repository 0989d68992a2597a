"""The pages of an import: upload, look through beside the original, correct, confirm, and what came of it."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.forms_world import MINE, OTHER, annex1, drained, register, sent
from tests.incoming.forms.writing import book, csv_bytes, document
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit as Browsing
from tests.world import World
from tracker.actions import campaigns
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Case, FormImport, Person, Submission, Visit

pytestmark = pytest.mark.usefixtures("monday")


def upload(browser: Browser, *files: tuple[str, bytes], **form: Any) -> TestResponse:
    data = {"csrf_token": browser.token("/imports")} | form
    data["file"] = [(io.BytesIO(content), name) for name, content in files]
    return browser.client.post("/imports", data=data, content_type="multipart/form-data")


def fields_of(page: str) -> dict[str, str]:
    """Every field of the forms on the page as a browser would send it untouched."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        name = attributes.get("name", "")
        if not name.startswith("f."):
            continue
        if attributes.get("type") not in ("checkbox", "radio") or "checked" in tag:
            found[name] = attributes.get("value", "")
    areas = r'<textarea[^>]*name="(f\.[^"]+)"[^>]*>\n?(.*?)</textarea>'
    found |= {name: text for name, text in re.findall(areas, page, re.DOTALL)}
    selects = r'<select[^>]*name="(f\.[^"]+)".*?</select>'
    for match in re.finditer(selects, page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', match[0])
        found[match[1]] = chosen[1] if chosen else ""
    return found


def named(fields: dict[str, str], end: str) -> str:
    return next(name for name in fields if name.endswith(end))


def test_from_the_upload_to_the_visit(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    answer = upload(clerk, ("登记表.docx", annex1()))
    assert answer.status_code == 302
    waiting = clerk.get(answer.location)
    assert "正在处理" in waiting.text and "data-reload" in waiting.text
    drained(huiyin)
    page = clerk.get(answer.location)
    assert "登记表.docx" in page.text and "把握 95%" in page.text and "原件的文字" in page.text
    assert "请供电部门修好北门路灯" in page.text
    done = clerk.post(
        f"{answer.location}/confirm",
        page=answer.location,
        consent_process="1",
        cases="1",
        **fields_of(page.text),
    )
    assert done.status_code == 302
    result = clerk.get(answer.location)
    with huiyin.reading():
        public_id = db.session.scalars(select(Visit.public_id)).one()
        references = db.session.scalars(select(Case.reference)).all()
    assert f"/visits/{public_id}" in result.text
    assert len(references) == 2 and all(reference in result.text for reference in references)
    assert "走访 1 次，诉求 2 件" in clerk.get("/imports").text


def test_what_is_doubtful_is_marked_in_words_and_can_be_corrected(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1(visited_on='11月19日')))}"
    page = clerk.get(place)
    assert "请核对：日期没有写年份" in page.text and "field-doubt" in page.text
    fields = fields_of(page.text)
    fields[named(fields, ".visited_on")] = "2026-11-18"
    fields[named(fields, ".contact")] = "顾秀英"
    fields[named(fields, ".help_needed.0.text")] = "请修好路灯"
    del fields[named(fields, ".help_needed.1.case")]
    saved = clerk.post(place, page=place, **fields)
    assert saved.status_code == 302
    page = clerk.get(f"{place}?show=all")
    assert "field-doubt" not in page.text and "顾秀英" in page.text
    clerk.post(f"{place}/confirm", page=place, consent_process="1", cases="1")
    with huiyin.reading():
        stored = db.session.scalars(select(Visit)).one()
        assert stored.visited_on.isoformat() == "2026-11-18"
        assert [case.summary for case in stored.cases] == ["请修好路灯"]


def test_looking_at_a_doubt_and_leaving_it_settles_it(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1(visited_on='11月19日')))}"
    fields = fields_of(clerk.get(place).text)
    clerk.post(place, page=place, **fields)
    assert "field-doubt" in clerk.get(place).text
    fields[named(fields, ".visited_on").replace("visited_on", "seen")] = "1"
    clerk.post(place, page=place, **fields)
    assert "field-doubt" not in clerk.get(f"{place}?show=all").text


def test_a_name_nobody_has_is_told_and_nothing_is_stored(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1(visitors='查无此人')), ('b.docx', annex1()))}"
    page = clerk.get(place)
    assert "找不到“查无此人”这位委员" in page.text and "还不能导入的 1 份" in page.text
    refused = clerk.post(f"{place}/confirm", page=place, consent_process="1")
    check_page(refused)
    assert refused.status_code == 422 and "error-summary" in refused.text
    fields = fields_of(page.text)
    fields[named(fields, ".visitors.0")] = OTHER
    assert clerk.post(f"{place}/confirm", page=place, **fields).status_code == 302
    with huiyin.reading():
        assert {visit.member.name for visit in db.session.scalars(select(Visit))} == {MINE, OTHER}


def test_what_is_known_is_shown_with_the_visit_there_is(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    known = huiyin.visited(contact={"name": "顾阿婆"}, visited_on="2026-11-20")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1()))}"
    page = clerk.get(f"{place}?show=known")
    assert "默认不再导入" in page.text and f"/visits/{known}" in page.text
    fields = fields_of(page.text)
    assert fields[named(fields, ".keep")] == "0"
    fields[named(fields, ".keep")] = "1"
    clerk.post(f"{place}/confirm", page=place, **fields)
    with huiyin.reading():
        assert len(db.session.scalars(select(Visit)).all()) == 2


@pytest.mark.requirement("S2-38")
@pytest.mark.requirement("S2-39")
@pytest.mark.requirement("S2-40")
def test_a_secretary_confirms_the_three_ones_of_the_own_group(huiyin: World, visit: Browsing) -> None:
    form = [
        ["委员姓名", "所在组", "一条经济社会发展建议", "一条关系民生的社情民意信息", "一条“双招双引”信息"]
    ]
    form.append([MINE, "东亭街道工委会", "建议修两条步道。", "快递柜超时收费不透明。", "有乡友想回乡办厂。"])
    place = f"/imports/{sent(huiyin, ('b.xlsx', book({'表': form})), by='secretary')}"
    secretary = visit("secretary")
    page = secretary.get(f"{place}?show=all")
    assert "“三个一”成果表" in page.text
    assert secretary.post(f"{place}/confirm", page=place, **fields_of(page.text)).status_code == 302
    with huiyin.reading():
        kinds = {row.kind for row in db.session.scalars(select(Submission))}
        assert kinds == {"suggestion", "brief", "investment_lead"}
    assert secretary.get(place).text.count('href="/submissions/') == 3
    again = f"/imports/{sent(huiyin, ('b.xlsx', book({'表': form})), by='secretary')}"
    assert "默认不再导入" in secretary.get(f"{again}?show=known").text


def test_annex_3_is_only_kept_and_compared(huiyin: World, visit: Browsing) -> None:
    with huiyin.writing():
        by = huiyin.actor("clerk")
        spec = next(iter(presets.load("xishan").campaigns))
        campaigns.open_from(spec, 2026, by=by)
    form: list[list[Any]] = [
        [
            "组别",
            "参与活动委员人数",
            "界别圈",
            "生活圈",
            "朋友圈",
            "发展建议",
            "社情民意信息",
            "双招双引信息",
        ],
        ["东亭街道工委会", 3, 0, 1, 0, 0, 0, 0],
    ]
    huiyin.visited()
    place = f"/imports/{sent(huiyin, ('附件3.xlsx', book({'表': form})))}"
    clerk = visit("clerk")
    page = clerk.get(place)
    assert "不一致 1 处" in page.text and "统计 1" in page.text
    clerk.post(f"{place}/confirm", page=place)
    assert "留存 1 份" in clerk.get(place).text


def test_the_administrator_brings_the_roster_and_sees_the_links_once(huiyin: World, visit: Browsing) -> None:
    rows: list[list[Any]] = [["姓名", "单位", "角色"], ["郑晓燕", "东亭街道工委会", "委员"]]
    place = f"/imports/{sent(huiyin, ('名册.csv', csv_bytes(rows, 'utf-8')), by='admin')}"
    admin = visit("admin")
    assert "郑晓燕" in admin.get(f"{place}?show=all").text
    done = admin.post(f"{place}/confirm", page=place)
    check_page(done)
    assert done.status_code == 200 and "/invitation/" in done.text
    assert "/invitation/" not in admin.get(place).text
    with huiyin.reading():
        assert db.session.scalars(select(Person).where(Person.name == "郑晓燕")).one()


def test_whoever_cannot_use_a_kind_of_form_is_told_so(huiyin: World, visit: Browsing) -> None:
    rows: list[list[Any]] = [["姓名", "单位", "角色"], ["郑晓燕", "东亭街道工委会", "委员"]]
    place = f"/imports/{sent(huiyin, ('名册.csv', csv_bytes(rows, 'utf-8')))}"
    clerk = visit("clerk")
    assert "这类表不由您的岗位导入" in clerk.get(place).text
    clerk.post(f"{place}/confirm", page=place)
    with huiyin.reading():
        assert not db.session.scalars(select(Person).where(Person.name == "郑晓燕")).all()


@pytest.mark.requirement("T28")
def test_the_original_is_only_ever_saved_and_its_words_are_only_words(huiyin: World, visit: Browsing) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    form = annex1(reported=f"{nasty}路灯不亮")
    place = f"/imports/{sent(huiyin, ('<b>表</b>.docx', form))}"
    clerk = visit("clerk")
    page = clerk.get(f"{place}?show=all")
    assert nasty not in page.text and "&lt;script&gt;" in page.text
    address = re.search(r'href="(/imports/originals/[^"]+)"', page.text)
    assert address
    answer = clerk.client.get(address[1])
    assert answer.data == form
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "application/octet-stream"
    assert visit("secretary").get(address[1]).status_code == 404


def test_a_long_register_is_looked_through_page_by_page(huiyin: World, visit: Browsing) -> None:
    place = f"/imports/{sent(huiyin, ('册.xlsx', book({'走访': register(20)})))}"
    clerk = visit("clerk")
    first = clerk.get(f"{place}?show=all")
    assert "第 1 / 3 页" in first.text and "住户8" in first.text and "住户9" not in first.text
    assert "住户20" in clerk.get(f"{place}?show=all&page=3").text


def test_an_upload_of_nothing_is_told_on_the_form(visit: Browsing) -> None:
    refused = upload(visit("member"))
    assert refused.status_code == 422 and "请选要导入的表格" in refused.text
    check_page(refused)


def test_a_file_that_cannot_be_read_has_a_sentence(huiyin: World, visit: Browsing) -> None:
    photo = b"\xff\xd8\xff\xe0"
    public_id = sent(huiyin, ("照片.docx", photo), ("信.docx", letter()))
    page = visit("clerk").get(f"/imports/{public_id}")
    assert "没有读出表格" in page.text and "手工录入" in page.text


def letter() -> bytes:
    return document(lambda made: made.add_paragraph("您好，来信收到。"))


def test_what_was_a_mistake_can_be_thrown_away(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1()))}"
    assert clerk.post(f"{place}/discard", page=place).status_code == 302
    assert "已放弃" in clerk.get("/imports").text
    with huiyin.reading():
        assert db.session.scalars(select(FormImport.status)).all() == ["discarded"]


def test_a_circle_nobody_wrote_can_be_chosen_for_all_at_once(app: Flask) -> None:
    world = World(app, "dt")
    place = f"/imports/{sent(world, ('册.xlsx', book({'走访': register(3)})))}"
    clerk = Browser(app, "dt-clerk")
    page = clerk.get(place)
    assert "有 3 份没写圈子" in page.text and "还不能导入" not in page.text
    refused = clerk.post(f"{place}/confirm", page=place)
    assert refused.status_code == 422 and "请选哪个圈子" in refused.text
    assert clerk.post(f"{place}/confirm", page=place, circle="friends").status_code == 302
    with world.reading():
        assert db.session.scalars(select(Visit.circle)).all() == ["friends"] * 3


def test_the_page_hands_out_the_forms_it_takes_in(visit: Browsing) -> None:
    page = visit("secretary").get("/imports").text
    assert all(f"/blank-forms/annex{number}.docx" in page for number in (1, 2, 3))


def test_a_form_that_was_read_is_told_of_in_words_a_clerk_uses(huiyin: World, visit: Browsing) -> None:
    rows = register(2)
    page = visit("clerk").get(f"/imports/{sent(huiyin, ('册.xlsx', book({'走访': rows})))}?show=all").text
    form = page.partition('class="beside-paper"')[2].partition('id="f-area"')[0]
    assert "册.xlsx · 走访 第 2 行" in page and "走访!2" not in page
    assert "选填" not in form.partition("</form>")[0]


def test_the_group_is_not_asked_for_where_the_roll_tells_it(huiyin: World, visit: Browsing) -> None:
    clerk = visit("clerk")

    def without_group(name: str) -> str:
        rows = [row[:2] + row[3:] for row in register(1, name)]
        return clerk.get(f"/imports/{sent(huiyin, ('册.xlsx', book({'走访': rows})))}?show=all").text

    known = without_group(MINE)
    assert "没有把握的" not in known and "没有找到这一项" not in known
    assert "没有找到这一项" in without_group("查无此人")


def test_what_must_be_settled_is_told_with_the_name_of_its_field(huiyin: World, visit: Browsing) -> None:
    page = visit("clerk").get(f"/imports/{sent(huiyin, ('a.docx', annex1(visited_on='13月40日')))}").text
    assert "走访日期：请填写这一项" in page.replace("\n", "")


def test_forms_that_are_left_out_are_not_counted_as_doubtful(huiyin: World, visit: Browsing) -> None:
    huiyin.visited(contact={"name": "顾阿婆"}, visited_on="2026-11-20")
    place = f"/imports/{sent(huiyin, ('a.docx', annex1(visited_on='11月20日')))}"
    page = visit("clerk").get(f"{place}?show=all").text
    assert "已有、不再导入的 1 份" in page and "没有把握的" not in page


def test_a_form_without_a_circle_counts_whatever_else_is_wrong_with_it(app: Flask) -> None:
    world = World(app, "dt")
    rows = register(3)
    rows[1][1] = "查无此人"
    page = Browser(app, "dt-clerk").get(f"/imports/{sent(world, ('册.xlsx', book({'走访': rows})))}").text
    assert "有 3 份没写圈子" in page and "还不能导入的 1 份" in page
