"""Annexes to write, blank and filled; some names hold characters the free 仿宋 lacks."""

from datetime import date

from tracker.outgoing.forms.annexes import Annex1, Annex2, Annex3, Annex3Row

VISIT_TITLE = "全市两级政协委员“访民情、惠民生、促和谐”大走访活动情况登记表"
RESULTS_TITLE = "政协委员聚焦“三圈”大走访活动“三个一”工作成果登记表"
SUMMARY_TITLE = "政协委员聚焦“三圈”大走访活动情况汇总表"

BLANK_1, BLANK_2, BLANK_3 = Annex1(VISIT_TITLE), Annex2(RESULTS_TITLE), Annex3(SUMMARY_TITLE)

FILLED_1 = Annex1(
    VISIT_TITLE,
    visitors=("王玥珺", "李明"),
    group="香樟镇委员联络组",
    contact="赵喆",
    address="香樟苑小区12幢3单元501室",
    visited_on=date(2026, 7, 5),
    reported="小区北门夜间没有路灯，老人出行不便。\n雨后积水两天不退，孩子上学要绕行。",
    help_needed=("北门加装路灯。", "疏通小区东侧雨水管。"),
    coordination_needed=("与自来水公司协调开挖路面的时间。",),
)
FILLED_2 = Annex2(
    RESULTS_TITLE,
    member="王玥珺",
    group="香樟镇委员联络组",
    suggestion="在园区设立共用实验室，减轻小微企业的检测负担。",
    brief="老旧小区夜间照明不足，居民盼望早日改造。",
    lead="外地同乡有意回乡建一处冷链仓库，正在选址。",
)
FILLED_3 = Annex3(
    SUMMARY_TITLE,
    rows=(
        Annex3Row("香樟镇委员联络组", 12, 30, 41, 5, 12, 13, 2),
        Annex3Row("市直机关第一委员工作组", 8, 20, 10, 7, 8, 8, 0),
    ),
)
BLANK = (BLANK_1, BLANK_2, BLANK_3)
FILLED = (FILLED_1, FILLED_2, FILLED_3)
