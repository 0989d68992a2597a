"""What a file for an office program carries besides what one sees (T32): each finding is a sentence."""

import io
import re
import zipfile
from collections.abc import Iterator

import pypdf

EXCEL_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
WORD_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(document|styles|settings)\.xml"
    r"|word/_rels/document\.xml\.rels"
)
# Beginnings of elements and attributes that hide, calculate, remember or point outside.
EXCEL_HIDES = [
    "hidden=", 'state="hidden', 'state="very', "<definedName", "<f>", "<f ", "<comment",
    "<legacyDrawing", "<drawing", "<extLst",
    "pivot", "<dataValidation", "<customWorkbookView", "<oleObject", "<externalReference", "<hyperlink",
    'TargetMode="External"', "collapsed=", "outlineLevel=", 'customHeight="0"', ' ht="0"', ' width="0"',
]  # fmt: skip
WORD_HIDES = [
    "<w:vanish", "<w:webHidden", "<w:specVanish", "<w:comment", "<w:ins ", "<w:del ", "<w:moveFrom", "w:rsid",
    "<w:sdt", "<w:customXml", "<w:instrText", "<w:fldSimple", "<w:fldChar", "<w:object", "<w:drawing",
    "<w:pict", "<w:bookmarkStart", "<w:docVar", "<w:attachedTemplate",
    "<w:headerReference", "<w:footerReference", "<w:hyperlink",
    'TargetMode="External"', "w:author=", "<w:documentProtection",
]  # fmt: skip
PDF_HIDES = [
    "/EmbeddedFiles", "/EmbeddedFile", "/JavaScript", "/JS", "/OpenAction", "/AA", "/AcroForm", "/Annots",
    "/OCProperties", "/Metadata", "/PieceInfo", "/Launch", "/URI", "/Author", "/Subject", "/Keywords",
]  # fmt: skip
TOLD = re.compile(r"<(?:dc|cp|dcterms):(\w+)[^>]*>\s*([^<\s][^<]*)<")
MADE = {("created", "2000-01-01T00:00:00Z"), ("modified", "2000-01-01T00:00:00Z")}


def in_excel(content: bytes) -> list[str]:
    return [*_in_package(content, EXCEL_PARTS, EXCEL_HIDES)]


def in_word(content: bytes) -> list[str]:
    return [*_in_package(content, WORD_PARTS, WORD_HIDES)]


def in_pdf(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    things = [repr(reader.get_object(number)) for number in range(1, reader.trailer["/Size"])]
    found = [f"{name} in the PDF" for name in PDF_HIDES if any(f"'{name}'" in thing for thing in things)]
    about = {str(name): str(value) for name, value in (reader.metadata or {}).items()}
    return [*found, *(f"{name} is told" for name in about.keys() - {"/Title", "/Producer"})]


def _in_package(content: bytes, parts: re.Pattern[str], hides: list[str]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            if not parts.fullmatch(entry.filename):
                yield f"a part {entry.filename}"
            if entry.date_time != (1980, 1, 1, 0, 0, 0) or entry.comment or entry.extra:
                yield f"{entry.filename} tells when or where"
            text = package.read(entry).decode(errors="replace")
            yield from (f"{one} in {entry.filename}" for one in hides if one in text)
        about = set(TOLD.findall(package.read("docProps/core.xml").decode()))
        yield from (f"{name} is told: {value}" for name, value in about - MADE)
        if package.comment:
            yield "a comment on the package"
