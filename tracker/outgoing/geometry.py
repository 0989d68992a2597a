"""Measure a finished letter against GB/T 9704-2012: 10.1 (信函格式) and what of 5 to 7 applies to it.

Full conformity is never claimed: the fonts may be substitutes, and the rows say so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.outgoing.geometry_parts import DATE, FOLIO, LEVEL_1, LEVEL_2, NUMBER, Parts
from tracker.outgoing.pdf_reading import MM, Box, Line, Page, Rule, read
from tracker.rules.words import N_

LINE = 225 / 22
CHARACTER = 156 / 28
# From the top of a line of the grid to its baseline, for fonts with the usual 0.88 em above it.
RISE = ((28.99 - 16) / 2 + 0.88 * 16) * MM
PROPER_BODY = ("FangSong", "仿宋", "simfang")
ABSENT = N_("无此要素")


@dataclass(frozen=True)
class Row:
    item: str
    required: str
    found: str
    tolerance: str
    ok: bool


def check(pdf: bytes) -> list[Row]:
    """Every row of the standard that applies to a letter, measured."""
    parts = Parts(read(pdf))
    return [row for group in GROUPS for row in group(parts)]


def _near(item: str, wanted: float, found: float | None, tolerance: float, unit: str = "mm") -> Row:
    if found is None:
        return Row(item, f"{wanted:g} {unit}", N_("未找到"), f"±{tolerance:g}", False)
    ok = abs(found - wanted) <= tolerance
    return Row(item, f"{wanted:g} {unit}", f"{found:.2f} {unit}", f"±{tolerance:g}", ok)


def _fact(item: str, required: str, found: str, ok: bool) -> Row:
    return Row(item, required, found, "—", ok)


def _absent(item: str, required: str) -> Row:
    return Row(item, required, ABSENT, "—", True)


def _sheet(parts: Parts) -> Iterator[Row]:
    """5.1, 5.2: paper and type area."""
    yield _near(N_("纸张宽度"), 210, max(page.width for page in parts.pages), 0.5)
    yield _near(N_("纸张高度"), 297, max(page.height for page in parts.pages), 0.5)
    lines = parts.flat
    yield _near(N_("订口（左边距）"), 28, min((line.left for line in lines), default=None), 1)
    right = max((line.right for line in lines), default=0)
    yield Row(N_("版心右边界"), "≤ 184 mm", f"{right:.2f} mm", "+0.5", 0 < right <= 184.5)
    later = [found for page, found in parts.texts if page.number > 1 and found]
    if later:
        yield _near(N_("天头（上边距，第2页起）"), 37, later[0][0].baseline - RISE, 1)
    bottom = max((line.baseline - RISE + LINE for line in lines), default=0)
    yield Row(N_("版心下边界"), "≤ 262 mm", f"{bottom:.2f} mm", "+1", 0 < bottom <= 263)


def _grid(parts: Parts) -> Iterator[Row]:
    """5.2.2, 5.2.3: font, size, 22 lines of 28 characters."""
    body = parts.body
    fonts = [line.font for line in body]
    main = max(sorted(set(fonts)), key=fonts.count) if fonts else ""
    note = "" if main.startswith(PROPER_BODY) else N_("（代用字体）")
    yield _fact(N_("正文字体"), N_("3号仿宋"), main + note, bool(main))
    sizes = [line.size for line in (*parts.flat, *parts.strays)]
    yield _near(N_("正文字号"), 16, max(sizes, key=lambda size: abs(size - 16)) if sizes else None, 0.3, "pt")
    most = max((line.characters + (line.left - 28) / CHARACTER for line in body), default=0)
    yield Row(N_("每行字数"), "28", f"{most:.1f}", "≤ 28.6", 0 < most <= 28.6)
    yield _full_pages(parts)
    steps = [(low.baseline - high.baseline) / MM for _, lines in parts.texts for high, low in pairwise(lines)]
    close = [step for step in steps if step < 1.5 * 28.99]
    found = f"{min(close):.2f}–{max(close):.2f} pt" if close else ABSENT
    ok = all(28.0 <= step <= 29.7 for step in close)
    yield Row(N_("行距"), "28.99 pt", found, "28.0–29.7", ok)


def _full_pages(parts: Parts) -> Row:
    """A heading moves to the next page together with its text; its page then is shorter by those lines."""
    short = []
    for (page, lines), (_, following) in pairwise(parts.texts[1:]):
        if len(lines) + _leading_headings(following) < 22 and page.number + 1 < len(parts.pages):
            short.append(page.number)
        if len(lines) > 22:
            short.append(page.number)
    full = [str(len(lines)) for _, lines in parts.texts[1:-1]]
    return _fact(N_("满页行数"), "22", "、".join(full) or ABSENT, not short)


def _leading_headings(lines: Sequence[Line]) -> int:
    count = 0
    for line in lines:
        if not (
            LEVEL_1.match(line.text) or LEVEL_2.match(line.text) or line.text[:2].rstrip(".．").isdigit()
        ):
            break
        count += 1
    return count


def _letterhead(parts: Parts) -> Iterator[Row]:
    """10.1: issuer mark and the two double red rules."""
    page = parts.first
    mark, rules = page.red_mark(), page.red_rules()
    yield _near(N_("发文机关标志上边缘（墨迹）"), 30, mark.top if mark else None, 1.5)
    yield _near(N_("发文机关标志居中"), 105.5, mark.centre if mark else None, 2)
    words = [line.text for line in page.lines if line.size > 22.3 and line.baseline < 60]
    yield _fact(
        N_("发文机关标志不加“文件”"), N_("全称或规范化简称"), "".join(words), "文件" not in "".join(words)
    )
    upper = rules[0] if rules else None
    yield _near(N_("第一条红色双线距标志"), 4, upper.box.top - mark.bottom if upper and mark else None, 1)
    yield from _double_rule(N_("第一条红色双线"), upper, thick_above=True)
    lower = rules[1] if len(rules) > 1 else None
    edge = page.height - lower.box.bottom if lower else None
    yield _near(N_("第二条红色双线距下页边"), 20, edge, 1)
    yield from _double_rule(N_("第二条红色双线"), lower, thick_above=False)
    others = [other.number for other in parts.pages[1:] if other.red_rules()]
    yield _fact(N_("红色双线只印首页"), N_("第2页起无"), "、".join(map(str, others)) or N_("无"), not others)


def _double_rule(item: str, rule: Rule | None, *, thick_above: bool) -> Iterator[Row]:
    yield _near(item + N_("长度"), 170, rule.box.width if rule else None, 2)
    yield _near(item + N_("居中"), 105.5, rule.box.centre if rule else None, 2)
    ratio = 0.0 if rule is None else rule.ratio if thick_above else 1 / rule.ratio
    order = N_("上粗下细") if thick_above else N_("上细下粗")
    yield Row(item + N_("粗细"), order, f"{ratio:.1f} : 1", "≥ 1.5", ratio >= 1.5)


def _number(parts: Parts) -> Iterator[Row]:
    """10.1, 7.2.5: number flush right, 7/8 of a character below the first rule."""
    number, rules = parts.number, parts.first.red_rules()
    text = number.text.strip() if number else ""
    yield _fact(N_("发文字号"), "×政协办函〔2026〕12号", text or N_("未找到"), bool(NUMBER.fullmatch(text)))
    yield _near(N_("发文字号右边界"), 184, number.right if number else None, 1.5)
    ink = parts.first.ink(number.box) if number else None
    gap = ink.top - rules[0].box.bottom if ink and rules else None
    yield _near(N_("发文字号距第一条红线"), 4.94, gap, 1.5)
    secrecy = [
        line.text for line in parts.first.lines if line.text.strip()[:2] in ("绝密", "机密", "秘密", "特急")
    ]
    yield _fact(N_("份号、密级、紧急程度"), N_("非涉密，不标注"), "".join(secrecy) or N_("无"), not secrecy)


def _title(parts: Parts) -> Iterator[Row]:
    """7.3.1, 7.3.2: title and addressee."""
    title, number, addressee = parts.title, parts.number, parts.addressee
    yield _near(N_("标题字号"), 22, title[0].size if title else None, 0.3, "pt")
    gap = (title[0].baseline - number.baseline) / LINE - 1 if title and number else None
    yield _near(N_("标题上空行"), 2, gap, 0.3, N_("行"))
    off = max((line.centre for line in title), key=lambda centre: abs(centre - 106), default=None)
    yield _near(N_("标题居中"), 106, off, 2)
    words = "".join(line.text for line in title)
    yield _fact(N_("标题末尾无标点"), N_("无"), words[-1:] or N_("未找到"), words[-1:].isalnum())
    yield _near(N_("主送机关顶格"), 28, addressee.left if addressee else None, 1.5)
    above = (addressee.baseline - title[-1].baseline) / LINE - 1 if title and addressee else None
    yield _near(N_("主送机关上空行"), 1, above, 0.3, N_("行"))
    end = addressee.text.strip()[-1:] if addressee else ""
    yield _fact(N_("主送机关后全角冒号"), "：", end or N_("未找到"), end == "：")


def _body(parts: Parts) -> Iterator[Row]:
    """7.3.3: indent, headings, text on the first page, room above the second rule."""
    wrong = [line for line, opens in _openings(parts.body) if not _indented(line, opens)]
    ok = bool(parts.body) and not wrong
    yield Row(N_("段首缩进"), N_("2字"), f"{len(wrong)} " + N_("行不符"), "±0.3", ok)
    for item, pattern, family in ((N_("一级标题黑体"), LEVEL_1, "Hei"), (N_("二级标题楷体"), LEVEL_2, "Kai")):
        fonts = {line.font for line in parts.body if line.left > 30 and pattern.match(line.text)}
        if fonts:
            yield _fact(
                item,
                family,
                "、".join(sorted(fonts)),
                all(family in font or "Sans" in font for font in fonts),
            )
        else:
            yield _absent(item, family)
    on_first = len(parts.texts[0][1]) - 1
    yield _fact(N_("首页显示正文"), N_("有"), f"{on_first} " + N_("行"), on_first > 0)
    rules = parts.first.red_rules()
    lowest = max((line.baseline + 0.165 * 16 * MM for line in parts.texts[0][1]), default=0)
    room = rules[1].box.top - lowest if len(rules) > 1 else 0
    yield Row(N_("首页文字距第二条红线"), "4.94 mm", f"{room:.2f} mm", "≥ 4", room >= 4)


def _openings(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it must open a paragraph: the first, and after a short line with a full stop."""
    closed = True
    for line in lines:
        yield line, closed
        closed = line.right < 184 - 2 * CHARACTER and line.text.rstrip().endswith(("。", "！", "？"))


