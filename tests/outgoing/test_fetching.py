"""The PDF engine opens nothing: no address, no file, whatever a document refers to."""

import base64
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import weasyprint

from tests.outgoing import pdf_contents
from tests.outgoing.sheets import sheet
from tracker.outgoing import pdf, pdf_process
from tracker.outgoing.letters import Block, html

SECRET = "canary-7f41c0de"


def _data(kind: str, content: str) -> str:
    return f"data:{kind};base64," + base64.b64encode(content.encode()).decode()


def _svg(inside: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        + inside
        + "</svg>"
    )


def _picture(svg: str) -> str:
    return '<img src="' + _data("image/svg+xml", svg) + '">'


PLAIN = {
    "image": '<img src="{url}">',
    "image set": '<img srcset="{url} 2x">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import url("{url}");</style>',
    "background": '<p style="background: url({url})">x</p>',
    "list mark": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x",
    "font": "<style>@font-face {{ font-family: f; src: url({url}) }} p {{ font-family: f }}</style><p>x",
    "border": '<p style="border: 9pt solid; border-image: url({url}) 3">x</p>',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "frame": '<iframe src="{url}"></iframe>',
    "attachment": '<link rel="attachment" href="{url}">',
    "attached link": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}/"><img src="x.png">',
    "picture in svg": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "use in svg": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
}
NESTED = {
    "svg image": lambda url: _picture(_svg(f'<image xlink:href="{url}"/>')),
    "svg style": lambda url: _picture(_svg(f"<style>@import url({url});</style><rect/>")),
    "svg entity": lambda url: _picture(
        f'<!DOCTYPE s [<!ENTITY e SYSTEM "{url}">]>' + _svg("<text>&e;</text>")
    ),
    "svg fill": lambda url: (
        f'<svg width="9" height="9"><rect width="9" height="9" fill="url({url}#g)"/></svg>'
    ),
    "svg filter": lambda url: _picture(_svg(f'<feImage href="{url}"/>')),
    "svg in svg": lambda url: _picture(
        _svg('<image href="' + _data("image/svg+xml", _svg(f'<image href="{url}"/>')) + '"/>')
    ),
    "sheet in data": lambda url: (
        '<link rel="stylesheet" href="' + _data("text/css", f"@import url({url});") + '">'
    ),
    "file in data": lambda url: (
        '<link rel="attachment" href="' + _data("text/plain", SECRET) + f'"><img src="{url}">'
    ),
}
VECTORS = {name: pattern.format for name, pattern in PLAIN.items()} | NESTED


def document(name: str, url: str) -> str:
    make = VECTORS[name]
    part = make(url=url) if name in PLAIN else make(url)
    return f'<html lang="zh-CN"><body><p>正文</p>{part}</body></html>'


class Canary:
    """Counts who comes to a port of this machine."""

    def __init__(self) -> None:
        self.hits = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}/canary.png"
        self.watch = threading.Thread(target=self._count, daemon=True)
        self.watch.start()

    def _count(self) -> None:
        while True:
            try:
                visitor, _ = self.door.accept()
            except OSError:
                return
            self.hits += 1
            with visitor:
                visitor.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        # shutdown wakes the thread that waits in accept; close alone does not.
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.watch.join(5)


@pytest.fixture
def canary() -> Iterator[Canary]:
    listener = Canary()
    yield listener
    listener.close()


@pytest.fixture
def secret_file(tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


@pytest.fixture(scope="module")
def press() -> pdf_process.Press:
    """The engine inside this process, which has a network: only its own refusal protects it here."""
    return pdf_process.Press({"base": ""})


def test_the_canary_sings_for_the_engine_as_it_comes(canary):
    weasyprint.HTML(string=document("image", canary.url)).write_pdf()

    assert canary.hits == 1


@pytest.mark.requirement("T26")
@pytest.mark.parametrize("name", VECTORS)
def test_no_reference_is_followed(press, canary, secret_file, name):
    for url in (canary.url, secret_file):
        made = pdf_contents.everything(press.render(document(name, url)))
        assert b"EmbeddedFile" not in made
        assert SECRET.encode() not in made

    assert canary.hits == 0


@pytest.mark.requirement("T26")
@pytest.mark.parametrize("name", VECTORS)
def test_no_reference_is_followed_in_the_process_of_its_own(canary, secret_file, name):
    for url in (canary.url, secret_file):
        made = pdf_contents.everything(pdf.render(document(name, url)))
        assert b"EmbeddedFile" not in made
        assert SECRET.encode() not in made

    assert canary.hits == 0


LINES = (
    "issuer_mark", "title", "addressee", "issuer", "number", "closing", "remark", "verification",
    "preview_watermark",
)  # fmt: skip


@pytest.mark.requirement("T26")
def test_references_in_any_field_of_a_letter_are_only_text(press, canary, secret_file):
    for url in (canary.url, secret_file):
        words = "".join(document(name, url) for name in VECTORS)
        lists = {"blocks": (Block(0, words),), "copy_to": (words,), "annexes": (words,)}
        page = html(sheet(**dict.fromkeys(LINES, words), **lists))
        made = press.render(page)
        assert b"EmbeddedFile" not in made
        assert "<img" not in page
        assert "<link" not in page

    assert canary.hits == 0


def test_the_process_has_no_environment_and_no_network_where_the_system_allows():
    about = pdf.start()
    environment = Path(f"/proc/{pdf._engine.pid}/environ").read_bytes()

    assert {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry} == {
        b"FONTCONFIG_FILE",
        b"TMPDIR",
        b"HOME",
    }
    if about["offline"]:
        devices = Path(f"/proc/{pdf._engine.pid}/net/dev").read_text().splitlines()[2:]
        assert [line.split(":")[0].strip() for line in devices] == ["lo"]
