"""flask committee create."""

from pathlib import Path

import click

from tracker.actions import committees
from tracker.cli.shell import Commands, _, as_json, say
from tracker.extensions import transaction
from tracker.incoming import presets

PRESET_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

committee = Commands("committee", help="Committees: the tenants of an installation.")


@committee.command("create")
@click.option("--preset", "name", type=click.Choice(presets.names()), help="One of the built-in ones.")
@click.option("--file", type=PRESET_FILE, help="A preset of one's own, its categories beside it.")
@as_json
def create(name: str | None, file: Path | None, as_json: bool) -> None:
    """Found a committee with its units, areas and categories."""
    if (name is None) == (file is None):
        raise click.UsageError("give either --preset or --file")
    preset = presets.load_file(file) if file else presets.load(str(name))
    with transaction("write"):
        founded = committees.found(preset)
        result = {"code": founded.code, "name": founded.name, "units": len(preset.units)}
    text = _(
        "已建立 %(name)s（%(code)s）。下一步：people invite 登录名 --role admin --committee %(code)s",
        name=result["name"],
        code=result["code"],
    )
    say(result, text, as_json)
