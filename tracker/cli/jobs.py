"""flask jobs run, flask jobs status."""

import signal
from dataclasses import asdict

import click
from flask import current_app

from tracker.cli.shell import Commands, _, as_json, say
from tracker.extensions import clock, transaction
from tracker.jobs.drain import Worker
from tracker.queries import outbox

jobs = Commands("jobs", help="What is done while nobody looks.")


@jobs.command("run")
@click.option("--until-empty", is_flag=True, help="End when nothing is left to do.")
def run(until_empty: bool) -> None:
    """Empty the outbox, and go on until stopped; the job at hand is finished first."""
    worker = Worker(current_app._get_current_object())  # type: ignore[attr-defined]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    done = worker.run(until_empty=until_empty)
    click.echo(_("完成 %(done)d 件", done=done))


@jobs.command("status")
@as_json
def status(as_json: bool) -> None:
    """How much waits, runs and was given up."""
    with transaction("read"):
        found = outbox.status(clock())
    text = _(
        "待办 %(waiting)d，稍后重试 %(later)d，在办 %(running)d，停下 %(parked)d，已办 %(done)d",
        waiting=found.waiting,
        later=found.later,
        running=found.running,
        parked=found.parked,
        done=found.done,
    )
    oldest = _("最久的等了 %(seconds)s 秒", seconds=found.oldest_seconds)
    stopped = [f"{job['effect_key']}: {job['last_error']}" for job in found.parked_jobs]
    say(asdict(found), "\n".join([text, oldest, *stopped]), as_json)
