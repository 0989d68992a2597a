"""One matter carried on as another thing (S2-06): a case as a brief, a submission as a case."""

from tracker.actions import cases, diary, submissions
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.incoming.cases import CaseIn
from tracker.incoming.submissions import CarryOnIn, FromCaseIn, SubmissionIn, ToCaseIn
from tracker.models import Case, Conversion, Person, Submission
from tracker.queries import redaction
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@action
def from_case(case: Case, given: FromCaseIn, *, by: Actor, expect: int | None = None) -> Conversion:
    """A brief, a suggestion, a research topic or a proposal lead out of a case.

    Nothing in it may tell who raised it, as in the text departments get (T03).
    """
    permissions.require(by, "convert", case)
    lock(case, expect)
    if case.is_accusation:
        raise Conflict(N_("检举控告只能转送，不能转化"), version=case.version)
    _name_nobody(case, given)
    fresh = _submission(case, given, by) if given.into in ("brief", "suggestion") else None
    made = _conversion(given.into, given.title, by, case=case, submission=fresh)
    diary.write(case, "convert", by=by, data={"into": given.into})
    return made


@action
def into_case(found: Submission, given: ToCaseIn, *, by: Actor, expect: int | None = None) -> Case:
    """A case of the member who wrote it, from the same visit."""
    permissions.require(by, "convert", found)
    lock(found, expect)
    _not_taken_back(found)
    told = CaseIn(
        summary=given.summary,
        narrative=given.narrative,
        area=given.area,
        category=given.category,
        source="visit" if found.visit else "other",
    )
    case = cases.register(told, by=by, visit=found.visit)
    case.raised_by_id, case.group_id = found.member_id, found.group_id
    _conversion("case", given.summary, by, case=case, submission=found)
    diary.write(found, "convert", by=by, data={"into": "case"})
    return case


@action
def carry_on(found: Submission, given: CarryOnIn, *, by: Actor, expect: int | None = None) -> Conversion:
    """A research topic of a sector or a lead for a proposal."""
    permissions.require(by, "convert", found)
    lock(found, expect)
    _not_taken_back(found)
    made = _conversion(given.into, given.title, by, submission=found)
    diary.write(found, "convert", by=by, data={"into": given.into})
    return made


def _submission(case: Case, given: FromCaseIn, by: Actor) -> Submission:
    told = SubmissionIn(kind=given.into, title=given.title, text=given.text)  # type: ignore[arg-type]
    fresh = submissions.new(told, session().get_one(Person, case.raised_by_id), by)
    fresh.visit_id = case.visit_id
    submissions.store(fresh, by=by)
    return fresh


def _conversion(
    into: str, title: str, by: Actor, *, case: Case | None = None, submission: Submission | None = None
) -> Conversion:
    made = Conversion(
        committee_id=by.committee_id,
        into=into,
        title=title,
        case_id=case.id if case else None,
        submission_id=submission.id if submission else None,
        made_by_id=by.person_id,
    )
    session().add(made)
    session().flush()
    return made


def _name_nobody(case: Case, given: FromCaseIn) -> None:
    for field, text in (("title", given.title), ("text", given.text)):
        if hits := redaction.refused_in(case, text):
            told = "、".join(dict.fromkeys(hit.text for hit in hits))
            raise Invalid.one(field, N_("还能看出是谁：%(what)s，请删去或换个说法"), what=told)


def _not_taken_back(found: Submission) -> None:
    if found.state == "withdrawn":
        raise Conflict(N_("已经撤回，不能再转化"), version=found.version)
