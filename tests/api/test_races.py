"""Eight programs make the same move on the same case, all having seen the same version (R2, T36)."""

import os
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.api.caller import Calls
from tests.counted import Counted
from tests.together import together
from tests.world import NOW, World
from tracker.extensions import clock, db
from tracker.models import Event

GATE = os.environ.get("HUIYIN_TIER") == "gate"
ROUNDS = 1_000 if GATE else 15
# Four people who may, each with two programs.
CLIENTS = ("clerk", "clerk2", "director", "director2") * 2
QUICK = {"move": "coordinate", "route": "quick", "result": "已电话告知办理渠道。"}
Client = tuple[FlaskClient, str]


@pytest.fixture
def eight(either_api: Calls) -> list[Client]:
    return [(either_api.world.app.test_client(), either_api.token(login)) for login in CLIENTS]


def _race(world: World, eight: list[Client]) -> tuple[str, list[object]]:
    """The case they met at, and what each was answered."""
    reference = world.raised()
    version = _stored(world, reference)[0]

    def moving(http: FlaskClient, token: str) -> Callable[[], TestResponse]:
        def move() -> TestResponse:
            with clock.at(NOW):
                return http.post(
                    f"/api/v1/cases/{reference}/moves",
                    json=QUICK,
                    headers={"Authorization": f"Bearer {token}", "If-Match": f'"{version}"'},
                )

        return move

    return reference, together(*(moving(*client) for client in eight))


def _stored(world: World, reference: str) -> tuple[int, str, list[str]]:
    """Version, state, and how the case came there."""
    with world.reading():
        case = world.case(reference)
        verbs = db.session.scalars(select(Event.verb).where(Event.case_id == case.id).order_by(Event.id))
        return case.version, case.state, list(verbs)


@pytest.mark.gate(seconds=150)
@pytest.mark.timeout(3_600 if GATE else 180)
@pytest.mark.requirement("R2")
@pytest.mark.requirement("T36")
def test_of_eight_who_make_the_same_move_one_wins_and_the_others_learn_the_version(
    either: World, eight: list[Client], counted: Counted
) -> None:
    answers = 0
    for _ in range(ROUNDS):
        reference, results = _race(either, eight)
        won = [answer for answer in results if _status(answer) == 200]
        lost = [answer for answer in results if _status(answer) == 409]
        version, state, verbs = _stored(either, reference)
        assert (len(won), len(lost)) == (1, len(eight) - 1), [_status(answer) for answer in results]
        assert {answer.json["version"] for answer in [*won, *lost]} == {version}
        assert (state, verbs) == ("coordinated", ["raise", "coordinate"])
        answers += len(results)
    counted(
        f"{ROUNDS} rounds of {len(eight)} clients making one move, {answers} answers: "
        f"in each round one 200, one event, and {len(eight) - 1} × 409 with the version it has now"
    )


def _status(answer: object) -> int:
    assert isinstance(answer, TestResponse), answer
    return answer.status_code
