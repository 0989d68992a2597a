"""Search in Chinese without a dictionary: text and question are folded alike and cut into pairs.

Most Chinese words have two characters, so the index holds overlapping pairs of each run of Han
characters; the run's last character follows as a token of its own, so that a single character is found
as the beginning of a token. Both databases store the same tokens.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from tracker.rules import lookalikes

# Enough for any sentence typed into a search field; more would only make the database work.
MAX_TERMS: Final = 16

_TABLE: Final = lookalikes.table()
_HAN: Final = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af々〇"
_RUN: Final = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN: Final = re.compile(rf"[{_HAN}]")


@lru_cache(maxsize=32768)
def fold_char(char: str) -> str:
    """One character in its plainest form; accents and invisible characters vanish."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(_TABLE.get(c, c) for c in kept)


def fold(text: str) -> str:
    """Width, case, accents, look-alikes and traditional forms levelled; folding twice changes nothing."""
    return "".join(map(fold_char, text))


def align(text: str) -> str:
    """Folded one for one, so that positions still fit the original."""
    return "".join(f if len(f := fold_char(char)) == 1 else char for char in text)


class Term(NamedTuple):
    """One blank-separated part of a question as a phrase of tokens; the last may be a beginning only."""

    tokens: tuple[str, ...]
    prefix: bool

    def found_in(self, tokens: str) -> bool:
        """Whether the phrase occurs in tokens joined and surrounded by blanks."""
        return f" {' '.join(self.tokens)}{'' if self.prefix else ' '}" in tokens


def pairs(text: str) -> list[str]:
    """The tokens of a text: to be stored joined by blanks, or as an array."""
    runs = _RUN.findall(fold(text))
    tokens = [token for run in runs for token in _run_tokens(run)]
    # A number is also found without its leading noughts: 123 finds XS-2026-000123.
    return tokens + [run.lstrip("0") for run in runs if _has_leading_zero(run)]


def runs(user_text: str) -> list[str]:
    """The folded runs of a question: a text that matches holds each of them unbroken."""
    return _RUN.findall(fold(user_text))


def terms(user_text: str) -> list[Term]:
    parts = (_RUN.findall(fold(part)) for part in user_text.split())
    return [_term(runs) for runs in parts if runs][:MAX_TERMS]


def fts5_query(user_text: str) -> str | None:
    """A MATCH expression for SQLite, or None when nothing searchable was typed."""
    return " ".join(_quoted(term) for term in terms(user_text)) or None


def tsquery_terms(user_text: str) -> list[str]:
    """Lexemes for PostgreSQL, to be joined by ` & ` and cast; `matches` then checks their order."""
    lexemes = (lexeme for term in terms(user_text) for lexeme in _lexemes(term))
    return list(dict.fromkeys(lexemes))


def phrases(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Pairs that overlap, as runs of two: three characters in a row say more than two; other tokens alone."""
    runs: list[tuple[str, ...]] = [
        (first, second)
        for first, second in pairwise(tokens)
        if _IS_HAN.match(first) and first[1:] == second[:1]
    ]
    words = [(token,) for token in tokens if not _IS_HAN.match(token)]
    return runs + words or [(token,) for token in tokens]


def matches(folded_text: str, user_text: str) -> bool:
    """Whether every term occurs as a phrase; the same answer as SQLite's MATCH."""
    wanted = terms(user_text)
    tokens = f" {' '.join(pairs(folded_text))} "
    return bool(wanted) and all(term.found_in(tokens) for term in wanted)


def highlight(text: str, user_text: str) -> list[tuple[str, bool]]:
    """The original text in pieces, each marked when a term of the question stands there."""
    pattern = _highlighter(user_text)
    if pattern is None or not text:
        return [(text, False)] if text else []
    marked = _marked(text, pattern)
    pieces = groupby(zip(text, marked, strict=True), key=lambda pair: pair[1])
    return [("".join(char for char, _ in piece), hit) for hit, piece in pieces]


def _run_tokens(run: str) -> list[str]:
    if not _IS_HAN.match(run):
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]


def _has_leading_zero(run: str) -> bool:
    return run[0] == "0" and run.isdecimal() and run.strip("0") != ""


def _term(runs: list[str]) -> Term:
    *before, last = runs
    tokens = [token for run in before for token in _run_tokens(run)]
    if not _IS_HAN.match(last):
        return Term((*tokens, last), len(last) == 1 and not tokens and not last.isdecimal())
    own = _run_tokens(last)
    return Term((*tokens, *(own if len(own) == 1 else own[:-1])), len(last) == 1)


def _quoted(term: Term) -> str:
    phrase = " ".join(token.replace('"', '""') for token in term.tokens)
    return f'"{phrase}"*' if term.prefix else f'"{phrase}"'


def _lexemes(term: Term) -> list[str]:
    quoted = ["'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in term.tokens]
    return [*quoted[:-1], quoted[-1] + ":*" * term.prefix]


def _highlighter(user_text: str) -> re.Pattern[str] | None:
    parts = [_RUN.findall(fold(part)) for part in user_text.split()][:MAX_TERMS]
    alternatives = [r"[\W_]*".join(_bounded(run) for run in runs) for runs in parts if runs]
    return re.compile("|".join(alternatives)) if alternatives else None


def _bounded(run: str) -> str:
    if _IS_HAN.match(run):
        return re.escape(run)
    noughts = "0*" if run.isdecimal() else ""
    end = "" if len(run) == 1 and not run.isdecimal() else rf"(?![^\W_{_HAN}])"
    return rf"(?<![^\W_{_HAN}]){noughts}{re.escape(run)}{end}"


def _marked(text: str, pattern: re.Pattern[str]) -> list[bool]:
    folded = [(plain, index) for index, char in enumerate(text) for plain in fold_char(char)]
    marked = [False] * len(text)
    for match in pattern.finditer("".join(plain for plain, _ in folded)):
        for _, index in folded[match.start() : match.end()]:
            marked[index] = True
    return marked
