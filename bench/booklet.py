"""How long the PDF process takes to set a booklet of 400 items, and how much memory it needs for it."""

import time
from datetime import date
from pathlib import Path

from tracker.outgoing import booklet, booklet_word, charts, pdf
from tracker.outgoing.booklet import BookletSheet

ITEMS = 400
TEXT = (
    "走访中了解到，小区北门三盏路灯自十月中旬起不亮，晚间散步看不清台阶。经协调，市政管养单位更换了老化的电缆，"
    "恢复照明，并约定每月巡查一次，住户表示满意。"
)


def measure() -> dict[str, float]:
    """Seconds for the PDF and for Word, pages, and the most memory in MiB; the limit beside it."""
    sheet = _sheet()
    pdf.stop()
    pdf.start()
    begun = time.perf_counter()
    content = booklet.pdf(booklet.html(sheet), ITEMS)
    took = time.perf_counter() - begun
    memory = _memory()
    pdf.stop()
    numbers, pages = booklet.page_numbers(content)
    begun = time.perf_counter()
    booklet_word.docx(sheet, numbers)
    word = time.perf_counter() - begun
    return {
        "items": ITEMS,
        "pages": pages,
        "pdf_seconds": round(took, 1),
        "word_seconds": round(word, 1),
        **memory,
        "limit_mib": pdf.LIMITS["RLIMIT_AS"] / pdf.MIB,
    }


def _sheet() -> BookletSheet:
    names = ("界别圈", "生活圈", "朋友圈")
    rows = [
        (
            names[number * len(names) // ITEMS],
            f"第{number + 1}处路灯恢复照明",
            TEXT * 7 + "\n" + TEXT,
            "教育界别组",
        )
        for number in range(ITEMS)
    ]
    picture = charts.counts("按圈子", "三个圈子都有。", [(name, ITEMS // 3) for name in names], "篇")
    return BookletSheet(
        "政协办公室", "成果汇编", "", date(2026, 11, 22), TEXT, (picture,), booklet.chapters(rows)
    )


def _memory() -> dict[str, float]:
    """As Linux counts it: what lay in memory at most, and what was asked for at most; nothing elsewhere."""
    status = Path(f"/proc/{pdf.process_id()}/status")
    if not status.exists():
        return {}
    found = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return {
        "resident_mib": round(int(found["VmHWM"].split()[0]) / 1024),
        "address_space_mib": round(int(found["VmPeak"].split()[0]) / 1024),
    }


def told(found: dict[str, float]) -> str:
    return (
        f"booklet of {found['items']:.0f} items, {found['pages']:.0f} pages: PDF {found['pdf_seconds']} s, "
        f"Word {found['word_seconds']} s, {found.get('resident_mib', 0):.0f} MiB resident, "
        f"{found.get('address_space_mib', 0):.0f} of {found['limit_mib']:.0f} MiB address space"
    )
