"""flask people import: a roster becomes accounts once, whichever program saved it, or not at all."""

import resource
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.cli.conftest import Run, answer, refused
from tests.counted import Counted
from tests.incoming.forms.writing import Cell, book, csv_bytes
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, Person
from tracker.queries import people

HEAD: list[Cell] = ["姓名", "登录名", "单位", "角色", "层级", "职务"]
ROWS: list[list[Cell]] = [
    ["周敏", None, "group", "委员", "本级", "农艺师"],
    ["吴国栋", "wu.gd", "group", "委员", "市级", None],
    ["吴国栋", "wu.gd", "group", "组联络员", None, None],
    ["阿依古丽·买买提", None, "group2", None, None, None],
]
GIVEN = ("--committee", "xs", "--json")


def _file(tmp_path: Path, rows: Sequence[Sequence[Cell]], encoding: str = "utf-8") -> Path:
    path = tmp_path / "名册.csv"
    path.write_bytes(csv_bytes([HEAD, *rows], encoding))
    return path


def _posts(login: str) -> set[tuple[str, str]]:
    person = people.by_login(login)
    assert person is not None
    return {(post.role, post.unit.key) for post in person.posts}


def test_a_roster_makes_accounts_with_posts_and_one_link_each(
    huiyin: World, run: Run, tmp_path: Path
) -> None:
    result = answer(run("people", "import", _file(tmp_path, ROWS), *GIVEN))
    assert (result["added"], result["changed"], result["unchanged"]) == (3, 0, 0)
    assert [one["name"] for one in result["invitations"]] == ["周敏", "吴国栋", "阿依古丽·买买提"]
    assert len({one["address"] for one in result["invitations"]}) == 3
    with huiyin.reading():
        assert _posts("wu.gd") == {("member", "group"), ("secretary", "group")}
        person = people.by_login("wu.gd")
        assert person and (person.level, person.password_hash) == ("prefecture_resident", None)
        made = people.by_login("xs-0001")
        assert made and (made.name, made.level, made.title) == ("周敏", "county", "农艺师")
        verbs = [event.verb for event in db.session.query(Event).order_by(Event.id)]
    assert verbs == ["add_person"] * 3 + ["invite"] * 3


def test_the_link_of_a_roster_opens_a_page(run: Run, tmp_path: Path, client: FlaskClient) -> None:
    link = answer(run("people", "import", _file(tmp_path, ROWS), *GIVEN))["invitations"][0]["address"]
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_same_roster_again_changes_nothing(huiyin: World, run: Run, tmp_path: Path) -> None:
    file = _file(tmp_path, ROWS)
    run("people", "import", file, *GIVEN)
    result = answer(run("people", "import", file, *GIVEN))
    assert result == {"added": 0, "changed": 0, "unchanged": 3, "invitations": []}
    assert "没有变化 3 人" in run("people", "import", file, "--committee", "xs").stdout


def test_a_roster_that_changed_moves_people_and_leaves_other_roles(
    huiyin: World, run: Run, tmp_path: Path
) -> None:
    run("people", "import", _file(tmp_path, ROWS), *GIVEN)
    moved: list[list[Cell]] = [["吴国栋", "wu.gd", "group2", "委员", None, "工程师"]]
    result = answer(run("people", "import", _file(tmp_path, moved), *GIVEN))
    assert (result["added"], result["changed"]) == (0, 1)
    with huiyin.reading():
        assert _posts("wu.gd") == {("member", "group2"), ("secretary", "group")}
        person = people.by_login("wu.gd")
        assert person and (person.title, person.level) == ("工程师", "prefecture_resident")


