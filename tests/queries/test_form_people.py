"""What a filled form is compared with: members by name however it is written, and the visits there are."""

from datetime import date

import pytest

from tests.queries.conftest import said
from tests.visiting import together
from tests.world import World
from tracker.extensions import db
from tracker.models import Membership, OrgUnit, Person
from tracker.queries import form_people
from tracker.queries.form_people import Member, Roll, asked_as, folded, is_called, known_as

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吴海燕", "吴海燕"),
        (" 吴　海 燕\n", "吴海燕"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽•买买提", "阿依古丽买买提"),
        ("阿依古丽.买买提", "阿依古丽买买提"),
        ("ＬＩ　Ｗｅｉ", "liwei"),
        ("㈱", "(株)"),
        ("𠮷田", "𠮷田"),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_blanks_dots_and_width(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东亭街道工委会", True),
        ("东亭街道", True),
        ("东亭", True),
        ("锡山区政协东亭街道工委会", True),
        (" 东 亭 街 道 工委会 ", True),
        ("东", False),
        ("西亭街道", False),
        ("东亭工委会", False),
        ("", False),
        ("　", False),
    ],
)
def test_a_unit_is_called_by_its_name_or_a_part_of_it(text: str, expected: bool) -> None:
    assert is_called("东亭街道工委会", text) is expected


def test_a_unit_with_a_short_name_is_called_by_it() -> None:
    assert is_called("组", "组") and not is_called("组合", "组")


ONE = Member(1, "p1", "吴海燕", ((4, "东亭街道工委会"), (5, "教育界别组")))
TWO = Member(2, "p2", "吴海燕", ((6, "工商联界别组"),))
ROLL = Roll({"p1": ONE, "p2": TWO}, {"吴海燕": [ONE, TWO]})


@pytest.mark.parametrize(
    ("text", "group", "expected"),
    [
        ("吴海燕", "", [1, 2]),
        ("吴海燕", "工商联", [2]),
        ("吴海燕", "教育界别组", [1]),
        ("吴海燕", "界别组", [1, 2]),
        ("吴海燕", "科技界别", [1, 2]),
        ("吴 海 燕", "东亭", [1]),
        ("吴海", "", []),
        ("", "", []),
        ("p2", "东亭", [2]),
        ("p3", "", []),
    ],
    ids=said,
)
def test_of_several_of_one_name_the_group_of_the_form_decides(
    text: str, group: str, expected: list[int]
) -> None:
    assert [member.id for member in ROLL.find(text, group)] == expected


@pytest.mark.parametrize(("text", "unit"), [("教育界别", 5), ("东亭", 4), ("工商联", 4), ("", 4)])
def test_a_visit_is_of_the_group_the_form_names_or_of_the_usual_one(text: str, unit: int) -> None:
    assert ONE.group_named(text) == unit


@pytest.mark.parametrize(
    ("asked", "known", "same"),
    [
        (("顾阿婆", "路灯不亮"), ("顾阿婆", "别的话"), True),
        (("顾 阿 婆", "路灯不亮"), ("顾阿婆", "路灯不亮"), True),
        (("顾阿婆", "路灯不亮"), ("", "路灯不亮"), True),
        (("", "路灯不亮"), ("顾阿婆", "路灯不亮"), True),
        (("", "路灯不亮"), ("", "路 灯 不 亮"), True),
        (("顾阿婆", "路灯不亮"), ("李大爷", "路灯不亮"), False),
        (("", "路灯不亮"), ("顾阿婆", "水管漏水"), False),
        (("顾阿婆", "路灯不亮"), ("", "水管漏水"), False),
    ],
)
def test_whom_a_form_tells_of_is_known_by_name_and_the_nameless_by_what_they_said(
    asked: tuple[str, str], known: tuple[str, str], same: bool
) -> None:
    assert bool(set(asked_as(*asked)) & set(known_as(*known))) is same


