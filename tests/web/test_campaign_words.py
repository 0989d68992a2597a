"""What the pages of campaigns say of days, shares and standings."""

from datetime import date
from urllib.parse import unquote

import pytest

from tests.web.conftest import Speaking
from tracker.models import Campaign, CampaignPhase, Quota
from tracker.queries.quotas import Bearer, Line
from tracker.rules.actors import Actor, Post
from tracker.rules.standing import Standing
from tracker.web import campaign_board, campaign_list, campaign_matrix
from tracker.web.campaign_matrix import Met

WALK = Campaign(
    public_id="two-way",
    name="双向奔赴大走访",
    starts_on=date(2026, 2, 1),
    ends_on=date(2026, 11, 30),
    catch_up_until=date(2026, 12, 31),
    quotas=[
        Quota(bearer="member", counts="enterprise", label="联系企业"),
        Quota(bearer="unit", counts="service", label="服务活动"),
        Quota(bearer="member", counts="brief", label="社情民意信息"),
    ],
)
CLERK = Actor("person", 1, "惠雅琴", 1, (Post("clerk", 1),))


@pytest.mark.parametrize(
    ("day", "word", "tone"),
    [
        (date(2026, 1, 31), "未开始", ""),
        (date(2026, 2, 1), "进行中", "info"),
        (date(2026, 11, 30), "进行中", "info"),
        (date(2026, 12, 1), "补报中", "warn"),
        (date(2026, 12, 31), "补报中", "warn"),
        (date(2027, 1, 1), "已结束", "ok"),
    ],
)
def test_where_a_campaign_stands_turns_with_the_day(
    day: date, word: str, tone: str, speaking: Speaking
) -> None:
    with speaking():
        found = campaign_list.sign(WALK, day)
    assert (found.label, found.tone) == (word, tone)


def test_without_days_of_grace_the_end_is_the_end(speaking: Speaking) -> None:
    short = Campaign(name="三解三促", starts_on=WALK.starts_on, ends_on=WALK.ends_on, catch_up_until=None)
    with speaking():
        assert campaign_list.sign(short, date(2026, 11, 30)).label == "进行中"
        assert campaign_list.sign(short, date(2026, 12, 1)).label == "已结束"
        assert campaign_list.period(short) == "2026年2月1日—2026年11月30日"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 2, 28), "todo"),
        (date(2026, 3, 1), "now"),
        (date(2026, 3, 31), "now"),
        (date(2026, 4, 1), "done"),
    ],
)
def test_a_phase_lasts_from_its_first_to_its_last_day(day: date, status: str, speaking: Speaking) -> None:
    phase = CampaignPhase(name="走访摸排", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    with speaking():
        found = campaign_board._phase(phase, day)
    assert (found.label, found.sub, found.status) == ("走访摸排", "2026年3月1日—2026年3月31日", status)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 2, 1), date(2026, 3, 31), "2-3月"),
        (date(2026, 5, 1), date(2026, 5, 1), "5月"),
        (date(2027, 1, 1), date(2027, 1, 1), "次年1月"),
    ],
)
def test_months_of_the_plan_are_said_as_the_document_says_them(
    first: date, last: date, said: str, speaking: Speaking
) -> None:
    with speaking():
        assert campaign_board._months(first, last, 2026) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, ""), (0, 3, "0%"), (1, 3, "33%"), (2, 3, "67%"), (3, 3, "100%"), (199, 200, "100%")],
)
def test_a_share_is_rounded_and_of_nobody_there_is_none(part: int, whole: int, said: str) -> None:
    assert campaign_matrix.rate(part, whole) == said


# --- standings
DONE, OWED = Standing("done", 3, 3), Standing("owed", 1, 3)
LATE, EXEMPT = Standing("late", 1, 3), Standing("exempt", 0, 3)


@pytest.mark.parametrize(
    ("column", "met"),
    [
        ((DONE, DONE), Met(2, 2, "ok")),
        ((DONE, OWED), Met(1, 2, "")),
        ((DONE, LATE), Met(1, 2, "late")),
        ((OWED, LATE), Met(0, 2, "late")),
        ((DONE, EXEMPT), Met(1, 1, "ok")),
        ((DONE, None), Met(1, 1, "ok")),
        ((EXEMPT, EXEMPT), None),
        ((None, EXEMPT), None),
        ((), None),
    ],
)
def test_a_group_s_cell_counts_those_whom_the_quota_concerns(
    column: tuple[Standing | None, ...], met: Met | None
) -> None:
    assert campaign_matrix._met(column) == met


