"""Files people add to a case: only pictures and PDF, recognised by what is inside, not by their names."""

import io
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image

from tracker.errors import Invalid, TooLarge, WrongType
from tracker.rules.words import N_

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_NAME = 120
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True)
class Upload:
    """A file that was looked at; ``name`` is a plain file name with the ending its content calls for."""

    name: str
    media_type: str
    content: bytes


def read(name: str, content: bytes) -> Upload:
    """The checked file; TooLarge or WrongType with the remedy otherwise (T28)."""
    if not content:
        raise Invalid.one("file", N_("请选一个文件，空文件不能上传"))
    if len(content) > LARGEST:
        raise TooLarge(N_("文件超过 10 MB，请压缩或分开上传"))
    media_type = _recognise(content)
    if media_type is None:
        raise WrongType(N_("只能上传照片（JPEG、PNG）或 PDF；其他格式请另存为 PDF 再上传"))
    return Upload(_plain_name(name, SUFFIXES[media_type]), media_type, content)


def _recognise(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf" if b"%%EOF" in content[-2048:] else None
    return _picture(content)


def _picture(content: bytes) -> str | None:
    """Only the head is read; nothing is decoded here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=tuple(_PICTURES)) as picture:
                kind, (width, height) = picture.format, picture.size
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None
    if not 0 < width * height <= MOST_PIXELS:
        raise TooLarge(N_("照片的像素太多，请缩小后再上传"))
    return _PICTURES.get(kind or "")


def _plain_name(name: str, suffix: str) -> str:
    """No path, nothing invisible or turned around, and the ending of what is really inside (T25)."""
    shown = unicodedata.normalize("NFC", name.replace("\\", "/"))
    last = "".join(char for char in shown.rpartition("/")[2] if unicodedata.category(char)[0] != "C")
    stem = PurePosixPath(last).stem.strip(". ") or "file"
    return stem[: LONGEST_NAME - len(suffix)] + suffix
