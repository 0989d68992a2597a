"""Filled forms become visits and cases: all of them or none, once, and only what a person confirmed."""

from datetime import date

import pytest
from sqlalchemy import func, select

from tests import campaigning
from tests.forms_world import (
    MINE,
    OTHER,
    annex1,
    confirmed,
    drained,
    looked,
    register,
    sent,
    status,
    words_of,
)
from tests.incoming.forms.writing import book
from tests.world import PASSWORD_HASH, World
from tracker.actions import form_imports, form_uploads
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.form_imports import Choices, UploadQuery
from tracker.models import (
    Case,
    Event,
    ImportForm,
    ImportOriginal,
    Membership,
    OrgUnit,
    Outbox,
    Person,
    Resident,
    Visit,
    vault,
)
from tracker.queries import audit
from tracker.queries import form_imports as find

KEY = b"event"


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.requirement("S2-29")
@pytest.mark.requirement("S2-30")
@pytest.mark.requirement("S2-35")
@pytest.mark.requirement("S2-36")
def test_a_form_becomes_a_visit_with_its_visitors_and_a_case_for_each_matter(either: World) -> None:
    form = annex1(visitors=f"{MINE}、{OTHER}", coordination_needed="协调两个镇共同疏浚界河")
    made = confirmed(either, sent(either, ("登记表.docx", form)))
    assert (made["visits"], made["cases"]) == (1, 3)
    with either.reading():
        visit = db.session.scalars(select(Visit)).one()
        names = [visitor.person.name for visitor in visit.visitors]
        assert (visit.member.name, names) == (MINE, [MINE, OTHER])
        groups = [db.session.get_one(OrgUnit, visitor.group_id).key for visitor in visit.visitors]
        assert groups == ["group", "group2"]
        assert visit.visited_on == date(2026, 11, 20) and visit.area and visit.area.code == "0101"
        cases = sorted(visit.cases, key=lambda case: case.reference)
        assert [(case.origin, case.summary) for case in cases] == [
            ("help", "请供电部门修好北门路灯"),
            ("help", "给村口的斜坡装上扶手"),
            ("coordination", "协调两个镇共同疏浚界河"),
        ]
        assert {(case.raised_by_id, case.group_id, case.source) for case in cases} == {
            (visit.member_id, visit.group_id, "visit")
        }
        assert all(case.due_at for case in cases)
        assert audit.verify(KEY).faults == []


def test_whom_was_visited_is_sealed_with_the_resident_and_the_original_is_kept(either: World) -> None:
    form = annex1()
    confirmed(either, sent(either, ("登记表.docx", form)))
    with either.reading():
        resident = db.session.scalars(select(Resident).where(Resident.name_sealed.is_not(None))).one()
        name = vault.unseal_text("resident", resident.id, "name", resident.name_sealed)
        assert name == "顾阿婆" and resident.consent_process
        original = db.session.scalars(select(ImportOriginal)).one()
        assert find.original_content(original) == form
        assert form[:40] not in (original.content_sealed or b"")
        stored = db.session.scalars(select(ImportForm)).one()
        assert "顾阿婆".encode() not in stored.read_sealed


def test_without_consent_the_name_stays_in_the_original(huiyin: World) -> None:
    confirmed(huiyin, sent(huiyin, ("登记表.docx", annex1())), consent_process=False)
    with huiyin.reading():
        assert all(resident.is_anonymous for resident in db.session.scalars(select(Resident)))


def test_which_matters_become_cases_is_a_persons_decision(huiyin: World) -> None:
    public_id = sent(huiyin, ("登记表.docx", annex1()))
    made = confirmed(huiyin, public_id, [{"cases": {"help_needed": [False, True]}}])
    assert made["cases"] == 1
    with huiyin.reading():
        assert db.session.scalars(select(Case.summary)).all() == ["给村口的斜坡装上扶手"]
        assert db.session.scalars(select(Visit.help_needed)).one().count("\n") == 1
    again = sent(huiyin, ("b.docx", annex1(contact="毛桂芳")))
    assert confirmed(huiyin, again, cases=False)["cases"] == 0


