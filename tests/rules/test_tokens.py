"""What is kept of a bearer secret."""

import hashlib
import secrets

from tracker.rules import tokens


def test_the_same_token_is_found_again_and_another_is_not() -> None:
    token = secrets.token_urlsafe(32)
    assert tokens.digest(token) == tokens.digest(token)
    assert tokens.digest(token) != tokens.digest(token[:-1] + ("A" if token[-1] != "A" else "B"))


def test_what_is_kept_does_not_contain_the_token() -> None:
    assert b"geheim" not in tokens.digest("geheim")
    assert tokens.digest("geheim") == hashlib.sha256(b"geheim").digest()


def test_a_token_of_odd_characters_is_digested_too() -> None:
    assert len(tokens.digest("令牌 🎫")) == 32
