"""A committee with something at every stage, for tests of what waits."""

from datetime import timedelta

from tests.world import NOW, World

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
