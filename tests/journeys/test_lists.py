"""A clerk's morning in the lists: a view of one's own, case by case, and two people at one form."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Service
from tests.journeys.test_axe import faults_of
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]


@pytest.mark.parametrize("width", [360, 1440])
def test_filters_are_kept_under_a_name_and_given_up_again(
    browser: Browser, service: Service, width: int
) -> None:
    with Visitor.at(browser, service.address, width) as clerk:
        clerk.sign_in("clerk")
        clerk.open("/cases?state=raised&category=B")
        clerk.page.get_by_text("把这些条件存成一个视图").click()
        assert not faults_of(clerk)
        clerk.fill("视图名称", "城建待协调")
        clerk.press("存成视图")
        assert not faults_of(clerk)
        clerk.open("/cases")
        clerk.follow("城建待协调")
        tab = clerk.page.locator(".tabs a[aria-current]")
        assert "城建待协调" in (tab.text_content() or "")
        seen = tab.bounding_box()
        assert seen and 0 <= seen["x"] < width
        clerk.press("删除视图“城建待协调”")
        assert clerk.page.get_by_role("link", name="城建待协调").count() == 0


def test_the_keys_lead_through_a_list_case_by_case(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address) as clerk:
        clerk.sign_in("clerk")
        clerk.open("/cases?state=raised")
        clerk.page.keyboard.press("j")
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("Enter")
        first = clerk.page.url
        assert clerk.sees("第 1/")
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("j")
        assert clerk.sees("第 2/")
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("k")
        assert clerk.page.url == first
        with clerk.page.expect_navigation():
            clerk.page.keyboard.press("e")
        assert clerk.sees("修改诉求")


@pytest.mark.parametrize("width", [360, 1440])
def test_two_people_at_one_case_lose_no_word(browser: Browser, service: Service, width: int) -> None:
    page = f"{service.places['raised']}/edit"
    with (
        Visitor.at(browser, service.address, width) as clerk,
        Visitor.at(browser, service.address, width) as director,
    ):
        for somebody, login in ((clerk, "clerk"), (director, "director")):
            somebody.sign_in(login)
            somebody.open(page)
            assert not faults_of(somebody)
        director.fill("一句话说清什么事", f"柏庄三区南侧积水（{width}）")
        director.press("保存修改")
        clerk.fill("一句话说清什么事", f"柏庄三区排水沟堵塞（{width}）")
        with clerk.expecting("409"):
            clerk.press("保存修改")
        assert clerk.sees("您填写的时候，别人改过这件诉求")
        assert clerk.sees(f"柏庄三区南侧积水（{width}）")
        assert clerk.field("一句话说清什么事").input_value() == f"柏庄三区排水沟堵塞（{width}）"
        assert not faults_of(clerk)
        clerk.press("保存修改")
        assert clerk.sees(f"柏庄三区排水沟堵塞（{width}）")


def test_the_box_above_a_form_names_the_fields_it_speaks_of(browser: Browser, service: Service) -> None:
    with Visitor.at(browser, service.address) as member:
        member.sign_in("member")
        member.open("/visits/new")
        member.page.evaluate(
            "document.querySelectorAll('form').forEach((form) => { form.noValidate = true })"
        )
        with member.expecting("422"):
            member.press("保存")
        link = member.page.locator(".error-summary a").first
        assert link.text_content() == "反映的情况：请填写这一项"
