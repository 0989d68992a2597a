"""Sealing and opening of single fields with the app's keys; every look at one goes through here."""

from flask import current_app

from tracker.rules import cipher
from tracker.rules.cipher import Keyring


def ring() -> Keyring:
    """The data keys handed to this app at start."""
    found: Keyring = current_app.extensions["huiyin.keyring"]
    return found


def seal(table: str, row: str | int, column: str, plain: str | bytes) -> bytes:
    """Ciphertext that opens only at this table, row and column."""
    return cipher.seal(ring(), plain, table=table, row=str(row), column=column)


def unseal(table: str, row: str | int, column: str, sealed: bytes) -> bytes:
    return cipher.unseal(ring(), sealed, table=table, row=str(row), column=column)


def seal_text(table: str, row: str | int, column: str, plain: str) -> bytes | None:
    """None for empty text, so that "not given" stays visible."""
    return seal(table, row, column, plain) if plain else None


def unseal_text(table: str, row: str | int, column: str, sealed: bytes | None) -> str:
    return "" if sealed is None else unseal(table, row, column, sealed).decode()


def phone_index(phone: str) -> bytes:
    return cipher.blind_index(ring(), phone, "phone")
