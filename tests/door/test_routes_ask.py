"""The question each route asks at the door fits what the route does, for pages and programs alike (T14)."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tracker.door import limits, policy, routes
from tracker.rules import permissions

pytestmark = pytest.mark.requirement("T14")

# Each move asks for its own right in its action; the door only asks whether one may look.
BY_MOVE = {
    "cases.move",
    "assignments.move",
    "letters.move",
    "submissions.move",
    "group_reports.move",
    "invitees.move",
    "booklets.move",
    "api.move_case",
    "api.move_assignment",
    "api.move_letter",
    "api.move_submission",
}
# What a page does for a person and what does the same for a program.
SAME = {
    "api.list_activities": "activities.index",
    "api.show_activity": "activities.show",
    "api.hold_activity": "activities.create",
    "api.edit_activity": "activities.edit",
    "api.cancel_activity": "activities.cancel",
    "api.list_assignments": "assignments.index",
    "api.show_assignment": "assignments.show",
    "api.move_assignment": "assignments.move",
    "api.draft_assignment": "cases.assign",
    "api.list_booklets": "booklets.index",
    "api.booklet_pdf": "booklets.pdf",
    "api.list_campaigns": "campaigns.index",
    "api.campaign_summary_xlsx": "form_files.summary",
    "api.campaign_summary_docx": "form_files.summary",
    "api.campaign_summary_pdf": "form_files.summary",
    "api.list_cases": "cases.index",
    "api.show_case": "cases.show",
    "api.raise_case": "cases.create",
    "api.move_case": "cases.move",
    "api.rate_case": "cases.rate",
    "api.list_contact_links": "contact_links.index",
    "api.add_contact_link": "contact_links.create",
    "api.end_contact_link": "contact_links.end",
    "api.digest_pdf": "digests.pdf",
    "api.digest_xlsx": "digests.xlsx",
    "api.list_digests": "digests.index",
    "api.upload_forms": "imports.upload",
    "api.show_import": "imports.show",
    "api.confirm_import": "imports.confirm",
    "api.draft_letter": "letters.new",
    "api.show_letter": "letters.show",
    "api.move_letter": "letters.move",
    "api.letter_pdf": "letters.pdf",
    "api.members": "members.index",
    "api.list_submissions": "submissions.index",
    "api.show_submission": "submissions.show",
    "api.hand_in": "submissions.create",
    "api.move_submission": "submissions.move",
    "api.list_visits": "visits.index",
    "api.show_visit": "visits.show",
    "api.add_visit": "visits.create",
    "api.list_workstations": "workstations.index",
    "api.show_workstation": "workstations.show",
    "api.set_up_workstation": "workstations.create",
    "api.edit_workstation": "workstations.edit",
    "api.close_workstation": "workstations.close",
    "api.receive_residents": "workstations.receive",
}
# A form and what it sends, where they have names of their own.
FORMS = {
    "activities.new": "activities.create",
    "campaigns.ask_reminder": "campaigns.send_reminder",
    "cases.edit": "cases.correct",
    "cases.new": "cases.create",
    "cases.triage": "cases.coordinate",
    "heard.ask": "heard.register",
    "people.new": "people.create",
    "submissions.ask_from_case": "submissions.from_case",
    "submissions.ask_into_case": "submissions.into_case",
    "submissions.edit": "submissions.correct",
    "submissions.new": "submissions.create",
    "units.new": "units.create",
    "visits.edit": "visits.correct",
    "visits.new": "visits.create",
    "work_rules.edit": "work_rules.save",
    "workstations.new": "workstations.create",
}


def writes(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if not policy.is_safe(next(iter((rule.methods or set()) - {"OPTIONS", "HEAD"})), rule.endpoint):
            yield rule.endpoint


def roles(question: str) -> set[str]:
    return set(permissions.table()[question].grants) - {"system", "resident"}


def test_a_write_asks_for_more_than_to_look_unless_its_move_asks(app: Flask) -> None:
    looking = {name for name in writes(app) if routes.ASKS.get(name, "").endswith((".read", ".list"))}
    assert looking == BY_MOVE


@pytest.mark.parametrize("program", SAME)
def test_a_program_asks_what_the_page_asks(program: str) -> None:
    assert routes.ASKS[program] == routes.ASKS[SAME[program]]


@pytest.mark.parametrize("form", FORMS)
def test_whoever_is_given_a_form_may_send_it(form: str) -> None:
    assert routes.ASKS[form] == routes.ASKS[FORMS[form]]


def test_whoever_writes_at_an_address_may_look_there(app: Flask) -> None:
    """Or the answer to a form would lead to a page its sender may not open."""
    looks: dict[str, str] = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint in routes.ASKS:
            looks[rule.rule] = routes.ASKS[rule.endpoint]
    both = [rule for rule in app.url_map.iter_rules() if rule.rule in looks and rule.endpoint in routes.ASKS]
    assert len(both) > len(looks)
    for rule in both:
        assert roles(routes.ASKS[rule.endpoint]) <= roles(looks[rule.rule]), rule.endpoint


def test_where_one_thing_is_asked_for_it_is_known_who_may_know_of_it(app: Flask) -> None:
    """Whoever may not is told 404 by the noun's own row; without one, everybody would be."""
    unknown = set()
    for rule in app.url_map.iter_rules():
        noun = routes.ASKS.get(rule.endpoint, "").partition(".")[0]
        if noun and rule.arguments and noun not in policy.SEEN_THROUGH:
            unknown |= {rule.endpoint} - ({rule.endpoint} if f"{noun}.read" in permissions.table() else set())
    # Who may put something forward is who may take it back; nobody else sees the list.
    assert unknown == {"exemplars.end"}


@pytest.mark.parametrize(
    "names",
    [policy.UPLOADS, policy.STATIC, set(limits.BY_ADDRESS), set(limits.LOOKS)],
    ids=["uploads", "static", "limits", "looks"],
)
def test_no_other_list_of_the_door_names_a_route_that_is_gone(app: Flask, names: set[str]) -> None:
    assert names <= {rule.endpoint for rule in app.url_map.iter_rules()}


def test_what_stores_nothing_is_sent_by_post_and_by_nothing_else(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in policy.WRITES_NOTHING:
            assert (rule.methods or set()) - {"OPTIONS"} == {"POST"}, rule.endpoint


def test_ones_own_things_are_named_by_no_question() -> None:
    """What is one's own is looked up by the visitor's own number, never by what stands in the address."""
    assert routes.OWN.isdisjoint(routes.ASKS) and policy.STATIC.isdisjoint(routes.OWN | set(routes.ASKS))
    assert set(routes.ASKS) >= policy.UPLOADS and policy.UPLOADS.isdisjoint(policy.PUBLIC)
