"""The rules of work: replaced by the director, every version kept (S1-43)."""

import pytest

from tests import agendas
from tests.world import World
from tracker.actions import committees
from tracker.actions import work_rules as acts
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.work_rules import WorkRulesIn
from tracker.models import Event, WorkRules
from tracker.queries import work_rules
from tracker.rules import rule_text
from tracker.rules.actors import system

pytestmark = pytest.mark.requirement("S1-43")
FIRST = "一、受理登记\n当天登记，一事一号，不漏登也不重登。"
SECOND = FIRST + "\n二、审核反馈\n办公室逐件审核。"


def written(world: World, text: str = FIRST, *, by: str = "director", expect: int | None = None) -> int:
    with world.writing():
        given = WorkRulesIn(text=text, why="年初修订")
        return acts.replace(given, by=world.actor(by), expect=expect).number


def test_each_version_says_who_wrote_it_and_what_it_replaces(either: World) -> None:
    assert [written(either), written(either, SECOND, expect=1)] == [1, 2]
    with either.reading():
        newest, oldest = work_rules.versions(either.actor("clerk"))
        assert (newest.text, newest.author and newest.author.name) == (SECOND, "沈立")
        assert newest.replaces is oldest and oldest.replaces is None
        assert oldest.text == FIRST
        assert [event.data for event in db.session.query(Event).filter_by(verb="replace")] == [
            {"number": 1},
            {"number": 2},
        ]


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "dept", "leader", "auditor", "admin"])
def test_nobody_but_the_director_replaces_them(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden):
        written(huiyin, by=who)


@pytest.mark.parametrize("seen", [0, 1])
def test_the_slower_of_two_directors_is_told(either: World, seen: int) -> None:
    for text in (FIRST, SECOND)[: seen + 1]:
        written(either, text)
    with pytest.raises(Conflict):
        written(either, "第三次改的文字，也要写满二十个字才能保存得下去。", by="director2", expect=seen)


def test_the_same_text_again_is_no_new_version(huiyin: World) -> None:
    written(huiyin)
    with agendas.refused("text"):
        written(huiyin, FIRST + "\n")


def test_another_committees_rules_are_not_seen(huiyin: World) -> None:
    written(huiyin)
    other = World(huiyin.app, "dt")
    with other.reading():
        assert work_rules.in_force(other.actor("director")) is None


@pytest.mark.parametrize("name", ["xishan", "dongtai"])
def test_a_committee_is_founded_with_rules_of_its_own(huiyin: World, name: str) -> None:
    preset = presets.load(name)
    with huiyin.writing():
        db.session.query(WorkRules).delete()
        changed = presets.CommitteeSpec(
            **{
                field: getattr(preset.committee, field)
                for field in presets.CommitteeSpec.__dataclass_fields__
            }
            | {"code": "new", "case_prefix": "NEW", "letter_prefix": "新政协办函"}
        )
        fresh = presets.Preset(
            name,
            changed,
            preset.units,
            preset.areas,
            preset.categories,
            work_rules=preset.work_rules,
        )
        made = committees.found(fresh)
        found = work_rules.in_force(system(made.id, "shell"))
        assert found is not None and found.author is None and found.number == 1
        assert len([line for line in rule_text.lines(found.text) if line.is_heading]) >= 8


def test_the_two_texts_are_not_one() -> None:
    texts = {presets.load(name).work_rules for name in ("xishan", "dongtai")}
    assert len(texts) == 2 and all(len(text) > 600 for text in texts)


def test_an_empty_preset_has_no_rules() -> None:
    assert presets.load("plain").work_rules == ""


def test_the_texts_type_no_deadline_again() -> None:
    for name in ("xishan", "dongtai"):
        assert "个工作日内" not in presets.load(name).work_rules


@pytest.mark.parametrize(
    "again", [FIRST + "  ", FIRST.replace("\n", "  \n"), FIRST.replace("\n", "\r\n"), f"{FIRST}\n\n"]
)
def test_blanks_at_the_end_of_lines_are_no_change(huiyin: World, again: str) -> None:
    written(huiyin)
    with agendas.refused("text"):
        written(huiyin, again)
    with huiyin.reading():
        assert work_rules.in_force(huiyin.actor("clerk")).text == FIRST  # type: ignore[union-attr]


def test_each_version_says_why(huiyin: World) -> None:
    written(huiyin)
    with huiyin.reading():
        found = work_rules.in_force(huiyin.actor("clerk"))
        assert found and (found.why, found.replaces) == ("年初修订", None)
