"""flask calendar import."""

from pathlib import Path

from tracker.actions import calendar as days
from tracker.cli.cases import a_file
from tracker.cli.shell import Commands, _, as_json, say
from tracker.extensions import clock, transaction
from tracker.incoming import calendar as plans

calendar = Commands("calendar", help="The working-day calendar.")


@calendar.command("import")
@a_file
@as_json
def import_calendar(file: Path, as_json: bool) -> None:
    """Take over a published plan: rows of date, kind (holiday or workday) and name."""
    plan = plans.read(file.read_bytes())
    with transaction("write"):
        changed = days.store(plan, now=clock())
    years = sorted({day.date.year for day in plan})
    text = _("读入 %(days)d 天，改动 %(changed)d 天", days=len(plan), changed=changed)
    say({"days": len(plan), "changed": changed, "years": years}, text, as_json)
