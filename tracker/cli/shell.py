"""What every command shares: a refusal is a sentence and status 1, never a traceback."""

import json
import os
from typing import Any

import click
from flask.cli import AppGroup, ScriptInfo
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker.door.language import gettext
from tracker.errors import HuiyinError, Invalid

REFUSED = 1
MOST_FAULTS = 50
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def _(msgid: str, **values: object) -> str:
    """A sentence in the language of the shell."""
    return str(gettext(msgid, **values)) if msgid else ""


class Refusing(click.Command):
    """Says why on standard error and ends with status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        app = ctx.ensure_object(ScriptInfo).load_app()
        with app.app_context(), force_locale(language()):
            try:
                return super().invoke(ctx)
            except HuiyinError as refusal:
                refuse(*sentences(refusal))
            except (OperationalError, ProgrammingError):
                refuse(_("数据库连不上或还没有准备好。请先运行 flask --app wsgi db upgrade"))
            except OSError as problem:
                refuse(f"{problem.strerror or problem}: {problem.filename or ''}".rstrip(": "))


class Commands(AppGroup):
    """A group whose commands run inside the app and answer a refusal with its reason."""

    command_class = Refusing


def refuse(*reasons: str) -> None:
    for reason in reasons:
        click.echo(reason, err=True)
    raise click.exceptions.Exit(REFUSED)


def sentences(refusal: HuiyinError) -> list[str]:
    """The reason in words; of many faults the first ones and how many more there are."""
    if not isinstance(refusal, Invalid) or not refusal.errors:
        return [_(refusal.message) if refusal.message else refusal.code]
    told = [f"{fault.field}: {_(fault.message, **fault.params)}" for fault in refusal.errors[:MOST_FAULTS]]
    rest = len(refusal.errors) - len(told)
    return [*told, _("还有 %(rest)d 处", rest=rest)] if rest else told


def say(result: dict[str, Any], text: str, as_json: bool) -> None:
    """The result for a program, or the sentence for a person."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)


def language() -> str:
    """Chinese, unless the shell speaks English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "zh"
