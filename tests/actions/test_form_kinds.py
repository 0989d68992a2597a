"""What each kind of filled form becomes, whoever confirms it: visits, papers, accounts, or only evidence."""

import pytest
from sqlalchemy import func, select

from tests.actions.conftest import everything
from tests.forms_world import MINE, OTHER, VISIT, brought, confirmed, status
from tests.world import MATTER, World
from tracker.actions import form_imports
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.incoming.form_imports import Choices
from tracker.models import Base, Case, Event, Outbox, Person, Submission, Visit
from tracker.queries import form_imports as find

RESULTS = {
    "member": MINE,
    "group": "东亭街道工委会",
    "suggestion": "建议在老旧小区统筹增设集中充电点。",
    "brief": MATTER,
    "lead": "某智能装备企业有意在开发区设厂，已三次来访。",
}
ROW = {"name": "郑晓燕", "unit": "东亭街道工委会", "role": "委员"}


def count(world: World, model: type[Base]) -> int:
    with world.reading():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def outcomes(world: World, public_id: str, by: str = "clerk") -> list[str]:
    with world.reading():
        return [one.row.outcome for one in find.forms(find.get(public_id, world.actor(by)))]


# --- annex 2


def test_the_three_results_of_a_member_are_handed_in_for_them(either: World) -> None:
    public_id = brought(either, "annex2", RESULTS)
    made = confirmed(either, public_id)
    assert (made["submissions"], made["visits"], made["cases"]) == (3, 0, 0)
    with either.reading():
        rows = db.session.scalars(select(Submission).order_by(Submission.id)).all()
        assert [row.kind for row in rows] == ["suggestion", "brief", "investment_lead"]
        assert {row.member_id for row in rows} == {either.actor("member").id}
        assert {row.handed_in_by_id for row in rows} == {either.actor("clerk").id}
        assert [row.text for row in rows] == [RESULTS["suggestion"], MATTER, RESULTS["lead"]]
    assert outcomes(either, public_id) == ["stored"]


@pytest.mark.parametrize(
    "lead, kind",
    [
        ("某装备制造企业有意设厂。", "investment_lead"),
        ("推荐一位留美博士回乡创业。", "talent_lead"),
        ("高级工程师团队愿来指导。", "talent_lead"),
    ],
)
def test_a_lead_is_of_money_or_of_people(huiyin: World, lead: str, kind: str) -> None:
    confirmed(huiyin, brought(huiyin, "annex2", RESULTS | {"suggestion": "", "brief": "", "lead": lead}))
    with huiyin.reading():
        assert db.session.scalars(select(Submission)).one().kind == kind


def test_the_same_results_again_are_not_handed_in_twice(huiyin: World) -> None:
    confirmed(huiyin, brought(huiyin, "annex2", RESULTS))
    confirmed(huiyin, brought(huiyin, "annex2", RESULTS))
    assert count(huiyin, Submission) == 3


def test_a_members_own_results_are_their_own(huiyin: World) -> None:
    public_id = brought(huiyin, "annex2", RESULTS, by="member")
    confirmed(huiyin, public_id, by="member")
    with huiyin.reading():
        me = huiyin.actor("member").id
        rows = db.session.scalars(select(Submission)).all()
        assert {(row.member_id, row.handed_in_by_id) for row in rows} == {(me, me)}
        verbs = set(db.session.scalars(select(Event.verb).where(Event.object_kind == "submission")))
        assert verbs == {"submit"}


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"suggestion": "", "brief": "", "lead": ""}, "suggestion"),
        ({"lead": "无" * 1}, "lead"),
        ({"brief": "长" * 1501}, "brief"),
        ({"member": "查无此人"}, "member"),
        ({"member": ""}, "member"),
    ],
)
def test_results_that_cannot_be_handed_in_hand_in_none(
    huiyin: World, changes: dict[str, str], field: str
) -> None:
    public_id = brought(huiyin, "annex2", RESULTS, RESULTS | changes)
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        confirmed(huiyin, public_id)
    assert {fault.field.partition(".")[2] for fault in refused.value.errors} == {field}
    assert everything(huiyin) == before


def test_another_members_results_are_not_ones_own_to_bring(huiyin: World) -> None:
    public_id = brought(huiyin, "annex2", RESULTS | {"member": OTHER, "group": ""}, by="member")
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id, by="member")
    assert count(huiyin, Submission) == 0


# --- rosters


def test_a_roster_the_administrator_confirms_makes_accounts(either: World) -> None:
    public_id = brought(either, "roster", ROW, ROW | {"name": "华银娣"}, by="admin")
    assert confirmed(either, public_id, by="admin")["people"] == 2
    with either.reading():
        made = {row.name for row in db.session.scalars(select(Person).where(Person.password_hash.is_(None)))}
        assert made == {"郑晓燕", "华银娣"}
    assert outcomes(either, public_id, "admin") == ["stored", "stored"]


