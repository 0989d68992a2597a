"""The body of a .docx: what a person sees of it, in the order it is read."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from tracker.incoming.forms import markup
from tracker.incoming.forms.archives import BROKEN, Archive, Unreadable
from tracker.incoming.forms.pages import Block, Cell, Line, Page, Table, filled
from tracker.incoming.forms.sniffing import WORD_BODY

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# Containers that are not seen themselves.
_OPEN = frozenset({"sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml"})
_BOXES = frozenset({"\uf052", "\uf0fe", "\uf054", "\uf0fd"})
_NUMBERED = "{number}. "


def read(archive: Archive) -> list[Page]:
    content = archive.read(WORD_BODY)
    if content is None:
        raise Unreadable(BROKEN)
    root = markup.tree(content)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise Unreadable(BROKEN)
    return [Page(tuple(_blocks(body)))]


def _name(element: Element) -> str:
    """The local name; of a foreign vocabulary the whole."""
    namespace, _, local = element.tag.rpartition("}")
    return local if namespace in _NAMESPACES else element.tag


def _children(parent: Element) -> Iterator[Element]:
    """The children, those of invisible containers in their place."""
    for child in parent:
        if _name(child) in _OPEN:
            yield from _children(child)
        else:
            yield child


def _blocks(parent: Element) -> Iterator[Block]:
    numbers = _Numbers()
    for child in _children(parent):
        name = _name(child)
        if name == "p":
            boxes: list[Element] = []
            text = "".join(_runs(child, boxes)).rstrip()
            yield Line(numbers.before(child) + text if text.strip() else "")
            for box in boxes:
                yield from _blocks(box)
        elif name == "tbl":
            yield _table(child)


class _Numbers:
    """Numbers Word writes by itself and keeps out of the text, counted anew in each cell."""

    def __init__(self) -> None:
        self.count = 0

    def before(self, paragraph: Element) -> str:
        properties = _child(paragraph, "pPr")
        numbering = None if properties is None else _child(properties, "numPr")
        if (
            numbering is None
            or _value(numbering, "ilvl", "0") != "0"
            or _value(numbering, "numId") in ("", "0")
        ):
            return ""
        self.count += 1
        return _NUMBERED.format(number=self.count)


def _runs(paragraph: Element, boxes: list[Element]) -> Iterator[str]:
    for child in _children(paragraph):
        name = _name(child)
        if name == "r" and not _hidden(child):
            yield from _pieces(child, boxes)
        elif name.endswith("}AlternateContent"):
            _find_boxes(child, boxes)


def _pieces(run: Element, boxes: list[Element]) -> Iterator[str]:
    for piece in run:
        name = _name(piece)
        if name == "t":
            yield piece.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield "☑" if _symbol(piece) in _BOXES else "□"
        elif name in ("pict", "drawing") or name.endswith("}AlternateContent"):
            _find_boxes(piece, boxes)


def _find_boxes(holder: Element, boxes: list[Element]) -> None:
    """A text box is written down twice, for new programs and for old ones: the first is enough."""
    first = holder[0] if holder.tag.endswith("}AlternateContent") and len(holder) else holder
    boxes += [element for element in first.iter() if _name(element) == "txbxContent"][:1]


def _symbol(piece: Element) -> str:
    code = _attribute(piece, "char")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _hidden(run: Element) -> bool:
    properties = _child(run, "rPr")
    return properties is not None and _child(properties, "vanish") is not None


def _table(element: Element) -> Table:
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    rows = (child for child in _children(element) if _name(child) == "tr")
    for row, content in enumerate(rows):
        column = _before(content)
        for child in _children(content):
            if _name(child) != "tc":
                continue
            width, goes_on = _span(child)
            if goes_on and column in open_cells:
                _lengthen(cells, open_cells[column], row)
            else:
                open_cells[column] = len(cells)
                cells.append(_cell(child, row, column, width))
            column += width
    return Table(tuple(filled(cells)))


def _lengthen(cells: list[Cell], position: int, row: int) -> None:
    above = cells[position]
    cells[position] = Cell(
        above.text, above.row, above.column, row + 1 - above.row, above.width, None, above.inside
    )


def _cell(element: Element, row: int, column: int, width: int) -> Cell:
    blocks = tuple(_blocks(element))
    nested = any(isinstance(block, Table) for block in blocks)
    text = "\n".join(_texts(blocks)).strip()
    return Cell(text, row, column, 1, width, None, blocks if nested else ())


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            for cells in block.rows.values():
                yield " ".join(cell.text for cell in cells)


def _before(row: Element) -> int:
    properties = _child(row, "trPr")
    return 0 if properties is None else _number(_value(properties, "gridBefore", "0"), 0)


def _span(cell: Element) -> tuple[int, bool]:
    """How many columns wide, and whether it is the lower part of a merged cell."""
    properties = _child(cell, "tcPr")
    if properties is None:
        return 1, False
    merged = _child(properties, "vMerge")
    goes_on = merged is not None and _attribute(merged, "val") != "restart"
    return max(1, _number(_value(properties, "gridSpan", "1"), 1)), goes_on


def _number(text: str, otherwise: int) -> int:
    """No table of Word's has more than 63 columns."""
    return min(int(text), 63) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise


def _child(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if _name(child) == name), None)


def _value(parent: Element, name: str, otherwise: str = "") -> str:
    child = _child(parent, name)
    return otherwise if child is None else _attribute(child, "val", otherwise)


def _attribute(element: Element, name: str, otherwise: str = "") -> str:
    for namespace in _NAMESPACES:
        if (value := element.get(f"{namespace}}}{name}")) is not None:
            return value
    return otherwise
