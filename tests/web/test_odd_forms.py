"""Forms as no page of ours sends them, groups and lists where one value belongs, are refused in words."""

import pytest

from tests import agendas, campaigning, contacting, inviting
from tests.forms_world import annex1, sent
from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")

TOLD = ("reported", "persons_count", "visited_on", "area", "address", "circle", "channel", "drive", "link")
# Room → form → its fields; a path names what the fixture planted.
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "member": {
        "/visits/new": ("contact.name", "client_id", "visitors", "cases.0.summary", "photos", *TOLD),
        "{visit}/edit": ("contact.name", "contact.kind", "visitors", "version", *TOLD),
        "/submissions/new": ("kind", "title", "text", "visit", "activity", "reception_day", "client_id"),
        "{paper}/edit": ("title", "text", "version"),
        "{paper}/moves": ("move", "reason", "version"),
        "/contact_links": ("kind", "called", "phone", "since", "consent_process"),
    },
    "papers": {
        "/submissions/new": ("kind", "text", "member", "activity", "reception_day"),
        "{paper}/moves": ("move", "edited_title", "sent_to", "sent_up_on", "reason", "version"),
        "{paper}/topic": ("into", "title", "version"),
        "{paper}/case": ("summary", "narrative", "area", "category"),
        "/submissions/for/{case}": ("into", "title", "text"),
        "/exemplars": ("kind", "ident", "reason"),
        "/imports": ("campaign",),
    },
    "campaigns": {
        "/campaigns": ("preset", "year"),
        "{campaign}/exemptions": ("who", "reason", "group", "quota"),
        "{campaign}/drives": ("drives",),
        "{campaign}/reminders": ("group",),
        "{group}/moves": ("move", "reason", "version"),
        "{group}/corrections": ("figure", "value", "reason"),
        "{group}/story": ("story", "version"),
        "{group}/duties": ("unit",),
        "{group}/findings": ("found_on", "finding", "action"),
        "/digests/send": ("period", "on"),
    },
    "booklets": {
        "/booklets": ("title", "subtitle", "chapter_by", "campaign"),
        "{booklet}": ("title", "subtitle", "foreword", "version"),
        "{booklet}/moves": ("move", "reason"),
        "{booklet}/choose": ("act", "ids", "kind", "circle", "group", "from", "to", "quality"),
        "{booklet}/items": ("ids", "version"),
    },
    "rooms": {
        "/activities/new": ("unit", "kind", "title", "held_on", "form", "categories", "people_count"),
        "{event}": ("kind", "title", "held_on", "form", "categories", "people_count", "version"),
        "{event}/invitees": ("called", "sector", "capacity", "consent_process", "link"),
        "/workstations/new": ("unit", "kind", "name", "place", "opened_on", "keepers", "reception"),
        "{station}": ("kind", "name", "place", "opened_on", "version"),
        "{station}/close": ("closed_on",),
        "{station}/days": ("held_on", "members", "people_count", "note"),
        "{station}/plan": ("held_on", "hours"),
        "{station}/cancel": ("day",),
        "/workstations/public": ("open", "members", "stations", "seen"),
    },
    "meetings": {
        "/meetings": ("kind", "held_on", "place", "case"),
        "{meeting}": ("kind", "held_on", "place", "version"),
        "{meeting}/order": ("item", "to"),
        "/cases/{case}/agenda": ("meeting", "version"),
    },
}


def planted(world: World, room: str) -> dict[str, str]:
    """The addresses a room's forms are sent to."""
    if room in ("member", "papers"):
        visited, paper = f"/visits/{world.visited()}", f"/submissions/{world.submitted()}"
        return {"visit": visited, "paper": paper, "case": world.raised()}
    if room == "campaigns":
        campaign = f"/campaigns/{campaigning.begun(world)}"
        with world.reading():
            return {"campaign": campaign, "group": f"{campaign}/groups/{campaigning.group_id(world)}"}
    if room == "booklets":
        world.visited()
        return {"booklet": f"/booklets/{world.booklet()}"}
    if room == "rooms":
        event, station = inviting.meeting(world), contacting.kept(world)
        return {"event": f"/activities/{event}", "station": f"/workstations/{station}"}
    return {"meeting": f"/meetings/{agendas.arranged(world)}", "case": world.raised()}


def bent(fields: tuple[str, ...]) -> dict[str, str]:
    """Every second field a list and the others a group."""
    return {f"{name}{('[]', '.x')[n % 2]}": "1" for n, name in enumerate(fields)}


@pytest.mark.parametrize("room", FORMS)
def test_a_bent_form_is_refused_in_words(room: str, visit: Visit, huiyin: World) -> None:
    browser, places = visit("member" if room == "member" else "clerk"), planted(huiyin, room)
    token = browser.token("/search")
    for path, fields in FORMS[room].items():
        answer = browser.client.post(path.format(**places), data=bent(fields) | {"csrf_token": token})
        assert answer.status_code < 500, path


def test_a_bent_form_of_corrections_is_refused_too(visit: Visit, huiyin: World) -> None:
    place, clerk = f"/imports/{sent(huiyin, ('a.docx', annex1()))}", visit("clerk")
    token = clerk.token("/search")
    for given in ({"f": "1"}, {"f[]": "1"}, {"f.x": "1"}, {"f.x.y[]": "1", "circle.x": "1"}):
        for act in ("", "/confirm"):
            answer = clerk.client.post(f"{place}{act}", data=given | {"csrf_token": token})
            assert answer.status_code < 500, (act, given)


@pytest.mark.parametrize("name", ["activity", "reception_day"])
@pytest.mark.parametrize("ending", ["[]", ".x"])
def test_where_something_was_heard_is_one_word_or_none(name: str, ending: str, visit: Visit) -> None:
    given = {f"{name}{ending}": "1", "kind": "brief", "text": "北门路灯不亮。"}
    answer = visit("member").post("/submissions/new", page="/submissions/new", **given)
    assert answer.status_code == 422 and "北门路灯不亮。" in answer.text