def test_the_same_form_a_second_time_adds_nothing(either: World) -> None:
    assert confirmed(either, sent(either, ("a.docx", annex1())))["visits"] == 1
    public_id = sent(either, ("b.docx", annex1()))
    (one,) = looked(either, public_id)
    with either.reading():
        assert one.duplicate_of == db.session.scalars(select(Visit.public_id)).one()
    assert confirmed(either, public_id) | {"known": 1} == confirmed_nothing() | {"known": 1}
    with either.reading():
        assert (count(Visit), count(Case)) == (1, 2)


def confirmed_nothing() -> dict[str, int]:
    names = ("visits", "cases", "submissions", "people", "known", "left_out", "kept")
    return dict.fromkeys(names, 0)


def test_a_visit_written_down_on_the_page_is_known_as_well(huiyin: World) -> None:
    huiyin.visited(contact={"name": "顾 阿婆"}, visited_on="2026-11-20")
    assert looked(huiyin, sent(huiyin, ("a.docx", annex1())))[0].duplicate_of


def test_the_same_visit_twice_in_one_upload_is_stored_once(huiyin: World) -> None:
    both = f"{OTHER}、{MINE}"
    public_id = sent(huiyin, ("a.docx", annex1()), ("b.docx", annex1(visitors=both)))
    assert confirmed(huiyin, public_id)["visits"] == 1


def test_a_known_visit_may_be_stored_all_the_same_and_a_new_one_left_out(huiyin: World) -> None:
    confirmed(huiyin, sent(huiyin, ("a.docx", annex1())))
    public_id = sent(huiyin, ("a.docx", annex1()), ("b.docx", annex1(contact="毛桂芳")))
    made = confirmed(huiyin, public_id, [{"keep": True}, {"keep": False}])
    assert (made["visits"], made["left_out"]) == (1, 1)


def test_two_people_of_one_name_are_told_apart_by_a_person(huiyin: World) -> None:
    with huiyin.writing():
        committee = huiyin.actor("clerk").committee_id
        unit = db.session.scalars(
            select(OrgUnit).where(OrgUnit.key == "group2", OrgUnit.committee_id == committee)
        ).one()
        twin = Person(committee_id=committee, login="xs-twin", name=MINE, password_hash=PASSWORD_HASH)
        twin.posts = [Membership(unit_id=unit.id, role="member")]
        db.session.add(twin)
        db.session.flush()
        wanted = twin.public_id
    public_id = sent(huiyin, ("a.docx", annex1(group="")))
    assert "有2位委员叫" in words_of(looked(huiyin, public_id)[0].faults)
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id)
    confirmed(huiyin, public_id, [{"fields": {"visitors": [wanted]}}])
    with huiyin.reading():
        assert db.session.scalars(select(Visit)).one().member.login == "xs-twin"
    # Where the form names the group nobody need be asked.
    assert not looked(huiyin, sent(huiyin, ("b.docx", annex1(contact="毛桂芳"))))[0].faults


def test_one_form_that_cannot_be_stored_stops_all(either: World) -> None:
    files = [("a.docx", annex1()), ("b.docx", annex1(visitors="查无此人", contact="毛桂芳"))]
    public_id = sent(either, *files)
    with pytest.raises(Invalid) as refused:
        confirmed(either, public_id)
    assert "查无此人" in words_of(refused.value.errors)
    assert status(either, public_id) == "ready"
    with either.reading():
        assert (count(Visit), count(Case), count(Resident)) == (0, 0, 0)
    made = confirmed(either, public_id, [{}, {"fields": {"visitors": [OTHER], "visited_on": "2026-11-19"}}])
    assert made["visits"] == 2
    with pytest.raises(Conflict):
        confirmed(either, public_id)


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"visited_on": "2026年12月1日"}, "不能晚于今天"),
        ({"visited_on": "那天"}, "请填写"),
        ({"reported": ""}, "请填写"),
        ({"visitors": ""}, "请填写"),
    ],
)
def test_what_is_missing_must_be_settled_first(huiyin: World, changes: dict[str, str], sentence: str) -> None:
    (one,) = looked(huiyin, sent(huiyin, ("a.docx", annex1(**changes))))
    assert sentence in words_of(one.faults)


