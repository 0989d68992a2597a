"""A booklet: chosen, de-identified, confirmed one by one, approved by two others, published (S2-22, T45)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.accusing import accused_on, carried_on
from tests.printing import printing
from tests.world import NOW, RESIDENT, World
from tracker.actions import booklet_items, booklets, exemplars
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import clock
from tracker.incoming.booklets import BookletEdit, BookletIn, ItemEdit
from tracker.incoming.schema import read
from tracker.jobs.drain import Worker
from tracker.models import Booklet, BookletItem, Event
from tracker.queries import booklet_sources
from tracker.queries import booklets as find
from tracker.queries.booklet_sources import Wanted

AGREED = RESIDENT | {"consent_publish": True}


class Press:
    """A booklet of the small world, and who does what to it."""

    def __init__(self, huiyin: World) -> None:
        self.huiyin = huiyin
        with huiyin.writing():
            self.id = booklets.begin(_cover(), by=huiyin.actor("clerk")).public_id

    def do(self, who: str, act: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with self.huiyin.writing():
            by = self.huiyin.actor(who)
            return act(find.get(self.id, by), *given, by=by, **more)

    def move(self, who: str, name: str, **given: Any) -> None:
        self.do(who, booklets.move, name, given=given)

    def look(self, ask: Callable[[Booklet], Any]) -> Any:
        with self.huiyin.reading():
            return ask(find.get(self.id, self.huiyin.actor("clerk")))

    def items(self, ask: Callable[[BookletItem], Any]) -> list[Any]:
        return self.look(lambda booklet: [ask(item) for item in booklet.items])

    def choose(self, **wanted: Any) -> int:
        with self.huiyin.writing():
            by = self.huiyin.actor("clerk")
            booklet = find.get(self.id, by)
            return booklet_items.add(booklet, booklet_sources.found(booklet, Wanted(**wanted), by), by=by)

    def confirm(self, who: str = "clerk") -> None:
        with self.huiyin.writing():
            by = self.huiyin.actor(who)
            booklet = find.get(self.id, by)
            booklet_items.confirm(booklet, booklet.items, by=by)

    def print(self) -> None:
        with clock.at(NOW + timedelta(minutes=1)):
            Worker(self.huiyin.app).run(until_empty=True)

    def approved(self) -> None:
        self.move("clerk", "submit")
        self.print()
        self.move("clerk2", "check")
        self.move("director", "approve")

    @property
    def state(self) -> str:
        return str(self.look(lambda booklet: booklet.state))


def _cover(**more: str) -> BookletIn:
    return read(BookletIn, {"title": "走进三个圈", "subtitle": "活动成果汇编", **more})


@pytest.fixture(autouse=True)
def unprinted() -> Iterator[None]:
    """Pages are set elsewhere (tests/outgoing/test_booklet.py)."""
    with printing(BLANK):
        yield


@pytest.fixture
def press(huiyin: World) -> Press:
    return _begun(huiyin)


def _begun(world: World) -> Press:
    """Two visits and an answered case there are to choose from."""
    world.visited(reported="小区北门路灯不亮，晚上看不清台阶。")
    world.visited(reported="走访企业，了解用工情况。")
    world.fed_back(resident=AGREED)
    return Press(world)


BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def test_what_was_met_and_answered_is_chosen_once(press: Press) -> None:
    assert press.choose() == 3
    assert press.choose() == 0
    assert sorted(press.items(lambda item: item.kind)) == ["case", "visit", "visit"]


@pytest.mark.requirement("T45")
def test_a_resident_is_gone_from_the_words_before_anybody_reads_them(press: Press) -> None:
    press.choose(kind="case")
    text, title = press.items(lambda item: (item.text, item.title))[0]
    assert "欧阳" not in text + title and "办理情况：经现场查勘" in text


@pytest.mark.requirement("T45")
def test_an_item_that_still_tells_who_somebody_is_cannot_be_confirmed(press: Press) -> None:
    press.choose(kind="case")
    with pytest.raises(Invalid) as refused:
        press.do("clerk", _reword, "欧阳桂兰（13912342186）反映路灯不亮。")
    assert [fault.field for fault in refused.value.errors] == ["text"]
    press.do("clerk", _reword, "欧阳某某反映路灯不亮。")
    assert press.items(lambda item: item.confirmed_at is not None) == [True]


def _reword(booklet: Booklet, text: str, *, by: Any) -> None:
    given = read(ItemEdit, {"chapter": "生活圈", "title": "路灯亮了", "text": text, "confirm": True})
    booklet_items.edit(booklet, booklet.items[0], given, by=by)


@pytest.mark.requirement("T45")
def test_nothing_unconfirmed_is_sent_for_approval(press: Press) -> None:
    with pytest.raises(Conflict) as empty:
        press.move("clerk", "submit")
    assert empty.value.missing == ["has_items"]
    press.choose()
    with pytest.raises(Conflict) as unread:
        press.move("clerk", "submit")
    assert unread.value.missing == ["all_confirmed"]


def test_a_booklet_that_came_back_waits_with_its_editors_until_they_submit_it_again(press: Press) -> None:
    def waits(who: str) -> bool:
        with press.huiyin.reading():
            found = find.listing(press.huiyin.actor(who), now=NOW, waits="booklets_sent_back")
            return [row.booklet.public_id for row in found] == [press.id]

    press.choose()
    press.confirm()
    press.move("clerk", "submit")
    assert not waits("clerk")
    press.move("director", "return", reason="第二条说得太细")
    assert (waits("clerk"), waits("clerk2"), waits("director")) == (True, False, False)
    press.do("clerk", _reword, "欧阳某某反映路灯不亮。")
    assert waits("clerk")
    press.confirm()
    press.move("clerk", "submit")
    assert not waits("clerk")
    press.print()
    press.move("clerk2", "check")
    press.move("director", "approve")
    press.move("clerk2", "publish")
    press.move("director", "recall", reason="有一户要求撤下")
    assert waits("clerk")


@pytest.mark.requirement("T45")
@pytest.mark.requirement("S2-22")
def test_it_is_published_after_two_others_approved_the_same_files(either: World) -> None:
    press = _begun(either)
    assert press.choose() == 3
    press.confirm()
    press.move("clerk", "submit")
    with pytest.raises(Conflict):
        press.move("clerk2", "check")
    press.print()
    press.move("clerk2", "check")
    with pytest.raises(Conflict):
        press.move("clerk", "publish")
    press.move("director", "approve")
    press.move("clerk", "publish")
    assert press.state == "published"
    prints = press.look(lambda booklet: {file.kind: file.sha256 for file in booklet.files})
    assert set(prints) == {"pdf", "docx"} and _last(press).items() >= prints.items()


def _last(press: Press) -> dict[str, Any]:
    def data(_booklet: Booklet) -> dict[str, Any]:
        events = [event for event in find.db.session.query(Event).all() if event.verb == "publish"]
        return dict(events[-1].data)

    return dict(press.look(data))


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("who", ["clerk", "director2"])
def test_whoever_edited_or_checked_may_not_approve(press: Press, who: str) -> None:
    press.choose()
    press.confirm()
    press.move("clerk", "submit")
    press.print()
    if who == "clerk":
        with pytest.raises(Forbidden):
            press.move("clerk", "check")
        return
    press.move("director2", "check")
    with pytest.raises(Forbidden):
        press.move("director2", "approve")
    press.move("director", "approve")


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("who", ["leader", "secretary", "member", "auditor", "admin", "dept"])
def test_nobody_else_comes_near_it(press: Press, who: str) -> None:
    with press.huiyin.reading(), pytest.raises(Exception, match="没有这本汇编"):
        find.get(press.id, press.huiyin.actor(who))


@pytest.mark.requirement("T45")
def test_a_change_after_an_approval_takes_every_approval_back(press: Press) -> None:
    press.choose()
    press.confirm()
    press.approved()
    cover = read(BookletEdit, {"title": "走进三个圈（修订）"})
    press.do("clerk2", booklets.edit, cover)
    assert press.state == "draft"
    who = press.look(lambda booklet: (booklet.checker_id, booklet.approver_id, booklet.has_files))
    assert who == (None, None, False)
    press.move("clerk", "submit")
    press.print()
    with pytest.raises(Forbidden):
        press.move("clerk2", "check")


def test_a_published_booklet_is_changed_only_after_it_was_taken_back(press: Press) -> None:
    press.choose()
    press.confirm()
    press.approved()
    press.move("clerk", "publish")
    with pytest.raises(Conflict):
        press.do("clerk", booklets.edit, read(BookletEdit, {"title": "另一个书名"}))
    with press.huiyin.reading():
        assert find.to_open(press.id, press.huiyin.actor("member")).title == "走进三个圈"
    press.move("director", "recall", reason="有一条要改")
    assert press.state == "draft"
    with press.huiyin.reading(), pytest.raises(Exception, match="没有这本汇编"):
        find.to_open(press.id, press.huiyin.actor("member"))


def test_a_returned_booklet_says_why(press: Press) -> None:
    press.choose()
    press.confirm()
    press.move("clerk", "submit")
    with pytest.raises(Invalid):
        press.move("director", "return")
    press.move("director", "return", reason="目录太长")
    assert press.state == "draft"


def test_items_change_places_and_are_left_out(press: Press) -> None:
    press.choose(kind="visit")
    first, second = press.items(lambda item: item.title)
    press.do("clerk", lambda b, by: booklet_items.shift(b, b.items[0], "down", by=by))
    assert press.items(lambda item: item.title) == [second, first]
    press.do("clerk", lambda b, by: booklet_items.leave_out(b, b.items[0], out=True, by=by))
    assert press.look(lambda booklet: [item.title for item in booklet.chosen]) == [first]


@pytest.mark.requirement("S1-49")
def test_exemplary_ones_are_found_by_their_mark(press: Press) -> None:
    public_id = press.huiyin.visited(reported="上门讲解医保政策，老人很满意。")
    with press.huiyin.writing():
        by = press.huiyin.actor("secretary")
        mark = exemplars.mark(exemplars.exemplars.thing("visit", public_id, by), "讲得明白", by=by)
        mark_id = mark.public_id
    assert press.choose(quality="exemplary") == 1
    with press.huiyin.writing():
        by = press.huiyin.actor("clerk")
        exemplars.end(exemplars.exemplars.get(mark_id, by), by=by)
        found = booklet_sources.found(find.get(press.id, by), Wanted(quality="exemplary"), by)
    assert found == []


def test_another_groups_secretary_marks_nothing(press: Press) -> None:
    public_id = press.huiyin.visited(by="member2")
    with press.huiyin.writing(), pytest.raises(Forbidden):
        thing = exemplars.exemplars.thing("visit", public_id, press.huiyin.actor("clerk"))
        exemplars.mark(thing, "讲得明白", by=press.huiyin.actor("secretary"))


def test_satisfied_ones_are_found_by_the_last_verdict(either: World) -> None:
    press = _begun(either)
    pleased, grumbling = press.huiyin.fed_back(resident=AGREED), press.huiyin.fed_back(resident=AGREED)
    press.huiyin.rated(pleased, "satisfied")
    press.huiyin.rated(grumbling, "basically")
    assert press.choose(kind="case", quality="satisfied") == 1


def test_an_accusation_is_never_chosen_nor_the_visit_on_which_it_was_raised(press: Press) -> None:
    told = press.huiyin.visited(reported="反映某单位工作人员吃拿卡要。")
    press.huiyin.quick("refer", by="director", is_accusation=True)
    press.huiyin.raised(is_accusation=True, visit=told)
    assert press.choose() == 3
    assert not any("吃拿卡要" in text for text in press.items(lambda item: item.text))


def test_a_visit_with_cases_tells_their_summaries_and_not_the_story(press: Press) -> None:
    told = press.huiyin.visited(reported="我家就住在楼上，孩子整夜咳嗽，没有人来管。")
    press.huiyin.fed_back(visit=told, resident=AGREED)
    press.choose(kind="visit")
    text = press.items(lambda item: item.text)[-1]
    assert "整夜咳嗽" not in text and "小区北门三盏路灯" in text and "办理情况" in text


def test_a_job_that_was_overtaken_stores_nothing(press: Press) -> None:
    press.choose()
    press.confirm()
    press.do("clerk", booklets.make)
    press.do("clerk", booklets.edit, read(BookletEdit, {"title": "改了书名"}))
    press.print()
    assert press.look(lambda booklet: booklet.files) == []
    assert press.look(lambda booklet: find.making(booklet).state) == "none"


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("officer", [False, True])
def test_what_became_an_accusation_is_not_offered(huiyin: World, officer: bool) -> None:
    carried_on(huiyin, huiyin.submitted(text="村主任私分救济粮"))
    heard = huiyin.visited()
    huiyin.submitted(visit=heard, text="村主任私分救济粮")
    accused_on(huiyin, heard)
    with huiyin.writing():
        by = huiyin.actor("clerk")
        committee = huiyin.case("XS-2026-000001").committee
        committee.settings = {**committee.settings, "accusation_officers": [by.id] if officer else []}
    assert Press(huiyin).choose() == 0


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("kind", ["visit", "submission"])
@pytest.mark.parametrize("upto", ["submit", "publish"])
def test_what_became_an_accusation_after_it_was_chosen_goes_no_further(
    huiyin: World, kind: str, upto: str
) -> None:
    chosen = huiyin.visited(reported="有人私分救济粮。") if kind == "visit" else huiyin.submitted()
    press = Press(huiyin)
    press.choose()
    press.confirm()
    if upto == "publish":
        press.approved()
    accused_on(huiyin, chosen) if kind == "visit" else carried_on(huiyin, chosen)
    with pytest.raises(Invalid):
        press.move("clerk", upto)
    press.do("clerk", lambda booklet, by: booklet_items.leave_out(booklet, booklet.items[0], out=True, by=by))
    with pytest.raises(Conflict) as empty:
        press.move("clerk", "submit")
    assert empty.value.missing == ["has_items"]


@pytest.mark.requirement("T45")
def test_a_brief_of_a_visit_names_nobody_who_was_heard_there(huiyin: World) -> None:
    case = {"summary": "路灯不亮", "narrative": "北门不亮。", "area": "0101", "resident": RESIDENT}
    heard = huiyin.visited(cases=[case])
    huiyin.submitted(visit=heard, text="据欧阳桂兰介绍，北门路灯不亮。")
    press = Press(huiyin)
    press.choose(kind="brief")
    assert "桂兰" not in press.items(lambda item: item.text)[0]


@pytest.mark.requirement("T45")
def test_a_heading_names_nobody_either(press: Press) -> None:
    press.choose(kind="case")
    given = {"chapter": "欧阳桂兰家的灯", "title": "路灯亮了", "text": "路灯亮了。", "confirm": True}

    def reword(booklet: Booklet, *, by: Any) -> None:
        booklet_items.edit(booklet, booklet.items[0], read(ItemEdit, given), by=by)

    with pytest.raises(Invalid) as refused:
        press.do("clerk", reword)
    assert [fault.field for fault in refused.value.errors] == ["chapter"]


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "欧阳桂兰的灯亮了"),
        ("subtitle", "一个电话13912342186办成的事"),
        ("foreword", "感谢云林苑12号楼3单元401室的老人开门相迎。"),
    ],
)
def test_a_cover_names_nobody_the_booklet_speaks_of(press: Press, field: str, words: str) -> None:
    cover = {"title": "走进三个圈", "subtitle": "", "foreword": ""}
    press.choose(kind="case")
    with pytest.raises(Invalid) as refused:
        press.do("clerk", booklets.edit, read(BookletEdit, cover | {field: words}))
    assert [fault.field for fault in refused.value.errors] == [field]
    assert press.look(lambda booklet: booklet.title) == "走进三个圈"


@pytest.mark.requirement("T45")
def test_a_new_booklet_has_no_telephone_on_its_cover(huiyin: World) -> None:
    with pytest.raises(Invalid), huiyin.writing():
        booklets.begin(_cover(subtitle="一个电话13912342186办成的事"), by=huiyin.actor("clerk"))


@pytest.mark.requirement("T45")
def test_a_name_on_the_cover_is_found_when_its_bearer_is_chosen_later(press: Press) -> None:
    press.do("clerk", booklets.edit, read(BookletEdit, {"title": "欧阳桂兰的灯亮了"}))
    press.choose(kind="case")
    press.confirm()
    with pytest.raises(Invalid) as refused:
        press.move("clerk", "submit")
    assert [fault.field for fault in refused.value.errors] == ["title"]


def test_the_offices_own_telephone_may_stand_on_the_cover(press: Press) -> None:
    words = "编辑部电话 0510-88880000，欢迎来电。"
    press.do("clerk", booklets.edit, read(BookletEdit, {"title": "走进三个圈", "foreword": words}))
    assert press.look(lambda booklet: booklet.foreword) == words


@pytest.mark.requirement("T45")
def test_whoever_checked_while_the_approval_waited_does_not_approve(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.choose()
    press.confirm()
    press.move("clerk", "submit")
    press.print()
    press.move("clerk2", "check")
    with press.huiyin.reading():
        director = press.huiyin.actor("director").id

    def waited(booklet: Booklet, _expect: int | None = None) -> None:
        booklet.checker_id = director

    monkeypatch.setattr(booklets, "lock", waited)
    with pytest.raises(Forbidden):
        press.move("director", "approve")


@pytest.mark.requirement("T45")
@pytest.mark.parametrize(
    ("resident", "offered"), [(RESIDENT, 0), (AGREED, 1), ({"name": "", "consent_process": True}, 1)], ids=str
)
def test_nobody_is_written_about_who_did_not_agree(
    either: World, resident: dict[str, Any], offered: int
) -> None:
    either.fed_back(resident=resident)
    case = {"summary": "路灯不亮", "narrative": "北门不亮。", "area": "0101", "resident": resident}
    either.visited(cases=[case])
    press = Press(either)
    assert (press.choose(kind="case"), press.choose(kind="visit")) == (offered, offered)
