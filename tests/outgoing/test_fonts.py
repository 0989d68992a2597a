import os
import re
import shutil
from xml.etree import ElementTree

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


# --- what the process is told


@pytest.fixture
def only(tmp_path, monkeypatch):
    """Fonts of one folder, whatever the machine has: copies of a real file under the names given."""
    workshop = pdf._engine.workshop
    fonts.prepare(pdf._engine.font_directories, workshop)
    source = next(path for path in sorted(workshop.iterdir()) if path.suffix in fonts.SUFFIXES)
    monkeypatch.setattr(fonts, "_system_directories", lambda: [])
    folder = tmp_path / "fonts"

    def put(*names):
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source.resolve(), folder / name)
        return folder

    return put


def test_the_configuration_knows_no_folder_but_the_workshop(tmp_path, only):
    config = fonts.prepare([only("simfang.ttf")], tmp_path / "shop").config.read_text()

    assert re.findall("<dir>(.*?)</dir>", config) == [str((tmp_path / "shop").resolve())]
    assert "<include" not in config and "http" not in config


def test_a_folder_with_odd_characters_leaves_a_configuration_that_can_be_read(tmp_path, only):
    shop = tmp_path / "a & b <c>"

    ElementTree.fromstring(fonts.prepare([only("simfang.ttf")], shop).config.read_text())


def test_the_style_sheet_names_a_family_for_every_part(tmp_path, only):
    prepared = fonts.prepare([only("simfang.ttf")], tmp_path / "shop")

    assert re.findall("--(\\w+):", prepared.css) == list(fonts.PARTS)
    assert prepared.css.count("serif;") == len(fonts.PARTS) - 1


def test_no_family_keeps_the_name_of_the_real_font(tmp_path, only):
    prepared = fonts.prepare([only("simfang.ttf")], tmp_path / "shop")

    assert all(name.startswith(fonts.ALIAS) for names in prepared.families.values() for name in names)


@pytest.mark.parametrize(
    "name", ["simfang.ttf", "SIMFANG.TTF", "FangSong_GB2312.ttf", "sub/deep/simfang.otf"]
)
def test_the_proper_font_is_found_however_its_file_is_written(name, only):
    assert "fang" not in fonts.missing([only(name)])


@pytest.mark.parametrize("name", [".hidden/simfang.ttf", "simfang.txt", "simfang.ttf.part", "mysimfang.ttf"])
def test_what_is_no_font_of_ours_is_passed_over(name, only):
    assert "fang" in fonts.missing([only(name)])


def test_a_folder_that_does_not_exist_is_an_empty_one(tmp_path, only):
    assert fonts.missing([tmp_path / "nowhere"]) == list(fonts.PARTS)


def test_without_any_font_every_part_is_told_as_missing(tmp_path, only):
    prepared = fonts.prepare([], tmp_path / "shop")

    assert prepared.missing == list(fonts.PARTS) and prepared.substitutes == {}


def test_the_first_folder_wins_where_two_hold_the_same_font(tmp_path, only):
    first, second = only("one/simfang.ttf") / "one", only("two/simfang.ttf") / "two"
    fonts.prepare([first, second], tmp_path / "shop")

    placed = [path.resolve() for path in (tmp_path / "shop").glob("*.ttf")]
    assert [path.parent for path in placed] == [first.resolve()]


def test_a_font_that_was_replaced_is_prepared_anew(tmp_path, only):
    folder = only("simfang.ttf")
    fonts.prepare([folder], tmp_path / "shop")
    before = set((tmp_path / "shop").glob("*.ttf"))
    os.utime(folder / "simfang.ttf", (1, 1))
    fonts.prepare([folder], tmp_path / "shop")

    assert set((tmp_path / "shop").glob("*.ttf")) > before


@pytest.mark.parametrize(
    ("family", "reported"),
    [("HY-FangSong_GB2312", {}), ("HY-FandolFang-Regular", {"fang": "FandolFang-Regular"})],
)
def test_only_a_stand_in_is_reported_as_one(family, reported, tmp_path):
    assert fonts.FontSet(tmp_path, "", {"fang": (family, "HY-NotoSerifSC")}).substitutes == reported
