"""A letter as values, and as HTML for a sheet of GB/T 9704-2012, 10.1 (信函格式)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.outgoing import letter_layout
from tracker.outgoing.plain_text import one_line, paragraphs

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "letters"


def printed_date(day: date) -> str:
    """7.3.5.4: full year, Arabic digits, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def paper_environment(templates: Path = TEMPLATES) -> Environment:
    """Templates of paper documents: everything escaped, an unknown name is an error, no access to the app.

    Their words stay Chinese whatever language the reader of the screen has chosen: ``_`` only marks them.
    """
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {"_": str}
    environment.filters |= {"one_line": one_line, "paragraphs": paragraphs, "printed_date": printed_date}
    return environment


PAPER = paper_environment()


@dataclass(frozen=True)
class Block:
    """A paragraph: level 0 is body text, 1 一、 2 （一） 3 1.; the numbering is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class LetterSheet:
    """Everything that stands on the paper, and nothing else."""

    issuer_mark: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    issuer: str
    number: str | None = None
    issue_date: date | None = None
    closing: str = "特此函复。"
    remark: str = ""
    copy_to: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    sealed: bool = True
    preview_watermark: str | None = None
    verification: str | None = None

    @property
    def printed_date(self) -> str:
        return printed_date(self.issue_date) if self.issue_date else "\u3000\u3000年\u3000月\u3000日"

    @property
    def printed_annexes(self) -> list[tuple[str, str]]:
        """7.3.4: one annex has no number."""
        if len(self.annexes) == 1:
            return [("", self.annexes[0])]
        return [(f"{number}.", name) for number, name in enumerate(self.annexes, 1)]


def html(sheet: LetterSheet) -> str:
    issuer = one_line(sheet.issuer)
    return PAPER.get_template("feedback.html").render(
        sheet=sheet,
        head=letter_layout.head(one_line(sheet.issuer_mark)),
        title_lines=letter_layout.title_lines(one_line(sheet.title)),
        signature=letter_layout.signature(issuer, sheet.printed_date, sealed=sheet.sealed),
    )
