"""flask forms …: filled forms from files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from tracker.actions import form_imports, form_uploads
from tracker.actions.imports import Progress
from tracker.cli.people import address
from tracker.cli.shell import Commands, _, as_json, say
from tracker.errors import FieldError, Invalid
from tracker.extensions import clock, transaction
from tracker.incoming import form_checks
from tracker.incoming.form_imports import Choices, UploadQuery
from tracker.incoming.forms import result
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead
from tracker.models import FormImport
from tracker.queries import committees, people
from tracker.queries import form_imports as stored
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

forms = Commands("forms", help="Filled forms.")
UNSURE = 0.6
Found = list[tuple[int, FileRead]]


@forms.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--preview", is_flag=True, help="Only show what was read; nothing is stored.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Year of dates that are written without one.")
@click.option("--committee", "code", help="Code of the committee, where there are several.")
@click.option("--by", "login", help="Login of the member, secretary or clerk who brings the forms.")
@click.option(
    "--yes", is_flag=True, help="Confirm at once; without it the forms wait for that on their page."
)
@click.option("--circle", type=click.Choice(("sector", "living", "friends")), help="Of forms that name none.")
@click.option("--area", help="Code of an area, for cases whose address names none.")
@click.option("--without-names", is_flag=True, help="Nobody agreed to it: names stay in the original.")
@click.option("--without-cases", is_flag=True, help="Matters stay with the visit and become no cases.")
@as_json
def import_forms(
    paths: tuple[Path, ...], preview: bool, year: int | None, as_json: bool, **given: Any
) -> None:
    """Take in the filled forms in PATHS: documents, workbooks, archives, or folders of them."""
    files = [(file.name, file.read_bytes()) for path in paths for file in _files(path)]
    if not files:
        raise Invalid.one("file", N_("请选要导入的表格"))
    if preview:
        told = [file for _position, file in _read(files, year)]
        say({"files": result.as_json(told, _said)}, "\n".join(_lines(told)), as_json)
        return
    if not given["login"]:
        raise Invalid.one("by", N_("请用 --by 写明由谁导入；只想看看读出什么，请加上 --preview"))
    _take_in(files, year, given, as_json)


def _take_in(
    files: Sequence[tuple[str, bytes]], year: int | None, given: dict[str, Any], as_json: bool
) -> None:
    """All in one transaction: what cannot be stored whole leaves nothing behind."""
    found = _read(files, year)
    sealed = form_uploads.seal_all(files)
    with transaction("write"):
        by = _actor(given["login"], given["code"])
        imported = form_uploads.receive(sealed, UploadQuery(year=year), by=by)
        form_uploads.keep_read(imported, found)
        if imported.status == "failed":
            raise Invalid([problem for _position, file in found for problem in file.problems])
        if given["yes"]:
            total = stored.form_count(imported)
            choices = Choices(
                circle=given["circle"],
                area=given["area"],
                consent_process=not given["without_names"],
                cases=not given["without_cases"],
            )
            try:
                form_imports.confirm(imported, choices, {}, by=by, at_once=total, progress=_progress(total))
            except Invalid as refused:
                raise Invalid(_placed(refused, imported)) from None
        _tell(imported, by, as_json)


def _tell(imported: FormImport, by: Actor, as_json: bool) -> None:
    page = address("imports.show", public_id=imported.public_id)
    told: dict[str, Any] = {"id": imported.public_id, "status": imported.status, "address": page}
    if imported.status == "ready":
        checked = form_checks.look(imported, by, clock())
        counts = {
            "forms": len(checked),
            "known": sum(one.duplicate_of is not None for one in checked),
            "blocking": sum(one.is_blocking for one in checked),
        }
        text = _("读出 %(forms)d 份，已有 %(known)d 份，还要补正 %(blocking)d 份；请在网页上确认：", **counts)
        text += page
    else:
        counts = dict(imported.counts)
        text = _("已导入：走访 %(visits)d 次，诉求 %(cases)d 件，报送 %(submissions)d 条", **_all(counts))
        text += _("；") + _("已有、未再导入 %(known)d 份", **_all(counts))
    say(told | {"counts": counts}, text, as_json)


def _all(counts: dict[str, Any]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in ("visits", "cases", "submissions", "known")}


def _placed(refused: Invalid, imported: FormImport) -> list[FieldError]:
    """A fault is told where people find it: by file and place, not by an id."""
    names = {row.id: stored.file_name(row) for row in imported.files}
    places = {one.id: f"{names[one.row.file_id]} [{one.place}]" for one in stored.forms(imported)}
    found = []
    for fault in refused.errors:
        form, _dot, field = fault.field.partition(".")
        found.append(replace(fault, field=f"{places[form]} {field}") if form in places else fault)
    return found


def _actor(login: str, code: str | None) -> Actor:
    person = people.by_login(login)
    committee = committees.of(person) if person and code is None else committees.choose(code)
    if person is None or not person.is_active or person.committee_id != committee.id:
        raise Invalid.one("by", N_("这个政协委员会没有这个账号，或者已经停用"))
    return people.as_actor(person)


def _read(files: Sequence[tuple[str, bytes]], year: int | None) -> Found:
    with Reader(Occasion(shanghai_date(clock()), year)) as reader:
        return [
            (position, read)
            for position, (name, content) in enumerate(files)
            for read in reader.read(name, content)
        ]


def _progress(total: int) -> Progress:
    def tell(done: int) -> None:
        if done % 1000 == 0 or done == total:
            click.echo(f"{done} / {total}", err=True)

    return tell


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
                yield f"    {field}: {_('；').join(value) if isinstance(value, list) else value}{doubt}"
            yield from (f"    ! {problem.field}: {_said(problem)}" for problem in form.problems)
