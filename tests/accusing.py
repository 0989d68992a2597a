"""Matters that turn out to be accusations after they were handed in as something else."""

from typing import Any

from tests.first_steps import step
from tests.world import World
from tracker.actions import cases, conversions
from tracker.incoming.cases import CaseIn
from tracker.incoming.schema import read
from tracker.incoming.submissions import ToCaseIn
from tracker.queries import submissions

STORY: dict[str, Any] = {"summary": "村主任私分救济粮", "narrative": "村主任私分救济粮。", "area": "0101"}


@step
def carried_on(world: World, public_id: str) -> str:
    """The clerk makes a case of a submission, and the director sees what it is; its reference."""
    with world.writing():
        by = world.actor("clerk")
        reference = conversions.into_case(
            submissions.get(public_id, by), read(ToCaseIn, STORY), by=by
        ).reference
    world.edited(reference, by="director", is_accusation=True)
    return reference


@step
def accused_on(world: World, visit: str) -> None:
    """The member registers one more case of a visit."""
    given = {**STORY, "visit": visit, "is_accusation": True}
    with world.writing():
        cases.register(read(CaseIn, given), by=world.actor("member"))
