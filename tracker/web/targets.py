"""Where a page may send the browser next: only to another page of this service (T21)."""

from urllib.parse import urlsplit

HOME = "/"


def inside(target: str | None, otherwise: str = HOME) -> str:
    """The target when it is a plain path of ours, else ``otherwise``."""
    return target if target and _is_ours(target) else otherwise


def _is_ours(target: str) -> bool:
    # Browsers read "\" as "/" and drop tabs and line breaks, so that "/\t/host" would leave the site.
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    if any(ord(char) < 33 or 127 <= ord(char) < 160 for char in target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
