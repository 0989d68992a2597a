"""The process that makes PDFs: it alone knows WeasyPrint, and it knows nothing else.

Started by ``pdf.py`` as a plain script with an empty environment. It reads requests from its standard input
and writes answers to its standard output, each with its length in front, until the input ends. It fetches
nothing: fonts come through a fontconfig file of our own, style sheets arrive with the first request.
"""

import ctypes
import hashlib
import json
import logging
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import weasyprint
import weasyprint.urls
from weasyprint.text.fonts import FontConfiguration

REQUEST = struct.Struct(">If")  # length, seconds
ANSWER = struct.Struct(">BI")  # status, length
DONE, FAILED = 0, 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PNG = "data:image/png;base64,"
# What our templates use. Everything else, attachments and frames above all, is dropped before the layout.
# fmt: off
ELEMENTS = frozenset({
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article",
    "div", "p", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "b", "i", "small",
    "sub", "sup", "ol", "ul", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead",
    "tbody", "tfoot", "tr", "th", "td", "img", "figure", "figcaption", "svg", "g", "path", "rect", "circle",
    "line", "polyline", "polygon", "text", "tspan",
})
# fmt: on
# These would make the engine look something up, or put something into the file beside the pages.
ATTRIBUTES = frozenset({"rel", "data", "background", "cite", "srcset", "poster", "action", "download"})


class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
    """Refuse every address; a PNG written out inside the document itself is the one thing it may show."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith(PNG):
            raise ValueError("refused")
        return super().fetch(url, headers)


@dataclass
class Press:
    """WeasyPrint with what it may reuse from letter to letter."""

    sources: dict[str, str]
    fonts: Any = field(default_factory=FontConfiguration)
    sheets: dict[str, Any] = field(default_factory=dict)

    def render(self, html: str) -> bytes:
        document = weasyprint.HTML(string=html, url_fetcher=Fetcher())
        name = document.etree_element.get("data-style", "")
        _strip(document.etree_element)
        made: bytes = document.write_pdf(
            stylesheets=[self.sheet("base"), *([self.sheet(name)] if name in self.sources else [])],
            font_config=self.fonts,
            # Derived from the content, so that the same letter gives the same bytes after a crash.
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
            pdf_tags=True,
            cache={},
        )
        return made

    def sheet(self, name: str) -> Any:
        if name not in self.sheets:
            self.sheets[name] = weasyprint.CSS(
                string=self.sources[name], font_config=self.fonts, url_fetcher=Fetcher()
            )
        return self.sheets[name]


def _strip(root: Any) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2].lower() not in ELEMENTS:
                parent.remove(child)
        for name in ATTRIBUTES & set(parent.attrib):
            del parent.attrib[name]


def _load(sources: dict[str, str]) -> Press:
    # Its messages may quote a letter.
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False
    press = Press(sources)
    press.sheet("base")
    return press


def _leave_network() -> bool:
    """Move into a network without any interface; not every system lets an ordinary process do so."""
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    return unshare is not None and unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0


def _limit(limits: dict[str, int]) -> None:
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """End this process when a letter takes too long, even if the one who asked is gone."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    spent = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 2, hard))
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _answer(to: BinaryIO, status: int, content: bytes) -> None:
    to.write(ANSWER.pack(status, len(content)))
    to.write(content)
    to.flush()


def _serve(press: Press, requests: BinaryIO, answers: BinaryIO) -> None:
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        length, seconds = REQUEST.unpack(head)
        html = requests.read(length).decode()
        try:
            with _clock(seconds):
                made = press.render(html)
        except MemoryError:
            # What is left may be too little to tell; the other side understands an end without an answer.
            os._exit(1)
        except Exception as error:
            _answer(answers, FAILED, type(error).__name__.encode())
        else:
            _answer(answers, DONE, made)


def main() -> None:
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    # No library may write between our answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    length, _ = REQUEST.unpack(requests.read(REQUEST.size))
    start = json.loads(requests.read(length))
    _limit(start["limits"])
    offline = _leave_network()
    press = _load(start["sheets"])
    _answer(answers, DONE, json.dumps({"offline": offline}).encode())
    _serve(press, requests, answers)


if __name__ == "__main__":
    main()
