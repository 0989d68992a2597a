"""What programs send in these tests."""

from typing import Any

from tests.world import NARRATIVE, REPLY, RESIDENT, TRANSFER

CASE: dict[str, Any] = {
    "summary": "云林苑北门路灯连续半月不亮",
    "narrative": NARRATIVE,
    "area": "0101",
    "source": "visit",
    "urgency": "normal",
    "resident": RESIDENT,
}
ANSWER: dict[str, Any] = {"move": "reply", "result_class": "A", "text": REPLY, "contact_record": "on_site"}
VISIT: dict[str, Any] = {
    "visited_on": "2026-11-22",
    "circle": "living",
    "channel": "in_person",
    "contact": {"name": "沈桂芳", "phone": "13612345678", "kind": "public_person"},
    "persons_count": 2,
    "address": "云林苑3号楼201室",
    "reported": "反映小区路灯不亮，并谈了居家养老。",
    "cases": [CASE],
}


def coordinate(*units: tuple[str, str]) -> dict[str, Any]:
    return {
        "move": "coordinate",
        "route": "assign",
        "category": "B01",
        "subject_unit": "none",
        "transfer_text": TRANSFER,
        "confirmed": True,
        "assignments": [{"unit": unit, "role": role} for unit, role in units],
    }
