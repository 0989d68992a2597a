"""Every action that is no move of a table, on a row it fits: what general tests of actions walk."""

from collections.abc import Callable

from tests.deeds import campaigns, cases, house, meetings, papers
from tests.deeds.deed import Deed
from tests.world import World

DEEDS: dict[str, Callable[[World], list[Deed]]] = {
    "case": cases.of_a_case,
    "handled case": cases.of_a_handled_case,
    "submission": papers.of_a_submission,
    "visit": papers.of_a_visit,
    "import": papers.of_an_import,
    "booklet": papers.of_a_booklet,
    "campaign": campaigns.of_the_campaign,
    "score sheet": campaigns.of_the_sheet,
    "group report": campaigns.of_a_group,
    "unit's work": meetings.of_units,
    "workstation": meetings.of_stations,
    "meeting": meetings.of_meetings,
    "account": house.of_accounts,
    "tree": house.of_the_tree,
}

# The moves of the tables, walked by tests.lives.
MOVES = frozenset(
    f"{room}.move"
    for room in ("assignments", "booklets", "cases", "group_reports", "invitees", "letters", "submissions")
)
# Why an action is walked by neither.
ELSEWHERE = {
    "accounts.choose_language": "one's own, and no record",
    "accounts.end": "one's own, and no record",
    "accounts.end_other_sessions": "one's own, and no record",
    "bell.read": "one's own, and no record",
    "bell.read_all": "one's own, and no record",
    "saved_views.drop": "one's own, and no record",
    "saved_views.keep": "one's own, and no record",
    "people.accept_invitation": "whoever holds the link",
    "people.change_password": "one's own",
    "people.issue_token": "one's own, or the operator's",
    "codes.try_pin": "whoever holds the code",
    "calendar.store": "the operator's, from the shell",
    "committees.found": "the operator's, from the shell",
    "booklets.keep": "the jobs'",
    "booklets.progress": "the jobs'",
    "form_imports.finish": "the jobs'",
    "form_uploads.begin_reading": "the jobs'",
    "form_uploads.keep_read": "the jobs'",
    "letters.freeze": "the jobs'",
    "notices.alert": "the jobs'",
    "notices.tell": "the jobs'",
    "outbox.claim": "the jobs'",
    "outbox.extend": "the jobs'",
    "outbox.fail": "the jobs'",
    "outbox.finish": "the jobs'",
    "outbox.give_back": "the jobs'",
    "outbox.release": "the jobs'",
    "dispatch.draft": "a part of assignments.draft and of coordination",
    "form_visits.store": "a part of form_imports.confirm",
    "photos.claim": "a part of visits.register",
    "residents.correct": "a part of visits.correct",
    "residents.pass_on_name": "a part of invitees.propose",
    "residents.register": "a part of cases.register",
    "submissions.store": "a part of submissions.submit",
    "heard.register": "who may depends on the place: tests/actions/test_heard.py",
    "invitees.approve_all": "leaves out what one may not: tests/actions/test_invitees.py",
    "invitees.propose": "who may depends on the contact: tests/actions/test_invitees.py",
}
