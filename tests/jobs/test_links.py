"""Where a mail leads: to the thing it is about, so that nobody has to look for it."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest

from tests import campaigning, inviting
from tests.jobs.conftest import Drain
from tests.printing import printing
from tests.world import World
from tracker.actions import campaigns
from tracker.extensions import db
from tracker.models import Outbox

Mails = Callable[[World], list[EmailMessage]]
BASE = "http://127.0.0.1:8000"


def _share(world: World) -> tuple[str, str]:
    share = world.shares(world.coordinated())[0]
    world.move_share(share, "request_return", reason="该路段由交通部门管养，我局无权处置，请改派。")
    return "xs-clerk", f"/assignments/{share}"


def _letter(world: World) -> tuple[str, str]:
    return "xs-director", f"/letters/{world.letter(world.handled(), 'submitted')}"


def _submission(world: World) -> tuple[str, str]:
    public_id = world.submitted()
    world.move_submission(public_id, "keep", reason="已有同类信息")
    return "xs-member", f"/submissions/{public_id}"


def _campaign(world: World) -> tuple[str, str]:
    public_id = campaigning.begun(world)
    with world.writing():
        campaigns.remind(campaigning.campaign(world), by=world.actor("clerk"))
    return "xs-member", f"/campaigns/{public_id}"


def _invitee(world: World) -> tuple[str, str]:
    meeting = inviting.meeting(world)
    inviting.moved(world, inviting.proposed(world, meeting), "approve", by="director")
    return "xs-secretary", f"/activities/{meeting}"


def _case(world: World) -> tuple[str, str]:
    reference = world.raised()
    world.move(reference, "decline", note="不属于受理范围")
    return "xs-member", f"/cases/{reference}"


@pytest.fixture(autouse=True)
def printer() -> Iterator[None]:
    """Previews are drawn by tests of outgoing."""
    with printing():
        yield


@pytest.mark.parametrize("about", [_share, _letter, _submission, _campaign, _invitee, _case])
def test_a_mail_leads_to_what_it_is_about(
    huiyin: World, drain: Drain, mails: Mails, about: Callable[[World], tuple[str, str]]
) -> None:
    reader, path = about(huiyin)
    with huiyin.writing():
        # Only the last telling counts; printing is tried elsewhere.
        last = db.session.query(Outbox).filter_by(kind="notify").order_by(Outbox.id.desc()).first()
        db.session.query(Outbox).filter(Outbox.id != last.id).delete()  # type: ignore[union-attr]
    drain(huiyin)
    (mail,) = [mail for mail in mails(huiyin) if str(mail["To"]) == f"{reader}@example.test"]
    (link,) = re.findall(r"http\S+", mail.get_content())
    assert link.startswith(f"{BASE}{path}")
