import shutil

import pytest

from tests.outgoing import pdf_contents
from tracker.outgoing import fonts, pdf
from tracker.outgoing.pdf import Engine


def test_every_part_of_a_letter_has_a_font():
    prepared = fonts.prepare(pdf._engine.font_directories, pdf._engine.workshop)

    assert prepared.missing == []
    assert set(prepared.families) == {"fang", "kai", "hei", "song", "mark"}


def test_stand_ins_are_reported_by_their_own_names(tmp_path):
    prepared = fonts.prepare([], tmp_path)

    assert prepared.substitutes["fang"].startswith("Noto")


def test_the_office_s_own_folder_comes_first(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    known = fonts.prepare(pdf._engine.font_directories, tmp_path / "known")
    others = [
        path for path in sorted((tmp_path / "known").glob("*.otf")) if "Fang" not in path.resolve().stem
    ]
    shutil.copy(others[0], own / "simfang.otf")
    prepared = fonts.prepare([own, *pdf._engine.font_directories], tmp_path / "shop")

    assert known.families["fang"] != prepared.families["fang"]
    assert any(path.resolve().parent == own for path in (tmp_path / "shop").glob("*.otf"))


def test_a_part_without_its_font_is_told_with_the_remedy(monkeypatch):
    monkeypatch.setattr(fonts, "_system_directories", lambda: [])
    monkeypatch.setattr(pdf._engine, "font_directories", ())
    (told, *_libraries) = pdf.shortcomings()

    assert fonts.missing([]) == list(fonts.PARTS)
    assert "仿宋、楷体、黑体、宋体、小标宋" in str(told) and "make fonts" in str(told)


def test_a_stand_in_is_no_lack(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_system_directories", lambda: [])
    for name in ("FandolFang-Regular.otf", "simkai.ttf"):
        (tmp_path / name).touch()

    assert fonts.missing([tmp_path]) == ["hei", "song", "mark"]


def test_preparing_twice_changes_nothing(tmp_path):
    first = fonts.prepare([], tmp_path)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.otf")}

    assert fonts.prepare([], tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.otf")} == files


@pytest.mark.parametrize("name", ["王玥珺", "李湉堃", "赵喆", "祎翀昇璟瑄玘垚镕"])
def test_rare_characters_of_names_are_printed(name):
    assert name in pdf_contents.text(pdf.render(f'<html lang="zh-CN"><p>{name}同志'))


def test_letters_are_made_without_the_free_stand_ins_too(tmp_path):
    engine = Engine((), tmp_path)
    made = engine.render('<html lang="zh-CN"><p>政协玥')
    engine.stop()

    assert pdf_contents.text(made) == "政协玥"
