"""Whom members of the demonstration keep in touch with; made up like everybody in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from tracker.actions import contact_links as acts
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock
from tracker.incoming.contact_links import ContactLinkIn
from tracker.incoming.schema import read
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

# Login, kind, what it is called.
LINKS: Final = (
    ("xs-member", "enterprise", "锡山永固锻件有限公司"),
    ("xs-member", "sector_person", "顾建平"),
    ("xs-member", "sector_person", "蒋秋萍"),
    ("xs-member", "public_person", "华银娣"),
    ("xs-member", "public_person", "浦志良"),
    ("xs-member", "village", "宛山村"),
    ("dt-member", "enterprise", "东台西溪蚕业合作社"),
    ("dt-member", "sector_person", "崔佩芳"),
    ("dt-member", "public_person", "卞长根"),
    ("dt-member", "talent", "吉晓岚"),
)
KNOWN_FOR: Final = timedelta(days=200)


def keep(end: datetime, actor: Callable[[str], Actor]) -> None:
    began = office_hours(end - KNOWN_FOR)
    with clock.at(began):
        for login, kind, called in LINKS:
            given = {
                "kind": kind,
                "called": called,
                "since": str(shanghai_date(began)),
                "consent_process": True,
            }
            acts.register(read(ContactLinkIn, given), by=actor(login))
