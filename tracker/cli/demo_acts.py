"""The acts of the demonstration's stories, each through the action a person would have used."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import select

from tracker.actions import assignments, cases, letter_preview, letter_words, letters, ratings, visits
from tracker.actions.letter_preview import Proof
from tracker.cli.demo_content import Step, Story, Visit
from tracker.extensions import clock, db
from tracker.incoming.cases import CaseIn, RatingIn
from tracker.incoming.letters import LetterEdit, LetterIn
from tracker.incoming.schema import read
from tracker.incoming.visits import VisitIn
from tracker.models import Assignment, Case, Letter, OrgUnit
from tracker.models import Visit as VisitRow
from tracker.outgoing import pdf
from tracker.queries import drives, people
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date


class Stage:
    """What the stories have become so far; every method runs inside the loader's transaction."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self.references: dict[str, str] = {}
        self.visits: dict[str, int] = {}
        self._actors: dict[str, Actor] = {}
        self._printer = ThreadPoolExecutor(max_workers=1)
        self._proofs: dict[str, Future[Proof | None]] = {}

    def play(self, story: Story, step: Step) -> None:
        """One act at its own moment."""
        with clock.at(self.end - step.before):
            ACTS[step.move](self, story, step)

    def pay(self, visit: Visit) -> None:
        """A visit, written down at its moment; its cases follow as acts of their own."""
        moment = self.end - visit.before
        with clock.at(moment):
            by = self.actor(visit.member)
            row, _ = visits.register(_visit_in(visit, moment, _drive(visit, moment, by)), by=by)
            self.visits[visit.key] = row.id

    def actor(self, login: str) -> Actor:
        if login not in self._actors:
            person = people.by_login(login)
            assert person is not None, login
            self._actors[login] = people.as_actor(person)
        return self._actors[login]

    def case(self, story: Story) -> Case:
        reference = self.references[story.key]
        return db.session.scalars(select(Case).where(Case.reference == reference)).one()

    def share(self, story: Story, step: Step) -> Assignment:
        """The latest share of the department that the step's task names."""
        task = story.tasks[step.task or 0]
        query = (
            select(Assignment)
            .join(OrgUnit, OrgUnit.id == Assignment.unit_id)
            .where(Assignment.case_id == self.case(story).id, OrgUnit.key == task.unit)
            .order_by(Assignment.id.desc())
        )
        return db.session.scalars(query).first() or self._missing(story)

    def letter(self, story: Story) -> Letter:
        return self.case(story).letters[-1]

    def print_ahead(self, story: Story, letter: Letter) -> None:
        """Begin the preview while the acts between the draft and its signing go on."""
        preview = letter_preview.of(letter, letter_words.content(letter))
        self._proofs[story.key] = self._printer.submit(preview)

    def proof(self, story: Story) -> Proof | None:
        return self._proofs.pop(story.key).result()

    def resident(self, story: Story) -> Actor:
        case = self.case(story)
        return Actor("resident", case.id, "", case.committee_id)

    @staticmethod
    def _missing(story: Story) -> Assignment:
        raise LookupError(f"{story.key} has no such share")


def _raise(stage: Stage, story: Story, step: Step) -> None:
    given = read(
        CaseIn,
        {
            "summary": story.summary,
            "narrative": story.narrative,
            "area": story.area,
            "source": story.source,
            "urgency": story.urgency,
            "is_petition": story.is_petition,
            "is_accusation": story.is_accusation,
            "origin": story.origin,
            "resident": _resident(story),
            "category": story.category if story.category_at_raise else None,
        },
    )
    visit = db.session.get(VisitRow, stage.visits[story.visit]) if story.visit in stage.visits else None
    case = cases.register(given, by=stage.actor(step.by), visit=visit)
    stage.references[story.key] = case.reference


def _coordinate(stage: Stage, story: Story, step: Step) -> None:
    case, by = stage.case(story), stage.actor(step.by)
    given: dict[str, object] = {
        "route": story.route or "assign",
        "category": story.category,
        "subject_unit": story.subject_unit or "none",
    }
    if story.route in (None, "assign"):
        again = any(share.state == "returned" for share in case.assignments)
        tasks = (
            [task for task in story.tasks if bool(task.return_reason) != again]
            if _is_given_back(story)
            else list(story.tasks)
        )
        given |= {
            "transfer_text": tasks[0].transfer_text,
            "confirmed": True,
            "assignments": [{"unit": t.unit, "role": t.role, "sla_class": t.sla_class} for t in tasks],
        }
    cases.move(case, "coordinate", by=by, given=given)


def _is_given_back(story: Story) -> bool:
    return any(task.return_reason for task in story.tasks)


def _move_share(
    name: str, given: Callable[[Story, Step, Assignment], dict[str, object]]
) -> Callable[[Stage, Story, Step], None]:
    def act(stage: Stage, story: Story, step: Step) -> None:
        share = stage.share(story, step)
        assignments.move(share, name, by=stage.actor(step.by), given=given(story, step, share))

    return act


def _answer(story: Story, step: Step, share: Assignment) -> dict[str, object]:
    answers = story.tasks[step.task or 0].answers
    answer = answers[min(len(share.replies), len(answers) - 1)]
    given: dict[str, object] = {"result_class": answer.result_class, "text": answer.text}
    if answer.contact_record:
        given |= {"contact_record": answer.contact_record, "contact_reason": answer.contact_reason}
    return given


