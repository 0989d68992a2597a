"""Pages. The rooms hang in rooms.py."""

from tracker.web.rooms import init_app

__all__ = ["init_app"]
