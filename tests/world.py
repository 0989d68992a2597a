"""A small committee for tests: the cast of the demo, three departments, and ways to make things happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from tests.first_steps import step
from tracker.actions import (
    assignments,
    booklet_items,
    booklets,
    cases,
    contact_links,
    letter_preview,
    letter_words,
    letters,
    ratings,
    submissions,
    visits,
)
from tracker.extensions import clock, db, transaction
from tracker.incoming.assignments import AssignmentIn
from tracker.incoming.booklets import BookletIn
from tracker.incoming.cases import CaseEdit, CaseIn, RatingIn
from tracker.incoming.contact_links import ContactLinkIn
from tracker.incoming.letters import LetterIn
from tracker.incoming.schema import read
from tracker.incoming.submissions import SubmissionIn
from tracker.incoming.visits import VisitIn
from tracker.models import (
    Area,
    Assignment,
    Case,
    Category,
    Committee,
    Letter,
    Membership,
    OrgUnit,
    Person,
    Submission,
)
from tracker.queries import booklet_sources, people
from tracker.queries.booklet_sources import Wanted
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

# A Monday morning in Wuxi.
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
# As safe as nothing, and as quick.
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD_HASH = QUICK.hash(PASSWORD)
RESIDENT = {
    "name": "欧阳桂兰",
    "phone": "13912342186",
    "address": "云林苑12号楼3单元401室",
    "consent_process": True,
}
NARRATIVE = "北门三盏路灯从十月中旬起不亮，晚上老人散步看不清台阶，上周已有一位住户摔倒，希望尽快恢复照明。"
TRANSFER = "小区北门三盏路灯半个月不亮，影响夜间出行，请查明权属并恢复照明。"
REPLY = "经现场查勘，三盏路灯因电缆老化断电，已于本周更换电缆并恢复照明，今后由市政管养单位每月巡查一次。"
MATTER = "三个小区共有电动车四百余辆，充电桩只有二十个，飞线充电普遍。建议由街道统筹增设集中充电点。"
BRIEF_STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "selected": ("select", "clerk", {}),
    "edited": ("check", "clerk", {"edited_title": "老旧小区充电设施亟待补齐", "edited_text": MATTER}),
    "signed": ("sign", "director", {}),
    "sent_up": ("send_up", "clerk", {"sent_to": ["city"]}),
}

CAST = {
    "member": ("member", "group", "吴海燕"),
    "member2": ("member", "group2", "陈丽华"),
    "secretary": ("secretary", "group", "许建国"),
    "clerk": ("clerk", "office", "周文博"),
    "clerk2": ("clerk", "office", "钱敏"),
    "director": ("director", "office", "沈立"),
    "director2": ("director", "office", "顾宁"),
    "dept": ("handler", "housing", "张志强"),
    "dept2": ("handler", "transport", "李卫"),
    "leader": ("leader", "office", "陆鸣"),
    "auditor": ("auditor", "office", "孙谦"),
    "admin": ("admin", "office", "高远"),
}
UNITS = {
    "office": ("office", "政协办公室"),
    "group": ("working_committee", "东亭街道工委会"),
    "group2": ("sector_group", "教育界别组"),
    "housing": ("department", "区住房和城乡建设局"),
    "transport": ("department", "区交通运输局"),
    "education": ("department", "区教育局"),
}


def found(code: str = "xs", prefix: str = "锡政协办函", *, circles: bool = False) -> Committee:
    """A committee with units, cast, areas and categories; logins are ``xs-clerk`` and so on."""
    committee = Committee(
        code=code,
        name="锡山区政协" if code == "xs" else "东台市政协",
        full_name="政协锡山区委员会办公室",
        issuer_mark="政协无锡市锡山区委员会办公室",
        preset={"xs": "xishan", "dt": "dongtai"}[code],
        case_prefix=code.upper(),
        letter_prefix=prefix,
        has_circles=circles,
        office_phone="0510-88880000",
        settings={},
    )
    db.session.add(committee)
    db.session.flush()
    units = _found_units(committee)
    for name, (role, unit, person_name) in CAST.items():
        person = Person(
            committee_id=committee.id,
            login=f"{code}-{name}",
            name=person_name,
            email=f"{code}-{name}@example.test",
            password_hash=PASSWORD_HASH,
        )
        person.posts = [Membership(unit_id=units[unit].id, role=role)]
        db.session.add(person)
    _found_places(committee)
    db.session.flush()
    return committee


def _found_units(committee: Committee) -> dict[str, OrgUnit]:
    root = OrgUnit(committee_id=committee.id, kind="committee", key="root", name=committee.name)
    db.session.add(root)
    db.session.flush()
    root.path = f"/{root.id}/"
    units = {}
    for key, (kind, name) in UNITS.items():
        unit = OrgUnit(committee_id=committee.id, parent_id=root.id, kind=kind, key=key, name=name)
        db.session.add(unit)
        db.session.flush()
        unit.path = f"/{root.id}/{unit.id}/"
        units[key] = unit
    return units


def _found_places(committee: Committee) -> None:
    top = Category(committee_id=committee.id, code="B", name="城乡建设", full_name="城乡建设", level=1)
    town = Area(committee_id=committee.id, code="01", kind="township", name="东亭街道", full_name="东亭街道")
    db.session.add_all([top, town])
    db.session.flush()
    db.session.add_all(
        [
            Category(
                committee_id=committee.id,
                code="B01",
                name="市政照明",
                full_name="城乡建设 / 市政照明",
                level=2,
                parent_id=top.id,
            ),
            Area(
                committee_id=committee.id,
                code="0101",
                kind="community",
                name="云林社区",
                full_name="东亭街道 云林社区",
                parent_id=town.id,
            ),
        ]
    )


class World:
    """What tests say: who acts, and how far a case has come. Every method is a transaction of its own."""

    def __init__(self, app: Flask, committee: str = "xs") -> None:
        self.app = app
        self.committee = committee
        self.password = PASSWORD

    @contextmanager
    def writing(self, at: datetime = NOW) -> Iterator[None]:
        with self.app.app_context(), clock.at(at), transaction("write"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self.app.app_context(), transaction("read"):
            yield

    def actor(self, login: str) -> Actor:
        """Inside an open transaction."""
        full = login if "-" in login else f"{self.committee}-{login}"
        # Asked more often than anything else here, so at once.
        facts = people.with_posts(select(*people.ACTOR_COLUMNS).select_from(Person))
        return people.actor_of(db.session.execute(facts.where(Person.login == full)).all())

    @step
    def raised(self, *, by: str = "member", at: datetime = NOW, **changes: Any) -> str:
        """A registered case; its reference."""
        given = {
            "summary": "云林苑北门路灯连续半月不亮",
            "narrative": NARRATIVE,
            "area": "0101",
            "category": "B01",
            "subject_unit": "none",
            "resident": RESIDENT,
        } | changes
        with self.writing(at):
            return cases.register(read(CaseIn, given), by=self.actor(by)).reference

    @step
    def coordinated(
        self,
        *,
        units: tuple[tuple[str, str], ...] = (("housing", "lead"),),
        at: datetime = NOW,
        **changes: Any,
    ) -> str:
        reference = self.raised(at=at, **changes)
        self.move(
            reference,
            "coordinate",
            at=at,
            route="assign",
            transfer_text=TRANSFER,
            confirmed=True,
            assignments=[{"unit": unit, "role": role} for unit, role in units],
        )
        return reference

    @step
    def replied(self, *, at: datetime = NOW, **changes: Any) -> str:
        reference = self.coordinated(at=at, **changes)
        for share in self.shares(reference):
            self.move_share(share, "reply", at=at, result_class="A", text=REPLY, contact_record="on_site")
        return reference

    @step
    def handled(self, *, at: datetime = NOW, **changes: Any) -> str:
        reference = self.replied(at=at, **changes)
        for share in self.shares(reference):
            self.move_share(share, "approve_reply", by="clerk", at=at)
        self.move(reference, "handle", at=at)
        return reference

    @step
    def fed_back(self, *, at: datetime = NOW, **changes: Any) -> str:
        """Told by word of mouth, so that no letter has to be printed."""
        reference = self.handled(at=at, **changes)
        self.move(reference, "feed_back", at=at, told="oral")
        return reference

    @step
    def quick(self, route: str = "quick", *, by: str = "clerk", at: datetime = NOW, **changes: Any) -> str:
        """Coordinated without a department."""
        reference = self.raised(at=at, **changes)
        self.move(reference, "coordinate", by=by, at=at, route=route, result="已电话告知办理渠道。")
        return reference

    @step
    def edited(
        self,
        reference: str,
        *,
        by: str = "clerk",
        at: datetime = NOW,
        expect: int | None = None,
        **changes: Any,
    ) -> None:
        with self.writing(at):
            cases.edit(self.case(reference), read(CaseEdit, changes), by=self.actor(by), expect=expect)

    @step
    def rated(self, reference: str, rating: str, *, by: str = "member", at: datetime = NOW) -> None:
        """By the raising member, or by the ``resident``."""
        with self.writing(at):
            case = self.case(reference)
            who = self.resident(reference) if by == "resident" else self.actor(by)
            ratings.rate(case, RatingIn(rating=rating), by=who)  # type: ignore[arg-type]

    @step
    def visited(self, *, by: str = "member", at: datetime = NOW, **changes: Any) -> str:
        """A registered visit; its public id."""
        given = {"visited_on": "2026-11-20", "reported": "走访困难群众", "circle": "living"} | changes
        with self.writing(at):
            return visits.register(read(VisitIn, given), by=self.actor(by))[0].public_id

    @step
    def linked(self, *, by: str = "member", at: datetime = NOW, **changes: Any) -> str:
        """Somebody to keep in touch with; the public id."""
        given = {"kind": "public_person", "called": "沈桂芳", "since": "2026-03-01", "consent_process": True}
        with self.writing(at):
            return contact_links.register(read(ContactLinkIn, given | changes), by=self.actor(by)).public_id

    @step
    def submitted(
        self, kind: str = "brief", *, by: str = "member", at: datetime = NOW, **changes: Any
    ) -> str:
        """Something handed in; its public id."""
        given = {"kind": kind, "title": "老旧小区充电桩不足", "text": MATTER} | changes
        with self.writing(at):
            return submissions.submit(read(SubmissionIn, given), by=self.actor(by)).public_id

    @step
    def brief(self, upto: str, *, at: datetime = NOW) -> str:
        """The public id of an opinion brief brought as far as ``upto`` by the clerk and the director."""
        public_id = self.submitted(at=at)
        for state, (name, who, given) in BRIEF_STEPS.items():
            if upto == "submitted":
                break
            day = {"sent_up_on": shanghai_date(at).isoformat()} if name == "send_up" else {}
            self.move_submission(public_id, name, by=who, at=at, **given, **day)
            if state == upto:
                break
        return public_id

    @step
    def booklet(self, *, by: str = "clerk", at: datetime = NOW) -> str:
        """A booklet that was begun, with everything in it there is to choose; its public id."""
        with self.writing(at):
            who = self.actor(by)
            booklet = booklets.begin(BookletIn(title="走进群众", chapter_by="kind"), by=who)
            booklet_items.add(booklet, booklet_sources.found(booklet, Wanted(), who), by=who)
            return booklet.public_id

    @step
    def drafted(
        self,
        reference: str,
        unit: str,
        role: str = "lead",
        *,
        by: str = "clerk",
        at: datetime = NOW,
        **more: Any,
    ) -> str:
        """A share that is not sent yet; its public id."""
        given = {"unit": unit, "role": role, "transfer_text": TRANSFER} | more
        with self.writing(at):
            case = self.case(reference)
            return assignments.draft(case, read(AssignmentIn, given), by=self.actor(by)).public_id

    @step
    def letter(self, reference: str, upto: str = "draft", *, at: datetime = NOW) -> str:
        """The public id of a letter drafted by the clerk and brought as far as ``upto``."""
        with self.writing(at):
            case = self.case(reference)
            public_id = letters.draft(case, LetterIn(), by=self.actor("clerk")).public_id
        steps = {
            "submitted": ("submit", "clerk"),
            "approved": ("approve", "director"),
            "issued": ("issue", "clerk"),
        }
        for state, (name, who) in steps.items():
            if upto == "draft":
                break
            self.move_letter(public_id, name, by=who, at=at)
            if state == upto:
                break
        return public_id

    @step
    def delivered(self, reference: str, *, at: datetime = NOW) -> str:
        """The public id of a letter that was issued, frozen and handed over."""
        public_id = self.letter(reference, "issued", at=at)
        with self.writing(at):
            letter = db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one()
            letters.freeze(letter, b"%PDF-")
        day = shanghai_date(at).isoformat()
        self.move_letter(public_id, "deliver", by="clerk", at=at, method="in_person", delivered_on=day)
        return public_id

    @step
    def move(
        self,
        reference: str,
        name: str,
        *,
        by: str = "clerk",
        at: datetime = NOW,
        expect: int | None = None,
        **given: Any,
    ) -> None:
        with self.writing(at):
            cases.move(self.case(reference), name, by=self.actor(by), given=given, expect=expect)

    @step
    def move_share(
        self, public_id: str, name: str, *, by: str | None = None, at: datetime = NOW, **given: Any
    ) -> None:
        with self.writing(at):
            share = db.session.scalars(select(Assignment).where(Assignment.public_id == public_id)).one()
            who = by or {"housing": "dept", "transport": "dept2"}[share.unit.key]
            assignments.move(share, name, by=self.actor(who), given=given)

    @step
    def move_letter(self, public_id: str, name: str, *, by: str, at: datetime = NOW, **given: Any) -> None:
        with self.writing(at):
            letter = db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one()
            # The entrances render before they write; nobody waits here.
            proof = letter_preview.of(letter, letter_words.content(letter))() if name == "submit" else None
            letters.move(letter, name, by=self.actor(by), given=given, preview=proof)

    @step
    def move_submission(
        self, public_id: str, name: str, *, by: str = "clerk", at: datetime = NOW, **given: Any
    ) -> None:
        with self.writing(at):
            submissions.move(self.submission(public_id), name, by=self.actor(by), given=given)

    def submission(self, public_id: str) -> Submission:
        """Inside an open transaction."""
        return db.session.scalars(select(Submission).where(Submission.public_id == public_id)).one()

    def resident(self, reference: str) -> Actor:
        """Whoever holds the code of a case. Inside an open transaction."""
        case = self.case(reference)
        return Actor("resident", case.id, "", case.committee_id)

    def share(self, public_id: str) -> Assignment:
        """Inside an open transaction."""
        return db.session.scalars(select(Assignment).where(Assignment.public_id == public_id)).one()

    def case(self, reference: str) -> Case:
        """Inside an open transaction."""
        return db.session.scalars(select(Case).where(Case.reference == reference)).one()

    def shares(self, reference: str) -> list[str]:
        with self.app.app_context(), transaction("read"):
            return [share.public_id for share in self.case(reference).assignments]

    def state(self, reference: str) -> str:
        with self.app.app_context(), transaction("read"):
            return self.case(reference).state
