"""Writes a draft down as a story: its acts on their days, then all the words that follow from them."""

from collections.abc import Sequence
from typing import Final

from tracker.cli.demo_content import content, departments, wording
from tracker.cli.demo_content.drafts import Desk, Draft, Telling
from tracker.cli.demo_content.records import Step, Story, Task, Told
from tracker.cli.demo_content.shapes import acts

IN_THE_EVENING: Final = ("visit", "wechat", "mailbox", "other")


def write(draft: Draft, desk: Desk) -> Story:
    """One story; an anonymous person's answer is told on the code page, never by letter."""
    setting, arrival = draft.setting, draft.arrival
    matter = setting.matter
    clerk = desk.cast.clerk(desk.rng)
    raiser = arrival.raiser.login if arrival.raiser else clerk
    evening = arrival.source in IN_THE_EVENING and desk.rng.random() < 0.35
    telling = Telling(draft.slot, acts(draft.shape, desk.office, desk.rng, evening=evening, at=arrival.at))
    tasks = departments.tasks(draft, telling, desk)
    return Story(
        key=draft.key,
        committee=desk.cast.committee,
        matter=matter.key,
        life=draft.slot.life,
        area=setting.place.area,
        category=matter.category,
        category_at_raise=arrival.raiser is None or desk.rng.random() < 0.7,
        summary=setting.fill(matter.summaries[draft.variant % len(matter.summaries)]),
        narrative=_narrative(draft, desk),
        source=arrival.source,
        urgency="urgent" if matter.urgent else "normal",
        is_petition=matter.petition,
        is_accusation=matter.route == "accusation",
        subject_unit=_subject(draft, tasks),
        resident=arrival.resident,
        raised_by=raiser,
        steps=_steps(telling, tasks, raiser, clerk, desk),
        route=telling.route,
        transfer_text=tasks[0].transfer_text if tasks else "",
        tasks=tasks,
        outcome=_outcome(draft, telling),
        reason=_reason(draft),
        told=telling.told,
        told_note=_told_note(telling.told, desk),
        letter_follow_up=_follow_up(draft, tasks, desk) if telling.count("draft_letter") else "",
        rating=telling.rating,
        rating_note=_rating_note(draft, telling, desk),
        visit=arrival.visit,
        origin=desk.rng.choice(("help", "coordination")) if arrival.source == "visit" else None,
        overdue=telling.is_overdue(draft, desk.office),
    )


def _narrative(draft: Draft, desk: Desk) -> str:
    variant = draft.variant % len(draft.setting.matter.narratives)
    return wording.narrative(draft.setting, variant, draft.arrival.source, draft.arrival.resident, desk.rng)


def _subject(draft: Draft, tasks: Sequence[Task]) -> str | None:
    """Whose conduct it is about; such a case never goes to that unit, so one that did has none."""
    return None if tasks else draft.setting.matter.subject or None


def _steps(telling: Telling, tasks: Sequence[Task], raiser: str, clerk: str, desk: Desk) -> tuple[Step, ...]:
    by_member = desk.cast.person(raiser).role == "member"
    parts = {
        "raiser": raiser,
        "clerk": clerk,
        "director": desk.cast.director(),
        "member": raiser if by_member else "resident",
        "resident": "resident",
    }
    handlers = [desk.cast.handler(task.unit) for task in tasks]
    return tuple(
        Step(
            move=act.beat.move,
            before=desk.office.end - act.at,
            by=handlers[act.beat.task or 0] if act.beat.who == "task" else parts[act.beat.who],
            task=act.beat.task,
        )
        for act in telling.acts
    )


def _outcome(draft: Draft, telling: Telling) -> str:
    if telling.route == "quick":
        return draft.setting.fill(draft.setting.matter.quick)
    return draft.setting.matter.outcome if telling.route in ("refer", "brief") else ""


def _reason(draft: Draft) -> str:
    if draft.slot.life == "declined":
        return draft.setting.matter.outcome
    return draft.setting.matter.withdrawal if draft.slot.life == "withdrawn" else ""


def _follow_up(draft: Draft, tasks: Sequence[Task], desk: Desk) -> str:
    """The matter's own sentence speaks of something solved; anything else gets one that promises less."""
    result = tasks[0].answers[-1].result_class
    if result == "A":
        return draft.setting.fill(draft.setting.matter.follow_up)
    return desk.rng.choice(content.phrases().follow_ups[result])


def _told_note(told: Told | None, desk: Desk) -> str:
    notes = content.phrases().notes
    return {"oral": desk.rng.choice(notes.oral), "code_page": notes.code_page[0]}.get(told or "", "")


def _rating_note(draft: Draft, telling: Telling, desk: Desk) -> str:
    """The resident's own words; those of a half-satisfied one fit anything."""
    matter = draft.setting.matter
    if telling.route == "quick" and telling.rating:
        return desk.rng.choice(content.phrases().notes.quickly)
    notes = {
        "satisfied": matter.reaction,
        "basically": desk.rng.choice(content.phrases().notes.basically),
        "dissatisfied": matter.unhappy,
    }
    return notes.get(telling.rating or "", "")
