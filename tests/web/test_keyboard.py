"""Every page from the keyboard: a key does one thing, a control has a name; and what paper leaves out."""

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")

STATIC = Path(__file__).resolve().parents[2] / "tracker" / "static"
# What the script itself listens to on every page.
RESERVED = {"?", "j", "k", "x", "/"}
BOTH = (("housing", "lead"), ("transport", "co"))
PLACES: dict[str, tuple[str, ...]] = {
    "/": ("member", "clerk", "dept", "admin"),
    "/cases": ("director", "leader"),
    "/cases/{raised}?list=": ("member", "clerk"),
    "/cases/{replied}": ("clerk", "leader", "auditor"),
    "/cases/{handled}?list=state%3Dhandled": ("director",),
    "/cases/{fed_back}": ("member", "director"),
    "/cases/{raised}/coordinate": ("clerk",),
    "/cases/{raised}/edit": ("member",),
    "/cases/new": ("clerk",),
    "/search?q=路灯": ("dept",),
    "/help": ("clerk",),
}
PAGES = [(path, who) for path, roles in PLACES.items() for who in roles]


@pytest.fixture
def page(visit: Visit, huiyin: World) -> Any:
    """The tree of a page, with a case at each stage behind its name."""

    def fetch(path: str, who: str, language: str = "") -> Any:
        stages = {name: getattr(huiyin, name) for name in re.findall(r"{(\w+)}", path)}
        made = {name: make(units=BOTH) if name == "replied" else make() for name, make in stages.items()}
        answer = visit(who, language).get(path.format(**made))
        assert answer.status_code == 200, path
        return html5lib.parse(answer.text, namespaceHTMLElements=False)

    return fetch


def marked(tree: Any, name: str) -> list[str]:
    return [element.get(name) for element in tree.iter() if element.get(name)]


def classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


@pytest.mark.parametrize("path, who", PAGES)
def test_a_key_does_one_thing_on_a_page(page: Any, path: str, who: str) -> None:
    tree = page(path, who)
    for name in ("data-key", "accesskey"):
        keys = marked(tree, name)
        assert len(keys) == len(set(keys)), (name, sorted(keys))
    assert RESERVED.isdisjoint(marked(tree, "data-key"))


@pytest.mark.parametrize(
    "path, who, keys",
    [
        ("/cases/{raised}/coordinate", "clerk", {"n", "c", "g"}),
        ("/cases/{raised}", "clerk", {"n", "g", "e"}),
        ("/cases/{handled}", "clerk", {"n", "l", "e"}),
        ("/cases/new", "clerk", {"n", "s"}),
        ("/cases/{raised}/edit", "clerk", {"n", "s"}),
        ("/", "leader", set()),
    ],
)
def test_the_usual_acts_have_their_keys(page: Any, path: str, who: str, keys: set[str]) -> None:
    assert keys <= set(marked(page(path, who), "data-key"))


@pytest.mark.parametrize("path, who", PAGES)
def test_every_control_has_a_name_that_can_be_read_aloud(page: Any, path: str, who: str) -> None:
    tree = page(path, who)
    named = set(marked(tree, "for"))
    inside = {inner for label in tree.iter("label") for inner in label.iter()}
    for element in tree.iter():
        if element.tag not in ("input", "select", "textarea") or element.get("type") == "hidden":
            continue
        assert element in inside or element.get("aria-label") or element.get("id") in named, element.attrib


@pytest.mark.parametrize("path, who", PAGES)
def test_every_label_and_hint_leads_to_something_that_is_there(page: Any, path: str, who: str) -> None:
    tree = page(path, who)
    ids = set(marked(tree, "id"))
    for name in ("for", "aria-describedby", "aria-labelledby", "form"):
        assert {target for value in marked(tree, name) for target in value.split()} <= ids, name
    inner = {link[1:] for link in marked(tree, "href") if link.startswith("#") and len(link) > 1}
    assert inner <= ids


@pytest.mark.parametrize("path, who", PAGES)
def test_every_form_that_writes_carries_its_token(page: Any, path: str, who: str) -> None:
    for form in page(path, who).iter("form"):
        fields = {field.get("name") for field in form.iter("input")}
        assert ("csrf_token" in fields) == (form.get("method") == "post"), form.attrib


@pytest.mark.parametrize("path, who", PAGES)
def test_an_english_page_keeps_chinese_for_names_and_texts_only(page: Any, path: str, who: str) -> None:
    tree = page(path, who, "en")
    words = [found.text or "" for tag in ("h2", "th", "summary", "legend", "dt") for found in tree.iter(tag)]
    words += [found.text or "" for found in tree.iter("button")] + marked(tree, "placeholder")
    chinese = {word.strip() for word in words if not word.isascii()} - {"中文"}
    assert {word for word in chinese if word not in ("", "吴海燕")} <= _NAMES, chinese


# Whoever is signed in stands on the menu's summary.
_NAMES = {"吴海燕", "许建国", "周文博", "沈立", "张志强", "陆鸣", "孙谦", "高远"}


# --- paper


def hidden_on_paper() -> set[str]:
    """Classes and elements the style sheet leaves out in print."""
    sheet = (STATIC / "style.css").read_text("utf-8").partition("@media print {")[2]
    rule = re.search(r"^\s*([^{}]+)\{ display: none !important; \}", sheet, re.M)
    assert rule
    return {part.strip().lstrip(".") for part in rule[1].split(",")}


@pytest.mark.parametrize(
    "path, who",
    [pair for pair in PAGES if "coordinate" not in pair[0] and not pair[0].endswith(("edit", "new"))],
)
def test_on_paper_there_is_nothing_to_press(page: Any, path: str, who: str) -> None:
    left_out = hidden_on_paper()
    tree = page(path, who)
    parents = {child: parent for parent in tree.iter() for child in parent}
    for element in tree.iter("button"):
        chain = [element]
        while chain[-1] in parents:
            chain.append(parents[chain[-1]])
        seen = {name for each in chain for name in {each.tag, *classes(each)} if isinstance(each.tag, str)}
        assert seen & left_out, (path, who, "".join(element.itertext()))