def test_the_roll_holds_members_in_use_of_ones_own_committee(either: World) -> None:
    with either.writing():
        gone = db.session.query(Person).filter_by(login="xs-member2").one()
        gone.is_active = False
        second = db.session.query(OrgUnit).filter_by(id=gone.posts[0].unit_id).one()
        member = db.session.query(Person).filter_by(login="xs-member").one()
        member.posts.append(Membership(unit_id=second.id, role="member"))
    with either.reading():
        roll = form_people.roll(either.actor("clerk"))
        assert {name: len(found) for name, found in roll.by_name.items()} == {"吴海燕": 1}
        (member_of_two,) = roll.find("吴海燕", "")
        assert [name for _, name in member_of_two.groups] == ["东亭街道工委会", "教育界别组"]
        assert roll.find(member_of_two.public_id, "") == [member_of_two]
        assert roll.find("许建国", "") == () and roll.find("陈丽华", "") == ()
        theirs = form_people.roll(either.actor("dt-clerk"))
        assert not set(theirs.by_token) & set(roll.by_token) and len(theirs.by_token) == 2


def _number(login: str) -> int:
    return db.session.query(Person.id).filter_by(login=login).scalar() or 0


def _known(world: World, *keys: tuple[str, date, str], who: str = "clerk") -> list[str]:
    """Of these (login, day, whom) those that are known. Inside an open transaction."""
    numbers = {_number(login): login for login, _, _ in keys}
    wanted = [(_number(login), day, whom) for login, day, whom in keys]
    found = form_people.visits_of(world.actor(who), wanted)
    return [f"{numbers[person]} {day.day} {whom}" for person, day, whom in found]


def test_a_visit_is_known_by_who_went_on_which_day_and_to_whom(either: World) -> None:
    """The name lies sealed and is compared all the same; whoever went along went."""
    public_id = together(either, reported="路灯不亮", contact={"name": "欧阳桂兰"})
    name, said_there = "欧阳桂兰", "=路灯不亮"
    with either.reading():
        assert _known(either, ("xs-member", DAY, name)) == [f"xs-member 20 {name}"]
        assert _known(either, ("xs-member2", DAY, name)) == [f"xs-member2 20 {name}"]
        assert _known(either, ("xs-member", DAY, said_there)) == [f"xs-member 20 {said_there}"]
        for login, day, whom in (
            ("xs-secretary", DAY, name),
            ("xs-member", date(2026, 11, 19), name),
            ("xs-member", date(2026, 11, 21), name),
            ("xs-member", DAY, "欧阳"),
            ("xs-member", DAY, "?路灯不亮"),
        ):
            assert _known(either, (login, day, whom)) == [], (login, day, whom)
        assert _known(either, ("xs-member", DAY, name), who="dt-clerk") == []
        assert form_people.visits_of(either.actor("clerk"), []) == {}
        key = (_number("xs-member"), DAY, name)
        assert form_people.visits_of(either.actor("clerk"), [key])[key] == public_id


def test_of_two_alike_the_first_is_the_known_one_and_days_are_not_mixed(either: World) -> None:
    """Asked for two members on two days, neither is known on the other's day."""
    first = either.visited(reported="路灯不亮")
    either.visited(reported="路灯不亮")
    either.visited(by="member2", visited_on="2026-11-10", reported="路灯不亮")
    said_there = "=路灯不亮"
    other = date(2026, 11, 10)
    with either.reading():
        mine, theirs = _number("xs-member"), _number("xs-member2")
        keys = [(mine, DAY, said_there), (theirs, other, said_there), (theirs, DAY, said_there)]
        found = form_people.visits_of(either.actor("clerk"), keys)
        assert found[mine, DAY, said_there] == first
        assert set(found) == {(mine, DAY, said_there), (theirs, other, said_there)}


def test_what_was_handed_in_is_known_by_its_writer_and_key(either: World) -> None:
    mine = either.submitted(client_id="form-1")
    either.submitted(by="member2", client_id="form-2")
    with either.reading():
        member, other = _number("xs-member"), _number("xs-member2")
        pairs = {(member, "form-1"), (member, "form-2"), (other, "form-3")}
        assert form_people.submissions_of(pairs) == {(member, "form-1"): mine}
        assert form_people.submissions_of(set()) == {}