def _move_case(
    name: str, given: Callable[[Stage, Story], dict[str, object]]
) -> Callable[[Stage, Story, Step], None]:
    def act(stage: Stage, story: Story, step: Step) -> None:
        cases.move(stage.case(story), name, by=stage.actor(step.by), given=given(stage, story))

    return act


def _move_letter(name: str) -> Callable[[Stage, Story, Step], None]:
    def act(stage: Stage, story: Story, step: Step) -> None:
        letters.move(stage.letter(story), name, by=stage.actor(step.by))

    return act


def _submit_letter(stage: Stage, story: Story, step: Step) -> None:
    letters.move(stage.letter(story), "submit", by=stage.actor(step.by), preview=stage.proof(story))


def _draft_letter(stage: Stage, story: Story, step: Step) -> None:
    by = stage.actor(step.by)
    letter = letters.draft(stage.case(story), LetterIn(), by=by)
    if story.letter_follow_up:
        content = letter_words.content(letter).model_copy(update={"follow_up": story.letter_follow_up})
        letters.edit(letter, LetterEdit(content=content), by=by)
    stage.print_ahead(story, letter)


def _issue_letter(stage: Stage, story: Story, step: Step) -> None:
    _move_letter("issue")(stage, story, step)
    letter = stage.letter(story)
    letters.freeze(letter, pdf.render(letter_words.page(letter, letter_words.content(letter))))


def _deliver_letter(stage: Stage, story: Story, step: Step) -> None:
    letters.move(
        stage.letter(story),
        "deliver",
        by=stage.actor(step.by),
        given={
            "method": "post" if story.resident.address else "member",
            "delivered_on": shanghai_date(clock()).isoformat(),
        },
    )


def _rate(stage: Stage, story: Story, step: Step) -> None:
    by = stage.resident(story) if step.by == "resident" else stage.actor(step.by)
    given = RatingIn(rating=story.rating or "satisfied", note=story.rating_note)
    ratings.rate(stage.case(story), given, by=by)


def _close(stage: Stage, story: Story, step: Step) -> None:
    cases.move(stage.case(story), "close", by=stage.actor(f"{story.committee}-director"))


def _handle(stage: Stage, story: Story) -> dict[str, object]:
    return {"result": story.outcome} if story.outcome else {}


def _tell(stage: Stage, story: Story) -> dict[str, object]:
    told = "code_page" if story.resident.is_anonymous else "oral"
    return {"told": told, "note": story.told_note}


def _resident(story: Story) -> dict[str, object]:
    person = story.resident
    return {
        "name": person.name,
        "phone": person.phone,
        "address": person.address,
        "consent_process": person.consent_process,
        "consent_forward": person.consent_forward,
        "consent_publish": person.consent_publish,
    }


def _drive(visit: Visit, moment: datetime, by: Actor) -> str:
    """Some visits were made within the other drive that counts too."""
    named = drives.on(shanghai_date(moment), by)
    return named[0] if named and crc32(visit.key.encode()) % 4 == 0 else ""


def _visit_in(visit: Visit, moment: datetime, drive: str) -> VisitIn:
    return read(
        VisitIn,
        {
            "visited_on": shanghai_date(moment),
            "circle": visit.circle,
            "channel": visit.channel,
            "contact": {"name": visit.contact.name, "phone": visit.contact.phone, "kind": visit.contact_kind},
            "persons_count": visit.persons_count,
            "area": visit.area,
            "address": visit.contact.address,
            "reported": visit.reported,
            "help_needed": visit.help_needed,
            "coordination_needed": visit.coordination_needed,
            "drive": drive,
            "client_id": visit.key,
            "consent_process": visit.contact.consent_process,
        },
    )


ACTS: dict[str, Callable[[Stage, Story, Step], None]] = {
    "raise": _raise,
    "coordinate": _coordinate,
    "accept": _move_share("accept", lambda story, step, share: {}),
    "request_return": _move_share(
        "request_return",
        lambda story, step, share: {
            "reason": story.tasks[step.task or 0].return_reason,
            "suggested_unit": story.tasks[step.task or 0].suggested,
        },
    ),
    "decide_return": _move_share(
        "decide_return",
        lambda story, step, share: {
            "granted": True,
            "note": story.tasks[step.task or 0].return_note,
        },
    ),
    "reply": _move_share("reply", _answer),
    "approve_reply": _move_share("approve_reply", lambda story, step, share: {}),
    "rework_reply": _move_share(
        "rework",
        lambda story, step, share: {
            "reason": story.tasks[step.task or 0].rework_reason,
        },
    ),
    "handle": _move_case("handle", _handle),
    "draft_letter": _draft_letter,
    "submit_letter": _submit_letter,
    "approve_letter": _move_letter("approve"),
    "issue_letter": _issue_letter,
    "deliver_letter": _deliver_letter,
    "tell": _move_case("feed_back", _tell),
    "rate": _rate,
    "decline": _move_case("decline", lambda stage, story: {"note": story.reason}),
    "withdraw": _move_case("withdraw", lambda stage, story: {"note": story.reason}),
    "merge": _move_case(
        "merge",
        lambda stage, story: {
            "into": stage.references[story.merge_into or ""],
            "note": story.reason,
        },
    ),
    "close": _close,
}

# Only for the size of a transaction; the acts themselves know nothing of it.
BATCH = 40
RECENT = timedelta(days=2)
