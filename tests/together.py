"""Everybody at the same moment."""

import threading
from collections.abc import Callable


def together(*deeds: Callable[[], object]) -> list[object]:
    """Let everybody start at once; what each returned or raised, in order."""
    ready, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            found[place] = deed()
        except Exception as refused:
            found[place] = refused

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
