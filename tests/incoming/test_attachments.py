"""An upload is what is inside it, not what it is called (T25, T28)."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tracker.errors import HuiyinError, Invalid, TooLarge, WrongType
from tracker.incoming import attachments
from tracker.incoming.attachments import LARGEST, LONGEST_NAME, read

pytestmark = [pytest.mark.requirement("T25"), pytest.mark.requirement("T28")]

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (4, 3)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size).save(kept, kind)
    return kept.getvalue()


def bomb(width: int, height: int) -> bytes:
    """The head of a PNG that claims to be enormous."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    ("name", "content", "kept", "media_type"),
    [
        ("灯.jpg", picture("JPEG"), "灯.jpg", "image/jpeg"),
        ("灯.JPEG", picture("JPEG"), "灯.jpg", "image/jpeg"),
        ("灯.png", picture("PNG"), "灯.png", "image/png"),
        ("材料.pdf", PDF, "材料.pdf", "application/pdf"),
        ("灯.jpg", picture("PNG"), "灯.png", "image/png"),
        ("材料.exe", PDF, "材料.pdf", "application/pdf"),
        ("材料", PDF, "材料.pdf", "application/pdf"),
        ("材料.pdf.exe", PDF, "材料.pdf.pdf", "application/pdf"),
    ],
)
def test_a_file_is_called_after_what_is_inside(name: str, content: bytes, kept: str, media_type: str) -> None:
    upload = read(name, content)
    assert (upload.name, upload.media_type, upload.content) == (kept, media_type, content)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\材料.pdf", "材料.pdf"),
        ("材料\u202efdp.exe", "材料fdp.pdf"),
        ("材\u200b料\x00\n.pdf", "材料.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("/", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("  材料 .pdf", "材料.pdf"),
    ],
)
def test_a_name_is_no_path_and_hides_nothing(name: str, kept: str) -> None:
    assert read(name, PDF).name == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = read("长" * 500 + ".pdf", PDF).name
    assert len(name) == LONGEST_NAME and name.endswith("长.pdf")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Invalid),
        (b"hello", WrongType),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", WrongType),
        (b"<html><script>1</script>", WrongType),
        (b"MZ\x90\x00", WrongType),
        (b"PK\x03\x04 a document of an office program", WrongType),
        (picture("GIF"), WrongType),
        (picture("BMP"), WrongType),
        (picture("JPEG")[:10], WrongType),
        (b"%PDF-1.7 without an end", WrongType),
        (b" " + PDF, WrongType),
        (PDF + b"x" * 3000, WrongType),
    ],
)
def test_anything_but_pictures_and_pdf_is_refused(content: bytes, refusal: type[HuiyinError]) -> None:
    with pytest.raises(refusal):
        read("灯.jpg", content)


def test_ten_megabytes_are_the_most() -> None:
    room = LARGEST - len(PDF)
    assert read("a.pdf", PDF[:8] + b" " * room + PDF[8:]).media_type == "application/pdf"
    with pytest.raises(TooLarge):
        read("a.pdf", PDF[:8] + b" " * (room + 1) + PDF[8:])


@pytest.mark.parametrize("size", [(60_000, 60_000), (1_000_000, 61)])
def test_a_picture_of_too_many_pixels_is_never_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises((TooLarge, WrongType)):
        read("a.png", bomb(*size))


def test_the_most_pixels_are_those_of_a_good_camera() -> None:
    assert attachments.MOST_PIXELS >= 8000 * 6000
