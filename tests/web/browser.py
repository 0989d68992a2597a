"""A visitor with a browser: signs in, opens pages, sends the forms the pages offer; every page is checked."""

import re
from collections.abc import Callable
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.world import PASSWORD
from tracker.door import sessions
from tracker.extensions import transaction
from tracker.queries import people

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_XHTML = "{http://www.w3.org/1999/xhtml}"


class Browser:
    """One client with its cookies. Without ``login`` it is nobody's; ``language`` is what it asks for."""

    def __init__(self, app: Flask, login: str = "", language: str = "") -> None:
        self.app = app
        self.client = app.test_client()
        self._tokens: dict[tuple[str, str], str] = {}
        if language:
            self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        if login:
            self._come_in(login)

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", login=_full(login), password=password, **more)

    def _come_in(self, login: str) -> None:
        """With a session that is open already: passwords are slow on purpose, and test_sign_in tests them."""
        with self.app.test_request_context(), transaction("write"):
            person = people.by_login(_full(login))
            assert person, login
            token = sessions.open_for(person)
        self.client.set_cookie(self.app.config["LOGIN_COOKIE_NAME"], token)

    def get(self, path: str, **given: Any) -> TestResponse:
        """Open a page; whatever is HTML must be valid and keep to the rules of the house."""
        answer = self.client.get(path, **given)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 307, 308):
            check_page(answer)
            self._keep_token(answer)
        return answer

    def post(self, path: str, /, page: str = "/track", **form: Any) -> TestResponse:
        """Send a form as a page of ours would, its token included."""
        form.setdefault("csrf_token", self.token(page))
        return self.client.post(path, data=form)

    def token(self, page: str = "/track") -> str:
        """Read off the page opened last, or off ``page``: good for as long as the cookies stay the same."""
        if self._cookies not in self._tokens:
            self._keep_token(self.client.get(page, follow_redirects=True))
            assert self._cookies in self._tokens, page
        return self._tokens[self._cookies]

    def _keep_token(self, answer: TestResponse) -> None:
        """By the cookies as they are now that the page was opened, which may have set one."""
        if found := _TOKEN.search(answer.text):
            self._tokens[self._cookies] = found[1]

    @property
    def _cookies(self) -> tuple[str, str]:
        found = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        return self.cookie, found.value if found else ""

    @property
    def cookie(self) -> str:
        """The login cookie as it stands now."""
        found = self.client.get_cookie("huiyin-login")
        return found.value if found else ""


def _full(login: str) -> str:
    return login if "-" in login else f"xs-{login}"


def check_page(answer: TestResponse) -> None:
    """Valid HTML, a title, a language, no script or style without our nonce, no inline handlers."""
    found = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    # A page that may be kept has none, and then no script or style of its own either.
    nonce = found[1] if found else "nobody's"
    title = re.search(r"<title>([^<]*)</title>", answer.text)
    assert title and title[1].strip(" ·"), answer.request.path
    ids = _IDS.findall(answer.text)
    assert len(ids) == len(set(ids)), (answer.request.path, sorted(i for i in ids if ids.count(i) > 1))
    frame, main = _split(answer.text.replace(nonce, "our-nonce"))
    _check(frame, _document, answer.request.path)
    _check(main, _fragment, answer.request.path)


def _split(page: str) -> tuple[str, str]:
    """The frame, which many pages share, and what this page has in it."""
    opening = page.find("<main")
    if opening < 0:
        return page, ""
    start, end = page.index(">", opening) + 1, page.index("</main>")
    return page[:start] + page[end:], page[start:end]


def _check(html: str, read: Callable[[html5lib.HTMLParser, str], Any], path: str) -> None:
    # To parse is most of what a page costs here, and most are built like one that was parsed before.
    if (shape := _shape(html)) in _passed:
        return
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = read(parser, html)
    assert not parser.errors, (path, parser.errors[:3])
    for element in tree.iter():
        if isinstance(element.tag, str):
            _check_element(element, path)
    _passed.add(shape)


def _document(parser: html5lib.HTMLParser, html: str) -> Any:
    tree = parser.parse(html)
    assert tree.get("lang") in ("zh-CN", "en")
    return tree


def _fragment(parser: html5lib.HTMLParser, html: str) -> Any:
    return parser.parseFragment(html, container="main")


_passed: set[int] = set()
_IDS = re.compile(r'\sid="([^"]*)"')
_WORDS = re.compile(r">[^<>&]+(?=<)")
_VALUES = re.compile(
    r'\b(id|for|value|content|href|src|action|aria-[a-z]+|placeholder|title|data-[a-z-]+)="[^"<&]*"'
)


def _shape(html: str) -> int:
    """What can be wrong with it: its tags and names, without words and values that break nothing."""
    return hash(_VALUES.sub(r'\1=""', _WORDS.sub(">", html)))


def _check_element(element: Any, path: str) -> None:
    assert not element.get("style"), (path, "inline style", element.tag)
    assert not [name for name in element.attrib if name.startswith("on")], (
        path,
        "inline handler",
        element.tag,
    )
    if element.tag in ("script", "style"):
        assert element.get("nonce") == "our-nonce", (path, element.tag)
        assert element.tag != "script" or element.get("src"), (path, "inline script")
