"""flask demo load: both built-in committees with a ten months' history, made through the actions."""

import csv
import itertools
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select, update

from tracker.actions import campaigns, codes, committees
from tracker.actions import people as accounts
from tracker.cli import demo_content
from tracker.cli.demo_acts import BATCH, RECENT, Stage
from tracker.cli.demo_agenda import take_up
from tracker.cli.demo_booklets import compile_both
from tracker.cli.demo_campaigns import carry_on
from tracker.cli.demo_contact_page import open_pages
from tracker.cli.demo_contacts import keep
from tracker.cli.demo_meetings import meet
from tracker.cli.demo_submissions import hand_in
from tracker.cli.shell import Commands, _
from tracker.errors import Conflict, Forbidden
from tracker.extensions import clock, db, transaction
from tracker.incoming import presets
from tracker.incoming.people import PasswordIn, PersonIn
from tracker.incoming.schema import read
from tracker.models import Case, Committee, Outbox
from tracker.queries import people
from tracker.rules.actors import system
from tracker.rules.words import N_

PRESETS = {"xs": "xishan", "dt": "dongtai"}
SHOWN = (
    *("member", "secretary", "clerk", "clerk2", "director"),
    *("dept", "dept2", "leader", "auditor", "admin"),
)
CODES = 24
# As far back as the demonstration begins.
TALE = timedelta(days=310)

demo = Commands("demo", help="The demonstration.")


@demo.command("load")
@click.option("--at", type=click.DateTime(), help="The moment (UTC) at which the tale stops; now by default.")
def load(at: datetime | None) -> None:
    """Fill an empty database with the demonstration (HUIYIN_DEMO=1 only)."""
    if not current_app.config["HUIYIN_DEMO"]:
        raise Forbidden(N_("只有演示模式才能装入演示数据（HUIYIN_DEMO=1）"))
    end = at.replace(tzinfo=clock().tzinfo) if at else clock()
    with transaction("write"):
        if db.session.scalar(select(Committee.id).limit(1)):
            raise Conflict(N_("数据库里已经有数据，演示数据只能装进空库"))
        passwords = _found()
    stage = Stage(end)
    with transaction("write"):
        _open_campaigns(stage, end)
    _play(stage, end)
    with transaction("write"):
        for entry in demo_content.submissions():
            hand_in(entry, end, stage.actor)
        keep(end, stage.actor)
        carry_on(end, stage.actor)
        open_pages(end, stage.actor)
        take_up(end, stage.actor)
        meet(end, stage.actor)
    compile_both(end, stage.actor)
    with transaction("write"):
        _settle(end)
        shown = _issue_codes(stage)
    _write(Path(current_app.config["HUIYIN_INSTANCE"]), passwords, shown)
    click.echo(_("演示数据已装入：%(n)d 件诉求。账号见 instance/demo-accounts.csv", n=len(stage.references)))


def _found() -> dict[str, str]:
    """Committees and people; the passwords of the accounts that are shown, by login."""
    passwords = {}
    for code, name in PRESETS.items():
        committee = committees.found(presets.load(name))
        by = system(committee.id, "shell")
        for person in (p for p in demo_content.people() if p.committee == code):
            row = accounts.add(
                read(
                    PersonIn,
                    {
                        "login": person.login,
                        "name": person.name,
                        "title": person.title,
                        "email": f"{person.login}@huiyin.example",
                        "posts": [{"role": person.role, "unit": person.unit}],
                        "bridges": list(person.bridges),
                    },
                ),
                by=by,
            )
            if person.login.split("-", 1)[1] in SHOWN:
                passwords[person.login] = secrets.token_urlsafe(9)
                accounts.set_password(row, PasswordIn(password=passwords[person.login]))
    return passwords


def _open_campaigns(stage: Stage, end: datetime) -> None:
    """The year's campaign of each committee, before the first visit counts for it."""
    begin = end - TALE
    with clock.at(begin):
        for code, name in PRESETS.items():
            for spec in presets.load(name).campaigns:
                campaigns.open_from(spec, begin.year, by=stage.actor(f"{code}-clerk"))


def _play(stage: Stage, end: datetime) -> None:
    """Visits and acts in one order of time, some to a transaction."""
    visits = sorted(demo_content.visits(end=end), key=lambda visit: -visit.before)
    acts = demo_content.acts(end=end)
    with click.progressbar(length=len(visits) + 3000, label=_("装入演示数据")) as bar:
        for batch in _batches(itertools.chain(visits, acts)):
            with transaction("write"):
                for entry in batch:
                    if isinstance(entry, tuple):
                        stage.play(*entry)
                    else:
                        stage.pay(entry)
            db.session.remove()
            bar.update(len(batch))


Entry = demo_content.Visit | tuple[demo_content.Story, demo_content.Step]


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    walk = iter(entries)
    while batch := list(itertools.islice(walk, BATCH)):
        yield batch


def _settle(end: datetime) -> None:
    """What happened long ago was told long ago; the last two days are left to the jobs. PDFs are made."""
    now = clock()
    db.session.execute(update(Outbox).where(Outbox.available_at < end - RECENT).values(done_at=now))
    db.session.execute(update(Outbox).where(Outbox.kind == "render_letter").values(done_at=now))


def _issue_codes(stage: Stage) -> list[tuple[str, str, str]]:
    """Some tracking codes to try the resident's page with: reference, code, last digits of the phone."""
    shown = []
    for committee in db.session.scalars(select(Committee)):
        clerk = stage.actor(f"{committee.code}-clerk")
        query = select(Case).where(Case.committee_id == committee.id, Case.is_accusation.is_(False))
        for case in db.session.scalars(query.order_by(Case.state, Case.id.desc())).all()[:: 400 // CODES][
            : CODES // 2
        ]:
            issued = codes.issue(case, by=clerk)
            shown.append((case.reference, issued.code.display, case.state))
    return shown


def _write(instance: Path, passwords: dict[str, str], shown: list[tuple[str, str, str]]) -> None:
    rows = []
    with transaction("read"):
        for login, password in passwords.items():
            person = people.by_login(login)
            assert person is not None
            post = person.posts[0]
            rows.append((login, password, post.role, post.unit.name, login.split("-")[0], person.name))
    _table(instance / "demo-accounts.csv", ("login", "password", "role", "unit", "committee", "name"), rows)
    _table(instance / "demo-codes.csv", ("reference", "tracking_code", "state"), shown)


def _table(path: Path, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    path.chmod(0o600)
