"""A digest on its way: who hears of it, that each reads only what their page shows, how often it comes."""

from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.jobs.conftest import Drain
from tests.world import NOW, RESIDENT, World
from tracker.actions import digests
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.models import Digest, Event, Notice, Outbox, Person
from tracker.rules.actors import system
from tracker.rules.spans import Period, span

pytestmark = pytest.mark.requirement("S1-47")
Mails = Callable[[World], list[EmailMessage]]
READERS = {"xs-director", "xs-director2", "xs-leader"}


def sent(
    world: World, period: Period = "week", *, by: str = "clerk", again: bool = True, days: int = 0
) -> bool:
    at = NOW + timedelta(days=days)
    with world.writing(at):
        return digests.send(span(period, NOW.date()), by=world.actor(by), again=again) is not None


def rung(world: World) -> list[str]:
    """Behind whose bell it stands."""
    with world.reading():
        query = select(Person.login).join(Notice, Notice.person_id == Person.id).order_by(Person.login)
        return list(db.session.scalars(query.where(Notice.template == "digest.send")))


def to(mails: list[EmailMessage]) -> set[str]:
    return {str(mail["To"]).split("@")[0] for mail in mails}


def test_leaders_and_directors_of_the_committee_hear_of_it(huiyin: World, drain: Drain, mails: Mails) -> None:
    huiyin.visited()
    sent(huiyin)
    assert drain(huiyin) == 1
    assert set(rung(huiyin)) == to(mails(huiyin)) == READERS


def test_whoever_sent_it_need_not_be_told(huiyin: World, drain: Drain, mails: Mails) -> None:
    sent(huiyin, by="director")
    drain(huiyin)
    assert set(rung(huiyin)) == to(mails(huiyin)) == READERS - {"xs-director"}


def test_who_has_no_address_still_has_a_bell_and_who_left_has_neither(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-leader").update({"email": ""})
        db.session.query(Person).filter_by(login="xs-director2").update({"is_active": False})
    sent(huiyin)
    drain(huiyin)
    assert set(rung(huiyin)) == {"xs-director", "xs-leader"} and to(mails(huiyin)) == {"xs-director"}


def test_the_mail_has_figures_a_way_to_the_page_and_nobody_in_it(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    huiyin.app.config["HUIYIN_BASE_URL"] = "https://huiyin.example/"
    reference = huiyin.raised()
    sent(huiyin, "month")
    drain(huiyin)
    digest = [mail for mail in mails(huiyin) if "xs-leader" in str(mail["To"])]
    (text,) = (mail.get_content() for mail in digest)
    assert "https://huiyin.example/digests?period=month&on=2026-11-01" in text
    words = (reference, "路灯", "云林苑", "吴海燕", str(RESIDENT["name"]), str(RESIDENT["phone"]))
    assert [word for word in words if word in text] == []


def test_done_twice_it_is_one_mail_and_one_line_each(huiyin: World, drain: Drain, mails: Mails) -> None:
    sent(huiyin)
    drain(huiyin)
    before = [mail.as_bytes() for mail in mails(huiyin)], rung(huiyin)
    with huiyin.writing():
        db.session.query(Outbox).filter_by(kind="send_digest").update({"done_at": None})
    drain(huiyin)
    assert ([mail.as_bytes() for mail in mails(huiyin)], rung(huiyin)) == before


def test_by_itself_it_comes_once_and_by_hand_as_often_as_somebody_wants(either: World) -> None:
    assert sent(either, again=False)
    assert not sent(either, again=False, days=1)
    assert sent(either, days=1)
    with either.reading():
        row = db.session.scalars(select(Digest)).one()
        assert (row.period, row.starts_on, row.ends_on, row.times) == (
            "week",
            date(2026, 11, 23),
            date(2026, 11, 29),
            2,
        )
        assert len(db.session.scalars(select(Event).where(Event.verb == "send")).all()) == 2
        keys = db.session.scalars(select(Outbox.effect_key).where(Outbox.kind == "send_digest")).all()
        assert len(set(keys)) == len(keys) == 2


def test_each_period_and_each_committee_has_its_own(huiyin: World) -> None:
    assert sent(huiyin, again=False) and sent(huiyin, "month", again=False)
    with huiyin.writing():
        dongtai = huiyin.actor("dt-clerk").committee_id
        wanted = span("week", NOW.date())
        assert digests.send(wanted, by=system(dongtai, "cron"), again=False) is not None


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor", "dept", "admin"])
def test_nobody_else_sends_one(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden):
        sent(huiyin, by=who)
    with huiyin.reading():
        assert db.session.query(Outbox).count() == 0
