"""Neighbours who say the same: cases merged into a master, and near duplicates nobody has noticed yet."""

from dataclasses import replace
from datetime import timedelta

from tracker.cli.demo_content import content, wording
from tracker.cli.demo_content.chooser import Chooser, NothingFits
from tracker.cli.demo_content.drafts import Arrival, Desk, Draft
from tracker.cli.demo_content.lives import Beat, total
from tracker.cli.demo_content.records import Source, Step, Story
from tracker.cli.demo_content.shapes import Act, Slot
from tracker.cli.demo_content.slots import CHILDREN_EACH, NEAR_DUPLICATES, masters
from tracker.cli.demo_content.timeline import Walk
from tracker.cli.demo_content.writer import write

TRIES = 40
# The neighbours write within these days of the first, and long before an answer is approved.
SPAN = 4


def write_families(chooser: Chooser, desk: Desk) -> list[Story]:
    """Each master with its merged neighbours; two open ones also have a twin still lying in the queue."""
    found: list[Story] = []
    twins = 0
    for slot in masters(desk.cast.committee, desk.rng):
        draft = _master(slot, chooser, desk)
        master = write(draft, desk)
        found.append(master)
        found += [_child(draft, master, number, chooser, desk) for number in range(CHILDREN_EACH)]
        if twins < NEAR_DUPLICATES:
            found.append(_twin(draft, chooser, desk))
            twins += 1
    return found


def _master(slot: Slot, chooser: Chooser, desk: Desk) -> Draft:
    for _ in range(TRIES):
        draft = chooser.draft(slot, family=True)
        if draft is not None and _days_open(draft, desk) >= SPAN:
            return replace(draft, variant=0, arrival=_visited(draft.arrival, chooser))
    raise NothingFits(f"family of {slot.life}")


def _visited(arrival: Arrival, chooser: Chooser) -> Arrival:
    return replace(arrival, visit=chooser.number()) if arrival.source == "visit" else arrival


def _days_open(draft: Draft, desk: Desk) -> int:
    """Working days in which neighbours can still be merged into it."""
    moves = [beat.move for beat in draft.shape.beats]
    if "handle" in moves:
        return total(draft.shape.beats[: moves.index("handle")])
    return len(desk.office.days) - 1 - draft.shape.start


def _child(draft: Draft, master: Story, number: int, chooser: Chooser, desk: Desk) -> Story:
    source: Source = desk.rng.choice(("phone", "wechat", "mailbox"))
    matter = draft.setting.matter
    resident = chooser.resident(draft.setting.place, matter)
    summary, _ = matter.echoes[number % len(matter.echoes)]
    clerk = desk.cast.clerk(desk.rng)
    told = _fed_back(master) is not None
    return Story(
        key=chooser.number(),
        committee=master.committee,
        matter=matter.key,
        life="merged",
        area=master.area,
        category=matter.category,
        category_at_raise=True,
        summary=draft.setting.fill(summary),
        narrative=wording.echo(draft.setting, number % len(matter.echoes), source, resident, desk.rng),
        source=source,
        urgency=master.urgency,
        is_petition=matter.petition,
        is_accusation=False,
        subject_unit=None,
        resident=resident,
        raised_by=clerk,
        steps=_child_steps(draft, master, number, clerk, desk),
        reason=desk.rng.choice(content.phrases().notes.merge),
        told="oral" if told else None,
        told_note=desk.rng.choice(content.phrases().notes.oral) if told else "",
        merge_into=master.key,
    )


def _child_steps(draft: Draft, master: Story, number: int, clerk: str, desk: Desk) -> tuple[Step, ...]:
    """Raised after the master, merged before it is handled, told when the master's letter is out."""
    last = len(desk.office.days) - 1
    walk = Walk(desk.office, min(draft.shape.start + 1 + number, last), desk.rng)
    raised = Act(Beat("raise", "clerk", 0), walk.start(outside_hours=False), walk.index)
    merged = Act(Beat("merge", "clerk", 0), walk.after(0), walk.index)
    steps = [Step(act.beat.move, desk.office.end - act.at, clerk) for act in (raised, merged)]
    delivered = _fed_back(master)
    if delivered is not None:
        steps.append(Step("tell", delivered - timedelta(minutes=7 + 5 * number), clerk))
    return tuple(steps)


def _fed_back(master: Story) -> timedelta | None:
    return next((step.before for step in master.steps if step.move == "deliver_letter"), None)


def _twin(draft: Draft, chooser: Chooser, desk: Desk) -> Story:
    """The same thing at the same place in other words, raised on one of the last days."""
    twin = replace(
        draft,
        key=chooser.number(),
        slot=replace(draft.slot, life="raised", overdue=False),
        shape=replace(
            draft.shape,
            course=replace(draft.shape.course, life="raised"),
            beats=draft.shape.beats[:1],
            start=desk.office.back(desk.rng.randint(0, 1)),
        ),
        arrival=Arrival("phone", None, chooser.resident(draft.setting.place, draft.setting.matter)),
        variant=1,
    )
    return write(twin, desk)
