"""The departments' part of a story: who had it, what they were given and what they answered."""

from tracker.cli.demo_content import content, wording
from tracker.cli.demo_content.drafts import Desk, Draft, Telling
from tracker.cli.demo_content.records import Answer, ResultClass, Task
from tracker.cli.demo_content.timeline import spread
from tracker.cli.demo_content.wording import Dates

# How often each class turns up, where the matter has such an answer.
CLASSES: tuple[ResultClass, ...] = ("A", "A", "A", "A", "B", "B", "C", "D")


def tasks(draft: Draft, telling: Telling, desk: Desk) -> tuple[Task, ...]:
    """Nothing where no department has it (yet)."""
    if telling.route != "assign":
        return ()
    result = _result(draft, desk)
    lead = _lead(draft, telling, result, desk)
    if draft.slot.life in ("return_requested", "returned"):
        wrong = _wrong(draft, desk)
        return (wrong, lead) if telling.count("coordinate") == 2 else (wrong,)
    return (lead, *(_co(draft, telling, number, result, desk) for number in range(1, len(draft.co) + 1)))


def _result(draft: Draft, desk: Desk) -> ResultClass:
    replies = draft.setting.matter.replies
    if draft.slot.life in ("fed_back_satisfied", "reopened") and "A" in replies:
        return "A"
    return desk.rng.choice([letter for letter in CLASSES if letter in replies])


def _lead(draft: Draft, telling: Telling, result: ResultClass, desk: Desk) -> Task:
    setting, shape = draft.setting, draft.shape.course
    answers: list[Answer] = []
    replied = telling.replies(shape.lead)
    sent_back = telling.count("rework_reply") > 0
    if sent_back:
        answers.append(wording.thin_answer(setting, draft.lead, result, desk.rng))
        replied = replied[1:]
    answers += [_answer(draft, telling, act.index, result, desk) for act in replied]
    return Task(
        unit=draft.lead,
        role="lead",
        sla_class=shape.sla,
        transfer_text=setting.fill(setting.matter.transfer),
        answers=tuple(answers),
        rework_reason=desk.rng.choice(content.phrases().reply.rework) if sent_back else "",
    )


def _answer(draft: Draft, telling: Telling, replied: int, result: ResultClass, desk: Desk) -> Answer:
    """The good answer; the days it names lie between the dispatch and itself."""
    days = desk.office.days[telling.last("coordinate").index : replied + 1]
    checked, done = spread(days, desk.rng)
    found = wording.lead_answer(draft.setting, draft.lead, result, Dates(checked, done, days[-1]), desk.rng)
    return wording.unreachable(found, desk.rng) if draft.arrival.resident.is_anonymous else found


def _co(draft: Draft, telling: Telling, number: int, result: ResultClass, desk: Desk) -> Task:
    unit, setting = draft.co[number - 1], draft.setting
    answers: tuple[Answer, ...] = ()
    if telling.replies(number):
        answers = (wording.co_answer(setting, unit, result, desk.rng),)
    return Task(unit, "co", draft.shape.course.sla, setting.fill(setting.matter.transfer), answers)


def _wrong(draft: Draft, desk: Desk) -> Task:
    """The department that had it by mistake, and why it gave it back."""
    unit = desk.cast.mistaken(draft.lead)
    setting, returns = draft.setting, content.phrases().returns
    suggested = desk.cast.preset.unit_by_key[draft.lead].name
    reason = desk.rng.choice(returns.reasons)
    return Task(
        unit=unit,
        role="lead",
        sla_class=draft.shape.course.sla,
        transfer_text=setting.fill(setting.matter.transfer),
        return_reason=setting.fill(reason, we=wording.we(unit), suggested=suggested),
        return_note=desk.rng.choice(returns.granted) if draft.slot.life == "returned" else "",
        suggested=draft.lead,
    )
