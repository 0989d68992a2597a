"""Photos of a visit: whatever else a camera wrote into the file is left behind with the file (T28)."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from tracker.errors import Invalid, TooLarge, WrongType
from tracker.rules.words import N_

LARGEST = 10 * 1024 * 1024
LONGEST_SIDE = 2000
QUALITY = 82
# A JPEG is opened at a fraction of its size; a PNG stands in memory whole.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
# A camera's picture has some ten scans; each goes over every pixel, however few bytes it has.
MOST_SCANS = 100
_SCAN = b"\xff\xda"


@dataclass(frozen=True)
class Shot:
    """A picture drawn anew: no place, no time, no camera, no second picture behind the first."""

    content: bytes
    width: int
    height: int


def read(content: bytes) -> Shot:
    """The photo, upright and of moderate size; refused unless its content is a JPEG or PNG picture."""
    if not content:
        raise Invalid.one("photos", N_("请选一张照片，空文件不能上传"))
    if len(content) > LARGEST:
        raise TooLarge(N_("照片超过 10 MB，请压缩后再上传"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn_anew(content)
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, Image.DecompressionBombError) as broken:
        raise WrongType(N_("照片打不开，请选 JPEG 或 PNG 照片")) from broken


def _drawn_anew(content: bytes) -> Shot:
    with Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS)) as picture:
        # Not its format: a JPEG with a second picture behind it calls itself something else.
        most = MOST_PIXELS["PNG" if picture.format == "PNG" else "JPEG"]
        if picture.width * picture.height > most:
            raise TooLarge(N_("照片的像素太多，请缩小后再上传"))
        if picture.format != "PNG" and content.count(_SCAN) > MOST_SCANS:
            raise ValueError("more scans than any camera writes")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture: what hung on the old one (info, profiles) would be written out again.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    made = io.BytesIO()
    bare.save(made, "JPEG", quality=QUALITY)
    return Shot(made.getvalue(), *bare.size)
