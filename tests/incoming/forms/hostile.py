"""Files that are broken, or made to break whoever opens them; small ones, always the same ones."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

from tests.incoming.forms import specimens, texts, writing, xls
from tests.incoming.forms.writing import archive, book

Hostile = tuple[str, bytes]
_DTD = (
    '<!DOCTYPE d [<!ENTITY a "{0}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
_OUTSIDE = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = '<w:document xmlns:w="{1}"><w:body><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:body></w:document>'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def all_of_them() -> list[Hostile]:
    chance = random.Random(20261122)
    word, sheet, old, text = _honest()
    return [
        *_cut("cut.docx", word, 40),
        *_cut("cut.xlsx", sheet, 30),
        *_cut("cut.xls", old, 20),
        *_bitten("bitten.docx", word, 30, chance),
        *_bitten("bitten.xlsx", sheet, 30, chance),
        *_bitten("bitten.xls", old, 40, chance),
        *_noise(chance),
        *_bad_text(text, chance),
        *_entities(word, sheet),
        *_archives(chance),
        *_wrong_names(word, sheet, old),
        *_macros_and_locks(word, sheet),
        *_shapes(),
    ]


def _honest() -> tuple[bytes, bytes, bytes, bytes]:
    desk = specimens.Desk()
    word, sheet = specimens.official_sheet(desk), specimens.register_book(desk)
    old, text = specimens.register_old(desk), specimens.register_as("utf-8", "a.csv")(desk)
    return word.content, sheet.content, old.content, text.content


def _cut(name: str, content: bytes, count: int) -> Iterator[Hostile]:
    for part in range(count):
        yield name, content[: len(content) * part // count]


def _bitten(name: str, content: bytes, count: int, chance: random.Random) -> Iterator[Hostile]:
    """Bytes changed here and there; the file may still be readable, or seem to be."""
    for _ in range(count):
        bitten = bytearray(content)
        for _ in range(chance.choice((1, 8, 200))):
            bitten[chance.randrange(len(bitten))] = chance.randrange(256)
        yield name, bytes(bitten)


def _noise(chance: random.Random) -> Iterator[Hostile]:
    for size in (0, 1, 7, 100, 5000, 200_000):
        for suffix in ("docx", "xls", "csv", "zip"):
            yield f"noise.{suffix}", chance.randbytes(size)
    for head in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"):
        for size in (0, 60, 6000):
            yield "head.doc", head + chance.randbytes(size)


def _bad_text(text: bytes, chance: random.Random) -> Iterator[Hostile]:
    for bad in (b"\xff\xff", b"\xed\xa0\x80", b"\x81", b"\x00\x00\x00"):
        for _ in range(6):
            place = chance.randrange(len(text))
            yield "bad.csv", text[:place] + bad + text[place:]
    plain = text.decode()
    yield "big5.csv", plain.encode("big5", "ignore") + b"\xff"
    yield "half.csv", plain.encode("utf-16")[:-1]
    yield "quote.csv", (plain + '"走访对象,走访地址').encode()
    yield "long.csv", b'"' + b"a" * 1_200_000 + b'"'
    yield "wide.csv", b"," * 500_000
    yield "deep.csv", b"\n" * 500_000
    yield "many.csv", b"a,b\n" * 160_000
    yield "private.csv", "走访对象,\ue000".encode()


def _entities(word: bytes, sheet: bytes) -> Iterator[Hostile]:
    for declared in (_DTD.format("走访" * 1000), _OUTSIDE):
        body = declared + _BODY.format("&e;", _SPACE)
        for encoding in ("utf-8", "utf-16"):
            yield "entity.docx", _replaced(word, "word/document.xml", body.encode(encoding))
        strings = f'{declared}<sst xmlns="{_SHEET}"><si><t>&e;</t></si></sst>'
        for part in ("xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"):
            yield "entity.xlsx", _replaced(sheet, part, strings.encode())
    yield "entity.csv", (_DTD.format("a" * 99) + "<d>&e;</d>").encode()


def _archives(chance: random.Random) -> Iterator[Hostile]:
    zeros = bytes(30 << 20)
    yield "bomb.zip", archive({"a.csv": zeros})
    yield "bomb.docx", archive({"word/document.xml": zeros})
    yield "bomb.xlsx", archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": zeros})
    yield "nested.zip", archive({"inner.zip": archive({"bomb.zip": archive({"a.csv": zeros})})})
    yield "many.zip", _many_entries(100_000)
    yield "some.zip", archive({f"{n}.csv": b"a" for n in range(700)})
    yield "overlap.zip", _overlapping(200)
    yield "lies.zip", _lying()
    yield "empty.zip", archive({})
    yield "twice.zip", _twice()
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "C:/a.csv",
        "a\\..\\b.csv",
        "a\u202ecsv.docx",
        "a/../../b",
    ):
        yield "slip.zip", archive({name: b"a,b"})
    for mark in (b"\x01\x00", b"\x00\x20"):
        yield "flags.zip", _with_flags(archive({"a.csv": b"a,b"}), mark)
    for _ in range(6):
        content = archive({"a.csv": "走访对象,走访地址".encode(), "b.docx": b"x"})
        place = chance.randrange(len(content))
        yield "torn.zip", content[:place] + content[place + 3 :]


def _many_entries(count: int) -> bytes:
    """Only a table of contents, and as many rows in it as its end can count."""
    row = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *[0] * 4, *[0] * 4, 0, 0, 0, 1, *[0] * 4, 0, 0) + b"a"
    rows = row * count
    counted = min(count, 0xFFFF)
    return (
        b"PK\x03\x04" + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, counted, counted, len(rows), 4, 0)
    )


def _overlapping(count: int) -> bytes:
    """Every row of the table of contents points at the same bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(bytes(900_000)) + packed.flush()
    checksum = zlib.crc32(bytes(900_000))
    sizes = (checksum, len(data), 900_000)
    local = struct.pack("<4s2B4HL2L2H", b"PK\x03\x04", 20, 0, 0, 8, 0, 0, *sizes, 5, 0) + b"a.csv" + data
    rows = b"".join(
        struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 0, *sizes, 7, 0, 0, 0, 0, 0, 0)
        + f"{n:03}.csv".encode()
        for n in range(count)
    )
    return local + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(rows), len(local), 0)


