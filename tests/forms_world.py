"""Filled forms on their way through a test's world: uploaded, read by the worker, looked at, confirmed."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from docx.document import Document

from tests.first_steps import step
from tests.incoming.forms.writing import document, table
from tests.world import NOW, World
from tracker.actions import form_imports, form_uploads
from tracker.extensions import clock
from tracker.incoming import form_checks
from tracker.incoming.form_checks import Checked
from tracker.incoming.form_imports import Choices, UploadQuery
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.reader import Reader
from tracker.incoming.forms.result import FileRead, Form
from tracker.jobs.drain import Worker
from tracker.queries import form_imports as find
from tracker.rules.clock import shanghai_date

MINE = "吴海燕"
OTHER = "陈丽华"
HEAD = [
    "序号", "走访人员", "所在组", "走访对象", "走访地址", "走访日期", "走访对象反映的情况",
    "需帮助解决问题情况", "需要统筹协调的问题",
]  # fmt: skip

VISIT: dict[str, Any] = {
    "visitors": [MINE],
    "group": "东亭街道工委会",
    "contact": "顾阿婆",
    "address": "云林社区北街12号",
    "visited_on": "2026-11-20",
    "reported": "小区北门的路灯从三月起就不亮，晚上接孩子的老人走路要打手电。",
}


def annex1(**changes: str) -> bytes:
    """Annex 1 in Word; ``changes`` are its answers by field."""
    fields = {
        "visitors": MINE,
        "group": "东亭街道工委会",
        "contact": "顾阿婆",
        "address": "云林社区北街12号",
        "visited_on": "2026年11月20日",
        "reported": "小区北门的路灯从三月起就不亮，晚上接孩子的老人走路要打手电。",
        "help_needed": "1、请供电部门修好北门路灯；2、给村口的斜坡装上扶手",
        "coordination_needed": "无",
    } | changes
    labels = {
        "visitors": "走访人员",
        "group": "所在委员工作（联络）组",
        "contact": "走访对象",
        "address": "走访地址",
        "visited_on": "走访日期",
        "reported": "走访对象反映的情况",
        "help_needed": "需帮助解决问题情况",
        "coordination_needed": "需要统筹协调的问题",
        "drive": "所属活动",
    }
    rows = [[label, fields[name]] for name, label in labels.items() if name in fields]

    def write(made: Document) -> None:
        made.add_paragraph("大走访活动情况登记表")
        table(made, rows)

    return document(write)


def register(count: int, name: str = MINE) -> list[list[Any]]:
    """A list of visits, each to somebody else."""
    rows: list[list[Any]] = [list(HEAD)]
    for number in range(1, count + 1):
        day = f"2026-{number % 9 + 1:02}-{number % 27 + 1:02}"
        help_needed = f"请修好第{number}号路灯" if number % 2 else "无"
        rows.append(
            [
                number, name, "东亭街道工委会", f"住户{number}", f"云林社区{number}号", day,
                f"第{number}号路灯不亮，晚上出行不便，希望尽快修好。", help_needed, "无",
            ]
        )  # fmt: skip
    return rows


def sent(huiyin: World, *files: tuple[str, bytes], by: str = "clerk", **about: Any) -> str:
    """Uploaded and read; the import's public id."""
    with huiyin.writing():
        imported = form_uploads.receive(form_uploads.seal(files), UploadQuery(**about), by=huiyin.actor(by))
        public_id = imported.public_id
    drained(huiyin)
    return public_id


@step
def brought(world: World, kind: str, *filled: Mapping[str, Any], by: str = "clerk") -> str:
    """Forms as the reader would have read them, each in a file of its own; the import's public id."""
    files = [(f"{kind}-{number}.docx", b"PK") for number in range(len(filled))]
    read = [
        (number, FileRead(name, kind, (), (Form(dict(fields), dict.fromkeys(fields, 1.0)),)))
        for number, ((name, _content), fields) in enumerate(zip(files, filled, strict=True))
    ]
    with world.writing():
        imported = form_uploads.receive(form_uploads.seal(files), UploadQuery(), by=world.actor(by))
        form_uploads.keep_read(imported, read)
        return imported.public_id


def read_at_once(huiyin: World, at: datetime, *files: tuple[str, bytes], by: str = "clerk") -> str:
    """The same without the worker, which would also do whatever else waits."""
    with Reader(Occasion(shanghai_date(at))) as reader:
        found = [(n, one) for n, file in enumerate(files) for one in reader.read(*file)]
    with huiyin.writing(at):
        imported = form_uploads.receive(form_uploads.seal(files), UploadQuery(), by=huiyin.actor(by))
        form_uploads.keep_read(imported, found)
        return imported.public_id


def drained(huiyin: World) -> None:
    with clock.at(NOW):
        Worker(huiyin.app).run(until_empty=True)


def looked(huiyin: World, public_id: str, by: str = "clerk") -> list[Checked]:
    with huiyin.reading():
        actor = huiyin.actor(by)
        return form_checks.look(find.get(public_id, actor), actor, NOW)


def confirmed(
    huiyin: World,
    public_id: str,
    fixes: Sequence[Mapping[str, Any]] = (),
    *,
    by: str = "clerk",
    at_once: int = form_imports.AT_ONCE,
    **choices: Any,
) -> dict[str, Any]:
    """What was made, by number; ``fixes`` go to the forms in their order."""
    with huiyin.writing():
        actor = huiyin.actor(by)
        imported = find.get(public_id, actor)
        named = {one.id: fix for one, fix in zip(find.forms(imported), fixes, strict=False)}
        form_imports.confirm(imported, Choices(**choices), named, by=actor, at_once=at_once)
        return dict(imported.counts)


def status(huiyin: World, public_id: str, by: str = "clerk") -> str:
    with huiyin.reading():
        return find.get(public_id, huiyin.actor(by)).status


def words_of(faults: Sequence[Any]) -> str:
    return re.sub(r"\s", "", "；".join(str(fault) for fault in faults))