def _indented(line: Line, opens: bool) -> bool:
    left = (line.left - 28) / CHARACTER
    return abs(left - 2) <= 0.3 or (abs(left) <= 0.3 and not opens)


def _annexes(parts: Parts) -> Iterator[Row]:
    """7.3.4: annexes named below the text."""
    item = N_("附件说明")
    if not parts.annexes:
        yield _absent(item, N_("左空2字，名称后无标点"))
        return
    first = parts.annexes[0]
    left = (first.left - 28) / CHARACTER
    bare = not any(line.text.rstrip().endswith(("。", "；", "，")) for line in parts.annexes)
    yield Row(
        item, N_("左空2字，名称后无标点"), f"{left:.2f} " + N_("字"), "±0.3", abs(left - 2) <= 0.3 and bare
    )


def _signature(parts: Parts) -> Iterator[Row]:
    """7.3.5: issuer and date, with the place for a seal (7.3.5.1) or without one (7.3.5.2)."""
    issuer, date = parts.issuer, parts.date
    text = date.text.strip() if date else ""
    yield _fact(N_("成文日期"), "2026年5月1日", text or N_("未找到"), bool(DATE.fullmatch(text)))
    if not issuer or not date:
        yield _fact(N_("发文机关署名"), N_("成文日期之上"), N_("未找到"), False)
        return
    yield _with_seal(issuer, date) if abs(issuer.centre - date.centre) <= 2 else _without_seal(issuer, date)
    page, lines = next((page, lines) for page, lines in parts.texts if date in lines)
    above = lines.index(date) - 1 - (1 if page.number == 1 else 0)
    yield _fact(N_("署名、日期不单独成页"), N_("同页有正文"), f"{above} " + N_("行"), above > 0)
    if parts.remark:
        yield _near(N_("附注左空"), 2, (parts.remark[0].left - 28) / CHARACTER, 0.3, N_("字"))
        words = "".join(line.text for line in parts.remark).strip()
        yield _fact(
            N_("附注加全角圆括号"), "（　）", words[:1] + words[-1:], words[:1] + words[-1:] == "（）"
        )
    else:
        yield _absent(N_("附注左空"), N_("2字"))


