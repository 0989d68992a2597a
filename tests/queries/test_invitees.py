"""Who is asked to a meeting: a list for those who organise and approve it, nobody for all others."""

from typing import Any

import pytest

from tests import inviting
from tests.world import World
from tracker.actions import contact_links as linking
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Invitee
from tracker.queries import contact_links, invitees

pytestmark = pytest.mark.requirement("S1-36")


def _asked(world: World) -> tuple[str, list[str]]:
    """A meeting and three who are asked to it: an observer, two speakers."""
    meeting = inviting.meeting(world)
    given = (("蒋秋萍", "observer"), ("沈桂芳", "speaker"), ("顾阿婆", "speaker"))
    return meeting, [inviting.proposed(world, meeting, called=name, capacity=what) for name, what in given]


def test_the_list_is_read_by_those_who_organise_and_approve(huiyin: World) -> None:
    meeting, public_ids = _asked(huiyin)
    may = {"secretary", "clerk", "director"}
    with huiyin.reading():
        event = inviting.event(huiyin, meeting)
        for who in (*may, "member", "leader", "auditor", "dept", "admin", "dt-clerk", "dt-secretary"):
            actor = huiyin.actor(who)
            assert len(invitees.of(event, actor)) == (3 if who in may else 0), who
            for public_id in public_ids:
                if who in may:
                    assert invitees.get(public_id, actor).public_id == public_id
                    continue
                with pytest.raises(NotFound):
                    invitees.get(public_id, actor)


def test_another_groups_secretary_sees_nobody(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, by="clerk", key="group2")
    public_id = inviting.proposed(huiyin, meeting, by="clerk")
    with huiyin.reading():
        secretary = huiyin.actor("secretary")
        assert invitees.of(inviting.event(huiyin, meeting), secretary) == []
        with pytest.raises(NotFound):
            invitees.get(public_id, secretary)


def test_the_list_is_in_the_order_of_capacity_and_names_are_in_clear(huiyin: World) -> None:
    meeting, _ = _asked(huiyin)
    inviting.proposed(huiyin, inviting.meeting(huiyin), called="另一场的人")
    with huiyin.reading():
        found = invitees.of(inviting.event(huiyin, meeting), huiyin.actor("secretary"))
        assert [invitees.name(one) for one in found] == ["沈桂芳", "顾阿婆", "蒋秋萍"]


def test_where_nobody_was_named_there_is_no_name(huiyin: World) -> None:
    link = huiyin.linked(kind="enterprise", called="锡山永固锻件有限公司")
    given: dict[str, Any] = {"called": "", "sector": "", "contact": link, "consent_process": False}
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin), **given)
    with huiyin.reading():
        assert invitees.name(inviting.invitee(public_id)) == ""


@pytest.mark.parametrize(
    ("verb", "may"),
    [
        ("read", {"secretary", "clerk", "director"}),
        ("propose", {"secretary", "clerk"}),
        ("approve", {"director"}),
        ("export", {"secretary", "clerk", "director"}),
    ],
)
def test_who_may_do_what_with_a_list_nobody_stands_on_yet(verb: str, may: set[str], huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with huiyin.reading():
        event = inviting.event(huiyin, meeting)
        asked = ("secretary", "clerk", "director", "member", "leader", "auditor", "dt-clerk", "dt-director")
        assert {who for who in asked if invitees.may(huiyin.actor(who), verb, event)} == may
        assert db.session.query(Invitee).count() == 0


@pytest.mark.requirement("T01")
def test_only_contacts_one_may_call_by_a_name_are_offered(huiyin: World) -> None:
    """An institution to all who organise; a person to the office, masked; nobody of another group."""
    huiyin.linked(kind="enterprise", called="锡山永固锻件有限公司")
    huiyin.linked(called="华银娣")
    huiyin.linked(by="member2", kind="village", called="宛山村")
    gone = huiyin.linked(kind="village", called="斗山村")
    with huiyin.writing():
        member = huiyin.actor("member")
        linking.end(contact_links.get(gone, member), by=member)
    meeting = inviting.meeting(huiyin)
    with huiyin.reading():
        event = inviting.event(huiyin, meeting)
        offered = {
            who: [called for _, called in invitees.contacts(event, huiyin.actor(who))]
            for who in ("secretary", "clerk", "member", "auditor", "dept")
        }
    firm = "锡山永固锻件有限公司"
    assert offered == {
        "secretary": [firm], "clerk": [firm, "华**"], "member": [firm, "华银娣"], "auditor": [], "dept": []
    }  # fmt: skip
