"""flask cases import."""

from pathlib import Path

import click

from tracker.actions import imports
from tracker.cli.shell import Commands, _, as_json, say
from tracker.errors import Invalid
from tracker.extensions import clock, transaction
from tracker.incoming import messages
from tracker.incoming.cases import ImportedCase
from tracker.models import Committee
from tracker.queries import committees, people, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

cases = Commands("cases", help="Cases in bulk.")
a_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@cases.command("import")
@a_file
@click.option("--committee", "code", help="Code of the committee, where there are several.")
@click.option("--by", "login", required=True, help="Login of the member or clerk who raises them.")
@click.option("--area", help="Code of an area; without it, the whole of the committee's.")
@as_json
def import_cases(file: Path, code: str | None, login: str, area: str | None, as_json: bool) -> None:
    """Register each row of FILE (id, title, time, body, …) as a case: all of them or none."""
    with transaction("read"):
        committee = committees.choose(code)
        by = _actor(login, committee)
        rows = messages.read(
            file.read_bytes(), committee=committee.code, area=area or _whole(committee), now=clock()
        )
        if area:
            reference.area(by, area)
    with transaction("write"):
        result = imports.store(rows, by=by, progress=_progress(rows))
    text = _("新增 %(added)d 件，已有 %(known)d 件", added=result.added, known=result.known)
    say(result._asdict(), text, as_json)


def _actor(login: str, committee: Committee) -> Actor:
    person = people.by_login(login)
    if person is None or not person.is_active or person.committee_id != committee.id:
        raise Invalid.one("by", N_("这个政协委员会没有这个账号，或者已经停用"))
    actor = people.as_actor(person)
    permissions.require_any(actor, "case.create")
    return actor


def _whole(committee: Committee) -> str:
    found = committees.whole_area(committee)
    if found is None:
        raise Invalid.one("area", N_("请用 --area 指明地区"))
    return found.code


def _progress(rows: list[ImportedCase]) -> imports.Progress:
    def tell(done: int) -> None:
        if done % 500 == 0 or done == len(rows):
            click.echo(f"{done} / {len(rows)}", err=True)

    return tell
