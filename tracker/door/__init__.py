"""What every entrance shares: who is at the door, what one request may do, and how a refusal looks."""

from tracker.door.service import Service, init_app
from tracker.door.visitor import locale

__all__ = ["Service", "init_app", "locale"]
