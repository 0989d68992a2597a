"""A photo is drawn anew: what it shows stays, what the camera wrote beside it does not."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tracker.errors import HuiyinError, Invalid, TooLarge, WrongType
from tracker.incoming.photos import LARGEST, LONGEST_SIDE, MOST_SCANS, read

pytestmark = pytest.mark.requirement("T28")

GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x0110
SECRET = "SecretPhone9"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION] = SECRET, orientation
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 33.0, 41.5)})
    notes = PngInfo()
    notes.add_text("where", SECRET)
    made = io.BytesIO()
    more = {"pnginfo": notes} if kind == "PNG" else {"comment": SECRET.encode()}
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, exif=exif, **more)
    assert SECRET.encode() in made.getvalue()
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_place_and_camera_are_left_behind(kind: str) -> None:
    shot = read(picture(kind) + b"a second file behind the first: " + SECRET.encode())
    assert SECRET.encode() not in shot.content
    with Image.open(io.BytesIO(shot.content)) as kept:
        assert kept.format == "JPEG" and not kept.getexif() and "comment" not in kept.info
        red, green, _blue = kept.getpixel((5, 5))  # type: ignore[misc]
        assert red > 180 and green < 60


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
)
def test_a_picture_that_was_held_sideways_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    shot = read(picture(orientation=orientation))
    assert (shot.width, shot.height) == size


def test_a_large_picture_becomes_a_moderate_one() -> None:
    shot = read(picture(size=(5000, 2500)))
    assert max(shot.width, shot.height) <= LONGEST_SIDE and shot.width == 2 * shot.height


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    made = io.BytesIO()
    Image.new(mode, (9, 9)).save(made, "JPEG" if mode == "CMYK" else "PNG")
    assert read(made.getvalue()).width == 9


def bomb(side: int) -> bytes:
    """A few kilobytes that unfold to a wall."""
    made = io.BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Invalid),
        (b"<svg onload=alert(1)>", WrongType),
        (b"GIF89a" + b"\0" * 60, WrongType),
        (b"%PDF-1.7 %%EOF", WrongType),
        (b"\xff\xd8\xff\xe0 only the beginning", WrongType),
        (picture()[:200], WrongType),
        (bomb(6_000), TooLarge),
        (bomb(14_000), WrongType),
        (b"\xff\xd8" + b"\0" * LARGEST, TooLarge),
    ],
)
def test_whatever_is_no_photo_is_refused(content: bytes, refusal: type[HuiyinError]) -> None:
    with pytest.raises(refusal):
        read(content)


def test_only_the_first_of_several_pictures_in_a_file_is_kept() -> None:
    """Phones write depth or brightness as a second picture behind the first."""
    made = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), (200, 30, 30)), Image.new("RGB", (20, 10), (30, 30, 200))
    first.save(made, "MPO", save_all=True, append_images=[second])
    shot = read(made.getvalue())
    assert (shot.width, shot.height) == (40, 30)
    with Image.open(io.BytesIO(shot.content)) as kept:
        assert kept.format == "JPEG"


@pytest.mark.parametrize(("scans", "taken"), [(MOST_SCANS, True), (MOST_SCANS + 1, False)])
def test_a_picture_has_so_many_scans_at_most(scans: int, *, taken: bool) -> None:
    made = io.BytesIO()
    Image.new("L", (8, 8), 90).save(made, "JPEG", progressive=True)
    content = made.getvalue()
    last = content.rindex(b"\xff\xda")
    more = content[:-2] + content[last:-2] * (scans - content.count(b"\xff\xda")) + content[-2:]
    assert more.count(b"\xff\xda") == scans
    if taken:
        assert read(more).width == 8
    else:
        with pytest.raises(WrongType):
            read(more)


def test_a_small_file_that_would_keep_the_machine_busy_for_minutes_is_refused() -> None:
    made = io.BytesIO()
    Image.new("L", (8, 8), 90).save(made, "JPEG", progressive=True)
    content = made.getvalue()
    last = content.rindex(b"\xff\xda")
    with pytest.raises(WrongType):
        read(content[:-2] + content[last:-2] * 200 + content[-2:])
