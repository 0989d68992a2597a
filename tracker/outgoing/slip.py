"""Two slips of paper: a resident's receipt (回执) and a department's transfer slip (转办单).

Each may show what its dataclass lists and nothing else; neither has a place for a name, a phone number,
an address or the story as it was told.
"""

import re
from dataclasses import dataclass
from datetime import date

import segno

from tracker.outgoing.letters import PAPER
from tracker.rules.codes import Code

# A fixed mask: choosing the best one of eight takes three times as long and helps no scanner.
MASK = 2
LONGEST_SUMMARY = 72
BASE_URL = re.compile(r"https?://[^\s#?]+")


@dataclass(frozen=True)
class ReceiptSlip:
    committee: str
    reference: str
    summary: str
    received_on: date
    code: Code
    base_url: str
    office: str
    office_phone: str = ""

    @property
    def short_summary(self) -> str:
        """As much of it as leaves the slip on one page."""
        return (
            self.summary
            if len(self.summary) <= LONGEST_SUMMARY
            else self.summary[: LONGEST_SUMMARY - 1] + "…"
        )

    @property
    def track_url(self) -> str:
        return self.base_url.rstrip("/") + "/track"

    @property
    def qr(self) -> str:
        """The code follows the number sign, which a browser never sends to any server."""
        picture = segno.make(f"{self.track_url}#{self.code.text}", micro=False, error="m", mask=MASK)
        return picture.png_data_uri(scale=6, border=2)


@dataclass(frozen=True)
class TransferSlip:
    """T02: the approved transfer text and what the office decided; never the case or its resident."""

    office: str
    reference: str
    transfer_text: str
    unit: str
    role: str
    class_name: str
    dispatched_on: date
    due_on: date | None = None


def receipt_html(slip: ReceiptSlip) -> str:
    if not BASE_URL.fullmatch(slip.base_url):
        raise ValueError("base_url")
    return PAPER.get_template("receipt.html").render(slip=slip)


def transfer_html(slip: TransferSlip) -> str:
    return PAPER.get_template("transfer.html").render(slip=slip)
