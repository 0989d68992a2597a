"""Zip files looked through before anything is unpacked: names, sizes, places, and what a file promised."""

import struct
import zipfile

import pytest

from tests.incoming.forms.writing import archive
from tracker.errors import TooLarge
from tracker.incoming.forms import archives
from tracker.incoming.forms.archives import Entry, Unreadable, scan

CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"


def patched(content: bytes, offset: int, form: str, value: int, *, mark: bytes = CENTRAL) -> bytes:
    """The same archive with one number of its table of contents (or of its end) changed."""
    place = content.index(mark) + offset
    new = struct.pack(form, value)
    return content[:place] + new + content[place + len(new) :]


def refusal(content: bytes) -> str:
    with pytest.raises((Unreadable, TooLarge)) as refused:
        scan(content)
    return refused.value.message


def test_what_is_inside_is_listed_and_unpacked() -> None:
    found = scan(archive({"甲.docx": b"x" * 1000, "乙/丙.xlsx": b""}))
    assert found.names == {"甲.docx", "乙/丙.xlsx"}
    assert (found.read("甲.docx"), found.read("乙/丙.xlsx"), found.read("丁")) == (b"x" * 1000, b"", None)


def test_folders_are_no_files_and_an_empty_archive_has_none() -> None:
    assert scan(archive({"folder/": b"", "folder/a.csv": b"x"})).names == {"folder/a.csv"}
    assert scan(archive({})).names == frozenset()


def test_names_of_a_chinese_windows_are_read() -> None:
    content = archive({"aaaaaa.csv": b"x"}).replace(b"aaaaaa.csv", "登记表.csv".encode("gb18030"))
    assert scan(content).names == {"登记表.csv"}


def test_a_name_that_says_it_is_utf_8_and_is_not_is_refused() -> None:
    content = archive({"登记.csv": b"x"}).replace("登记.csv".encode(), b"\xff\xfe\xff\xfe\xff\xfe.csv")
    assert refusal(content) == "压缩包里有不安全的文件名，不予打开"


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(
    "name",
    ["../a.csv", "a/../../b.csv", "/etc/passwd", "C:/a.csv", "a\\b.csv", "a\x01.csv", "a\u202evsc.exe", ".."],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert refusal(archive({name: b"x"})) == "压缩包里有不安全的文件名，不予打开"


@pytest.mark.parametrize("name", ["a..b.csv", "走访/a:b.csv", ".a.csv", "-"])
def test_an_odd_name_that_leads_nowhere_is_taken(name: str) -> None:
    assert scan(archive({name: b"x"})).names == {name}


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(
    ("offset", "form", "value", "words"),
    [
        (8, "<H", 0x1, "加了密码"),
        (10, "<H", 12, "损坏"),
        (20, "<L", 10**9, "损坏"),
        (42, "<L", 10**9, "损坏"),
        (24, "<L", archives.LARGEST_ENTRY + 1, "太大"),
        (24, "<L", archives.SMALL + 1, "不合常理"),
    ],
)
def test_a_table_of_contents_that_cannot_be_is_refused(
    offset: int, form: str, value: int, words: str
) -> None:
    assert words in refusal(patched(archive({"a.csv": b"abc" * 100}), offset, form, value))


@pytest.mark.parametrize(
    ("offset", "form", "value"),
    [(4, "<H", 1), (6, "<H", 1), (8, "<H", 2), (12, "<L", 10**6), (16, "<L", 10**6)],
)
def test_an_end_that_does_not_fit_its_archive_is_refused(offset: int, form: str, value: int) -> None:
    assert "损坏" in refusal(patched(archive({"a.csv": b"abc"}), offset, form, value, mark=END))


def test_a_file_that_is_only_a_piece_of_an_archive_is_broken() -> None:
    content = archive({"a.csv": b"abc" * 100, "b.csv": b"x"})
    for piece in (content[:-1], content[:-22], content[40:], END + bytes(10), b"PK\x03\x04"):
        assert "损坏" in refusal(piece)


def test_a_stored_file_has_the_size_it_takes_up() -> None:
    stored = patched(archive({"a.csv": b"abc" * 100}), 10, "<H", zipfile.ZIP_STORED)
    assert "损坏" in refusal(stored)


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(("offset", "value"), [(24, 299), (24, 301), (16, 7)])
def test_a_file_is_never_other_than_was_promised(offset: int, value: int) -> None:
    found = scan(patched(archive({"a.csv": b"abc" * 100}), offset, "<L", value))
    with pytest.raises(Unreadable):
        found.read("a.csv")


def test_a_stream_that_is_none_is_broken() -> None:
    content = archive({"a.csv": b"abc" * 100})
    found = scan(content.replace(content[35:38], b"\xff\xff\xff", 1))
    with pytest.raises(Unreadable):
        found.read("a.csv")


@pytest.mark.requirement("T29")
def test_an_honest_archive_of_much_that_is_alike_is_opened_and_a_bomb_is_not() -> None:
    assert scan(archive({"a.csv": bytes(archives.SMALL)})).read("a.csv") == bytes(archives.SMALL)
    assert "不合常理" in refusal(archive({"a.csv": bytes(archives.SMALL * 2)}))


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(("name", "value"), [("MOST_ENTRIES", 1), ("MOST_UNPACKED", 5), ("LARGEST_ENTRY", 2)])
def test_an_archive_keeps_its_bounds(name: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive({"a.csv": b"abc", "b.csv": b"abc"})
    monkeypatch.setattr(archives, name, value + 1)
    assert len(scan(content).entries) == 2
    monkeypatch.setattr(archives, name, value)
    with pytest.raises(TooLarge):
        scan(content)


@pytest.mark.requirement("T29")
def test_no_two_files_share_a_name_or_their_bytes() -> None:
    content = archive({"a.csv": b"abc", "b.csv": b"abc"})
    assert "不合常理" in refusal(content.replace(b"b.csv", b"a.csv"))
    second = content.rindex(CENTRAL)
    shared = content[: second + 42] + struct.pack("<L", 0) + content[second + 46 :]
    assert "不合常理" in refusal(shared)


def test_an_entry_that_begins_nowhere_cannot_be_unpacked() -> None:
    found = scan(archive({"a.csv": b"abc"}))
    (entry,) = found.entries
    for offset in (1, len(found.content)):
        with pytest.raises(Unreadable):
            found.unpack(Entry(entry.name, entry.method, entry.packed, entry.size, entry.checksum, offset))
