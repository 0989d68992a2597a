"""What people type about their own account."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.accounts import LanguageIn, TokenIn
from tracker.incoming.schema import read


@pytest.mark.parametrize(("given", "code"), [("zh", "zh"), ("zh_CN", "zh"), ("en", "en")])
def test_a_language_is_kept_by_its_short_name(given: str, code: str) -> None:
    assert read(LanguageIn, {"language": given}).code == code


@pytest.mark.parametrize("given", ["de", "", None, "EN", "zh-CN", ["en"]])
def test_a_language_we_do_not_speak_is_refused(given: Any) -> None:
    assert faults.of(LanguageIn, {"language": given}) == ["language"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, None])
def test_a_token_has_a_name_of_some_length(name: Any) -> None:
    assert faults.of(TokenIn, {"name": name}) == ["name"]
    assert faults.of(TokenIn, {"name": "x" * 60}) == []


def test_nobody_chooses_their_own_token() -> None:
    assert faults.of(TokenIn, {"name": "导出", "token": "x", "expires_at": "2099-01-01"}) == [
        "token",
        "expires_at",
    ]
