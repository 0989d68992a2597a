"""flask digests send."""

from datetime import datetime

import click

from tracker.actions import digests as acts
from tracker.cli.shell import Commands, _, as_json, say
from tracker.extensions import clock, transaction
from tracker.models import Committee
from tracker.queries import committees
from tracker.rules.actors import system
from tracker.rules.clock import shanghai_date
from tracker.rules.spans import PERIODS, Period, Span, last_full, span

DAY = click.DateTime(["%Y-%m-%d"])

digests = Commands("digests", help="What happened in a week, a month or a quarter.")


@digests.command("send")
@click.option("--period", type=click.Choice(PERIODS), default="week", show_default=True)
@click.option("--on", type=DAY, help="A day of the period; without it the last one that is over.")
@click.option("--committee", "code", help="Only this committee.")
@click.option("--again", is_flag=True, help="Send it although it was sent before.")
@as_json
def send(period: Period, on: datetime | None, code: str | None, again: bool, as_json: bool) -> None:
    """Mail the digest to leaders and directors; safe to run every day from cron."""
    wanted = span(period, on.date()) if on else last_full(period, shanghai_date(clock()))
    with transaction("write"):
        sent = [one.code for one in committees.several(code) if _send(one, wanted, again)]
    dates = f"{wanted.first.isoformat()}—{wanted.last.isoformat()}"
    told = _("已送出（%(dates)s）：%(who)s", dates=dates, who=_("、").join(sent)) if sent else ""
    say(
        {"period": period, "first": wanted.first.isoformat(), "sent": sent},
        told or _("这一期已经送过：%(dates)s", dates=dates),
        as_json,
    )


def _send(one: Committee, wanted: Span, again: bool) -> bool:
    return acts.send(wanted, by=system(one.id, "cron"), again=again) is not None
