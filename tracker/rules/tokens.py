"""Random bearer secrets: kept as a plain SHA-256, which is enough for 256 random bits."""

import hashlib


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
