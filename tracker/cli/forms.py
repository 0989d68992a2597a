"""flask forms …: filled forms from files."""

from collections.abc import Iterator
from pathlib import Path

import click

from tracker.cli.shell import Commands, _, as_json, say
from tracker.errors import FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.forms import result
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

forms = Commands("forms", help="Filled forms.")
UNSURE = 0.6


@forms.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--preview", is_flag=True, help="Only show what was read; nothing is stored.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Year of dates that are written without one.")
@as_json
def import_forms(paths: tuple[Path, ...], preview: bool, year: int | None, as_json: bool) -> None:
    """Read the filled forms in PATHS: documents, workbooks, archives, or folders of them."""
    if not preview:
        raise Invalid.one("preview", N_("请加上 --preview 查看读出的内容；导入请在网页上确认"))
    with Reader(Occasion(shanghai_date(clock()), year)) as reader:
        files = [
            read
            for path in paths
            for file in _files(path)
            for read in reader.read(file.name, file.read_bytes())
        ]
    say({"files": result.as_json(files, _said)}, "\n".join(_lines(files)), as_json)


def _files(path: Path) -> list[Path]:
    """The file itself; of a folder all files in it, hidden ones and those of an open Word left out."""
    if path.is_file():
        return [path]
    found = (file for file in sorted(path.rglob("*")) if file.is_file())
    return [file for file in found if not file.name.startswith((".", "~$"))]


def _said(problem: FieldError) -> str:
    return _(problem.message, **problem.params)


def _lines(files: list[FileRead]) -> Iterator[str]:
    for file in files:
        yield _("%(name)s：%(count)d 份（%(kind)s）", name=file.name, count=len(file.forms), kind=file.kind)
        yield from (f"  {_said(problem)}" for problem in file.problems)
        for form in file.forms:
            yield f"  [{form.place}]"
            for field, value in form.fields.items():
                doubt = "  ?" if form.confidence[field] < UNSURE else ""
                yield f"    {field}: {'；'.join(value) if isinstance(value, list) else value}{doubt}"
            yield from (f"    ! {problem.field}: {_said(problem)}" for problem in form.problems)
