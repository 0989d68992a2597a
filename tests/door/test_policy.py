"""What a post may ask for at all is said at the door; an object that may not be known of is not found."""

import logging

import pytest
from flask import Flask, g

from tests.door.conftest import Visit
from tests.world import World
from tracker.door import policy, routes
from tracker.errors import Forbidden, NotFound, NotSignedIn
from tracker.extensions import transaction
from tracker.rules import permissions
from tracker.rules.actors import Actor, Post

pytestmark = pytest.mark.usefixtures("monday")


def refused(app: Flask, actor: Actor | None, path: str, method: str = "GET") -> type[Exception] | None:
    """How the door refuses this visitor, before any row is looked up."""
    with app.test_request_context(path, method=method):
        g.actor = actor
        try:
            policy.check_signed_in()
            policy.check_role()
        except (Forbidden, NotFound, NotSignedIn) as found:
            return type(found)
    return None


def holder(*roles: str) -> Actor:
    return Actor("person", 1, "某人", 1, tuple(Post(role, 1) for role in roles))


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("role", "path", "method", "answer"),
    [
        ("clerk", "/cases", "GET", None),
        ("admin", "/cases", "GET", Forbidden),
        ("handler", "/cases", "GET", Forbidden),
        ("handler", "/assignments", "GET", None),
        ("member", "/people", "GET", Forbidden),
        ("admin", "/people", "GET", None),
        ("leader", "/cases/export", "GET", Forbidden),
        ("director", "/cases/export", "GET", None),
        ("admin", "/cases/XS-2026-000001", "GET", NotFound),
        ("handler", "/cases/XS-2026-000001", "GET", NotFound),
        ("leader", "/cases/XS-2026-000001", "GET", None),
        ("leader", "/cases/XS-2026-000001/edit", "GET", None),
        ("leader", "/letters/x", "GET", NotFound),
        ("handler", "/letters/x", "GET", NotFound),
        ("handler", "/api/v1/cases", "GET", Forbidden),
        ("handler", "/api/v1/cases/XS-2026-000001", "GET", NotFound),
        ("handler", "/api/v1/letters/x/pdf", "GET", NotFound),
        ("leader", "/api/v1/visits", "POST", Forbidden),
    ],
)
def test_a_role_is_refused_what_it_may_never_do(
    app: Flask, role: str, path: str, method: str, answer: type[Exception] | None
) -> None:
    assert refused(app, holder(role), path, method) is answer


@pytest.mark.requirement("T14")
def test_two_posts_open_what_either_opens(app: Flask) -> None:
    assert refused(app, holder("leader"), "/letters/x") is NotFound
    assert refused(app, holder("leader", "clerk"), "/letters/x") is None


@pytest.mark.requirement("T14")
def test_an_account_without_a_post_has_only_its_own_pages(app: Flask) -> None:
    nobody = holder()
    for path in ("/", "/help", "/account", "/notices", "/api/v1/me"):
        assert refused(app, nobody, path) is None, path
    for path in ("/cases", "/people", "/visits", "/assignments", "/letters", "/api/v1/cases"):
        assert refused(app, nobody, path) is Forbidden, path


@pytest.mark.requirement("T14")
def test_whoever_is_not_signed_in_gets_nothing_but_what_is_open(app: Flask) -> None:
    opened = set()
    for rule in app.url_map.iter_rules():
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        path = app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "x"))
        if refused(app, None, path, method) is None:
            opened.add(rule.endpoint)
    assert opened - policy.STATIC == policy.PUBLIC


@pytest.mark.requirement("T14")
def test_a_route_in_no_list_is_refused_to_everybody_and_told_to_the_log(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delitem(routes.ASKS, "cases.index")
    with caplog.at_level(logging.ERROR, "huiyin"):
        for role in ("clerk", "director", "admin"):
            assert refused(app, holder(role), "/cases") is Forbidden
    assert caplog.records and all("cases.index" in record.message for record in caplog.records)


@pytest.mark.requirement("T14")
def test_a_route_of_one_object_that_stands_in_no_list_is_refused_and_not_only_unfound(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(routes.ASKS, "cases.show")
    for role in ("clerk", "director", "handler", "admin"):
        assert refused(app, holder(role), "/cases/XS-2026-000001") is Forbidden, role


def test_an_ordinary_refusal_is_no_matter_for_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "huiyin"):
        assert refused(app, holder("admin"), "/cases") is Forbidden
        assert refused(app, holder("clerk"), "/cases") is None
    assert caplog.records == []


@pytest.mark.requirement("T01")
@pytest.mark.parametrize("endpoint", ["cases.reveal", "cases.attachment"])
def test_what_hangs_on_a_case_is_not_found_by_whoever_sees_no_case(app: Flask, endpoint: str) -> None:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    path = app.url_map.bind("localhost").build(endpoint, dict.fromkeys(rule.arguments, "x"))
    method = "GET" if "GET" in (rule.methods or ()) else "POST"
    assert refused(app, holder("handler"), path, method) is NotFound
    assert refused(app, holder("leader"), path, method) is not NotFound


@pytest.mark.parametrize(
    ("method", "endpoint", "safe"),
    [
        ("GET", "cases.index", True),
        ("HEAD", "cases.index", True),
        ("OPTIONS", "cases.create", True),
        ("POST", "cases.create", False),
        ("PUT", "cases.create", False),
        ("TRACE", "cases.index", False),
        ("POST", "letters.preview", True),
        ("POST", "track.look", False),
    ],
)
def test_what_changes_nothing_is_told_by_method_or_by_name(method: str, endpoint: str, safe: bool) -> None:
    assert policy.is_safe(method, endpoint) is safe


@pytest.mark.parametrize("list_", [policy.PUBLIC, policy.WRITES_NOTHING, policy.TOKENLESS, routes.OWN])
def test_no_list_names_a_route_that_is_gone(app: Flask, list_: frozenset[str]) -> None:
    with app.app_context():
        assert list_ <= set(policy.endpoints())


def test_each_route_stands_in_one_list_only() -> None:
    assert policy.PUBLIC.isdisjoint(routes.OWN) and set(routes.ASKS).isdisjoint(policy.PUBLIC | routes.OWN)
    assert set(policy.SEEN_THROUGH.values()) <= set(permissions.table())


@pytest.mark.requirement("T20")
def test_only_what_a_code_in_the_body_proves_needs_no_token() -> None:
    assert policy.TOKENLESS < policy.PUBLIC


def test_a_route_asks_its_own_question_of_the_object(huiyin: World) -> None:
    reference = huiyin.raised()
    for login, may in (("clerk", True), ("leader", False)):
        with huiyin.app.test_request_context(f"/cases/{reference}/edit"), transaction("read"):
            g.actor = huiyin.actor(login)
            case = huiyin.case(reference)
            if may:
                policy.ask(case)
                continue
            with pytest.raises(Forbidden):
                policy.ask(case)


def test_a_stranger_of_another_committee_learns_nothing(huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised()
    assert visit("dt-clerk").client.get(f"/cases/{reference}").status_code == 404
    assert visit("clerk").client.get(f"/cases/{reference}").status_code == 200
