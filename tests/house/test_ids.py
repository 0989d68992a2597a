"""Every id that a test or a docstring names is explained in the docs."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(r'requirement\("([^"]+)"\)')


def test_every_id_in_a_marker_is_explained() -> None:
    docs = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("threats.md", "requirements.md"))
    explained = set(re.findall(r"^\| ([A-Z][A-Z0-9-]+) \|", docs, re.M))
    used = {
        found for path in (ROOT / "tests").rglob("*.py") for found in MARKER.findall(path.read_text("utf-8"))
    }
    assert used - explained == set()
