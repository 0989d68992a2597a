"""flask people …, flask token …: accounts, from the shell."""

from pathlib import Path

import click
from flask import current_app

from tracker.actions import people as accounts
from tracker.actions import rosters as roster_acts
from tracker.cli.cases import a_file
from tracker.cli.shell import Commands, _, as_json, say
from tracker.errors import Invalid
from tracker.extensions import clock, transaction
from tracker.incoming import rosters
from tracker.incoming.accounts import TokenIn
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.people import PersonEdit, PersonIn, PostIn
from tracker.incoming.schema import read
from tracker.models import Committee, Person
from tracker.queries import committees
from tracker.queries import people as known
from tracker.rules.actors import Actor, system
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

ROLES = ("member", "secretary", "clerk", "director", "handler", "leader", "auditor", "admin")
# Whoever holds one of these works in the office unless another unit is named.
OFFICE_ROLES = ("clerk", "director", "leader", "auditor", "admin")

people = Commands("people", help="Accounts and invitations.")
token = Commands("token", help="Bearer tokens for programs.")


@people.command("invite")
@click.argument("login")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--unit", help="Key of the unit; roles of the office need none.")
@click.option("--name", help="The person's name; the login stands in for it.")
@click.option("--committee", "code", help="Code of the committee, where there are several.")
def invite(login: str, role: str, unit: str | None, name: str | None, code: str | None) -> None:
    """Print a one-time link with which LOGIN sets a password; the account is made if it is missing."""
    with transaction("write"):
        person = known.by_login(login)
        committee = committees.of(person) if person and code is None else committees.choose(code)
        by = system(committee.id, "shell")
        post = {"role": role, "unit": unit or _unit_of(role, committee)}
        person = _keep_post(person, post, by) if person else _add(login, name or login, post, by)
        secret = accounts.invite(person, by=by)
    click.echo(address("sessions.invitation", token=secret))


@token.command("create")
@click.argument("login")
@click.option("--name", default="shell", show_default=True, help="What the token is for.")
def create(login: str, name: str) -> None:
    """Print a new bearer token of LOGIN, and nothing else."""
    with transaction("write"):
        person = _person(login)
        given = read(TokenIn, {"name": name})
        secret = accounts.issue_token(person, given.name, by=system(person.committee_id, "shell"))
    click.echo(secret)


@people.command("import")
@a_file
@click.option("--committee", "code", help="Code of the committee, where there are several.")
@as_json
def import_people(file: Path, code: str | None, as_json: bool) -> None:
    """Take over a roster: all of its rows or none; new people get a one-time link each."""
    with Reader(Occasion(shanghai_date(clock()))) as reader:
        read_files = reader.read(file.name, file.read_bytes())
    with transaction("write"):
        committee = committees.choose(code)
        entries = rosters.read(read_files, region_word=str(committee.settings.get("region_word", "")))
        taken = roster_acts.store(entries, by=system(committee.id, "shell"))
        links = [
            {
                "login": one.login,
                "name": one.name,
                "address": address("sessions.invitation", token=one.token),
            }
            for one in taken.invited
        ]
    counts = {"added": len(links), "changed": taken.changed, "unchanged": taken.unchanged}
    told = _("新增 %(added)d 人，改动 %(changed)d 人，没有变化 %(unchanged)d 人", **counts)
    say(
        counts | {"invitations": links},
        "\n".join(["\t".join(link.values()) for link in links] + [told]),
        as_json,
    )


def _add(login: str, name: str, post: dict[str, str], by: Actor) -> Person:
    return accounts.add(read(PersonIn, {"login": login, "name": name, "posts": [post]}), by=by)


def _keep_post(person: Person, post: dict[str, str], by: Actor) -> Person:
    """The person as they are, with the post beside those they hold."""
    if person.committee_id != by.committee_id:
        raise Invalid.one("login", N_("这个登录名属于另一个政协委员会"))
    held = [PostIn(role=row.role, unit=row.unit.key) for row in person.posts]  # type: ignore[arg-type]
    wanted = PostIn.model_validate(post)
    if wanted in held:
        return person
    return accounts.edit(person, PersonEdit(posts=[*held, wanted]), by=by)


def _unit_of(role: str, committee: Committee) -> str:
    if role not in OFFICE_ROLES:
        raise Invalid.one("unit", N_("请用 --unit 指明所在的组或承办单位"))
    return committees.office(committee).key


def _person(login: str) -> Person:
    person = known.by_login(login)
    if person is None or not person.is_active:
        raise Invalid.one("login", N_("没有这个账号，或者已经停用"))
    return person


def address(endpoint: str, **values: str) -> str:
    """The full address of one of our pages, as people type it."""
    base = current_app.config["HUIYIN_BASE_URL"].rstrip("/")
    scheme, _, host = base.partition("://")
    adapter = current_app.url_map.bind(host, url_scheme=scheme)
    return f"{base}{adapter.build(endpoint, values)}"
