"""What a machine can tell about a letter before the director reads it (GB/T 9704-2012, 7.2.5 to 7.4.2)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.outgoing.letters import LetterSheet
from tracker.rules import redaction
from tracker.rules.words import N_

NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕[1-9]\d*号")
# Left-over places to fill: 某某, ×××, ______, 〖…〗, {{…}}, %(…)s and the like.
UNFILLED = re.compile(
    r"某某|[×＊*]{2,}|[Xx]{3,}|_{2,}|＿{2,}|〖[^〗]*〗|待填|待补充"
    r"|\{\{.*?\}\}|\{%.*?%\}|%\(\w+\)s|\$\{"
)
PADDED_DATE = re.compile(r"年0\d月|月0\d[日号]|(?<!\d)\d{2}年\d{1,2}月\d{1,2}日|\d{4}[./]\d{1,2}[./]\d{1,2}")
ENDING = re.compile(r"[。，、；：！？.,;:!?…]$")
LEVELS = {
    1: re.compile(r"[一二三四五六七八九十]+、"),
    2: re.compile(r"（[一二三四五六七八九十]+）"),
    3: re.compile(r"\d+[.．]"),
}
MOST_CHARACTERS = 20_000
LONGEST_TITLE, LONGEST_MARK = 80, 30


@dataclass(frozen=True)
class Check:
    """``message`` says what is wanted, so it serves as the remedy when ``ok`` is false.

    ``place`` is the part of the letter the message speaks of, as ``%(place)s``; empty = the whole.
    """

    name: str
    ok: bool
    message: str
    place: str = ""


def checks(sheet: LetterSheet, personal_data: Sequence[str] = ()) -> list[Check]:
    """All checks, passed or not; ``personal_data`` are the finds in the text the caller's detectors made."""
    return [
        *_wording(sheet),
        *_form(sheet),
        *_redaction_marks(sheet),
        Check(
            "personal_data",
            not personal_data,
            N_("正文中没有手机号码、证件号码等个人信息；单位的联系方式写在附注里。"),
        ),
    ]


def passed(found: Iterable[Check]) -> bool:
    return all(check.ok for check in found)


def _wording(sheet: LetterSheet) -> Iterator[Check]:
    texts = _texts(sheet)
    body = [block.text for block in sheet.blocks if block.text.strip()]
    yield Check(
        "placeholders", not any(UNFILLED.search(text) for text in texts), N_("模板中的待填内容均已填写。")
    )
    yield Check(
        "brackets", not any(re.search(r"[()\[\]]", text) for text in texts), N_("括号使用全角括号（　）。")
    )
    yield Check(
        "dates",
        not any(PADDED_DATE.search(text) for text in texts),
        N_("日期写作2026年5月1日：用阿拉伯数字，年份写全，月、日不加0。"),
    )
    yield Check("body", bool(body), N_("正文不能为空。"))
    yield Check(
        "length", sum(map(len, texts)) <= MOST_CHARACTERS, N_("全文不超过20000字，请精简或改用附件。")
    )
    yield Check(
        "headings",
        all(_numbered(block.level, block.text) for block in sheet.blocks),
        N_("标题层次依次写作“一、”“（一）”“1.”。"),
    )


def _form(sheet: LetterSheet) -> Iterator[Check]:
    title, addressee = sheet.title.strip(), sheet.addressee.strip()
    yield Check(
        "issuer_mark",
        0 < len(sheet.issuer_mark) <= LONGEST_MARK and "文件" not in sheet.issuer_mark,
        N_("发文机关标志用全称或者规范化简称，不加“文件”二字。"),
    )
    yield Check(
        "number",
        sheet.number is None or bool(NUMBER.fullmatch(sheet.number)),
        N_("发文字号写作“×政协办函〔2026〕12号”：六角括号，不加“第”，序号不编虚位。"),
    )
    yield Check("title", 0 < len(title) <= LONGEST_TITLE, N_("标题应当填写，不超过80字。"))
    yield Check("title_ending", not ENDING.search(title), N_("标题末尾不加标点符号。"))
    yield Check(
        "addressee", len(addressee) > 1 and addressee.endswith("："), N_("主送应当填写，末尾加全角冒号。")
    )
    yield Check("issuer", bool(sheet.issuer.strip()), N_("发文机关署名应当填写。"))
    yield Check(
        "annexes",
        not any(ENDING.search(name.strip()) for name in sheet.annexes),
        N_("附件名称后不加标点符号。"),
    )


def _redaction_marks(sheet: LetterSheet) -> Iterator[Check]:
    """What was taken out for the departments would stand as a gap in a letter to the one who told it."""
    marked = [place for place, text in _places(sheet) if redaction.MARK.search(text)]
    for place in dict.fromkeys(marked):
        message = N_("“%(place)s”中有〔电话〕〔姓名〕一类的遮盖标记，请改写成通顺的话或者删去。")
        yield Check("redaction_marks", False, message, place)
    if not marked:
        yield Check("redaction_marks", True, N_("没有〔电话〕〔姓名〕一类的遮盖标记。"))


def _places(sheet: LetterSheet) -> Iterator[tuple[str, str]]:
    """Every text with the name of its part; the body's parts are named by their own headings."""
    yield N_("标题"), sheet.title
    yield N_("主送"), sheet.addressee
    part = N_("开头")
    for block in sheet.blocks:
        if block.level == 1:
            part = LEVELS[1].sub("", block.text.strip(), count=1)
        yield part, block.text
    yield N_("结束语"), sheet.closing
    yield N_("附注"), sheet.remark
    yield N_("抄送"), "\n".join(sheet.copy_to)
    yield N_("附件"), "\n".join(sheet.annexes)


def _numbered(level: int, text: str) -> bool:
    return level not in LEVELS or bool(LEVELS[level].match(text.strip()))


def _texts(sheet: LetterSheet) -> list[str]:
    blocks = [block.text for block in sheet.blocks]
    return [
        sheet.title,
        sheet.addressee,
        *blocks,
        sheet.closing,
        sheet.remark,
        *sheet.copy_to,
        *sheet.annexes,
    ]
