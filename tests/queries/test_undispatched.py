"""A department never learns of an assignment that was drafted for it and taken back."""

import pytest

from tests.world import TRANSFER, World
from tracker.actions import assignments
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.assignments import AssignmentIn
from tracker.models import Assignment
from tracker.queries import assignments as stored
from tracker.rules import permissions


def test_a_revoked_draft_was_never_the_departments(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.writing():
        given = AssignmentIn(unit="housing", transfer_text=TRANSFER, confirmed=True)
        draft = assignments.draft(huiyin.case(reference), given, by=huiyin.actor("clerk"))
        public_id = draft.public_id
    huiyin.move_share(public_id, "revoke", by="director", reason="选错了单位")
    with huiyin.writing():
        department = huiyin.actor("dept")
        share = db.session.query(Assignment).filter_by(public_id=public_id).one()
        assert share.state == "revoked"
        assert not permissions.may(department, "read", share)
        with pytest.raises(NotFound):
            stored.get(public_id, department)
