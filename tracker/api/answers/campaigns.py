"""A campaign and its annex 3."""

from datetime import date

from pydantic import Field

from tracker.api.answers.base import Answer
from tracker.models import Campaign
from tracker.queries.summaries import Figures, GroupRow, Summary


class CampaignRow(Answer):
    """``drives`` are other drives whose visits count here too."""

    id: str
    key: str
    name: str
    document_number: str
    starts_on: date
    ends_on: date
    catch_up_until: date | None
    drives: list[str]


class CampaignList(Answer):
    items: list[CampaignRow]


class FiguresAnswer(Answer):
    """Members who took part, people reached by circle, what was handed in by kind."""

    participants: int
    sector: int
    living: int
    friends: int
    suggestions: int
    briefs: int
    leads: int


class CorrectionAnswer(Answer):
    """A figure somebody corrected: the row shows ``value``, ``counted`` is what the rows add up to."""

    figure: str
    counted: int
    value: int
    reason: str


class GroupFigures(FiguresAnswer):
    """``state`` is how far the group's figures have come on their way to the office."""

    group: str
    group_name: str
    state: str
    corrections: list[CorrectionAnswer]


class CampaignSummary(Answer):
    """Annex 3; ``total`` is the sum of the rows."""

    id: str
    rows: list[GroupFigures]
    total: FiguresAnswer = Field(description="the annex's last row")


def campaign_row(campaign: Campaign) -> CampaignRow:
    return CampaignRow(
        id=campaign.public_id,
        key=campaign.key,
        name=campaign.name,
        document_number=campaign.document_number,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        catch_up_until=campaign.catch_up_until,
        drives=campaign.drives,
    )


def summary_answer(campaign: Campaign, found: Summary) -> CampaignSummary:
    rows = [_row(row) for row in found.rows]
    return CampaignSummary(id=campaign.public_id, rows=rows, total=FiguresAnswer(**_numbers(found.total)))


def _row(row: GroupRow) -> GroupFigures:
    corrections = [
        CorrectionAnswer(
            figure=name, counted=getattr(row.counted, name), value=made.value, reason=made.reason
        )
        for name, made in row.corrections.items()
    ]
    return GroupFigures(
        group=row.public_id,
        group_name=row.name,
        state=row.state,
        corrections=corrections,
        **_numbers(row.figures),
    )


def _numbers(figures: Figures) -> dict[str, int]:
    return dict(vars(figures))
