"""A booklet on paper: its contents name the right pages, it hides nothing, nobody met is in it (T45)."""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pypdf
import pytest

from tests.counted import Counted
from tests.outgoing import hidden_parts, pdf_contents
from tests.world import NOW, World
from tracker.actions import booklet_items, booklets
from tracker.extensions import clock
from tracker.incoming.booklets import BookletIn
from tracker.jobs.drain import Worker
from tracker.models import Booklet
from tracker.outgoing.booklet import chapters, page_numbers
from tracker.queries import booklet_sources
from tracker.queries import booklets as find
from tracker.queries.booklet_sources import Wanted

FULL = os.environ.get("HUIYIN_TIER") == "gate"
ITEMS = 400 if FULL else 30
TITLE = "走进三个圈"
STORY = "{name}反映，{place}门口的{thing}坏了大半年，晚上出行很不方便，请尽快派人来看看。联系电话{phone}。"
MORE = "经协调，主管单位到现场查勘，更换了老化的部件，并约定每月巡查一次，附近住户都说比以前方便多了。"
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张"
GIVEN = "金银铜铁锡铅锌钨钛镍钴锰铬钒镁铝钾钠钙锂"
PLANTED = re.compile(r"丝雀[金银铜铁锡铅锌钨钛镍钴锰铬钒镁铝钾钠钙锂]|199\d{8}|雀鸣里\d+号")


@pytest.fixture
def book(huiyin: World) -> Booklet:
    """As many visits as the tier wants, each with a name, a phone and an address of its own in its story."""
    for number in range(ITEMS):
        _visit(huiyin, number)
    with huiyin.writing():
        clerk = huiyin.actor("clerk")
        cover = BookletIn(title=TITLE, subtitle="成果汇编", foreword="感谢各位委员。\n" + MORE)
        booklet = booklets.begin(cover, by=clerk)
        found = booklet_sources.found(booklet, Wanted(), clerk)
        assert booklet_items.add(booklet, found, by=clerk) == ITEMS
        booklet_items.confirm(booklet, booklet.items, by=clerk)
        booklets.make(booklet, by=clerk)
    with clock.at(NOW + timedelta(minutes=1)):
        Worker(huiyin.app).run(until_empty=True)
    return booklet


def _visit(huiyin: World, number: int) -> None:
    name = f"{SURNAMES[number % 20]}丝雀{GIVEN[number // 20]}"
    phone, place = f"199{number:08}", f"雀鸣里{number + 1}号"
    story = STORY.format(name=name, place=place, thing=f"第{number + 1}盏灯", phone=phone)
    huiyin.visited(
        by=("member", "member2")[number % 2],
        circle=("sector", "living", "friends")[number % 3],
        contact={"name": name, "phone": phone},
        address=place,
        area="0101",
        reported=story + MORE * (1 + number % 7),
    )


def _file(huiyin: World, booklet: Booklet, kind: str) -> bytes:
    with huiyin.reading():
        mine = find.get(booklet.public_id, huiyin.actor("clerk"))
        found = find.file(mine, kind)
        assert found is not None
        return find.content(mine, found)


def _contents(pages: list[str]) -> Iterator[tuple[str, int]]:
    """What each line of the contents names, and on which page it says to look; long titles take two lines."""
    for text in pages:
        begun = ""
        for line in text.splitlines():
            ended = re.fullmatch(r"(?!目|—)(.*\S) (\d+)", line.strip())
            begun += ended[1] if ended else line
            if ended:
                yield "".join(begun.removeprefix("目\u3000录").split()), int(ended[2])
                begun = ""


@pytest.mark.gate(seconds=180)
@pytest.mark.timeout(600 if FULL else 120)
@pytest.mark.requirement("S2-22")
@pytest.mark.requirement("T45")
@pytest.mark.requirement("T32")
def test_contents_are_right_on_every_page_and_nobody_is_in_it(
    huiyin: World, book: Booklet, counted: Counted
) -> None:
    content, word = _file(huiyin, book, "pdf"), _file(huiyin, book, "docx")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    body = next(n for n, text in enumerate(pages) if n > 1 and text.lstrip().startswith("前"))
    named = list(_contents(pages[1:body]))
    plain = ["".join(text.split()) for text in pages]
    assert len([words for words, _ in named if words[:3].isdecimal()]) == ITEMS
    wrong = [(words, page) for words, page in named if words not in plain[page - 1]]
    unprinted = [n for n in range(2, len(pages) + 1) if f"—{n}—" not in plain[n - 1]]
    papers = "".join(plain) + _words(word)
    leaks = PLANTED.findall(papers)
    counted(
        f"{ITEMS} items on {len(pages)} pages: {len(named)} lines of the contents, {len(wrong)} wrong; "
        f"{len(leaks)} canaries"
    )
    assert not wrong, wrong[:5]
    assert not unprinted and not leaks, leaks[:5]
    assert hidden_parts.in_pdf(content) == hidden_parts.in_word(word) == []
    assert "数据概览" in pdf_contents.text(content)
    told = _words(word)
    numbers, total = page_numbers(content)
    assert total == len(pages) and len(numbers) == len(named) + 1
    assert not {heading for heading, page in numbers.items() if f"{heading}{page}" not in told} - {TITLE}
    # The control: the same eyes find them where they are.
    assert (
        len(PLANTED.findall(STORY.format(name="赵丝雀金", place="雀鸣里1号", thing="", phone="19900000001")))
        == 3
    )


def _words(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        text = package.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", text)


def test_chapters_are_numbered_and_keep_the_order_of_their_first_items() -> None:
    rows = [(chapter, f"题{n}", "文", "") for n, chapter in enumerate(["乙", "甲", "乙"])]
    found = chapters(rows)
    assert [chapter.title for chapter in found] == ["一、乙", "二、甲"]
    assert [item.number for chapter in found for item in chapter.items] == ["001", "002", "003"]
    many = chapters((f"第{n}", "题", "文", "") for n in range(21))
    assert [many[n].title[:3] for n in (9, 10, 19, 20)] == ["十、第", "十一、", "二十、", "二十一"]
