"""Text from people on its way into a document: text stays text, and nothing invisible comes along."""

import re
import unicodedata

# Direction marks could show a name or a number backwards; the rest has no meaning on paper.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
BLANK = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


def one_line(text: str) -> str:
    return BLANK.sub(" ", INVISIBLE.sub("", text.replace("\n", " "))).strip(" \u3000")


def paragraphs(text: str) -> list[str]:
    """The lines of a text field; typed indents go, the style sheet makes its own."""
    lines = (one_line(line) for line in re.split(r"\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]", text))
    return [line for line in lines if line]


def width_in_em(text: str) -> float:
    """Width in Chinese characters: digits and Latin letters are half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
