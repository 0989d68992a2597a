"""Which printed line of a letter plays which part; found by form, as a reader would."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.outgoing.pdf_reading import Line, Page

NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕[1-9]\d*号")
DATE = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")
ANY_DATE = re.compile(r"[\d０-９]{2,4}年[\d０-９]{1,2}月[\d０-９]{1,2}日")
FOLIO = re.compile(r"—\s*(\d+)\s*—")
LEVEL_1 = re.compile(r"[一二三四五六七八九十]+、")
LEVEL_2 = re.compile(r"（[一二三四五六七八九十]+）")
BODY, TITLE, SMALL = 16.0, 22.0, 14.0


@dataclass(frozen=True)
class Parts:
    pages: Sequence[Page]

    @property
    def first(self) -> Page:
        return self.pages[0]

    @property
    def last(self) -> Page:
        return self.pages[-1]

    @cached_property
    def title(self) -> list[Line]:
        return self.first.sized(TITLE)

    @cached_property
    def number(self) -> Line | None:
        """The line of size 3 above the title."""
        top = self.title[0].baseline if self.title else self.first.height / 3
        return next((line for line in self.first.sized(BODY) if line.baseline < top), None)

    @cached_property
    def texts(self) -> list[tuple[Page, list[Line]]]:
        """Lines of size 3 below the title, page by page."""
        below = self.title[-1].baseline if self.title else 0.0
        return [
            (page, [line for line in page.sized(BODY) if page.number > 1 or line.baseline > below])
            for page in self.pages
        ]

    @property
    def flat(self) -> list[Line]:
        return [line for _, lines in self.texts for line in lines]

    @property
    def addressee(self) -> Line | None:
        return self.flat[0] if self.flat else None

    @cached_property
    def date_at(self) -> int | None:
        """Index of the date of issue in ``flat``: the last line that is nothing but a date."""
        places = [place for place, line in enumerate(self.flat) if ANY_DATE.fullmatch(line.text.strip())]
        return places[-1] if places else None

    @property
    def date(self) -> Line | None:
        return self.flat[self.date_at] if self.date_at is not None else None

    @property
    def issuer(self) -> Line | None:
        return self.flat[self.date_at - 1] if self.date_at else None

    @property
    def remark(self) -> list[Line]:
        return self.flat[self.date_at + 1 :] if self.date_at is not None else []

    @cached_property
    def annexes(self) -> list[Line]:
        body = self.before_signature
        start = next((place for place, line in enumerate(body) if line.text.startswith("附件：")), len(body))
        return body[start:]

    @property
    def before_signature(self) -> list[Line]:
        return self.flat[1 : self.date_at - 1] if self.date_at else self.flat[1:]

    @property
    def body(self) -> list[Line]:
        """Addressee, annexes and signature taken away: what the letter says."""
        lines = self.before_signature
        return lines[: len(lines) - len(self.annexes)]

    @property
    def copies(self) -> list[Line]:
        small = [line for line in self.last.sized(SMALL) if not FOLIO.fullmatch(line.text.strip())]
        start = next((place for place, line in enumerate(small) if line.text.startswith("抄送")), len(small))
        return small[start:]

    @property
    def strays(self) -> list[Line]:
        """Lines below the title of a size no part of a letter has; print below 9 pt does not count."""
        known = {id(line) for line in (*self.flat, *self.title, *self.copies)}
        known |= {id(line) for page in self.pages if (line := self.folio(page))}
        start = self.title[-1].baseline if self.title else 60.0
        return [
            line
            for page in self.pages
            for line in page.lines
            if id(line) not in known and line.size >= 9 and (page.number > 1 or line.baseline > start)
        ]

    def folio(self, page: Page) -> Line | None:
        return next((line for line in page.lines if FOLIO.fullmatch(line.text.strip())), None)
