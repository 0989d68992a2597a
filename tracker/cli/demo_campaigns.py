"""The demonstration's campaigns from inside: groups that report, services held, studios kept."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from tracker.actions import activities, group_reports
from tracker.actions import campaigns as acts
from tracker.actions import scores as score_acts
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock
from tracker.incoming.activities import ActivityIn, ReceptionIn, WorkstationIn
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn, PlanDoneIn, StoryIn
from tracker.incoming.scores import NominationIn
from tracker.models import Campaign, OrgUnit
from tracker.queries import campaigns, reference, scores, summaries
from tracker.queries import group_reports as reports
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

Who = Callable[[str], Actor]
SERVICES = (
    ("送法进社区：物业纠纷怎么办", "activity_day", ["legal_aid", "advice"], 46),
    ("重阳节走访独居老人", "activity_week", ["warmth", "pairing"], 28),
    ("中小企业用工座谈和调研", "activity_week", ["research", "advice"], 19),
    ("健康义诊和用药咨询", "activity_day", ["warmth"], 73),
    ("困难家庭学生结对助学", "other", ["pairing"], 12),
)
STUDIOS = (
    ("studio", "“邻里议事”委员工作室", "每周三上午，遇节假日顺延", "社区服务中心二楼"),
    ("studio", "“企业会客厅”委员工作室", "每月10日、20日", "创业园综合楼一楼东侧"),
    ("members_home", "委员之家", "工作日", "文化活动中心103室"),
    ("standing_member_station", "常委工作站", "每月第一个星期五下午", "便民服务中心大厅"),
    ("contact_point", "社情民意联系点", "工作日", "农贸市场管理处旁"),
)
STORIES = (
    "全组委员都参加了走访，重点走访老旧小区、沿街商户和返乡人员。\n收集的问题中，能当场说清的当场说清，其余交办公室统筹。",
    "本组分三个小队走访，每户都作了回访。群众反映最多的是停车难和夜间照明。",
)


def carry_on(end: datetime, actor: Who) -> None:
    """Inside a write transaction, after the visits have been paid."""
    with clock.at(office_hours(end - timedelta(days=3))):
        day = shanghai_date(clock()) - timedelta(days=4)
        for code in ("xs", "dt"):
            clerk = actor(f"{code}-clerk")
            groups = reference.units(clerk, "group")
            _serve(groups, clerk, day)
            for campaign in campaigns.listing(clerk):
                _look_after(campaigns.get(campaign.public_id, clerk), groups[:4], clerk, day)
                _put_forward(campaigns.get(campaign.public_id, clerk), clerk)
                _report(campaigns.get(campaign.public_id, clerk), actor(f"{code}-secretary"))


def _serve(groups: Sequence[OrgUnit], clerk: Actor, day: date) -> None:
    for number, (unit, (title, form, categories, people)) in enumerate(zip(groups, SERVICES, strict=False)):
        held_on = day - timedelta(days=23 * number)
        given = {"unit": unit.public_id, "title": title, "form": form, "categories": categories}
        activities.hold(
            ActivityIn.model_validate(given | {"held_on": held_on, "people_count": people}), by=clerk
        )
    for unit, (kind, name, reception, place) in zip(groups, STUDIOS, strict=False):
        given = {"unit": unit.public_id, "kind": kind, "name": name, "reception": reception, "place": place}
        opened = day - timedelta(days=150)
        station = activities.set_up(WorkstationIn.model_validate(given | {"opened_on": opened}), by=clerk)
        held = ReceptionIn(held_on=day, members="值班委员两位", people_count=5)
        activities.receive_residents(station, held, by=clerk)


def _look_after(campaign: Campaign, groups: Sequence[OrgUnit], clerk: Actor, day: date) -> None:
    office = reference.units(clerk, "office")[0]
    for unit in groups:
        group_reports.liaise(
            reports.get(campaign, unit.public_id, clerk), DutyIn(unit=office.public_id), by=clerk
        )
    first = reports.get(campaign, groups[0].public_id, clerk)
    found = FindingIn(
        found_on=day, finding="少数委员还没有走访，有两张登记表缺走访日期。", action="本月底前补齐。"
    )
    group_reports.supervise(first, found, by=clerk)
    for item in [row for row in campaign.plan if row.to_month < day.replace(day=1)][:6]:
        done = PlanDoneIn(done_on=item.to_month + timedelta(days=19), evidence="活动简报存办公室")
        acts.mark_done(campaign, item.public_id, done, by=clerk)


def _report(campaign: Campaign, secretary: Actor) -> None:
    """The group of the secretary that is shown: its account, a corrected figure, confirmed."""
    own = secretary.units("secretary")
    for number, unit in enumerate(row for row in reference.units(secretary, "group") if row.id in own):
        report = reports.get(campaign, unit.public_id, secretary)
        story = StoryIn(story=STORIES[number % len(STORIES)])
        report = group_reports.write_story(report, story, by=secretary)
        counted = summaries.of_group(report).counted.participants
        why = "一位委员随组走访，登记表漏签"
        corrected = CorrectionIn(figure="participants", value=counted + 1, reason=why, sure=True)
        group_reports.correct(report, corrected, by=secretary)
        group_reports.move(report, "confirm", by=secretary, given={})


def _put_forward(campaign: Campaign, clerk: Actor) -> None:
    """Whoever has the most points is thought of for an award."""
    found = scores.of(campaign, clerk, "member")
    best = max(found.lines, key=lambda line: line.total or 0, default=None)
    if best and best.total:
        why = NominationIn(reason="走访扎实，报送的信息质量高，建议列入年度优秀委员候选。")
        score_acts.nominate(campaign, best.bearer.public_id, why, by=clerk)
