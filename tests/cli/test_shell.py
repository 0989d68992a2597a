"""A command says why it cannot, in the shell's own language, and ends with status 1."""

import json
from collections.abc import Callable

import click
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker import errors
from tracker.cli import shell
from tracker.cli.shell import Commands, Refusing
from tracker.errors import Conflict, FieldError, Forbidden, HuiyinError, Invalid
from tracker.extensions import db, transaction

Doing = Callable[[Callable[[], object]], Run]


@pytest.fixture
def doing(app: Flask) -> Doing:
    """A command of ours whose work is what the test says."""

    def command(work: Callable[[], object]) -> Run:
        words = Refusing("odd", callback=work)
        return lambda *_: app.test_cli_runner().invoke(words, obj=_script(app))

    return command


def _script(app: Flask) -> object:
    return shell.ScriptInfo(create_app=lambda: app)


def raising(error: Exception) -> Callable[[], object]:
    def work() -> None:
        raise error

    return work


# --- refusals


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Forbidden("您的岗位不能办理这一步"), "您的岗位不能办理这一步"),
        (errors.NotFound(), "not_found"),
        (Conflict("现在还不能这样办", missing=["has_outcome"]), "现在还不能这样办"),
        (Invalid.one("area", "没有这个地区"), "area: 没有这个地区"),
        (Invalid.one("a", "太长了，最多 %(most)d 个字", most=80), "a: 太长了，最多 80 个字"),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), "No such file or directory: x.csv"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (OSError("odd"), "odd"),
    ],
)
def test_a_refusal_is_a_sentence(doing: Doing, error: Exception, said: str) -> None:
    assert refused(doing(raising(error))()) == said


@pytest.mark.parametrize("kind", [OperationalError, ProgrammingError])
def test_a_database_that_does_not_answer_is_told_with_the_remedy(
    doing: Doing, kind: Callable[..., Exception]
) -> None:
    said = refused(doing(raising(kind("SELECT secret", {}, Exception("no such table"))))())
    assert "db upgrade" in said and "SELECT" not in said


def test_a_failure_of_ours_is_not_hidden(doing: Doing) -> None:
    """Whoever runs a command is the one who can look into it."""
    result = doing(raising(ZeroDivisionError("x")))()
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize(("faults", "lines"), [(1, 1), (50, 50), (51, 51), (2000, 51)])
def test_of_many_faults_the_first_are_told_and_how_many_more(app: Flask, faults: int, lines: int) -> None:
    refusal = Invalid(FieldError(f"{number}.time", "不是日期") for number in range(faults))
    with app.app_context():
        said = shell.sentences(refusal)
    assert len(said) == lines and said[0] == "0.time: 不是日期"
    assert (said[-1] == f"还有 {faults - 50} 处") is (faults > 50)


def test_every_kind_of_refusal_says_something(app: Flask) -> None:
    with app.app_context():
        for kind in (errors.NotSignedIn, errors.NotFound, HuiyinError, errors.CannotStart):
            assert shell.sentences(kind()) == [kind.code]


def test_a_refusal_without_faults_of_fields_still_says_something(app: Flask) -> None:
    with app.app_context():
        assert shell.sentences(Invalid([])) == ["请改正下面标出的内容"]
        assert shell.sentences(Invalid([], "没有可以导入的表格")) == ["没有可以导入的表格"]


def test_what_a_refused_command_began_is_undone(huiyin: World, doing: Doing) -> None:
    def work() -> None:
        with transaction("write"):
            db.session.execute(text("UPDATE person SET name = '改了'"))
            raise Forbidden("不能")

    refused(doing(work)())
    with huiyin.reading():
        assert db.session.scalar(text("SELECT count(*) FROM person WHERE name = '改了'")) == 0


def test_several_reasons_are_several_lines_and_nothing_is_a_result(doing: Doing) -> None:
    result = doing(lambda: shell.refuse("一", "二"))()
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "一\n二\n")


def test_a_command_may_end_with_a_status_of_its_own(doing: Doing) -> None:
    assert doing(raising(click.exceptions.Exit(3)))().exit_code == 3


# --- results


@pytest.mark.parametrize(("as_json", "printed"), [(True, '{"名": "锡山", "n": 1}\n'), (False, "锡山 1\n")])
def test_a_result_is_json_for_programs_and_a_sentence_for_people(
    doing: Doing, as_json: bool, printed: str
) -> None:
    result = doing(lambda: shell.say({"名": "锡山", "n": 1}, "锡山 1", as_json))()
    assert result.stdout == printed and result.exit_code == 0


# --- the language of the shell


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LC_ALL": "", "LANG": "en"}, "en"),
        ({"LANG": "fr_FR"}, "zh"),
    ],
)
def test_the_shell_is_answered_in_its_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], spoken: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert shell.language() == spoken


def test_an_english_shell_is_refused_in_english(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = refused(run("token", "create", "nobody"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    english = refused(run("token", "create", "nobody"))
    assert english.startswith("login: ") and english.isascii() and not chinese.isascii()


def test_numbers_for_programs_do_not_change_with_the_language(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answer(run("jobs", "status", "--json"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert answer(run("jobs", "status", "--json")) == before


# --- every command


def test_every_command_of_ours_refuses_with_a_sentence(app: Flask) -> None:
    own = [command for command in app.cli.commands.values() if command.callback is None or _ours(command)]
    groups = [group for group in own if isinstance(group, Commands)]
    assert {group.name for group in groups} >= {"people", "token", "cases", "letters", "jobs", "audit"}
    for group in groups:
        assert all(isinstance(command, Refusing) for command in group.commands.values()), group.name
    assert isinstance(app.cli.commands["serve"], Refusing)


def _ours(command: click.Command) -> bool:
    return getattr(command.callback, "__module__", "").startswith("tracker.")


def test_every_command_says_what_it_is_for(app: Flask) -> None:
    for group in app.cli.commands.values():
        if isinstance(group, Commands):
            assert group.help, group.name
            assert [name for name, command in group.commands.items() if not command.help] == []


@pytest.mark.parametrize(
    "words", [("people",), ("jobs", "fly"), ("audit", "verify", "--nonsense"), ("nothing",)]
)
def test_misuse_ends_with_another_status(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2 and "Usage" in result.output


def test_json_that_is_printed_is_one_line_of_utf_8(run: Run) -> None:
    printed = run("audit", "verify", "--json").stdout
    assert printed.count("\n") == 1 and json.loads(printed)["faults"] == []
