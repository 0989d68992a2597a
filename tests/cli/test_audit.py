"""The record is checked from the shell; a fault is a line and status 1."""

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from tests.cli.conftest import Run, answer, refused
from tests.queries import insider
from tests.world import NOW, World
from tracker.extensions import db
from tracker.jobs.drain import HeadsFile
from tracker.models import Event, Note
from tracker.outgoing import heads


def test_a_whole_record_is_said_to_be_whole(huiyin: World, run: Run) -> None:
    huiyin.raised()
    HeadsFile(huiyin.app).write(now=True)
    result = run("audit", "verify")
    assert result.exit_code == 0 and "记录完整" in result.stdout
    found = answer(run("audit", "verify", "--json"))
    assert found == {"events": {"xs": 1, "dt": 0}, "noted": 1, "faults": [], "unreadable_lines": 0}


@pytest.mark.requirement("T39")
def test_a_changed_event_is_named_by_committee_number_and_kind(huiyin: World, run: Run) -> None:
    huiyin.raised()
    huiyin.raised()
    with huiyin.writing():
        insider.drop_triggers()
        db.session.execute(update(Event).where(Event.seq == 1).values(verb="rate"))
    result = run("audit", "verify", "--json")
    assert result.exit_code == 1
    assert result.stderr == "xs 1 changed\n"
    assert '"kind": "changed"' in result.stdout


@pytest.mark.requirement("T39")
def test_the_file_outside_is_compared_and_a_torn_line_is_only_counted(huiyin: World, run: Run) -> None:
    huiyin.raised()
    path = Path(huiyin.app.config["HUIYIN_INSTANCE"]) / heads.DEFAULT_NAME
    HeadsFile(huiyin.app).write(now=True)
    with path.open("a") as file:
        file.write('{"committee": 1, "se\n')
    assert answer(run("audit", "verify", "--json"))["unreadable_lines"] == 1
    path.write_text(path.read_text().replace('"seq": 1', '"seq": 9'))
    result = run("audit", "verify")
    assert result.exit_code == 1 and "xs 9 forged" in result.stderr


def test_an_empty_record_is_whole(run: Run) -> None:
    found = answer(run("audit", "verify", "--json"))
    assert found == {"events": {"xs": 0, "dt": 0}, "noted": 0, "faults": [], "unreadable_lines": 0}


@pytest.mark.requirement("T39")
def test_a_removed_event_is_missed(huiyin: World, run: Run) -> None:
    for _ in range(3):
        huiyin.raised()
    with huiyin.writing():
        insider.drop_triggers()
        db.session.execute(delete(Event).where(Event.seq == 2))
    result = run("audit", "verify")
    assert result.exit_code == 1 and "记录完整" not in result.stdout
    assert all(line.startswith("xs ") for line in result.stderr.splitlines()) and result.stderr


@pytest.mark.requirement("T39")
def test_each_fault_is_a_line_and_the_sentence_counts_them(huiyin: World, run: Run) -> None:
    for _ in range(3):
        huiyin.raised()
    with huiyin.writing():
        insider.drop_triggers()
        db.session.execute(update(Event).where(Event.seq < 3).values(verb="rate"))
    result = run("audit", "verify")
    lines = result.stderr.splitlines()
    assert {"xs 1 changed", "xs 2 changed"} <= set(lines)
    assert f"发现 {len(lines)} 处不符" in result.stdout


@pytest.mark.requirement("T39")
def test_ends_noted_at_another_place_are_the_ones_that_count(huiyin: World, run: Run, tmp_path: Path) -> None:
    huiyin.app.config["HUIYIN_EVENT_HEADS"] = str(tmp_path / "far" / "heads.log")
    huiyin.raised()
    HeadsFile(huiyin.app).write(now=True)
    assert answer(run("audit", "verify", "--json"))["noted"] == 1
    assert not (Path(huiyin.app.config["HUIYIN_INSTANCE"]) / heads.DEFAULT_NAME).exists()


def test_looking_adds_nothing_to_the_record(huiyin: World, run: Run) -> None:
    huiyin.raised()
    first, second = (answer(run("audit", "verify", "--json")) for _ in range(2))
    assert first == second


@pytest.mark.requirement("T39")
def test_with_another_key_no_end_is_sealed(huiyin: World, run: Run) -> None:
    huiyin.raised()
    kept = huiyin.app.extensions["huiyin.event_key"]
    huiyin.app.extensions["huiyin.event_key"] = b"another key"
    try:
        result = run("audit", "verify")
    finally:
        huiyin.app.extensions["huiyin.event_key"] = kept
    assert result.exit_code == 1 and "xs 1 " in result.stderr and "记录完整" not in result.stdout
    assert run("audit", "verify").exit_code == 0


@pytest.mark.requirement("T39")
def test_a_fault_of_one_committee_is_not_laid_at_anothers_door(huiyin: World, run: Run) -> None:
    huiyin.raised()
    World(huiyin.app, "dt").raised()
    with huiyin.writing():
        insider.drop_triggers()
        dongtai = huiyin.actor("dt-clerk").committee_id
        db.session.execute(update(Event).where(Event.committee_id == dongtai).values(verb="rate"))
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert {line.split()[0] for line in result.stderr.splitlines()} == {"dt"}


@pytest.mark.requirement("T39")
@pytest.mark.parametrize(
    "change",
    [{"before": "handled"}, {"after": "closed"}, {"actor_id": 999}, {"data": {"x": 1}}, {"object_id": 9}],
)
def test_whatever_was_changed_in_an_event_is_found(
    huiyin: World, run: Run, change: dict[str, object]
) -> None:
    huiyin.raised()
    with huiyin.writing():
        insider.drop_triggers()
        db.session.execute(update(Event).values(**change))
    result = run("audit", "verify")
    assert result.exit_code == 1 and "xs 1 changed" in result.stderr


@pytest.mark.requirement("T39")
def test_words_that_were_changed_or_taken_away_are_found_and_erased_ones_not_missed(
    huiyin: World, run: Run
) -> None:
    for _ in range(2):
        reference = huiyin.raised()
        huiyin.move(reference, "decline", note="属于诉讼事项，请向法院反映")
    with huiyin.writing():
        gone = db.session.query(Note).order_by(Note.id.desc()).first()
        gone.text, gone.salt, gone.erased_at = "", b"", NOW  # type: ignore[union-attr]
    assert run("audit", "verify").exit_code == 0
    with huiyin.writing():
        db.session.query(Note).filter(Note.erased_at.is_(None)).update({"text": "不属于受理范围"})
    assert run("audit", "verify").stderr == "xs 2 note\n"
    with huiyin.writing():
        db.session.query(Note).filter(Note.erased_at.is_(None)).delete()
    assert run("audit", "verify").stderr == "xs 2 note_missing\n"


def test_ends_that_cannot_be_read_are_a_refusal_and_not_a_clean_record(
    huiyin: World, run: Run, tmp_path: Path
) -> None:
    huiyin.raised()
    huiyin.app.config["HUIYIN_EVENT_HEADS"] = str(tmp_path)
    assert str(tmp_path) in refused(run("audit", "verify"))
