"""flask forms import --preview: what was read, as the API tells it, and nothing stored."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer
from tests.incoming.forms import specimens
from tests.world import World
from tracker.extensions import db
from tracker.models import Event


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = specimens.Desk()
    for make in (specimens.official_sheet, specimens.results_sheet, specimens.no_date):
        form = make(desk)
        (tmp_path / form.name).write_bytes(form.content)
    (tmp_path / "~$登记表.docx").write_bytes(b"x")
    (tmp_path / "扫描件.docx").write_bytes(b"\xff\xd8\xff\xe0")
    return tmp_path


def test_the_preview_has_the_files_of_the_interface(huiyin: World, run: Run, folder: Path) -> None:
    files = answer(run("forms", "import", folder, "--preview", "--json", "--year", "2026"))["files"]
    assert {file["name"]: file["kind"] for file in files} == {
        "登记表.docx": "annex1",
        "annex2.docx": "annex2",
        "nodate.docx": "annex1",
        "扫描件.docx": "unknown",
    }
    for file in files:
        assert set(file) == {"name", "kind", "problems", "forms"}
        for form in file["forms"]:
            assert set(form) == {"fields", "confidence", "problems", "place"}
            assert set(form["fields"]) == set(form["confidence"])
            assert all(0 <= sure <= 1 for sure in form["confidence"].values())
    by_name = {file["name"]: file for file in files}
    assert [problem["field"] for problem in by_name["nodate.docx"]["forms"][0]["problems"]] == ["visited_on"]
    assert "手工录入" in by_name["扫描件.docx"]["problems"][0]["message"]
    with huiyin.reading():
        assert db.session.query(Event).count() == 0


def test_annex_1_has_exactly_its_fields(run: Run, folder: Path) -> None:
    files = answer(run("forms", "import", folder / "登记表.docx", "--preview", "--json"))["files"]
    assert list(files[0]["forms"][0]["fields"]) == [
        "visitors",
        "group",
        "contact",
        "address",
        "visited_on",
        "reported",
        "help_needed",
        "coordination_needed",
    ]


def test_a_person_reads_the_fields_and_the_doubts(run: Run, folder: Path) -> None:
    result = run("forms", "import", folder / "登记表.docx", folder / "nodate.docx", "--preview")
    assert result.exit_code == 0
    assert "登记表.docx：1 份（annex1）" in result.stdout
    assert "visited_on: None  ?" in result.stdout and "! visited_on:" in result.stdout


def test_what_is_not_there_cannot_be_read(run: Run) -> None:
    assert run("forms", "import", "nowhere.docx", "--preview").exit_code == 2
    assert run("forms", "import", "--preview").exit_code == 2
