"""flask letters check."""

from dataclasses import asdict
from pathlib import Path

import click

from tracker.cli.shell import REFUSED, Commands, _, as_json, say
from tracker.errors import Invalid
from tracker.outgoing import geometry
from tracker.rules.words import N_

PDF = click.Path(exists=True, dir_okay=False, path_type=Path)

letters = Commands("letters", help="Finished letters.")


@letters.command("check")
@click.argument("files", nargs=-1, required=True, type=PDF)
@as_json
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Measure each FILE.pdf against GB/T 9704-2012; status 1 when one falls outside."""
    results = {str(path): _measured(path) for path in files}
    say(
        {name: [asdict(row) for row in rows] for name, rows in results.items()},
        "\n\n".join(_table(name, rows) for name, rows in results.items()),
        as_json,
    )
    if not all(row.ok for rows in results.values() for row in rows):
        raise click.exceptions.Exit(REFUSED)


def _measured(path: Path) -> list[geometry.Row]:
    try:
        return geometry.check(path.read_bytes())
    except OSError:
        raise
    except Exception as error:
        # A broken file fails anywhere in the reader, with whatever that part raises.
        raise Invalid.one(path.name, N_("读不出来，不是完整的 PDF 文件")) from error


def _table(name: str, rows: list[geometry.Row]) -> str:
    lines = [
        f"{'✓' if row.ok else '✗'} {_(row.item)}: {_(row.found)} ({_(row.required)}, {row.tolerance})"
        for row in rows
    ]
    wrong = sum(not row.ok for row in rows)
    return "\n".join([name, *lines, _("%(all)d 项，%(wrong)d 项不合", all=len(rows), wrong=wrong)])