def _with_seal(issuer: Line, date: Line) -> Row:
    """The date four characters from the right; further left under a name too long for that."""
    wanted = 184 - 4 * CHARACTER
    long_name = date.right < wanted and abs(issuer.right - 184) <= 2
    found = f"{date.right:.2f} mm"
    return Row(
        N_("成文日期右边界（加盖印章）"),
        f"{wanted:.1f} mm",
        found,
        "±2",
        abs(date.right - wanted) <= 2 or long_name,
    )


def _without_seal(issuer: Line, date: Line) -> Row:
    shift = (date.left - issuer.left) / CHARACTER
    blank = (184 - max(issuer.right, date.right)) / CHARACTER
    found = f"{shift:.2f} / {blank:.2f} " + N_("字")
    ok = abs(shift - 2) <= 0.36 and abs(blank - 2) <= 0.36
    return Row(N_("日期首字右移 / 右空（不加盖印章）"), N_("2字 / 2字"), found, "±2 mm", ok)


def _folios(parts: Parts) -> Iterator[Row]:
    """7.5, 10.1: none on page 1; then — 2 —, 7 mm below the type area, odd right and even left."""
    first = parts.folio(parts.first)
    yield _fact(N_("首页不显示页码"), N_("无"), first.text if first else N_("无"), first is None)
    for page in parts.pages[1:]:
        yield from _folio(page, parts.folio(page))


