"""Founding a committee from a preset, built in or one's own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.conftest import everything
from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Area, Category, Committee, Event, OrgUnit, Person

Own = Callable[..., Path]


def test_a_preset_becomes_a_committee(huiyin: World, run: Run) -> None:
    found = answer(run("committee", "create", "--preset", "plain", "--json"))
    assert found["code"] == "zx" and found["units"] == len(presets.load("plain").units)
    with huiyin.reading():
        assert db.session.query(Committee).filter_by(code="zx").one().preset == "plain"


def test_the_sentence_names_the_next_step(run: Run) -> None:
    result = run("committee", "create", "--preset", "plain")
    assert result.exit_code == 0 and "people invite" in result.stdout and "zx" in result.stdout


def test_a_preset_of_ones_own_is_read_from_a_file(run: Run, tmp_path: Path) -> None:
    shutil.copy(presets.HOME / "categories.toml", tmp_path)
    text = (presets.HOME / "plain.toml").read_text("utf-8")
    for old, new in (('"zx"', '"lh"'), ('"ZX"', '"LH"'), ("示政协办函", "梁政协办函")):
        text = text.replace(old, new)
    (tmp_path / "own.toml").write_text(text, "utf-8")
    assert answer(run("committee", "create", "--file", tmp_path / "own.toml", "--json"))["code"] == "lh"


def test_the_same_committee_is_founded_once(run: Run) -> None:
    assert run("committee", "create", "--preset", "plain").exit_code == 0
    assert "已经有同样代码或编号前缀" in refused(run("committee", "create", "--preset", "plain"))


def test_a_broken_preset_is_refused_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[committee]\n", "utf-8")
    assert "own.toml" in refused(run("committee", "create", "--file", tmp_path / "own.toml"))


def test_misuse_is_told_apart_from_refusal(run: Run) -> None:
    assert run("committee", "create").exit_code == 2
    assert run("committee", "create", "--preset", "nowhere").exit_code == 2
    assert run("committee", "create", "--preset", "plain", "--file", "missing.toml").exit_code == 2


# --- a preset of one's own


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """The plain preset with some of its words changed, and its categories beside it."""
    shutil.copy(presets.HOME / "categories.toml", tmp_path)
    text = (presets.HOME / "plain.toml").read_text("utf-8")

    def write(*changes: tuple[str, str]) -> Path:
        told = text
        for old, new in changes:
            assert old in told, old
            told = told.replace(old, new)
        (tmp_path / "own.toml").write_text(told, "utf-8")
        return tmp_path / "own.toml"

    return write


NEW = (('"zx"', '"lh"'), ('"ZX"', '"LH"'), ("示政协办函", "梁政协办函"))


def test_everything_the_file_names_is_there_and_nothing_else(huiyin: World, run: Run, own: Own) -> None:
    path = own(*NEW)
    answer(run("committee", "create", "--file", path, "--json"))
    preset = presets.load_file(path)
    with huiyin.reading():
        made = db.session.query(Committee).filter_by(code="lh").one()
        units = {unit.key for unit in db.session.query(OrgUnit).filter_by(committee_id=made.id)}
        areas = {area.code for area in db.session.query(Area).filter_by(committee_id=made.id)}
        topics = {topic.code for topic in db.session.query(Category).filter_by(committee_id=made.id)}
        assert units == {"root", *(unit.key for unit in preset.units)}
        assert areas == {area.code for area in preset.areas}
        assert topics == {topic.code for topic in preset.categories} and topics
        assert db.session.query(Person).filter_by(committee_id=made.id).count() == 0


def test_a_new_committee_begins_a_record_of_its_own(huiyin: World, run: Run) -> None:
    huiyin.raised()
    run("committee", "create", "--preset", "plain")
    found = answer(run("audit", "verify", "--json"))
    assert found["events"] == {"xs": 1, "dt": 0, "zx": 1} and found["faults"] == []
    with huiyin.reading():
        event = db.session.query(Event).filter_by(verb="found").one()
        assert (event.seq, event.actor_kind, event.actor_name) == (1, "system", "shell")
        assert event.data == {"preset": "plain"}


def test_after_it_the_first_account_is_one_command_away(huiyin: World, run: Run) -> None:
    said = run("committee", "create", "--preset", "plain").stdout
    words = said.strip().partition("people invite ")[2].split()
    assert run("people", "invite", "boss", *words[1:]).exit_code == 0
    with huiyin.reading():
        boss = db.session.query(Person).filter_by(login="boss").one()
        assert [(post.role, post.unit.kind) for post in boss.posts] == [("admin", "office")]


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_code_or_prefix_is_given_once_in_an_installation(
    huiyin: World, run: Run, own: Own, taken: int
) -> None:
    """Code, prefix of cases and prefix of letters, each for itself."""
    theirs = ('"xs"', '"XS"', "锡政协办函")
    changes = [(old, theirs[n] if n == taken else new) for n, (old, new) in enumerate(NEW)]
    before = everything(huiyin)
    assert "已经有同样代码或编号前缀" in refused(run("committee", "create", "--file", own(*changes)))
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "change",
    [
        ('"zx"', '"z"'),
        ('"zx"', '"ZX"'),
        ('"ZX"', '"zx"'),
        ("示政协办函", "letters"),
        ("[committee]", "[committe]"),
        ("[committee]", "[committee"),
        ("region_word", "region_wort"),
        ("office_postcode", "office_postcodes"),
    ],
)
def test_a_preset_with_a_slip_founds_nothing_and_names_its_file(
    huiyin: World, run: Run, own: Own, change: tuple[str, str]
) -> None:
    path = own(change)
    before = everything(huiyin)
    assert "own.toml" in refused(run("committee", "create", "--file", path))
    assert everything(huiyin) == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"[committee]\nname = '", b"\x00"])
def test_what_is_no_preset_is_refused_with_its_name(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.toml").write_bytes(content)
    assert "own.toml" in refused(run("committee", "create", "--file", tmp_path / "own.toml"))


def test_a_preset_without_its_categories_says_which_file_is_missing(
    run: Run, own: Own, tmp_path: Path
) -> None:
    path = own(*NEW)
    (tmp_path / "categories.toml").unlink()
    assert "categories.toml" in refused(run("committee", "create", "--file", path))


def test_a_file_saved_with_a_mark_of_its_encoding_is_read(run: Run, own: Own) -> None:
    """As the editor of Windows saves it."""
    path = own(*NEW)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert answer(run("committee", "create", "--file", path, "--json"))["code"] == "lh"
