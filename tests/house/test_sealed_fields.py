"""Who a resident is lies in one table, sealed; nowhere else is there a column for it (T09)."""

import re

import pytest
from sqlalchemy import LargeBinary

from tracker.models import Base
from tracker.models.resident import SEALED

pytestmark = pytest.mark.requirement("T09")

# People who work here, units, places and files of ours: their names are no secret of a resident's.
PLAIN = {
    "api_token.name",
    "area.full_name",
    "area.name",
    "calendar_day.name",
    "campaign.name",
    "campaign_phase.name",
    "category.full_name",
    "category.name",
    "committee.full_name",
    "committee.name",
    "committee.office_address",
    "committee.office_phone",
    "event.actor_name",
    "login_session.address",
    "org_unit.name",
    "org_unit.short_name",
    "person.email",
    "person.name",
    "saved_view.name",
    "workstation.name",
}
TELLING = re.compile(
    r"name|phone|mobile|tel(?!l)|address|mail|wechat|birth"
    r"|contact(?!_(kind|record|reason))|id_?(card|number)"
)
TABLES = {table.name: table for table in Base.metadata.sorted_tables}


def test_no_other_column_is_made_to_hold_who_somebody_is() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if TELLING.search(column.name) and not isinstance(column.type, LargeBinary)
    }
    assert found == PLAIN


def test_the_residents_own_fields_exist_only_sealed() -> None:
    resident = TABLES["resident"]
    for name in SEALED:
        assert name not in resident.columns
        assert isinstance(resident.columns[f"{name}_sealed"].type, LargeBinary)
    assert isinstance(resident.columns["phone_index"].type, LargeBinary)


@pytest.mark.parametrize(
    "column",
    ["letter.content_sealed", "letter.pdf_sealed", "attachment.content_sealed", "attachment.name_sealed"],
)
def test_letters_and_files_are_kept_sealed(column: str) -> None:
    table, name = column.split(".")
    assert isinstance(TABLES[table].columns[name].type, LargeBinary)
    assert name.removesuffix("_sealed") not in TABLES[table].columns
