"""Every setting is written down, and nothing is read from the environment past them."""

import ast
import re

from tests.house.source import ROOT, files, place, tree
from tracker.config import SETTINGS

NAMES = {setting.name for setting in SETTINGS}
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")


def test_every_setting_has_a_line_in_the_page_on_running() -> None:
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert told == NAMES


def test_every_setting_says_why_it_exists() -> None:
    assert [setting.name for setting in SETTINGS if not setting.why] == []
    assert len(NAMES) == len(SETTINGS)


def test_the_default_in_the_page_is_the_one_in_force() -> None:
    for setting in SETTINGS:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{setting.name}` |"))
        shown = row.split("|")[2].strip().strip("`")
        if isinstance(setting.default, bool | int):
            assert shown == str(int(setting.default)), setting.name
        elif setting.default:
            assert shown == setting.default, setting.name


def _asks_the_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")


def test_only_the_settings_read_the_environment() -> None:
    # The shell speaks the language of the terminal it runs in; that is no setting of ours.
    allowed = {"tracker/config.py", "tracker/cli/shell.py"}
    found = {
        place(path)
        for path in files("tracker", "workflows")
        for node in ast.walk(tree(path))
        if _asks_the_environment(node)
    }
    assert found <= allowed
    assert "tracker/config.py" in found
