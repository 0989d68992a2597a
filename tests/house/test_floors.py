"""The order of the rooms holds, and nobody climbs in through a window."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT, files, functions, place, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
ENTRANCES = ("tracker/web", "tracker/api", "tracker/jobs", "tracker/cli")

# The demonstration acts out two years of history and looks up its own rows on the way.
TELLS_A_STORY = "tracker/cli/demo"


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 kept, 0 broken" in result.stdout


def _imports_inside(path: Path) -> list[str]:
    return [
        place(path, inner)
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_only_the_app_factory_imports_inside_a_function() -> None:
    found = [hit for path in files("tracker", "workflows") for hit in _imports_inside(path)]
    assert {hit.partition(":")[0] for hit in found} <= {"tracker/__init__.py"}, found


def _touches_session(path: Path) -> list[str]:
    """``db.session`` in any spelling, and the opener of sessions of the actions."""
    return [
        place(path, node)
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and node.attr == "session" and ast.unparse(node.value) == "db")
        or (isinstance(node, ast.alias) and node.name == "db")
    ]


def test_no_entrance_touches_the_database_session() -> None:
    found = {hit for room in ENTRANCES for path in files(room) for hit in _touches_session(path)}
    assert {hit for hit in found if not hit.startswith(TELLS_A_STORY)} == set()


def _writes(path: Path) -> list[str]:
    """Calls that change rows."""
    verbs = {"add", "add_all", "delete", "merge", "bulk_save_objects", "commit", "flush"}
    return [
        place(path, node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in verbs
        and ast.unparse(node.func.value) in ("db.session", "session()", "session")
    ]


def test_queries_never_write() -> None:
    assert [hit for path in files("tracker/queries") for hit in _writes(path)] == []


def test_nobody_but_the_table_changes_a_state() -> None:
    """``thing.state = …`` is the rulebook's alone; a new row takes its first state from it."""
    found = [
        place(path, node)
        for path in files("tracker")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert found == []


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    found = {place(path): len(path.read_text("utf-8").splitlines()) for path in files("tracker", "workflows")}
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    found = {
        place(path, node): node.end_lineno - node.lineno + 1
        for path in files("tracker", "workflows")
        for node in functions(path)
        if node.end_lineno is not None
    }
    assert len(found) > 500
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def test_no_file_is_called_after_nothing() -> None:
    named = files("tracker", "workflows", "tests", "bench")
    assert [place(path) for path in named if path.stem in EMPTY_NAMES] == []
