"""flask forms import: stored at once with --yes, else waiting for somebody on its page."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.actions.conftest import everything
from tests.cli.conftest import Run, answer, refused
from tests.forms_world import annex1, register
from tests.incoming.forms.writing import archive, book
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
    result = run(*words)
    # How far it is goes beside the result.
    assert result.stderr == "5 / 5\n" and result.stdout.count("\n") == 1
    first = answer(result)
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


# --- which files, in which order


def test_folders_are_read_to_their_depth_and_without_what_offices_leave_lying_about(
    huiyin: World, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "七月" / "东亭").mkdir(parents=True)
    (tmp_path / "七月" / "东亭" / "乙.docx").write_bytes(annex1(contact="毛桂芳"))
    (tmp_path / "七月" / "甲.docx").write_bytes(annex1())
    for name in (".甲.docx", "~$甲.docx"):
        (tmp_path / "七月" / name).write_bytes(annex1(contact="不该读到"))
    files = answer(run("forms", "import", tmp_path, "--preview", "--json"))["files"]
    assert [file["name"] for file in files] == ["乙.docx", "甲.docx"]


def test_an_archive_is_as_good_as_a_folder(huiyin: World, run: Run, tmp_path: Path) -> None:
    (tmp_path / "表.zip").write_bytes(archive({"a.docx": annex1(), "b.docx": annex1(contact="毛桂芳")}))
    words = ("forms", "import", tmp_path / "表.zip", "--by", "xs-clerk", "--yes", "--json")
    assert answer(run(*words))["counts"]["visits"] == 2


def test_a_file_that_is_named_twice_is_stored_once(huiyin: World, run: Run, folder: Path) -> None:
    form = folder / "登记表.docx"
    found = answer(run("forms", "import", form, form, "--by", "xs-clerk", "--yes", "--json"))
    assert (found["counts"]["visits"], count(huiyin, Visit)) == (1, 1)


# --- for all of them


def test_where_there_are_circles_one_is_given_for_all_that_name_none(
    app: Flask, run: Run, tmp_path: Path
) -> None:
    dongtai, form = World(app, "dt"), tmp_path / "a.docx"
    form.write_bytes(annex1())
    words = ("forms", "import", form, "--by", "dt-clerk", "--yes")
    assert "a.docx [" in refused(run(*words)) and count(dongtai, Visit) == 0
    answer(run(*words, "--circle", "friends", "--json"))
    with dongtai.reading():
        assert db.session.scalars(select(Visit)).one().circle == "friends"


def test_a_matter_without_a_place_is_put_where_the_command_says_and_a_day_into_its_year(
    huiyin: World, run: Run, tmp_path: Path
) -> None:
    form = annex1(address="外省某地", help_needed="请修好北门路灯", visited_on="7月20日")
    (tmp_path / "a.docx").write_bytes(form)
    words = ("forms", "import", tmp_path, "--by", "xs-clerk", "--yes", "--area", "0101", "--year", "2025")
    assert run(*words).exit_code == 0
    with huiyin.reading():
        case = db.session.scalars(select(Case)).one()
        assert case.area and case.area.code == "0101"
        assert case.visit and case.visit.visited_on.isoformat() == "2025-07-20"


def test_an_area_nobody_knows_stores_nothing(huiyin: World, run: Run, folder: Path) -> None:
    before = everything(huiyin)
    assert "area" in refused(run("forms", "import", folder, "--by", "xs-clerk", "--yes", "--area", "9999"))
    assert everything(huiyin) == before


# --- whose they are


def test_a_member_brings_the_own_ones_without_naming_the_committee(
    huiyin: World, run: Run, folder: Path
) -> None:
    form = folder / "登记表.docx"
    assert (
        answer(run("forms", "import", form, "--by", "xs-member", "--yes", "--json"))["counts"]["visits"] == 1
    )
    before = everything(huiyin)
    assert refused(run("forms", "import", form, "--by", "xs-member2", "--yes"))
    assert everything(huiyin) == before


def test_the_page_it_names_is_the_one_where_it_waits(
    huiyin: World, run: Run, folder: Path, client: FlaskClient
) -> None:
    huiyin.app.config["HUIYIN_BASE_URL"] = "https://huiyin.example/"
    told = answer(run("forms", "import", folder, "--by", "xs-clerk", "--json"))
    assert told["address"] == f"https://huiyin.example/imports/{told['id']}"
    assert (told["status"], told["counts"]) == ("ready", {"forms": 5, "known": 0, "blocking": 0})
    with huiyin.reading():
        assert db.session.scalars(select(FormImport.public_id)).one() == told["id"]
