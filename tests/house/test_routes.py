"""Every route says who may open it, and no page says so of a route that is gone."""

from flask import Flask

from tracker.door import policy, routes
from tracker.rules import permissions


def test_every_route_has_a_policy_and_no_policy_is_left_over(app: Flask) -> None:
    known = policy.PUBLIC | policy.STATIC | routes.OWN | set(routes.ASKS)
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == known


def test_every_question_a_route_asks_stands_in_the_permission_file() -> None:
    assert set(routes.ASKS.values()) <= set(permissions.table())
