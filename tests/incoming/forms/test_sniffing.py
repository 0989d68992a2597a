"""What a file is by its content, and the sentence for each kind that is no form."""

import pytest

from tests.incoming.forms.writing import archive, book, document
from tracker.errors import HuiyinError, TooLarge
from tracker.incoming.forms import sniffing
from tracker.incoming.forms.archives import Unreadable

OLE = sniffing.OLE + bytes(504)


def entry(name: str) -> bytes:
    """A row of a compound file's directory: the name in 64 bytes, then its length."""
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (document(lambda made: None), "word"),
        (book({"表": [["a"]]}), "sheets"),
        (archive({"1.docx": b"x"}), "archive"),
        (OLE + entry("WordDocument"), "old_word"),
        (OLE + entry("Workbook"), "old_sheets"),
        (OLE + entry("Book"), "old_sheets"),
        ("姓名,单位\n".encode("gb18030"), "text"),
        ("姓名\t单位\n".encode("utf-16"), "text"),
        ("姓名".encode("utf-16-le"), "text"),
        ("\ufeff走访人员：周敏".encode(), "text"),
        (b"\n\n a", "text"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_file_is_known_by_what_is_inside(content: bytes, kind: str) -> None:
    assert sniffing.kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf \r\n\0", "空的"),
        (b"%PDF-1.7", "PDF 读不出"),
        (b"\xff\xd8\xff\xe0", "图片或扫描件"),
        (b"\x89PNG\r\n", "图片或扫描件"),
        (b"GIF89a", "图片或扫描件"),
        (b"II*\0", "图片或扫描件"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a", "zip 格式"),
        (b"7z\xbc\xaf\x27", "zip 格式"),
        (b"\x1f\x8b\x08", "zip 格式"),
        (b"MZ\x90", "程序"),
        (b"\x7fELF", "程序"),
        (b"\x09\x08\x10", "太旧"),
        (b"<!DOCTYPE html><table>", "网页"),
        (b"\xef\xbb\xbf\r\n <HTML>", "网页"),
        (b"<?xml version='1.0'?>", "网页"),
        (b"abc\x01def", "看不出"),
        (OLE, "损坏"),
        (OLE + entry("EncryptedPackage"), "密码"),
        (OLE + entry("EncryptionInfo") + entry("Workbook"), "密码"),
        (OLE + entry("_VBA_PROJECT") + entry("WordDocument"), "宏"),
        (OLE + entry("_VBA_PROJECT_CUR") + entry("Workbook"), "宏"),
        (archive({"word/document.xml": b"x", "word/vbaProject.bin": b"x"}), "宏"),
        (archive({"xl/workbook.xml": b"x", "xl/VBAPROJECT.BIN": b"x"}), "宏"),
        (archive({"xl/workbook.bin": b"x"}), "另存为"),
        (archive({"content.xml": b"x"}), "另存为"),
        (archive({"[Content_Types].xml": b"x"}), "损坏"),
    ],
)
def test_what_is_no_form_is_told_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        sniffing.kind_of(content)
    assert words in refused.value.message


def test_a_name_in_the_text_of_a_compound_file_is_no_entry() -> None:
    told = "Workbook".encode("utf-16-le") + bytes(50)
    with pytest.raises(Unreadable):
        sniffing.kind_of(OLE + told)
    assert sniffing.kind_of(OLE + told + entry("Workbook")) == "old_sheets"


def test_a_file_may_be_as_large_as_is_said_and_no_larger() -> None:
    assert sniffing.kind_of(b"a" * sniffing.LARGEST) == "text"
    with pytest.raises(TooLarge):
        sniffing.kind_of(b"a" * (sniffing.LARGEST + 1))


def test_a_refusal_is_a_sentence_for_people() -> None:
    assert issubclass(Unreadable, HuiyinError) and Unreadable.code == "unreadable"
    with pytest.raises(Unreadable) as refused:
        sniffing.kind_of(archive({"a.docx": b"x"})[:-30])
    assert refused.value.message.startswith("文件已损坏")