def _folio(page: Page, folio: Line | None) -> Iterator[Row]:
    item = N_("页码") + f" {page.number}"
    matched = FOLIO.fullmatch(folio.text.strip()) if folio else None
    found = folio.text.strip() if folio else N_("未找到")
    ok = bool(matched and int(matched[1]) == page.number and folio and abs(folio.size - 14) <= 0.3)
    yield _fact(item, f"— {page.number} —", found, ok)
    if not folio:
        return
    dash = page.ink(_first_dash(folio))
    yield _near(item + N_("一字线"), 269, (dash.top + dash.bottom) / 2 if dash else None, 2)
    em = 14 * MM
    if page.number % 2:
        yield _near(item + N_("右空1字"), 184 - em, folio.right, 2)
    else:
        yield _near(item + N_("左空1字"), 28 + em, folio.left, 2)


def _first_dash(folio: Line) -> Box:
    box = folio.box
    return Box(box.left, box.top, box.left + 13 * MM, box.bottom)


def _imprint(parts: Parts) -> Iterator[Row]:
    """7.4.2, 10.1: copies at the bottom of the last type area; no lines, no printing office."""
    drawn = sum(page.dark_rules() for page in parts.pages)
    yield _fact(N_("版记不加分隔线"), "0", str(drawn), drawn == 0)
    printed = any("印发" in line.text for page in parts.pages for line in page.sized(14))
    yield _fact(N_("不印发文机关、印发日期"), N_("无"), N_("有") if printed else N_("无"), not printed)
    copies = parts.copies
    if not copies:
        yield _absent(N_("抄送"), N_("4号，左右各空1字，句号"))
        return
    yield _near(N_("抄送左空1字"), 28 + 14 * MM, copies[0].left, 1.5)
    last = copies[-1]
    yield _near(N_("抄送位于版心底部"), 262, last.baseline + 0.12 * 14 * MM, 3)
    yield _fact(N_("抄送末尾句号"), "。", last.text[-1:], last.text.endswith("。"))


GROUPS: tuple[Callable[[Parts], Iterator[Row]], ...] = (
    _sheet,
    _letterhead,
    _number,
    _title,
    _grid,
    _body,
    _annexes,
    _signature,
    _folios,
    _imprint,
)
