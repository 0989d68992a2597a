"""A refused command says why in a sentence, ends with status 1, and leaves nothing half written."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.actions.conftest import everything
from tests.cli.conftest import Run, refused
from tests.cli.test_cases import table
from tests.forms_world import annex1
from tests.incoming.forms.writing import archive, book
from tests.world import World
from tracker.extensions import db
from tracker.models import Person

HANZI = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PLAN = b"date,kind,name\n2027-01-01,holiday,New Year\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


Write = Callable[[str, bytes], Path]


# --- what cannot be read


NOTHING: dict[str, bytes] = {
    "空.csv": b"",
    "空.docx": b"",
    "空.zip": archive({}),
    "空.xlsx": book({"表": []}),
    "文字.txt": "今天天气不错".encode(),
    "图.png": b"\x89PNG\r\n\x1a\n",
    "乱.docx": b"PK\x03\x04" + bytes(64),
}


@pytest.mark.parametrize("name", ["空.csv", "空.zip", "文字.txt"])
def test_a_file_without_forms_is_refused_with_a_reason(
    huiyin: World, run: Run, file: Write, name: str
) -> None:
    before = everything(huiyin)
    assert refused(run("forms", "import", file(name, NOTHING[name]), "--by", "xs-clerk", "--yes"))
    assert everything(huiyin) == before


def test_a_folder_without_files_is_refused_with_a_reason(huiyin: World, run: Run, tmp_path: Path) -> None:
    before = everything(huiyin)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "~$登记表.docx").write_bytes(b"x")
    for more in (("--by", "xs-clerk", "--yes"), ("--preview",)):
        assert refused(run("forms", "import", tmp_path, *more))
    assert everything(huiyin) == before


def test_a_file_without_people_is_refused_with_a_reason(huiyin: World, run: Run, file: Write) -> None:
    before = everything(huiyin)
    assert refused(run("people", "import", file("空.xlsx", NOTHING["空.xlsx"]), "--committee", "xs"))
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "words", [("calendar", "import"), ("cases", "import", "--by", "xs-clerk", "--committee", "xs")]
)
def test_a_file_without_rows_is_refused_with_a_reason(
    huiyin: World, run: Run, file: Write, words: tuple[str, ...]
) -> None:
    before = everything(huiyin)
    for name, content in NOTHING.items():
        assert refused(run(*words, file(name, content))), name
    assert everything(huiyin) == before


# --- who may not, and what does not exist


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no such committee for a person": (
        ("people", "invite", "new", "--role", "admin", "--committee", "zz"),
        "zz|代码",
    ),
    "two committees and none named": (("people", "invite", "new", "--role", "admin"), "--committee"),
    "a unit of another kind of work": (
        ("people", "invite", "xs-clerk", "--role", "handler", "--unit", "housing"),
        "区域",
    ),
    "a unit that is not there": (
        ("people", "invite", "new", "--role", "member", "--unit", "nowhere", "--committee", "xs"),
        "单位",
    ),
    "a name longer than its column": (
        ("people", "invite", "new", "--role", "admin", "--committee", "xs", "--name", "长" * 61),
        "^name: ",
    ),
    "a token for nobody": (("token", "create", "nobody"), "^login: "),
    "a token without a name": (("token", "create", "xs-clerk", "--name", ""), "^name: "),
    "a digest for no committee": (("digests", "send", "--committee", "zz"), "代码"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_a_command_refuses_it_leaves_as_it_was(huiyin: World, run: Run, why: str) -> None:
    words, said = REFUSED[why]
    before = everything(huiyin)
    assert re.search(said, refused(run(*words)))
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "kind, state",
    [
        ("cases", "unknown"),
        ("cases", "foreign"),
        ("cases", "out of use"),
        ("cases", "not theirs to bring"),
        ("forms", "foreign"),
        ("forms", "not theirs to bring"),
    ],
)
def test_in_whose_name_something_is_taken_in_must_be_right(
    huiyin: World, run: Run, file: Write, kind: str, state: str
) -> None:
    by = {"unknown": "nobody", "foreign": "dt-clerk", "not theirs to bring": "xs-dept"}.get(state, "xs-clerk")
    if state == "out of use":
        with huiyin.writing():
            db.session.query(Person).filter_by(login="xs-clerk").update({"is_active": False})
    brought = file("登记表.docx", annex1()) if kind == "forms" else file("a.csv", table(2))
    before = everything(huiyin)
    assert refused(run(kind, "import", brought, "--by", by, "--committee", "xs"))
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "words",
    [
        ("people", "import"),
        ("cases", "import", "--by", "xs-clerk"),
        ("calendar", "import"),
        ("letters", "check"),
        ("committee", "create", "--file"),
    ],
)
def test_a_folder_where_a_file_is_asked_for_is_misuse(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run(*words, tmp_path).exit_code == 2
    assert run(*words, tmp_path / "missing").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("digests", "send", "--on", "2026-13-01"),
        ("digests", "send", "--on", "下周"),
        ("digests", "send", "--period", "decade"),
        ("forms", "import", ".", "--preview", "--year", "1999"),
        ("forms", "import", ".", "--preview", "--year", "2101"),
        ("forms", "import", ".", "--circle", "family"),
        ("serve", "--port", "65536"),
        ("serve", "--workers", "65"),
        ("people", "invite", "new", "--role", "主任"),
    ],
)
def test_an_option_out_of_range_is_misuse(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2 and "Usage" in result.stderr and result.stdout == ""


# --- in the shell's language


SPOKEN: dict[str, Callable[[Write], tuple[object, ...]]] = {
    "a plan": lambda file: ("calendar", "import", file("p.csv", PLAN)),
    "a list": lambda file: (
        "cases",
        "import",
        file("a.csv", table(1)),
        "--by",
        "xs-clerk",
        "--committee",
        "xs",
    ),
    "a digest": lambda file: ("digests", "send"),
    "the jobs": lambda file: ("jobs", "status"),
    "a run": lambda file: ("jobs", "run", "--until-empty"),
    "the record": lambda file: ("audit", "verify"),
    "forms": lambda file: ("forms", "import", file("a.docx", annex1()), "--by", "xs-clerk", "--yes"),
    "a file nobody can read": lambda file: ("forms", "import", file("b.docx", b"x"), "--by", "xs-clerk"),
    "a broken letter": lambda file: ("letters", "check", file("l.pdf", b"%PDF-")),
    "a broken plan": lambda file: (
        "calendar",
        "import",
        file("p.csv", b"date,kind,name\n2027-02-30,rest,x\n"),
    ),
    "nobody": lambda file: ("token", "create", "nobody"),
    "no committee": lambda file: ("people", "invite", "new", "--role", "admin"),
}


@pytest.mark.parametrize("what", SPOKEN)
def test_an_english_shell_hears_no_chinese(
    run: Run, file: Write, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    result = run(*SPOKEN[what](file))
    assert result.output and not HANZI.search(result.output), result.output
