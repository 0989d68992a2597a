"""What happens to a case besides its moves."""

from datetime import UTC, datetime

from sqlalchemy import select

from tests.deeds.deed import CLERK, OFFICE, WRITER, Deed, facts
from tests.world import MATTER, TRANSFER, World
from tracker.actions import (
    assignments,
    attachments,
    cases,
    codes,
    conversions,
    exemplars,
    imports,
    letter_words,
    letters,
    ratings,
    residents,
)
from tracker.extensions import db
from tracker.incoming.assignments import AssignmentIn
from tracker.incoming.attachments import Upload
from tracker.incoming.cases import CaseEdit, CaseIn, ImportedCase, NoteIn, RatingIn, RevealIn
from tracker.incoming.letters import LetterEdit, LetterIn
from tracker.incoming.submissions import FromCaseIn
from tracker.models import Case, Exemplar, Letter

RAISER_AND_OFFICE = ("member", *OFFICE)
TOLD = {"summary": "楼道灯坏了", "narrative": "楼道灯坏了三个月，一直没人修。", "area": "0101"}
NOTE = NoteIn(text="已与社区核实，情况属实。")


def of_a_case(world: World) -> list[Deed]:
    """One that was registered by the member and waits for the office."""
    reference = world.raised()

    def case() -> Case:
        return world.case(reference)

    return [
        Deed(
            "cases.register",
            lambda by: cases.register(CaseIn(**TOLD), by=by),
            ("member", "member2", *OFFICE),
            ("case.raise",),
            is_new=True,
        ),
        Deed(
            "cases.edit",
            lambda by, **seen: cases.edit(case(), CaseEdit(summary="北门路灯不亮"), by=by, **seen),
            RAISER_AND_OFFICE,
            ("case.edit",),
            facts("fields"),
            row=case,
        ),
        Deed("cases.note", lambda by: cases.note(case(), NOTE, by=by), OFFICE, ("case.note",), note=True),
        Deed(
            "cases.note",
            lambda by: cases.note(case(), NOTE, by=by, verb="instruct"),
            ("director", "leader"),
            ("case.instruct",),
            note=True,
        ),
        Deed(
            "assignments.draft",
            lambda by, **seen: assignments.draft(
                case(), AssignmentIn(unit="housing", transfer_text=TRANSFER), by=by, **seen
            ),
            OFFICE,
            ("assignment.draft",),
            facts("unit"),
            row=case,
        ),
        Deed(
            "attachments.add",
            lambda by: attachments.add(case(), Upload("照片.jpg", "image/jpeg", b"\xff\xd8"), by=by),
            RAISER_AND_OFFICE,
            ("case.attach",),
            facts("file", "sha256"),
        ),
        Deed("codes.issue", lambda by: codes.issue(case(), by=by), RAISER_AND_OFFICE, ("case.issue_code",)),
        Deed(
            "conversions.from_case",
            lambda by, **seen: conversions.from_case(
                case(), FromCaseIn(into="research_topic", title="老旧小区照明管养"), by=by, **seen
            ),
            OFFICE,
            ("case.convert",),
            facts("into"),
            row=case,
        ),
        Deed(
            "residents.reveal",
            lambda by: residents.reveal(case(), RevealIn(reason="回访核实办理情况"), by=by),
            OFFICE,
            ("case.reveal",),
            note=True,
        ),
        Deed(
            "exemplars.mark",
            lambda by: exemplars.mark(case(), "办得快、说得清", by=by),
            ("secretary", "clerk"),
            ("exemplar.mark",),
            facts("case"),
        ),
        Deed(
            "imports.store",
            lambda by: imports.store([_imported()], by=by),
            ("member", "member2", *OFFICE),
            ("case.raise",),
            is_new=True,
        ),
    ]


def _imported() -> ImportedCase:
    return ImportedCase(
        **TOLD, source="import", occurred_at=datetime(2025, 3, 1, tzinfo=UTC), import_key="xs:A-1"
    )


def of_a_handled_case(world: World) -> list[Deed]:
    """One to be written about, one about which a letter is being written, one that was told already."""
    ready, told = world.handled(), world.fed_back()
    drafted = world.letter(world.handled())
    with world.writing():
        codes.issue(world.case(told), by=world.actor("clerk"))
        exemplars.mark(world.case(told), "办得快、说得清", by=world.actor("clerk"))

    def letter() -> Letter:
        return db.session.scalars(select(Letter).where(Letter.public_id == drafted)).one()

    def words() -> LetterEdit:
        content = letter_words.content(letter())
        return LetterEdit(content=content.model_copy(update={"closing": "专此反馈。"}))

    return [
        Deed(
            "letters.draft",
            lambda by, **seen: letters.draft(world.case(ready), LetterIn(), by=by, **seen),
            OFFICE,
            ("letter.draft",),
            row=lambda: world.case(ready),
        ),
        Deed(
            "letters.edit",
            lambda by, **seen: letters.edit(letter(), words(), by=by, **seen),
            OFFICE,
            ("letter.edit",),
            facts("revision"),
            row=letter,
        ),
        Deed(
            "ratings.rate",
            lambda by, **seen: ratings.rate(
                world.case(told), RatingIn(rating="satisfied", note="路灯亮了"), by=by, **seen
            ),
            WRITER,
            ("case.rate",),
            facts("rating", "by", "round"),
            row=lambda: world.case(told),
            note=True,
        ),
        Deed(
            "codes.issue_pin",
            lambda by: codes.issue_pin(world.case(told), by=by),
            OFFICE,
            ("case.reset_letter_lock",),
        ),
        Deed(
            "exemplars.end",
            lambda by: exemplars.end(db.session.scalars(select(Exemplar)).one(), by=by),
            ("secretary", *CLERK),
            ("exemplar.unmark",),
        ),
        Deed(
            "conversions.from_case",
            lambda by, **seen: conversions.from_case(
                world.case(told),
                FromCaseIn(into="brief", title="老旧小区充电设施不足", text=MATTER),
                by=by,
                **seen,
            ),
            OFFICE,
            ("submission.submit_for", "case.convert"),
            row=lambda: world.case(told),
        ),
    ]
