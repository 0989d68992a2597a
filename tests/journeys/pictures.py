"""The pictures of the documentation, taken by the journey itself: ``make pictures``."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

# The page and the width at which it is shown to a reader.
SHOWN = {
    ("desk", 1440), ("coordinate", 1440), ("case", 1440), ("assignment", 1440), ("letter", 1440),
    ("visit", 360), ("track", 360),
}  # fmt: skip
COLOURS = 128


def take(page: Page, name: str, width: int) -> None:
    """Keep what the screen shows, when HUIYIN_PICTURES names a folder."""
    folder = os.environ.get("HUIYIN_PICTURES")
    if not folder or (name, width) not in SHOWN:
        return
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(600)
    image = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    small = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    Path(folder).mkdir(parents=True, exist_ok=True)
    small.save(Path(folder) / f"{name}-{width}.png", optimize=True)
