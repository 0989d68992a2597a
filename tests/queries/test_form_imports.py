"""Uploads of filled forms: who finds which, what is unsealed of them, and what became of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.queries.conftest import Filled, said
from tests.world import NOW, World
from tracker.actions import form_uploads
from tracker.errors import FieldError, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.form_imports import UploadQuery
from tracker.incoming.forms.result import FileRead, Form
from tracker.models import FormImport, ImportForm, ImportOriginal, Outbox, Visit, vault
from tracker.queries import form_imports

OFFICE = {"mine", "theirs", "queued", "failed"}


@pytest.fixture(scope="module")
def filled(plain_filling: Filled) -> Filled:
    world, known = plain_filling.world, plain_filling.known
    known["mine"] = _uploaded(world, "member", "附件1.docx", "汇总.xlsx")
    _read(world, known["mine"], _forms("吴海燕", "吴海燕"), _forms("陈丽华"))
    known["theirs"] = _uploaded(world, "member2", "登记表.docx")
    _read(world, known["theirs"], _forms("陈丽华"))
    known["queued"] = _uploaded(world, "clerk", "说明.txt")
    known["failed"] = _uploaded(world, "clerk", "照片.jpg")
    _read(world, known["failed"], FileRead("照片.jpg", problems=[FieldError("file", "读不出")]))
    known["foreign"] = _uploaded(world, "dt-clerk", "附件1.docx")
    return plain_filling


def _uploaded(world: World, by: str, *names: str) -> str:
    with world.writing():
        sealed = form_uploads.seal([(name, name.encode()) for name in names])
        return form_uploads.receive(sealed, UploadQuery(), by=world.actor(by)).public_id


def _forms(*visitors: str) -> FileRead:
    """Made by the reader out of one file."""
    forms = [
        Form({"visitors": name, "reported": "路灯不亮"}, {"visitors": 0.9}, place=f"第{number}页")
        for number, name in enumerate(visitors, 1)
    ]
    return FileRead("登记表.docx", "annex1", forms=forms, shown=[{"text": "登记表"}])


def _read(world: World, public_id: str, *files: FileRead) -> None:
    with world.writing():
        form_uploads.keep_read(_row(public_id), list(enumerate(files)))


def _row(public_id: str) -> FormImport:
    """Inside an open transaction."""
    return db.session.scalars(select(FormImport).where(FormImport.public_id == public_id)).one()


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", {"mine"}),
        ("member2", {"theirs"}),
        ("secretary", set()),
        ("clerk", OFFICE),
        ("director", set()),
        ("leader", set()),
        ("admin", set()),
        ("dept", set()),
        ("dt-clerk", {"foreign"}),
    ],
)
def test_an_upload_is_its_bringers_and_the_offices(who: str, expected: set[str], reading: Filled) -> None:
    """The list, the upload itself and each of its files say the same."""
    actor = reading.world.actor(who)
    rows, _ = form_imports.page(actor, now=NOW)
    assert set(reading.names(row.public_id for row in rows)) == expected
    for name, public_id in reading.known.items():
        if name in expected:
            assert form_imports.get(public_id, actor).public_id == public_id
        else:
            with pytest.raises(NotFound):
                form_imports.get(public_id, actor)
        for original in _row(public_id).originals:
            if name in expected and original.is_kept:
                assert form_imports.original(original.public_id, actor).id == original.id
                continue
            with pytest.raises(NotFound):
                form_imports.original(original.public_id, actor)


@pytest.mark.parametrize(
    ("who", "expected"), [("clerk", {"mine", "theirs"}), ("member", {"mine"}), ("dt-clerk", set())]
)
def test_what_was_read_waits_to_be_confirmed(who: str, expected: set[str], reading: Filled) -> None:
    rows, _ = form_imports.page(reading.world.actor(who), now=NOW, waits="forms_to_confirm")
    assert set(reading.names(row.public_id for row in rows)) == expected


def test_a_queue_nobody_knows_is_refused_by_name(reading: Filled) -> None:
    with pytest.raises(Invalid) as refused:
        form_imports.page(reading.world.actor("clerk"), now=NOW, waits="overdue")
    assert [fault.field for fault in refused.value.errors] == ["waiting"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_page_after_page_shows_each_upload_once(limit: int, reading: Filled) -> None:
    clerk, found, after = reading.world.actor("clerk"), [], None
    while True:
        rows, after = form_imports.page(clerk, now=NOW, limit=limit, after=after)
        assert len(rows) <= limit
        found += reading.names(row.public_id for row in rows)
        if after is None:
            break
    assert found == ["failed", "queued", "theirs", "mine"]


@pytest.mark.parametrize(
    ("who", "number"), [("member", 1), ("member2", 1), ("clerk", 1), ("secretary", 0), ("dt-clerk", 1)]
)
def test_what_waits_of_ones_own_is_counted(who: str, number: int, reading: Filled) -> None:
    """What failed waits for nobody."""
    assert form_imports.open_by(reading.world.actor(who)) == number


def test_the_names_of_the_files_are_unsealed_upload_by_upload(reading: Filled) -> None:
    mine, failed = _row(reading.known["mine"]), _row(reading.known["failed"])
    assert form_imports.names([mine, failed]) == {
        mine.id: ["附件1.docx", "汇总.xlsx"],
        failed.id: ["照片.jpg"],
    }
    assert form_imports.names([]) == {}


def test_a_file_nothing_was_read_of_keeps_its_name_and_no_content(reading: Filled) -> None:
    (gone,) = _row(reading.known["failed"]).originals
    (kept,) = _row(reading.known["theirs"]).originals
    assert (gone.is_kept, gone.content_sealed) == (False, None)
    assert form_imports.original_to_read(kept.id) == ("登记表.docx", "登记表.docx".encode())


def test_the_forms_come_in_the_order_of_the_files(reading: Filled) -> None:
    mine = _row(reading.known["mine"])
    assert [one.fields["visitors"] for one in form_imports.forms(mine)] == ["吴海燕", "吴海燕", "陈丽华"]
    assert [one.place for one in form_imports.forms(mine)] == ["第1页", "第2页", "第1页"]
    first, second = mine.files
    assert [len(form_imports.forms(mine, file)) for file in (first, second)] == [2, 1]
    assert form_imports.form_count(mine) == 3
    assert form_imports.counts(mine) == {first.id: 2, second.id: 1}
    assert form_imports.form_count(_row(reading.known["failed"])) == 0
    assert form_imports.forms(_row(reading.known["theirs"]), first) == []


def test_a_file_shows_its_words_and_one_without_any_shows_none(reading: Filled) -> None:
    (first, _), (failed,) = _row(reading.known["mine"]).files, _row(reading.known["failed"]).files
    assert (form_imports.file_name(first), form_imports.file_pages(first)) == (
        "登记表.docx",
        [{"text": "登记表"}],
    )
    assert form_imports.file_pages(failed) == []


@pytest.mark.requirement("T01")
def test_nothing_of_a_form_lies_in_the_clear(reading: Filled) -> None:
    for model in (ImportOriginal, ImportForm):
        for row in db.session.scalars(select(model)):
            stored = [value for value in vars(row).values() if isinstance(value, bytes)]
            assert stored and not any(
                "登记表".encode() in value or "陈丽华".encode() in value for value in stored
            )


def test_what_somebody_corrected_stands_above_what_was_read(huiyin: World) -> None:
    public_id = _uploaded(huiyin, "member", "附件1.docx")
    _read(huiyin, public_id, _forms("吴海艳"))
    with huiyin.writing():
        (form,) = form_imports.forms(_row(public_id))
        said_of_it = '{"corrected": {"visitors": "吴海燕"}, "keep": false}'
        form.row.corrected_sealed = vault.seal("import_form", form.id, "corrected", said_of_it)
    with huiyin.reading():
        (form,) = form_imports.forms(_row(public_id))
        assert form.fields == {"visitors": "吴海燕", "reported": "路灯不亮"}
        assert (form.read["visitors"], form.keep, form.cases) == ("吴海艳", False, {})


def test_the_visits_that_came_of_it_are_told_the_first_ones_first(huiyin: World) -> None:
    public_id, other = (_uploaded(huiyin, "member", "附件1.docx") for _ in range(2))
    _read(huiyin, public_id, _forms("吴海燕", "吴海燕", "吴海燕"))
    _read(huiyin, other, _forms("吴海燕"))
    made = [huiyin.visited() for _ in range(3)]
    with huiyin.writing():
        numbers = {row.public_id: row.id for row in db.session.scalars(select(Visit))}
        for form, visit in zip(form_imports.forms(_row(public_id)), made[:2], strict=False):
            form.row.visit_id = numbers[visit]
        form_imports.forms(_row(other))[0].row.visit_id = numbers[made[2]]
    with huiyin.reading():
        imported = _row(public_id)
        assert [visit.public_id for visit, _ in form_imports.made(imported, 5)] == made[:2]
        assert [visit.public_id for visit, _ in form_imports.made(imported, 1)] == made[:1]
        assert sorted(form_imports.visits_of(imported).values()) == sorted(made[:2])
        assert form_imports.is_visit(made[2]) and not form_imports.is_visit("nonsense")


STUCK: list[tuple[str, dict[str, Any], bool]] = [
    ("queued", {"parked_at": NOW}, True),
    ("queued", {}, False),
    ("ready", {"parked_at": NOW}, False),
    ("failed", {"parked_at": NOW}, False),
]


@pytest.mark.parametrize(("status", "job", "stuck"), STUCK, ids=said)
def test_it_is_stuck_when_it_waits_and_the_background_gave_up(
    status: str, job: dict[str, Any], stuck: bool, huiyin: World
) -> None:
    public_id, other = (_uploaded(huiyin, "member", "附件1.docx") for _ in range(2))
    with huiyin.writing():
        _row(public_id).status = status
        (due,) = db.session.scalars(
            select(Outbox).where(Outbox.effect_key == f"read_forms:{public_id}")
        ).all()
        for name, value in job.items():
            setattr(due, name, value)
    with huiyin.reading():
        assert form_imports.is_stuck(_row(public_id)) is stuck
        assert not form_imports.is_stuck(_row(other))


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], []),
        ([1], [[1]]),
        ([1, 2], [[1, 2]]),
        ([1, 2, 3], [[1, 2], [3]]),
        ([1, 2, 3, 4], [[1, 2], [3, 4]]),
    ],
    ids=said,
)
def test_long_lists_are_asked_in_pieces_that_lose_nothing(ids: list[int], expected: list[list[int]]) -> None:
    assert [list(some) for some in form_imports.chunks(ids, 2)] == expected