def _lying() -> bytes:
    """A table of contents that promises less than there is."""
    content = bytearray(archive({"a.csv": bytes(200_000)}))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(content)


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.csv", b"a,b")
        made.writestr("b.csv", b"a,b")
    return out.getvalue().replace(b"b.csv", b"a.csv")


def _with_flags(content: bytes, mark: bytes) -> bytes:
    place = content.rfind(b"PK\x01\x02")
    return content[: place + 8] + mark + content[place + 10 :]


def _wrong_names(word: bytes, sheet: bytes, old: bytes) -> Iterator[Hostile]:
    yield "word.xls", word
    yield "sheet.docx", sheet
    yield "old.csv", old
    yield "form.pdf", b"%PDF-1.7\n" + bytes(100)
    yield "form.docx", b"%PDF-1.7\n%%EOF"
    yield "scan.docx", b"\xff\xd8\xff\xe0" + bytes(500)
    yield "scan.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "web.doc", b"<html><table><tr><td>a</td></tr></table></html>"
    yield "web.xls", b"\xef\xbb\xbf<!DOCTYPE html><html></html>"
    yield "rich.doc", rb"{\rtf1\ansi hello}"
    yield "packed.rar", b"Rar!\x1a\x07\x00" + bytes(50)
    yield "program.docx", b"MZ" + bytes(500)
    yield "old.doc", xls.compound({"WordDocument": bytes(5000)})
    yield "nothing.doc", xls.compound({"Other": bytes(5000)})
    yield "sheet.ods", archive({"content.xml": b"<a/>"})
    yield "sheet.xlsb", archive({"xl/workbook.bin": b"a"})
    yield "letter.docx", writing.document(lambda made: made.add_paragraph("这是一封信，不是表。"))
    yield "blank.docx", writing.document(lambda made: None)
    yield "empty.xlsx", book({"表": []})


def _macros_and_locks(word: bytes, sheet: bytes) -> Iterator[Hostile]:
    yield "macro.docm", _replaced(word, "word/vbaProject.bin", b"a")
    yield "macro.xlsm", _replaced(sheet, "xl/vbaProject.bin", b"a")
    yield "macro.docx", _replaced(word, "word/vbaProject.bin", b"a")
    yield "macro.xls", xls.compound({"Workbook": bytes(5000), "_VBA_PROJECT": bytes(100)})
    yield "locked.docx", xls.compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(100)})
    yield "locked.xls", _locked_xls()


def _locked_xls() -> bytes:
    plain = xls.workbook({"a": [["走访对象"]]})
    # The first record after the beginning says that everything else is encrypted.
    return plain.replace(struct.pack("<HHH", 0x0042, 2, 1200), struct.pack("<HHH", 0x002F, 2, 1), 1)


def _shapes() -> Iterator[Hostile]:
    """Well-formed, but too deep, too wide or too far apart."""
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    wide = "<w:p/>" * 1_100_000
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>' * 50
    for inside in (deep, wide, span):
        body = f'<w:document xmlns:w="{_SPACE}"><w:body>{inside}</w:body></w:document>'
        yield "shape.docx", _stored({"word/document.xml": body.encode()})
    far = book({"表": [["走访对象"]]}).replace(b"", b"")
    cell = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>走访对象</t></is></c></row>'
    rows = cell.format(1, "A") + cell.format(1_048_576, "XFD")
    body = f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    yield "far.xlsx", _replaced(far, "xl/worksheets/sheet1.xml", body.encode())
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 60_000
    body = body.replace("</worksheet>", f"<mergeCells>{merged}</mergeCells></worksheet>")
    yield "merged.xlsx", _replaced(far, "xl/worksheets/sheet1.xml", body.encode(), stored=True)
    day = texts.date(2026, 7, 15)
    yield "days.xls", xls.workbook({"a": [[day] * 200] * 10})
    yield "numbers.xlsx", book({"a": [[1e308, -1.0, 0.5, date(9999, 12, 31)]]})
    yield "names.xlsx", book({f"s{n}": [["a"]] for n in range(70)})


def _replaced(content: bytes, part: str, new: bytes, *, stored: bool = False) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()} | {part: new}
    return _stored(parts) if stored else archive(parts)


def _stored(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()