@pytest.mark.parametrize(
    ("standing", "said", "tone"),
    [
        (DONE, "3/3", "ok"),
        (Standing("done", 5, 3), "5/3", "ok"),
        (OWED, "1/3 差 2", ""),
        (LATE, "1/3 差 2", "late"),
        (EXEMPT, "免", "info"),
    ],
)
def test_a_member_s_cell_says_what_is_missing(
    standing: Standing, said: str, tone: str, speaking: Speaking
) -> None:
    with speaking():
        found = campaign_matrix._sign(standing)
    assert (found.label, found.tone) == (said, tone)
    assert bool(found.icon) is (standing is not OWED)


def line(name: str, unit: int, *standings: Standing | None) -> Line:
    bearer = Bearer(unit * 100 + len(name), f"id-{name}", name, "county", unit, f"第{unit}组", "sector_group")
    return Line(bearer, tuple(quota for quota in WALK.quotas if quota.bearer == "member"), standings)


LINES = [
    line("吴海燕", 1, DONE, OWED),
    line("陈丽", 1, Standing("owed", 0, 1), None),
    line("李四光荣", 2, LATE, DONE),
]


def test_groups_follow_each_other_with_their_cells_and_one_stands_open(speaking: Speaking) -> None:
    with speaking():
        first, second = campaign_matrix.groups(WALK, LINES, "2")
    assert (first.name, first.members, first.active, first.rate, first.is_open) == (
        "第1组",
        2,
        1,
        "50%",
        False,
    )
    assert first.cells == (Met(1, 2, ""), Met(0, 1, ""))
    assert (second.members, second.rate, second.is_open) == (1, "100%", True)
    assert second.url == "/campaigns/two-way?group=2#members"


def test_the_silent_ones_are_named_group_by_group(speaking: Speaking) -> None:
    with speaking():
        (found,) = campaign_matrix.silent(LINES)
    assert (found.group, found.names, found.number) == ("第1组", "陈丽", 1)


@pytest.mark.parametrize(("opened", "unit"), [("1", 1), ("2", 2), ("3", None), ("", None), ("x", None)])
def test_only_a_group_that_is_there_opens(opened: str, unit: int | None) -> None:
    assert campaign_matrix.unit(LINES, opened) == unit


def test_a_member_s_line_leaves_out_what_does_not_concern_one(speaking: Speaking) -> None:
    with speaking():
        shown = [campaign_matrix.member(WALK, found, CLERK) for found in LINES]
    assert [[mark.sign.label if mark else None for mark in one.marks] for one in shown] == [
        ["3/3", "1/3 差 2"],
        ["0/1 差 1", None],
        ["1/3 差 2", "3/3"],
    ]
    assert [(one.level, one.owes, one.is_silent) for one in shown] == [
        ("本级委员", True, False),
        ("本级委员", True, True),
        ("本级委员", True, False),
    ]


@pytest.mark.parametrize(("reader", "opens"), [("clerk", True), ("secretary", True), ("admin", False)])
def test_what_was_counted_opens_for_whoever_reads_such_rows(
    reader: str, opens: bool, speaking: Speaking
) -> None:
    actor = Actor("person", 1, "某人", 1, (Post(reader, 1),))
    with speaking():
        shown = [campaign_matrix.member(WALK, found, actor) for found in LINES]
    visited = "/visits?campaign=two-way&visitor=id-%s&contact=enterprise"
    briefs = "/submissions?campaign=two-way&member=id-%s&kind=brief"
    wanted = [
        [visited % "吴海燕", briefs % "吴海燕"],
        ["", None],
        [visited % "李四光荣", briefs % "李四光荣"],
    ]
    if not opens:
        wanted = [[None if url is None else "" for url in row] for row in wanted]
    assert [[unquote(mark.url) if mark else None for mark in one.marks] for one in shown] == wanted