def test_where_there_are_circles_each_visit_has_one(app: object) -> None:
    huiyin = World(app, "dt")  # type: ignore[arg-type]
    public_id = sent(huiyin, ("a.docx", annex1()))
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id)
    confirmed(huiyin, public_id, circle="living")
    with huiyin.reading():
        assert db.session.scalars(select(Visit.circle)).all() == ["living"]


@pytest.mark.parametrize(
    "who, visitor, allowed",
    [
        ("member", MINE, True),
        ("member", f"{OTHER}、{MINE}", True),
        ("member", OTHER, False),
        ("secretary", MINE, True),
        ("secretary", OTHER, False),
        ("clerk", OTHER, True),
    ],
)
def test_whose_forms_one_may_bring(huiyin: World, who: str, visitor: str, allowed: bool) -> None:
    public_id = sent(huiyin, ("a.docx", annex1(visitors=visitor)), by=who)
    if not allowed:
        with pytest.raises(Invalid):
            confirmed(huiyin, public_id, by=who)
        return
    assert confirmed(huiyin, public_id, by=who)["visits"] == 1
    with huiyin.reading():
        owner = MINE if who == "member" else visitor
        assert db.session.scalars(select(Visit)).one().member.name == owner


@pytest.mark.parametrize("who", ["director", "dept", "leader", "auditor"])
def test_who_has_nothing_to_bring_may_not(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden), huiyin.writing():
        form_uploads.receive(form_uploads.seal([("a", b"a")]), UploadQuery(), by=huiyin.actor(who))


def test_an_import_is_nobody_elses(huiyin: World) -> None:
    public_id = sent(huiyin, ("a.docx", annex1()), by="member")
    for who in ("member2", "secretary", "dt-clerk", "director", "dept"):
        with pytest.raises(NotFound), huiyin.reading():
            find.get(public_id, huiyin.actor(who))
    with huiyin.reading():
        assert find.get(public_id, huiyin.actor("clerk"))


def test_a_file_nobody_can_read_leaves_only_its_fingerprint(huiyin: World) -> None:
    public_id = sent(huiyin, ("照片.docx", b"\xff\xd8\xff\xe0"))
    assert status(huiyin, public_id) == "failed"
    with huiyin.reading():
        original = db.session.scalars(select(ImportOriginal)).one()
        assert original.content_sealed is None and len(original.sha256) == 64
        with pytest.raises(NotFound):
            find.original(original.public_id, huiyin.actor("clerk"))


def test_a_register_is_stored_in_the_background_when_it_is_long(either: World) -> None:
    public_id = sent(either, ("册.xlsx", book({"走访": register(30)})))
    assert confirmed(either, public_id, at_once=10) == {}
    assert status(either, public_id) == "storing"
    drained(either)
    assert status(either, public_id) == "confirmed"
    with either.reading():
        assert (count(Visit), count(Case)) == (30, 15)
        verbs = db.session.scalars(select(Event.verb).where(Event.object_kind == "import")).all()
        assert sorted(verbs) == ["confirm_forms", "upload_forms"]
        assert audit.verify(KEY).faults == []


def test_what_went_wrong_in_the_background_is_told_and_can_be_mended(huiyin: World) -> None:
    public_id = sent(huiyin, ("a.docx", annex1()))
    confirmed(huiyin, public_id, at_once=0)
    with huiyin.writing():
        db.session.scalars(select(Person).where(Person.login == "xs-member")).one().is_active = False
    drained(huiyin)
    with huiyin.reading():
        imported = find.get(public_id, huiyin.actor("clerk"))
        assert imported.status == "ready" and MINE in imported.failure
        assert count(Visit) == 0


