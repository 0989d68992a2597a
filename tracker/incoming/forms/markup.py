"""XML without its dangers: no document type, so no entities; bounded in depth and in number (T29)."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tracker.errors import TooLarge
from tracker.incoming.forms.archives import BROKEN, Unreadable
from tracker.rules.words import N_

DEEPEST = 150
MOST_ELEMENTS = 600_000


def tree(content: bytes) -> Element:
    """The root element; names are ``namespace}local``."""
    builder = TreeBuilder()
    parser = _parser()
    depth = _Depth(builder)
    parser.StartElementHandler = depth.start
    parser.EndElementHandler = depth.end
    parser.CharacterDataHandler = builder.data
    _parse(parser, content)
    return builder.close()


def check(content: bytes) -> None:
    """Only look whether it is XML that declares nothing of its own."""
    _parse(_parser(), content)


class _Depth:
    def __init__(self, builder: TreeBuilder) -> None:
        self.builder = builder
        self.depth = self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise TooLarge(N_("文件的结构太复杂，请把内容复制到一份新文件里再试"))
        self.builder.start(name, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(name)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _parse(parser: expat.XMLParserType, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable(BROKEN) from error


def _refuse(*_: object) -> None:
    raise Unreadable(N_("文件里有不该有的声明（DTD），不予打开；请另存为新文件再试"))
