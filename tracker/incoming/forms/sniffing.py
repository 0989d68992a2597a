"""What a file is by its content; its name is only believed about commas."""

from typing import Literal

from tracker.errors import TooLarge
from tracker.incoming.forms import plain
from tracker.incoming.forms.archives import BROKEN, LOCKED, Archive, Unreadable, scan
from tracker.rules.words import N_

Kind = Literal["word", "sheets", "old_word", "old_sheets", "archive", "text"]

WORD_BODY = "word/document.xml"
WORKBOOK = "xl/workbook.xml"
LARGEST = 20 * 1024 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = N_("文件带有宏，不予打开；请另存为不带宏的 .docx 或 .xlsx 再试")
_PICTURE = N_("这是图片或扫描件，读不出表格；请提供 Word 或 Excel 文件，或者手工录入")
_WEB = N_("这其实是网页文件，请用 Word 或 Excel 打开、另存为 .docx 或 .xlsx 再试")
_FOREIGN = {
    b"%PDF-": N_("PDF 读不出表格；请提供原来的 Word 或 Excel 文件，或者手工录入"),
    b"\xff\xd8\xff": _PICTURE,
    b"\x89PNG": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"{\\rtf": N_("这其实是 RTF 文件，请用 Word 打开、另存为 .docx 再试"),
    b"Rar!": N_("请用 zip 格式压缩，或者直接提供里面的文件"),
    b"7z\xbc\xaf": N_("请用 zip 格式压缩，或者直接提供里面的文件"),
    b"\x1f\x8b": N_("请用 zip 格式压缩，或者直接提供里面的文件"),
    b"MZ": N_("这是程序，不是表格，不予打开"),
    b"\x7fELF": N_("这是程序，不是表格，不予打开"),
    b"\x09\x08": N_("Excel 版本太旧，请用 Excel 打开、另存为 .xlsx 再试"),
}


def kind_of(content: bytes) -> Kind:
    """Raises with a sentence for whatever is no form: TooLarge or Unreadable."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(N_("文件是空的"))
    if len(content) > LARGEST:
        raise TooLarge(N_("文件超过 20 MB，请分成几个文件再试"))
    if content.startswith(ZIP):
        return zip_kind(scan(content))
    if content.startswith(OLE):
        return _ole_kind(content)
    for mark, sentence in _FOREIGN.items():
        if content.startswith(mark):
            raise Unreadable(sentence)
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Unreadable(_WEB)
    plain.refuse_binary(content)
    return "text"


def zip_kind(archive: Archive) -> Kind:
    names = archive.names
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise Unreadable(_MACROS)
    if WORD_BODY in names:
        return "word"
    if WORKBOOK in names:
        return "sheets"
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Unreadable(N_("请另存为 .docx 或 .xlsx 再试"))
    if "[Content_Types].xml" in names:
        raise Unreadable(BROKEN)
    return "archive"


def _ole_kind(content: bytes) -> Kind:
    """By the names in the compound file's directory, wherever it lies."""
    if _holds(content, "EncryptedPackage") or _holds(content, "EncryptionInfo"):
        raise Unreadable(LOCKED)
    if _holds(content, "_VBA_PROJECT") or _holds(content, "_VBA_PROJECT_CUR"):
        raise Unreadable(_MACROS)
    if _holds(content, "WordDocument"):
        return "old_word"
    if _holds(content, "Workbook") or _holds(content, "Book"):
        return "old_sheets"
    raise Unreadable(BROKEN)


def _holds(content: bytes, name: str) -> bool:
    """An entry of the directory: the name in 64 bytes of UTF-16, then its length."""
    raw = name.encode("utf-16-le") + b"\0\0"
    length = len(raw).to_bytes(2, "little")
    place = content.find(raw)
    while place >= 0:
        if content[place + 64 : place + 66] == length:
            return True
        place = content.find(raw, place + 1)
    return False
