"""A committee with something at every stage, for tests of what waits."""

from datetime import datetime, timedelta

from tests import inviting
from tests.campaigning import begun
from tests.campaigning import moved as reported
from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import Booklet, FormImport

EVERYBODY = ("member", "secretary", "clerk", "director", "dept", "dept2", "leader", "auditor", "admin")


def everything(world: World) -> None:
    """Late, near, early; returned once and twice; answered, told, rated; closed and declined ones beside."""
    long_ago = NOW - timedelta(days=40)
    world.raised(at=long_ago)
    world.raised(at=NOW - timedelta(days=3))
    world.raised(urgency="urgent")
    world.raised(is_accusation=True)
    world.move(world.raised(), "decline", reason="不属于政协受理范围")
    world.move(world.raised(), "withdraw", reason="群众自己撤回")
    world.coordinated(at=long_ago)
    world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    world.quick()
    world.replied()
    _returned(world, times=1)
    _returned(world, times=2)
    _accepted(world)
    _reworked(world)
    _approved(world)
    world.handled()
    world.letter(world.handled(), "draft")
    world.fed_back()
    world.rated(world.fed_back(), "satisfied")
    world.move(world.fed_back(), "close", by="director")
    world.brief("submitted")
    world.brief("edited")
    papers(world)
    begun(world)
    reported(world, "confirm", by="secretary")
    inviting.proposed(world, inviting.meeting(world))


def papers(world: World) -> None:
    """Booklets before and after each approval, by two editors; uploads of everybody who brings some."""
    with world.writing():
        clerk, second, director = (world.actor(who).id for who in ("clerk", "clerk2", "director"))
        for state in ("draft", "submitted", "approved_once", "approved", "published"):
            for editors in ([clerk], [second], [clerk, second]):
                db.session.add(_booklet(world, state, editors, checked_by=director))
        db.session.add(_booklet(world, "approved_once", [second], checked_by=clerk))
        db.session.add(_booklet(world, "draft", [second, clerk], returned_at=NOW))
        db.session.add(_booklet(world, "draft", [second], returned_at=NOW))
        for who in ("member", "member2", "secretary", "clerk", "admin"):
            for status in ("queued", "ready", "confirmed", "failed"):
                by = world.actor(who)
                db.session.add(FormImport(committee_id=by.committee_id, by_id=by.id, status=status))


def _booklet(
    world: World,
    state: str,
    editors: list[int | None],
    *,
    checked_by: int | None = None,
    returned_at: datetime | None = None,
) -> Booklet:
    waits = state in ("draft", "submitted")
    return Booklet(
        committee_id=world.actor("clerk").committee_id,
        title="走进群众",
        state=state,
        editor_ids=editors,
        checker_id=None if waits else checked_by,
        returned_at=returned_at,
        updated_at=NOW,
    )


def _returned(world: World, *, times: int) -> None:
    reference = world.coordinated(units=(("housing", "separate"), ("transport", "separate")))
    for share in world.shares(reference)[:times]:
        world.move_share(
            share,
            "request_return",
            reason="路灯由市政管养单位负责，不属于本单位职责范围，请改交市政部门。",
            suggested_unit="education",
        )


def _accepted(world: World) -> None:
    world.move_share(world.shares(world.coordinated())[0], "accept")


def _reworked(world: World) -> None:
    # Five working days from a Tuesday end on the next one.
    tuesday = NOW - timedelta(days=6)
    share = world.shares(world.replied(at=tuesday))[0]
    world.move_share(share, "rework", by="clerk", at=tuesday, reason="没有说明何时恢复照明")


def _approved(world: World) -> None:
    world.move_share(world.shares(world.replied())[0], "approve_reply", by="clerk")
