"""The annexes filled from what is stored: each reader gets what their page shows, and no more."""

from datetime import date

import pytest

from tests.world import World
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import Campaign, FigureCorrection, OrgUnit, Person, Submission, Visit
from tracker.outgoing.forms import filled, kinds
from tracker.outgoing.forms.annexes import Annex1, Annex2, Annex3, Annex3Row
from tracker.queries.summaries import Figures, GroupRow, Summary

TITLED = Campaign(visit_title="走访登记表", results_title="成果登记表", summary_title="汇总表")
MEMBERS = [Person(name="吴海燕"), Person(name="陈丽华")]
NOWHERE = OrgUnit(name="东亭街道工委会")


def submission(
    kind: str, text: str, member: int = 0, title: str = "", group: OrgUnit | None = NOWHERE
) -> Submission:
    return Submission(
        kind=kind, title=title, text=text, member_id=member, member=MEMBERS[member], group=group
    )


@pytest.mark.parametrize(
    ("number", "kind", "title", "own"),
    [
        (1, Annex1, "走访活动情况登记表", "走访登记表"),
        (2, Annex2, "“三个一”工作成果登记表", "成果登记表"),
        (3, Annex3, "走访活动情况汇总表", "汇总表"),
    ],
)
def test_a_blank_form_has_the_title_of_the_campaign_s_paper(
    number: int, kind: type, title: str, own: str
) -> None:
    untitled = Campaign(visit_title="", results_title="", summary_title="")
    assert filled.blank(number, TITLED) == kind(own)
    assert filled.blank(number, None) == filled.blank(number, untitled) == kind(title)


@pytest.mark.requirement("S2-28")
@pytest.mark.requirement("T03")
def test_whom_a_visit_was_paid_to_is_told_as_far_as_the_reader_may_know(huiyin: World) -> None:
    huiyin.visited(
        contact={"name": "沈桂芳", "phone": "13912340000"},
        address="云林苑3号楼",
        reported="沈桂芳说巷口积水",
        help_needed="疏通下水道",
        coordination_needed=" ",
    )
    with huiyin.reading():
        visit = db.session.query(Visit).one()
        own, office = (filled.annex1(visit, None, huiyin.actor(who)) for who in ("member", "clerk"))
        others = [filled.annex1(visit, None, huiyin.actor(who)) for who in ("secretary", "member2", "leader")]
    assert (own.contact, own.address) == ("沈桂芳", "云林苑3号楼")
    assert own.visitors == ("吴海燕",) and own.visited_on == date(2026, 11, 20)
    assert (own.help_needed, own.coordination_needed) == (("疏通下水道",), ())
    assert "桂芳" not in office.contact and office.contact
    for paper in others:
        assert "桂芳" not in paper.contact + paper.address + paper.reported


def test_who_is_not_named_is_told_by_kind_and_number(huiyin: World) -> None:
    met = [
        ("public_person", 1, ""),
        ("enterprise", 3, ""),
        ("sector_person", 2, ""),
        ("public_person", 5, "沈桂芳"),
    ]
    for kind, count, name in met:
        huiyin.visited(contact={"kind": kind, "name": name}, persons_count=count)
    with huiyin.reading():
        member = huiyin.actor("member")
        visits = db.session.query(Visit).order_by(Visit.id)
        told = [filled.annex1(visit, None, member).contact for visit in visits]
    assert told == ["社会群众1人", "企业3人", "界别群众2人", "沈桂芳等5人"]


@pytest.mark.requirement("S2-37")
def test_results_are_one_form_a_member_and_several_of_a_kind_are_numbered() -> None:
    found = filled.annexes2(
        [
            submission("suggestion", "建议一", title="增设公交"),
            submission("suggestion", "建议二"),
            submission("investment_lead", "某厂拟投资"),
            submission("talent_lead", "两位博士"),
            submission("brief", "路灯不亮", 1, group=None),
        ],
        TITLED,
    )
    assert [(one.member, one.group) for one in found] == [("吴海燕", "东亭街道工委会"), ("陈丽华", "")]
    assert found[0].suggestion == "1．增设公交\n建议一\n2．建议二"
    assert found[0].lead == "1．某厂拟投资\n2．两位博士"
    assert (found[0].brief, found[1].brief) == ("", "路灯不亮")
    assert found[0].title == "成果登记表"


def _group(name: str, *figures: int, **corrections: FigureCorrection) -> GroupRow:
    shown = Figures(*figures)
    return GroupRow(1, "g1", name, shown, shown, corrections=corrections)


@pytest.mark.requirement("S2-45")
def test_groups_and_their_sum_stand_on_annex_3_and_corrections_below_it() -> None:
    fixed = FigureCorrection(figure="living", counted=40, value=41, reason="一户两人\n漏记一人")
    rows = (_group("甲组", 9, 3, 41, 5, 1, 1, 0, living=fixed), _group("乙组", 8, 2, 3, 4, 0, 1, 0))
    paper = filled.annex3(TITLED, Summary(rows, Figures()))
    assert paper.rows[0] == Annex3Row("甲组", 9, 3, 41, 5, 1, 1, 0)
    assert paper.printed_total == Annex3Row("", 17, 5, 44, 9, 1, 2, 0)
    assert paper.notes == ("注：甲组“生活圈人数”统计为40，更正为41。原因：一户两人 漏记一人",)


def test_without_circles_their_columns_stay_blank_and_so_does_their_sum() -> None:
    paper = filled.annex3(TITLED, Summary((_group("甲组", 9, 3, 4, 5, 1, 1, 0),), Figures()), circles=False)
    assert paper.rows == (Annex3Row("甲组", 9, None, None, None, 1, 1, 0),)
    total = paper.printed_total
    assert (total.sector, total.living, total.friends, total.leads) == (None, None, None, 0)


@pytest.mark.parametrize("kind", ["doc", "DOCX", "", "html", "../docx"])
def test_an_annex_leaves_in_three_kinds_of_file_only(kind: str) -> None:
    with pytest.raises(NotFound):
        kinds.find(kind)


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_a_file_holds_no_more_forms_than_anybody_can_open(kind: str) -> None:
    most = kinds.KINDS[kind].most
    with pytest.raises(Invalid) as refused:
        kinds.written(kind, [Annex1("登记表")] * (most + 1))
    (fault,) = refused.value.errors
    assert (fault.field, str(fault)) == ("limit", f"一次最多 {most} 张表，请用筛选缩小范围")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_written_is_a_file_of_its_kind(kind: str) -> None:
    assert kinds.written(kind, [Annex1("登记表")]).startswith(b"PK")
