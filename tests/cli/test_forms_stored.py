"""flask forms import: stored at once with --yes, else waiting for somebody on its page."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.cli.conftest import Run, answer, refused
from tests.forms_world import annex1, register
from tests.incoming.forms.writing import book
from tests.world import World
from tracker.extensions import db
from tracker.models import Base, Case, FormImport, ImportOriginal, Visit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "登记表.docx").write_bytes(annex1())
    (tmp_path / "册.xlsx").write_bytes(book({"走访": register(4)}))
    return tmp_path


def count(huiyin: World, model: type[Base]) -> int:
    with huiyin.reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_with_yes_everything_is_stored_once(huiyin: World, run: Run, folder: Path) -> None:
    words = ("forms", "import", folder, "--by", "xs-clerk", "--yes", "--json")
    first = answer(run(*words))
    assert (first["status"], first["counts"]["visits"], first["counts"]["cases"]) == ("confirmed", 5, 4)
    again = answer(run(*words))["counts"]
    assert (again["visits"], again["known"]) == (0, 5)
    assert (count(huiyin, Visit), count(huiyin, Case)) == (5, 4)


def test_without_yes_it_waits_on_its_page(huiyin: World, run: Run, folder: Path) -> None:
    result = run("forms", "import", folder, "--by", "xs-clerk", "--committee", "xs")
    assert result.exit_code == 0 and "/imports/" in result.stdout and "读出 5 份" in result.stdout
    assert (count(huiyin, Visit), count(huiyin, FormImport)) == (0, 1)


def test_what_cannot_be_stored_leaves_nothing(huiyin: World, run: Run, folder: Path) -> None:
    (folder / "b.docx").write_bytes(annex1(visitors="查无此人"))
    said = refused(run("forms", "import", folder, "--by", "xs-clerk", "--yes"))
    assert "b.docx" in said and "查无此人" in said
    (folder / "b.docx").write_bytes(b"\xff\xd8\xff\xe0")
    only = refused(run("forms", "import", folder / "b.docx", "--by", "xs-clerk"))
    assert "手工录入" in only
    assert (count(huiyin, Visit), count(huiyin, ImportOriginal)) == (0, 0)


def test_choices_for_all_forms(huiyin: World, run: Run, folder: Path) -> None:
    words = ("--by", "xs-clerk", "--yes", "--without-names", "--without-cases", "--json")
    assert answer(run("forms", "import", folder, *words))["counts"]["cases"] == 0
    with huiyin.reading():
        visits = db.session.scalars(select(Visit)).all()
        assert all(visit.resident and visit.resident.is_anonymous for visit in visits)


def test_somebody_must_stand_for_it(run: Run, folder: Path) -> None:
    assert "--by" in refused(run("forms", "import", folder))
    assert refused(run("forms", "import", folder, "--by", "nobody", "--yes"))
    assert refused(run("forms", "import", folder, "--by", "dt-clerk", "--committee", "xs", "--yes"))
    assert refused(run("forms", "import", folder, "--by", "xs-dept", "--yes"))