def test_reading_twice_is_reading_once(huiyin: World) -> None:
    public_id = sent(huiyin, ("a.docx", annex1()))
    with huiyin.writing():
        job = db.session.scalars(select(Outbox).where(Outbox.kind == "read_forms")).one()
        job.done_at = None
    drained(huiyin)
    assert len(looked(huiyin, public_id)) == 1


def test_what_nobody_wants_is_deleted(huiyin: World) -> None:
    public_id = sent(huiyin, ("a.docx", annex1()))
    with huiyin.writing():
        actor = huiyin.actor("clerk")
        form_uploads.discard(find.get(public_id, actor), by=actor)
    assert status(huiyin, public_id) == "discarded"
    with huiyin.reading():
        assert (count(ImportForm), count(ImportOriginal)) == (0, 0)
    with pytest.raises(Conflict), huiyin.writing():
        actor = huiyin.actor("clerk")
        form_uploads.discard(find.get(public_id, actor), by=actor)


def test_an_unknown_field_or_form_is_refused(huiyin: World) -> None:
    public_id = sent(huiyin, ("a.docx", annex1()))
    with pytest.raises(Invalid):
        confirmed(huiyin, public_id, [{"fields": {"member_id": 1}}])
    with pytest.raises(Invalid), huiyin.writing():
        actor = huiyin.actor("clerk")
        form_imports.confirm(find.get(public_id, actor), Choices(), {"none": {}}, by=actor)


@pytest.mark.parametrize(
    ("who", "told"), [("clerk", True), ("secretary", True), ("member", True), ("member2", False)]
)
def test_whom_somebody_else_met_is_not_told_by_what_is_known(huiyin: World, who: str, told: bool) -> None:
    huiyin.visited(contact={"name": "顾阿婆"}, visited_on="2026-11-20")
    for visitors in (MINE, f"{OTHER}、{MINE}"):
        guess = sent(huiyin, ("a.docx", annex1(visitors=visitors)), by=who)
        assert bool(looked(huiyin, guess, by=who)[0].duplicate_of) is told


def test_nobody_fills_the_store_with_uploads_that_wait(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_uploads, "MOST_OPEN", 2)
    first = sent(huiyin, ("a.docx", annex1()), by="member")
    sent(huiyin, ("b.docx", annex1()), by="member")
    with pytest.raises(Conflict):
        sent(huiyin, ("c.docx", annex1()), by="member")
    sent(huiyin, ("c.docx", annex1()))
    with huiyin.writing():
        form_uploads.discard(find.get(first, huiyin.actor("member")), by=huiyin.actor("member"))
    sent(huiyin, ("c.docx", annex1()), by="member")


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize(
    ("said", "drive"), [("“三解三促”活动", "三解三促"), ("“双走进”活动", ""), ("无", ""), ("", "")]
)
def test_a_form_that_names_another_drive_keeps_it(huiyin: World, said: str, drive: str) -> None:
    campaigning.begun(huiyin)
    confirmed(huiyin, sent(huiyin, ("登记表.docx", annex1(drive=said))))
    with huiyin.reading():
        visit = db.session.scalars(select(Visit)).one()
        assert visit.drive == drive and visit.campaign_id is not None


@pytest.mark.requirement("S1-09")
def test_a_drive_that_does_not_count_is_for_a_person_to_decide(huiyin: World) -> None:
    public_id = sent(huiyin, ("登记表.docx", annex1(drive="三解三促")))
    with pytest.raises(Invalid) as refused:
        confirmed(huiyin, public_id)
    (fault,) = refused.value.errors
    assert fault.field.endswith(".drive") and fault.params == {"drives": "—"}
