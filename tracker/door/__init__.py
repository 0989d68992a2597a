"""What every entrance shares: who is at the door, what one request may do, and how a refusal looks."""

from tracker.door.preparing import made, prepares
from tracker.door.service import Service, attempt, init_app, keep_refused, repeat_with, signed_in
from tracker.door.visitor import locale

__all__ = [
    "Service",
    "attempt",
    "init_app",
    "keep_refused",
    "locale",
    "made",
    "prepares",
    "repeat_with",
    "signed_in",
]
