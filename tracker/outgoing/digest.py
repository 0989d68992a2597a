"""A digest on paper, as an Excel file and as a mail; its words stay Chinese, like every paper's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.outgoing import pdf as engine
from tracker.outgoing import workbook
from tracker.outgoing.charts import Chart, counts, percent
from tracker.outgoing.forms.templates import PAPER
from tracker.outgoing.letters import printed_date
from tracker.outgoing.plain_text import one_line
from tracker.queries.digests import DigestOf, Figures, GroupLine

NAMES: Final = {"week": "周报", "month": "月报", "quarter": "季报"}
LINES: Final = {
    "visits": "走访次数",
    "visitors": "参与走访委员",
    "met": "走访人数",
    "submissions": "“三个一”成果",
    "raised": "新提出诉求",
    "handled": "办结诉求",
    "fed_back": "反馈诉求",
    "exemplars": "新树典型",
}
_MOST_BARS: Final = 20


@dataclass(frozen=True)
class DigestSheet:
    """``rows``: (what, this period, the one before)."""

    issuer: str
    title: str
    period: str
    rows: tuple[tuple[str, str, str], ...]
    charts: tuple[Chart, ...]
    behind: tuple[str, ...]
    exemplary: tuple[str, ...]


def sheet(digest: DigestOf, issuer: str) -> DigestSheet:
    span = digest.span
    return DigestSheet(
        one_line(issuer),
        f"委员联系群众工作{NAMES[span.period]}",
        f"{printed_date(span.first)}至{printed_date(span.last)}",
        tuple(rows(digest)),
        tuple(pictures(digest)),
        tuple(behind(line) for line in digest.behind),
        tuple(one_line(f"{one.group}　{one.reason}") for one in digest.exemplary),
    )


def rows(digest: DigestOf) -> list[tuple[str, str, str]]:
    counted = [
        (label, str(getattr(digest.now, name)), str(getattr(digest.before, name)))
        for name, label in LINES.items()
    ]
    return [
        *counted,
        ("按期答复率", on_time(digest.now), on_time(digest.before)),
        ("满意率", satisfaction(digest.now), satisfaction(digest.before)),
    ]


def on_time(figures: Figures) -> str:
    return percent(figures.on_time, figures.replied)[1]


def satisfaction(figures: Figures) -> str:
    return percent(figures.satisfied, figures.rated)[1]


def pictures(digest: DigestOf) -> list[Chart]:
    active = sorted((line for line in digest.groups if line.visits), key=lambda line: -line.visits)
    steps = [("提出", digest.now.raised), ("办结", digest.now.handled), ("反馈", digest.now.fed_back)]
    sentence = f"本期提出诉求{digest.now.raised}件，办结{digest.now.handled}件，反馈{digest.now.fed_back}件。"
    found = [counts("诉求办理", sentence, steps, "件")]
    if active:
        said = f"本期走访{digest.now.visits}次，走访最多的是{one_line(active[0].name)}。"
        bars = [(one_line(line.name), line.visits) for line in active[:_MOST_BARS]]
        found.insert(0, counts("各组走访", said, bars, "次"))
    return found


def behind(line: GroupLine) -> str:
    if line.owing is None:
        return f"{one_line(line.name)}：本期没有走访"
    return f"{one_line(line.name)}：{line.members}人中还有{line.owing}人没有完成任务"


def html(page: DigestSheet) -> str:
    return PAPER.get_template("digest.html").render(sheet=page)


def pdf(page: DigestSheet) -> bytes:
    """Raises PdfFailed."""
    return engine.render(html(page))


def xlsx(digest: DigestOf, title: str) -> bytes:
    """The groups, a line each; the last line is the whole committee's."""
    heads = ["组别", "走访次数", "新提出诉求", "还没有完成任务的委员", "委员人数"]
    lines: list[Sequence[workbook.Value]] = [
        [line.name, line.visits, line.raised, line.owing, line.members or None] for line in digest.groups
    ]
    # Cases the office registered itself belong to no group; without them the lines would not add up.
    apart = [
        digest.now.visits - sum(line.visits for line in digest.groups),
        digest.now.raised - sum(line.raised for line in digest.groups),
    ]
    if any(apart):
        lines.append(["不属于小组", *apart, None, None])
    total: list[workbook.Value] = ["全部", digest.now.visits, digest.now.raised, None, None]
    return workbook.workbook(title, heads, lines, total=total)


def mail(page: DigestSheet, link: str) -> str:
    """Figures only: no name of anybody who was met (T33)."""
    told = [f"{label}：{now}（上期 {before}）" for label, now, before in page.rows]
    late = ["", "需要提醒：", *page.behind] if page.behind else []
    return "\n".join([page.title, page.period, "", *told, *late, "", f"请登录查看：{link}", ""])
