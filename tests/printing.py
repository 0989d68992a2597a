"""A printer that costs nothing, for tests that look at no paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tracker.outgoing import pdf


@contextmanager
def printing(page: bytes = b"%PDF-") -> Iterator[None]:
    """Whatever is printed comes out as ``page``."""

    def render(*_args: Any, **_options: Any) -> bytes:
        return page

    # Steps that met another printer are other steps (tests/first_steps.py).
    render.__qualname__ = f"printing {page!r}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "render", render)
        yield