def test_its_links_are_told_to_whoever_confirms_it_and_kept_nowhere(huiyin: World) -> None:
    public_id = brought(huiyin, "roster", ROW, by="admin")
    with huiyin.writing():
        by = huiyin.actor("admin")
        stored = form_imports.confirm(find.get(public_id, by), Choices(), {}, by=by)
    assert stored.taken and [one.name for one in stored.taken.invited] == ["郑晓燕"]
    token = stored.taken.invited[0].token
    assert token not in str(everything(huiyin))


def test_a_faulty_row_of_a_roster_makes_no_account_at_all(huiyin: World) -> None:
    public_id = brought(huiyin, "roster", ROW, ROW | {"unit": "没有的单位"}, by="admin")
    before = everything(huiyin)
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id, by="admin")
    assert everything(huiyin) == before and status(huiyin, public_id, "admin") == "ready"


def test_whoever_makes_no_accounts_keeps_a_roster_as_evidence(huiyin: World) -> None:
    public_id = brought(huiyin, "roster", ROW)
    made = confirmed(huiyin, public_id)
    assert (made["people"], made["kept"]) == (0, 1) and outcomes(huiyin, public_id) == ["kept"]


# --- visits


@pytest.mark.parametrize(
    "contact, circle, kind",
    [
        ("顾阿婆", "living", "public_person"),
        ("顾阿婆", "sector", "sector_person"),
        ("无锡市锡能照明有限公司", "sector", "enterprise"),
        ("东亭五金厂", "", "enterprise"),
        ("严家桥合作社", "living", "enterprise"),
    ],
)
def test_whom_a_visit_was_to_is_told_by_the_name(huiyin: World, contact: str, circle: str, kind: str) -> None:
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"contact": contact, "circle": circle}))
    with huiyin.reading():
        assert db.session.scalars(select(Visit)).one().contact_kind == kind


@pytest.mark.parametrize(
    "address, area",
    [("东亭街道云林社区北街12号", "0101"), ("东亭街道府前路8号", "01"), ("外省某地", None)],
)
def test_the_place_is_the_most_exact_one_the_address_names(
    huiyin: World, address: str, area: str | None
) -> None:
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"address": address}))
    with huiyin.reading():
        found = db.session.scalars(select(Visit)).one().area
        assert (found.code if found else None) == area


def test_a_case_without_a_known_place_takes_the_one_chosen_for_all(huiyin: World) -> None:
    lost = VISIT | {"address": "外省某地", "help_needed": ["请修好北门路灯"]}
    confirmed(huiyin, brought(huiyin, "annex1", lost), area="0101")
    with huiyin.reading():
        case = db.session.scalars(select(Case)).one()
        assert case.area and case.area.code == "0101"


def test_a_case_of_a_form_is_its_visits_people_day_and_words(huiyin: World) -> None:
    help_needed = ["请供电部门修好北门路灯；", "给村口的斜坡装上扶手"]
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"help_needed": help_needed}))
    with huiyin.reading():
        visit = db.session.scalars(select(Visit)).one()
        rows = db.session.scalars(select(Case).order_by(Case.id)).all()
        assert [(row.summary, row.origin) for row in rows] == [
            ("请供电部门修好北门路灯", "help"),
            ("给村口的斜坡装上扶手", "help"),
        ]
        assert {row.resident_id for row in rows} == {visit.resident_id}
        assert {(row.visit_id, row.raised_by_id, row.source) for row in rows} == {
            (visit.id, visit.member_id, "visit")
        }
        assert all(row.narrative.endswith(VISIT["reported"]) for row in rows)
        assert {row.occurred_at.isoformat() for row in rows if row.occurred_at} == {
            "2026-11-19T16:00:00+00:00"
        }


def test_whoever_brings_a_form_they_are_named_on_is_its_writer(huiyin: World) -> None:
    both = VISIT | {"visitors": [OTHER, MINE], "group": ""}
    confirmed(huiyin, brought(huiyin, "annex1", both, by="member"), by="member")
    confirmed(huiyin, brought(huiyin, "annex1", both | {"contact": "毛桂芳"}))
    with huiyin.reading():
        rows = db.session.scalars(select(Visit).order_by(Visit.id)).all()
        assert [row.member.name for row in rows] == [MINE, OTHER]
        assert all(len(row.visitors) == 2 for row in rows)


@pytest.mark.parametrize("said, counted", [(None, 1), (0, 1), (1, 1), (12, 12)])
def test_a_visit_is_to_one_person_unless_it_says_how_many(
    huiyin: World, said: int | None, counted: int
) -> None:
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"persons_count": said}))
    with huiyin.reading():
        assert db.session.scalars(select(Visit)).one().persons_count == counted


def test_the_office_is_told_of_the_cases_and_of_nothing_else(huiyin: World) -> None:
    confirmed(huiyin, brought(huiyin, "annex1", VISIT))
    assert not _told(huiyin)
    confirmed(huiyin, brought(huiyin, "annex1", VISIT | {"contact": "毛桂芳", "help_needed": ["请修好路灯"]}))
    assert len(_told(huiyin)) == 1


def _told(world: World) -> list[str]:
    with world.reading():
        return list(db.session.scalars(select(Outbox.effect_key).where(Outbox.kind == "notify")))