def test_people_who_exist_are_found_by_name_and_unit(huiyin: World, run: Run, tmp_path: Path) -> None:
    with huiyin.reading():
        member = people.by_login("xs-member")
        assert member is not None
        name, unit = member.name, next(post.unit.name for post in member.posts)
    rows: list[list[Cell]] = [[name, None, unit, "委员", "上级", None]]
    result = answer(run("people", "import", _file(tmp_path, rows), *GIVEN))
    assert (result["added"], result["changed"]) == (0, 1)
    with huiyin.reading():
        member = people.by_login("xs-member")
        assert member and member.level == "prefecture_resident"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["周敏", None, "没有的单位", "委员", None, None], "6.unit"),
        (["周敏", None, "group", "国王", None, None], "6.role"),
        (["周敏", None, "group2", "委员", "天上", None], "6.level"),
        (["周敏", "dt-member", "group", "委员", None, None], "6.login"),
        (["周敏", "敏", "group", "委员", None, None], "6.login"),
        (["王小二", "wu.gd", "group2", "委员", None, None], "6.name"),
        (["周敏", None, "group", "委员", None, None], "6.name"),
        (["周敏、王强", None, "group", "委员", None, None], "6.name"),
        ([None, None, "group", "委员", None, None], "6.name"),
        (["周敏", "zhou", "group", "委员", None, None, None, "多"], ""),
        (["周敏", "wu.gd", "housing", "承办单位", None, None], "6.name"),
        (["王强", None, "office", "主席", "本级", None], "6.level"),
    ],
)
def test_one_faulty_row_stops_the_whole_roster(
    huiyin: World, run: Run, tmp_path: Path, row: list[Cell], fault: str
) -> None:
    if not fault:
        assert answer(run("people", "import", _file(tmp_path, [*ROWS, row]), *GIVEN))["added"] == 4
        return
    told = refused(run("people", "import", _file(tmp_path, [*ROWS, row]), *GIVEN))
    assert told.startswith(f"{fault}: ")
    with huiyin.reading():
        assert db.session.query(Person).filter(Person.login.like("xs-0%")).count() == 0
        assert people.by_login("wu.gd") is None


def test_a_file_that_is_no_roster_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("走访对象,走访地址,走访日期\r\n周大爷,红庄村,7月1日\r\n".encode())
    assert "名册" in refused(run("people", "import", path, *GIVEN))
    path.write_bytes(b"%PDF-1.4")
    assert "PDF" in refused(run("people", "import", path, *GIVEN))
    path.write_bytes(b"\xff\xff\xff")
    assert "编码" in refused(run("people", "import", path, *GIVEN))


NAMES = ["㙍山𠮷", "阿不都·热合曼", "ＡＢＣ", "欧阳春晓", "褚卫民"]


@pytest.mark.requirement("T30")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "xlsx"])
def test_a_thousand_people_in_any_encoding_are_the_same_thousand_and_soon(
    huiyin: World, run: Run, tmp_path: Path, counted: Counted, encoding: str
) -> None:
    rows = [
        [f"{NAMES[n % 5]}{_han(n)}", None, ("group", "group2")[n % 2], "委员", None, None]
        for n in range(1000)
    ]
    path = tmp_path / "roster"
    path.write_bytes(
        book({"名册": [HEAD, *rows]}) if encoding == "xlsx" else csv_bytes([HEAD, *rows], encoding)
    )
    began = _seconds()
    result = answer(run("people", "import", path, *GIVEN))
    spent = _seconds() - began
    counted(f"1,000 people with units and roles in {spent:.1f} s of processor time")
    assert [one["name"] for one in result["invitations"]] == [row[0] for row in rows]
    assert spent < 5


def _han(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(figure)] for figure in str(number))


def _seconds() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


TAGGED: list[Cell] = ["姓名", "单位", "角色", "桥梁身份"]


def _tagged(run: Run, tmp_path: Path, *rows: list[Cell]) -> dict[str, int]:
    path = tmp_path / "桥梁.csv"
    path.write_bytes(csv_bytes([TAGGED, *rows], "utf-8"))
    return answer(run("people", "import", path, *GIVEN))


@pytest.mark.requirement("S1-21")
def test_a_roster_says_who_is_a_bridge_and_says_it_once(huiyin: World, run: Run, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["周敏", "group", "委员", "行业骨干、社区干部"],
        ["吴海燕", "group", "委员", None],
    ]
    assert _tagged(run, tmp_path, *rows)["added"] == 1
    again = _tagged(run, tmp_path, *rows)
    assert (again["changed"], again["unchanged"]) == (0, 2)
    with huiyin.reading():
        made = people.by_login("xs-0001")
        assert made and made.bridges == ["community_cadre", "professional"]
    assert _tagged(run, tmp_path, ["周敏", "group", "委员", "无"])["changed"] == 1
    with huiyin.reading():
        made = people.by_login("xs-0001")
        assert made and made.bridges == []


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize("row", [["周敏", "group", "委员", "国王"], ["钱敏", "office", "办公室", "行业骨干"]])
def test_a_tag_that_does_not_exist_or_does_not_fit_names_its_field(
    row: list[Cell], run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "桥梁.csv"
    path.write_bytes(csv_bytes([TAGGED, row], "utf-8"))
    assert "2.bridges" in refused(run("people", "import", path, *GIVEN))
