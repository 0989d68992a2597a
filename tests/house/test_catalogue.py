"""The English catalogue: every Chinese word of the screens has its English one; none escapes."""

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import nodes

from tests.house.source import ROOT, files, place, tree

PO = ROOT / "tracker" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
HAN_WORD = re.compile(rf"{HAN.pattern}+")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
QUOTED = re.compile(r"“[^”]*”")
CHINESE_SIGNS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff，。；：！？、（）《》【】]")
MARKERS = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext", "N_"}
# The button that leads back from English names its language as its readers do.
NAMES_OF_LANGUAGES = {"中文"}
# What members write into a form, told apart; no word of ours.
WRITTEN_BY_OTHERS = {"tracker/web/visit_lines.py"}
ENTRANCES = ("tracker/web", "tracker/api", "tracker/door", "tracker/jobs")

Key = tuple[str | None, str]


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as stored:
        return read_po(stored, abort_invalid=True)


def translated() -> dict[Key, Message]:
    return {(message.context, _first(message.id)): message for message in catalogue() if message.id}


@cache
def extracted() -> frozenset[Key]:
    """What `make i18n` would find now, by the mapping it uses."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(pattern, entry["method"]) for entry in mappings for pattern in entry["pattern"]]
    found = extract_from_dir(str(ROOT), methods)
    return frozenset((context, _first(message)) for _, _, message, _, context in found)


def _first(message: Any) -> str:
    return str(message if isinstance(message, str) else message[0])


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_word_the_extractor_finds_is_in_the_catalogue() -> None:
    assert len(extracted()) > 1000
    missing = sorted(word for context, word in extracted() - translated().keys())
    assert not missing, f"run `make i18n` and translate: {missing}"


def test_every_entry_has_its_english_words_and_none_is_a_guess() -> None:
    empty = [key for key, message in translated().items() if not all(_forms(message))]
    assert not empty
    assert not [key for key, message in translated().items() if message.fuzzy]


def test_english_words_keep_the_places_of_the_chinese_ones() -> None:
    wrong = [
        (key[1], form)
        for key, message in translated().items()
        for form in _forms(message)
        if sorted(PLACES.findall(form)) != sorted(PLACES.findall(key[1]))
    ]
    assert not wrong


def test_english_words_are_english_outside_quotation_marks() -> None:
    wrong = [
        form
        for message in translated().values()
        for form in _forms(message)
        if CHINESE_SIGNS.search(QUOTED.sub("", form))
    ]
    assert not wrong


def test_the_catalogue_compiles_and_the_program_reads_it() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    compiled.seek(0)
    spoken = GNUTranslations(compiled)
    for (context, word), message in translated().items():
        said = spoken.pgettext(context, word) if context else spoken.gettext(word)
        assert said == _forms(message)[0]


def test_every_marked_word_of_the_code_is_one_the_extractor_finds() -> None:
    known = {word for _, word in extracted()}
    marked = [(path, call, word) for path in files("tracker", "workflows") for call, word in _marked(path)]
    assert len(marked) > 500
    assert not [place(path, call) for path, call, word in marked if word not in known]


def _marked(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Words in the brackets of a marker, markers inside markers included."""
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and _name(call.func) in MARKERS:
            for given in call.args:
                if isinstance(given, ast.Constant) and HAN.search(str(given.value)):
                    yield call, str(given.value)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_entrances_say_no_chinese_word_that_is_not_marked() -> None:
    bare = {place(path, word) for path in files(*ENTRANCES) for word in _unmarked(path)}
    assert not sorted(spot for spot in bare if spot.partition(":")[0] not in WRITTEN_BY_OTHERS)
    assert {spot.partition(":")[0] for spot in bare} == WRITTEN_BY_OTHERS


def _unmarked(path: Path) -> Iterator[ast.Constant]:
    beside = {id(word) for word in _explanations(path)}
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and _name(call.func) in MARKERS:
            beside |= {id(inner) for given in call.args for inner in ast.walk(given)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and id(node) not in beside and HAN.search(str(node.value)):
            yield node


def _explanations(path: Path) -> Iterator[ast.expr]:
    """Docstrings: sentences that stand alone and say nothing to anybody who uses the program."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr):
            yield node.value


def test_templates_say_every_chinese_word_through_gettext(app: Flask) -> None:
    room = ROOT / "templates"
    pages = [path for path in sorted(room.rglob("*.*")) if path.suffix in (".html", ".txt")]
    assert len(pages) > 30
    bare = [(path.name, word) for path in pages for word in _bare_in_page(app, path)]
    assert not [(name, word) for name, word in bare if word not in NAMES_OF_LANGUAGES]


def _bare_in_page(app: Flask, path: Path) -> Iterator[str]:
    page = app.jinja_env.parse(path.read_text("utf-8"), path.name)
    for data in page.find_all(nodes.TemplateData):
        yield from HAN_WORD.findall(data.data)
    said = {
        id(word) for call in page.find_all(nodes.Call) if _says(call) for word in call.find_all(nodes.Const)
    }
    for word in page.find_all(nodes.Const):
        if id(word) not in said:
            yield from HAN_WORD.findall(str(word.value))


def _says(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in MARKERS
