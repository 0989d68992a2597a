"""The code printed on an issued letter: who holds the paper can ask the office whether it is the one kept."""

from hashlib import sha256
from typing import Final

_GROUP: Final = 4
_LENGTH: Final = 12


def code(public_id: str, number: str, content: bytes) -> str:
    """``7F3A-92C1-0B5E``, of number and words; ``public_id`` stands on no paper and keeps it secret."""
    parts = (public_id.encode(), number.encode(), content)
    # Each part by its own hash, so that nothing can move from one into the next.
    whole = sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()[:_LENGTH].upper()
    return "-".join(whole[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
