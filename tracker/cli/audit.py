"""flask audit verify."""

from dataclasses import asdict

import click
from flask import current_app

from tracker.cli.shell import REFUSED, Commands, _, as_json, say
from tracker.extensions import transaction
from tracker.outgoing import heads
from tracker.queries import audit as record

audit = Commands("audit", help="The diary: is it still what was written?")


@audit.command("verify")
@as_json
def verify(as_json: bool) -> None:
    """Check every event, note and sealed end, and compare with the ends noted outside the database."""
    config = current_app.config
    noted = list(heads.read(heads.path_of(config["HUIYIN_EVENT_HEADS"], config["HUIYIN_INSTANCE"])))
    known = [witness.head for witness in noted if witness.head is not None]
    with transaction("read"):
        report = record.verify(current_app.extensions["huiyin.event_key"], known)
    result = asdict(report) | {"unreadable_lines": len(noted) - len(known)}
    for fault in report.faults:
        click.echo(f"{fault.committee} {fault.seq} {fault.kind}", err=True)
    say(result, _summary(report), as_json)
    if report.faults:
        raise click.exceptions.Exit(REFUSED)


def _summary(report: record.Report) -> str:
    events = _("，").join(f"{code} {number}" for code, number in report.events.items()) or "0"
    if report.faults:
        return _("发现 %(faults)d 处不符。核对事件：%(events)s", faults=len(report.faults), events=events)
    return _("记录完整。核对事件：%(events)s；库外链尾 %(noted)d 行", events=events, noted=report.noted)
