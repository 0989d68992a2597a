"""The whole way of one matter, from the visit to the resident's verdict, each person in an own browser."""

import hashlib
import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys.conftest import Service
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

SUMMARIES = {
    360: "云林苑南门路灯时亮时不亮，放学路上要打手电",
    1440: "云林苑北门三盏路灯不亮，台阶又高，老人晚上不敢出门",
}
STORY = (
    "走访时欧阳桂兰说，云林苑北门的三盏路灯从十月中旬起就不亮了，晚上散步看不清台阶，上周已有一位住户摔倒。"
    "她住12号楼，电话13912342186，希望在入冬前修好，也希望把台阶边缘刷上反光漆。"
)
LEAD, CO = "区住房和城乡建设局", "区交通运输局"
REPLIES = {
    "dept": "经现场查勘，三盏路灯因电缆老化断电，已于本周更换电缆并恢复照明，今后由管养单位每月巡查一次。",
    "dept2": "已在北门台阶边缘加贴反光条，并在入口处补划人行标线，费用由街道道路养护经费列支。",
}


@pytest.mark.requirement("T11")
@pytest.mark.parametrize("width", [360, 1440])
def test_a_matter_goes_the_whole_round(browser: Browser, service: Service, width: int) -> None:
    with ExitStack() as everybody:
        journey = Journey(browser, service, width, everybody)
        journey.member_writes_down_a_visit()
        journey.clerk_passes_it_on()
        for who in REPLIES:
            journey.department_answers(who)
        journey.clerk_handles_it_and_drafts_the_letter()
        journey.director_signs()
        journey.clerk_issues_and_delivers()
        letter = journey.resident_reads_and_judges()
        assert letter.startswith(b"%PDF-1.")
        assert hashlib.sha256(letter).hexdigest() == journey.fingerprint
        journey.member_sees_the_verdict()
    written = service.log.read_text("utf-8", "replace").upper()
    assert journey.code not in written and journey.code.replace("-", "") not in written


class Journey:
    """What one person leaves for the next: the number, the code on the slip, the letter's fingerprint."""

    def __init__(self, browser: Browser, service: Service, width: int, everybody: ExitStack) -> None:
        self.browser = browser
        self.service = service
        self.width = width
        self.everybody = everybody
        self.known: dict[str, Visitor] = {}
        self.summary = SUMMARIES[width]
        self.reference = self.code = self.letter = self.fingerprint = ""

    def somebody(self, login: str = "") -> Visitor:
        """At their own desk, wherever they were last; who comes again is still signed in."""
        if login not in self.known:
            visitor = Visitor.at(self.browser, self.service.address, self.width)
            self.known[login] = self.everybody.enter_context(visitor)
            if login:
                visitor.sign_in(login)
        return self.known[login]

    def member_writes_down_a_visit(self) -> None:
        member = self.somebody("member")
        member.follow("记一次走访")
        member.fill("走访对象", "欧阳桂兰")
        member.fill("电话", "13912342186")
        member.pick("镇街或社区", "云林社区")
        member.fill("反映的情况", STORY)
        member.fill("需要统筹协调的问题", self.summary)
        member.tick("同意登记姓名和电话，由政协办公室联系答复")
        member.picture("visit")
        member.press("保存")
        member.press("确认并保存")
        receipt = member.page.locator(".receipt", has_text=self.summary)
        self.reference = receipt.locator(".receipt-number").inner_text().strip()
        self.code = receipt.locator(".receipt-secret").inner_text().strip()
        member.picture("receipt")

    def clerk_passes_it_on(self) -> None:
        clerk = self.somebody("clerk")
        clerk.picture("desk")
        clerk.follow("^诉求")
        clerk.follow(re.escape(self.summary))
        clerk.follow("协调交办")
        clerk.choose("怎样办", "交办部门")
        clerk.pick("类别", "市政照明")
        clerk.pick("被反映的单位", "无")
        assert "13912342186" not in clerk.field("给承办单位看的文字").input_value()
        clerk.tick("我看过了，这段话认不出是谁反映的")
        clerk.choose("主办单位", LEAD)
        clerk.choose("会办单位", CO)
        clerk.picture("coordinate")
        clerk.press("交办")
        assert clerk.sees(f"{self.reference} 已交办")

    def department_answers(self, who: str) -> None:
        handler = self.somebody(who)
        handler.follow("^交办")
        handler.follow(re.escape(self.summary))
        assert "欧阳" not in handler.page.content() and "13912342186" not in handler.page.content()
        handler.act("签收")
        handler.picture("assignment")
        handler.page.locator("summary", has_text="答复").click()
        handler.choose("办理结果", "A 已经解决或基本解决")
        if who == "dept":
            handler.choose("怎样听取群众意见", "到现场察看")
        handler.fill("答复内容", REPLIES[who])
        handler.picture("reply")
        handler.press("答复")
        assert handler.sees(REPLIES[who])

    def clerk_handles_it_and_drafts_the_letter(self) -> None:
        clerk = self.somebody("clerk")
        clerk.open(f"/cases/{self.reference}")
        clerk.picture("case")
        clerk.follow("^审核$")
        clerk.press("审核通过")
        clerk.press("审核通过")
        clerk.act("审定办结")
        clerk.act("起草反馈函")
        clerk.picture("draft")
        self.letter = clerk.page.url.removeprefix(self.service.address)
        clerk.press("保存并送签")
        assert clerk.sees("待签发")

    def director_signs(self) -> None:
        director = self.somebody("director")
        director.follow("待签发")
        director.open(self.letter)
        director.picture("letter")
        director.act("签发")
        assert director.sees("已签发"), director.page.locator("main").inner_text()[:800]

    def clerk_issues_and_delivers(self) -> None:
        clerk = self.somebody("clerk")
        clerk.open(self.letter)
        clerk.act("编号并定稿")
        clerk.page.get_by_role("link", name="打开 PDF").wait_for(timeout=60_000)
        self.fingerprint = clerk.page.locator(".fingerprint").inner_text().strip()
        clerk.picture("sealed")
        clerk.act("登记送达")
        clerk.open(f"/cases/{self.reference}")
        clerk.picture("closed")
        assert clerk.sees("已反馈")

    def resident_reads_and_judges(self) -> bytes:
        resident = self.somebody()
        resident.open("/track")
        resident.fill("查询码", self.code.lower())
        resident.press("查询")
        assert resident.sees("您反映的事已有答复")
        assert resident.sees(REPLIES["dept"])
        resident.picture("track")
        letter = self.letter_of(resident)
        resident.open("/track")
        resident.fill("查询码", self.code)
        resident.press("查询")
        resident.choose("这件事办得怎么样", "满意")
        resident.press("提交评价")
        assert resident.sees("谢谢，您的评价已经收到")
        resident.picture("thanks")
        return letter

    def letter_of(self, resident: Visitor) -> bytes:
        """What the server sends when the PIN is right; a PDF viewer would not hand it over."""
        sent: list[bytes] = []

        def copy(route: Route) -> None:
            answer = route.fetch()
            sent.append(answer.body())
            route.fulfill(response=answer)

        resident.page.route("**/track/letter", copy)
        resident.fill("取信密码", "2186")
        resident.press("查看反馈函")
        return sent[0]

    def member_sees_the_verdict(self) -> None:
        member = self.somebody("member")
        member.open(f"/cases/{self.reference}")
        assert member.sees("满意")
